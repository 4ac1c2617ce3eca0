import Foundation

/// What a file holds as a table: one text of rows, what the person must know of it, and what else stood in the file.
public struct TableReading: Equatable, Sendable {
    /// Names in the first row; of a workbook UTF-8 with commas, of a text file its own bytes.
    public var csv: [UInt8]
    /// What was left aside or taken as it was last shown.
    public var notes: [TableNote]
    /// Texts of the file that are no part of the table: other sheets, comments, properties. Nothing of it is published, all of it is scanned.
    public var aside: String

    public init(csv: [UInt8], notes: [TableNote] = [], aside: String = "") {
        (self.csv, self.notes, self.aside) = (csv, notes, aside)
    }
}

/// A sentence about a table that came in.
public struct TableNote: Codable, Hashable, Sendable {
    public let zh: String
    public let en: String

    public init(_ zh: String, _ en: String) { (self.zh, self.en) = (zh, en) }
}

/// Why a file is not taken as a table, in words that say what to do.
public struct TableRefused: Error, Codable, Hashable, Sendable {
    public let note: TableNote

    public init(_ zh: String, _ en: String) { note = TableNote(zh, en) }

    init(_ error: any Error) {
        if let known = error as? TableRefused {
            self = known
        } else {
            let fault = Sheet.Unreadable(error)
            self.init(fault.zh, fault.en)
        }
    }
}
