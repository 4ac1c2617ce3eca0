import Foundation
import MerkleLog
import WorkCalendar

/// What the office does by law for or towards people: a matter with its service guide, or a power with its responsibilities.
public struct Matter: Codable, Equatable, Sendable {
    public let key: String
    /// The code of the list (职权编码, 事项编码); one matter each.
    public let code: String
    public let sort: Sort
    public let state: State
    /// Counts the saved changes, from 0.
    public let version: Int
    /// What the desk works on.
    public let draft: MatterText
    /// What the unit head signed last; nil for a matter that was never public, or is so no longer.
    public let published: MatterText?
    public let publishedOn: Day?

    public init(
        key: String,
        code: String,
        sort: Sort,
        state: State,
        version: Int,
        draft: MatterText,
        published: MatterText? = nil,
        publishedOn: Day? = nil
    ) {
        (self.key, self.code, self.sort, self.state, self.version) = (key, code, sort, state, version)
        (self.draft, self.published, self.publishedOn) = (draft, published, publishedOn)
    }

    public var unit: String { draft.unit }

    /// The text whose bases are watched: the public one, or the draft where none is public.
    public var watched: MatterText { published ?? draft }

    /// Which of the two lists it stands in.
    public enum Sort: String, Codable, CaseIterable, Sendable {
        /// A power of the list of powers and responsibilities (权责清单).
        case power
        /// A matter with its service guide (办事指南).
        case guide
    }
}

/// The words of a matter, as one value: every byte is under the hash that the unit head signs.
public struct MatterText: Codable, Equatable, Sendable {
    public var name: String
    public var nameEn: String
    /// The responsible unit's code.
    public var unit: String
    /// One of the ten types; nil for a service guide.
    public var type: PowerType?
    /// The elements by the names of `MatterField`.
    public var fields: [String: String]
    public var bases: [Basis]

    public init(
        name: String,
        nameEn: String = "",
        unit: String,
        type: PowerType? = nil,
        fields: [MatterField: String] = [:],
        bases: [Basis] = []
    ) {
        (self.name, self.nameEn, self.unit, self.type, self.bases) = (name, nameEn, unit, type, bases)
        self.fields = Dictionary(uniqueKeysWithValues: fields.map { ($0.key.rawValue, $0.value) })
    }

    public subscript(field: MatterField) -> String {
        get { fields[field.rawValue] ?? "" }
        set { fields[field.rawValue] = newValue }
    }

    /// The name in a language; the Chinese one where no English one was given.
    public func name(in language: Language) -> String { language == .en && !nameEn.isEmpty ? nameEn : name }

    /// The one spelling that is hashed: JSON with sorted keys.
    public var canonical: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return String(decoding: try encoder.encode(self), as: UTF8.self) } catch {
            preconditionFailure("a matter of texts is always JSON: \(error)")
        }
    }

    public var hash: Hash { Hash(of: canonical) }

    /// All its words, for the scan.
    public var everything: [String] { [name, nameEn] + fields.values }

    /// The places of its text that differ from another's: what a revision touched.
    public func differences(from other: MatterText) -> [Text] {
        var places: [Text] = []
        if name != other.name || nameEn != other.nameEn { places.append(Text("名称", "name")) }
        if unit != other.unit { places.append(Text("承办机构", "unit")) }
        if type != other.type { places.append(Text("类型", "type")) }
        places += MatterField.allCases.filter { self[$0] != other[$0] }.map(\.text)
        if bases != other.bases { places.append(Text("设定依据", "basis")) }
        return places
    }
}

// The columns are the point.
// swift-format-ignore
extension Matter.Sort {
    public var text: Text {
        switch self {
        case .power: Text("权责清单", "List of powers and responsibilities")
        case .guide: Text("办事指南", "Service guides")
        }
    }

    /// The letter that a code of this list begins with.
    public var letter: String { self == .power ? "Q" : "B" }
}
