import Foundation
import MerkleLog
import WorkCalendar

/// What is made public, as one value: every byte of it is under the hash that reviewers sign and the log holds.
public struct Content: Codable, Equatable, Sendable {
    public var kind: Kind
    public var language: Language
    public var title: String
    public var documentNumber: String?
    public var indexNumber: String?
    public var issuer: String?
    public var topic: String?
    public var writtenOn: Day?
    /// The responsible unit's code.
    public var unit: String
    public var column: String
    public var body: String
    /// What the source claims of its validity; nil is "no evidence", never "in force".
    public var status: String?
    public var inForceFrom: Day?
    /// The work's name in the collection it came from.
    public var sourceID: String?
    /// The files that go out with it; nil for none, so that the hash of a text without files is what it always was.
    public var attachments: [Attachment]?

    public enum Kind: String, Codable, CaseIterable, Sendable {
        case notice
        case normativeDocument
        case law
        case regulation
        case rule
        case interpretation
        case localRegulation
        case policy
        case other
    }

    public init(
        kind: Kind,
        language: Language,
        title: String,
        documentNumber: String? = nil,
        indexNumber: String? = nil,
        issuer: String? = nil,
        topic: String? = nil,
        writtenOn: Day? = nil,
        unit: String,
        column: String,
        body: String,
        status: String? = nil,
        inForceFrom: Day? = nil,
        sourceID: String? = nil,
        attachments: [Attachment] = []
    ) {
        (self.kind, self.language, self.title, self.documentNumber) = (kind, language, title, documentNumber)
        (self.indexNumber, self.issuer, self.topic, self.writtenOn) = (indexNumber, issuer, topic, writtenOn)
        (self.unit, self.column, self.body, self.status) = (unit, column, body, status)
        (self.inForceFrom, self.sourceID) = (inForceFrom, sourceID)
        self.attachments = attachments.isEmpty ? nil : attachments
    }

    /// The one spelling that is hashed: JSON with sorted keys, no white space, UTF-8, empty fields left out.
    public var canonical: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return String(decoding: try encoder.encode(self), as: UTF8.self) } catch {
            preconditionFailure("a content of texts and days is always JSON: \(error)")
        }
    }

    /// All its words, for the scan: the text, then a line for each element.
    public var everything: String {
        ([body, title] + [documentNumber, indexNumber, issuer, topic, status, sourceID].compactMap(\.self)).joined(separator: "\n")
    }

    public var hash: Hash { Hash(of: canonical) }
}

// The columns are the point.
// swift-format-ignore
extension Content.Kind {
    public var text: Text {
        switch self {
        case .notice:            Text("通知",           "Notice")
        case .normativeDocument: Text("规范性文件",     "Normative document")
        case .law:               Text("法律",           "Law")
        case .regulation:        Text("行政法规",       "Administrative regulation")
        case .rule:              Text("部门规章",       "Departmental rule")
        case .interpretation:    Text("司法解释",       "Judicial interpretation")
        case .localRegulation:   Text("地方性法规",     "Local regulation")
        case .policy:            Text("国务院文件",     "State Council document")
        case .other:             Text("其他",           "Other")
        }
    }

    /// The kind that a collection's own label names.
    public init(label: String) {
        self = Self.allCases.first { $0.text.zh == label } ?? (label.contains("规章") ? .rule : label.contains("法律") ? .law
            : label.contains("地方") ? .localRegulation : label.contains("国务院") ? .policy : .other)
    }
}

extension Content {
    /// The work that a release is a text of: as its collection names it, or the document's own.
    public func work(document: String?, key: String) -> String { sourceID ?? document ?? key }
}
