import Foundation
import WorkCalendar

/// One law as a collection records it: what its source says of it, and all its texts.
public struct NormRecord: Codable, Equatable, Sendable {
    /// One text of it, from its promulgation on.
    public struct Version: Codable, Equatable, Sendable {
        public var versionDate: String?
        public var effective: String?
        public var effectiveSource: String?
        public var current: Bool?
        /// Whether the source lists it as expired; false is a claim too, as of the day it was read.
        public var expired: Bool?
        public var source: String?
        /// nil for the current text, which stands in the record itself.
        public var text: String?

        public init(
            versionDate: String? = nil,
            effective: String? = nil,
            effectiveSource: String? = nil,
            current: Bool? = nil,
            expired: Bool? = nil,
            source: String? = nil,
            text: String? = nil
        ) {
            (self.versionDate, self.effective, self.effectiveSource) = (versionDate, effective, effectiveSource)
            (self.current, self.expired, self.source, self.text) = (current, expired, source, text)
        }
    }

    public struct HistoryEntry: Codable, Equatable, Sendable {
        public var date: String?
        public var action: String?
        public var text: String?
        public var docNumber: String?
        public var by: String?
    }

    public struct Repealer: Codable, Equatable, Sendable {
        public var id: String?
        public var title: String?
        public var article: String?
        public var effective: String?
    }

    public var id: String
    public var title: String
    public var docNumber: String?
    public var docNumbers: [String]?
    public var issuer: String?
    public var type: String?
    public var issued: String?
    public var versionDate: String?
    public var effective: String?
    public var effectiveSource: String?
    public var firstEffective: String?
    public var status: String?
    public var statusSource: String?
    public var crawledOn: String?
    public var history: [HistoryEntry]?
    public var versions: [Version]?
    public var repealedBy: [Repealer]?
    public var preamble: String?
    public var source: String?
    public var text: String

    public init(id: String, title: String, text: String) {
        (self.id, self.title, self.text) = (id, title, text)
    }

    private enum CodingKeys: String, CodingKey {
        case id, title, issuer, type, issued, effective, status, history, versions, preamble, source, text
        case docNumber = "doc_number"
        case docNumbers = "doc_numbers"
        case versionDate = "version_date"
        case effectiveSource = "effective_source"
        case firstEffective = "first_effective"
        case statusSource = "status_source"
        case crawledOn = "crawled_on"
        case repealedBy = "repealed_by"
    }

    /// Every document number the source gives it.
    public var numbers: [String] {
        var all = docNumbers ?? []
        if let docNumber, !all.contains(docNumber) { all.append(docNumber) }
        return all
    }

    /// The text with the preamble before it, as it is read; some sources keep the one in the other.
    static func whole(_ text: String, preamble: String?) -> String {
        guard let preamble, !preamble.isEmpty, !text.contains(preamble) else { return text }
        return preamble + "\n" + text
    }
}

extension NormRecord.Version {
    private enum CodingKeys: String, CodingKey {
        case effective, current, expired, source, text
        case versionDate = "version_date"
        case effectiveSource = "effective_source"
    }
}

extension NormRecord.HistoryEntry {
    private enum CodingKeys: String, CodingKey {
        case date, action, text, by
        case docNumber = "doc_number"
    }
}

/// What a work is found by, without its text.
public struct NormHead: Codable, Equatable, Sendable {
    public let id: String
    public let title: String
    public let issuer: String?
    public let issued: String?
    public let versionDate: String?
    public let docNumber: String?
    public let docNumbers: [String]?

    public init(
        id: String,
        title: String,
        issuer: String? = nil,
        issued: String? = nil,
        versionDate: String? = nil,
        docNumber: String? = nil,
        docNumbers: [String]? = nil
    ) {
        (self.id, self.title, self.issuer, self.issued) = (id, title, issuer, issued)
        (self.versionDate, self.docNumber, self.docNumbers) = (versionDate, docNumber, docNumbers)
    }

    public init(_ record: NormRecord) {
        self.init(
            id: record.id,
            title: record.title,
            issuer: record.issuer,
            issued: record.issued,
            versionDate: record.versionDate,
            docNumber: record.docNumber,
            docNumbers: record.docNumbers
        )
    }

    private enum CodingKeys: String, CodingKey {
        case id, title, issuer, issued
        case versionDate = "version_date"
        case docNumber = "doc_number"
        case docNumbers = "doc_numbers"
    }

    public var numbers: [String] {
        var all = docNumbers ?? []
        if let docNumber, !all.contains(docNumber) { all.append(docNumber) }
        return all
    }
}
