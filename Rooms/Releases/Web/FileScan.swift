import Extract
import Foundation
import Scan

/// One file's scan: everything that a recipient could recover from it, piece by piece, with the place of each finding.
public struct FileScan {
    let file: String
    let bytes: [UInt8]

    public init(file: String, bytes: [UInt8]) { (self.file, self.bytes) = (file, bytes) }

    /// A finding with its place in the file; start and end count from the beginning of the piece that the place names.
    public struct Found {
        public let result: ScanResult
        public let start: Int
        public let end: Int
        public let place: String
    }

    /// - Returns: what `scan` finds, and what inside the file could not be read, in words.
    public func findings(_ scan: (String) -> [ScanResult]) async throws(Extract.Refused) -> (found: [Found], unread: [String]) {
        let name = URL(fileURLWithPath: file).lastPathComponent
        let parts = try await Extract.everything(in: bytes, name: name)
        if parts.count == 1, let only = parts.first, only.kind == .visible, only.file == name, only.place.isEmpty {
            let text = try await whole() ?? only.text
            return (scan(text).map { Found(result: $0, start: $0.start, end: $0.end, place: $0.place) }, [])
        }
        var found: [Found] = []
        var group: [Part] = []
        for part in parts where part.kind != .unread {
            if let last = group.last, last.file != part.file || last.kind != part.kind {
                found += Self.findings(in: group, of: name, scan)
                group = []
            }
            group.append(part)
        }
        found += Self.findings(in: group, of: name, scan)
        return (found, parts.filter { $0.kind == .unread }.map { "\($0.file) \($0.place) \($0.text)" })
    }

    /// A text as it stands, so that places count from its own first character; nil for any other file.
    private func whole() async throws(Extract.Refused) -> String? {
        guard bytes.count <= Extract.mostBytes else { return nil }
        do {
            let read = try await Extract.text(from: bytes)
            return read.format == .text ? read.text : nil
        } catch let refused as Extract.Refused { throw refused } catch { throw .broken }
    }

    /// Neighbouring pieces are scanned as one text: a name in one paragraph or cell is known by the number in the next.
    private static func findings(in parts: [Part], of name: String, _ scan: (String) -> [ScanResult]) -> [Found] {
        guard let first = parts.first else { return [] }
        var (text, starts) = ("", [Int]())
        var count = 0
        for part in parts {
            starts.append(count)
            text += part.text + "\n"
            count += part.text.unicodeScalars.count + 1
        }
        let inner = first.file == name ? "" : String(first.file.dropFirst(first.file.hasPrefix(name + "/") ? name.count + 1 : 0))
        let kind = first.kind == .visible ? "" : first.kind.rawValue
        var at = 0
        return scan(text).map { result in
            while at + 1 < starts.count, starts[at + 1] <= result.start { at += 1 }
            let part = parts[at]
            let before = part.text.unicodeScalars.prefix(result.start - starts[at])
            let line = part.text.unicodeScalars.contains("\n") ? "line \(before.count { $0 == "\n" } + 1)" : ""
            return Found(
                result: result,
                start: result.start - starts[at],
                end: result.end - starts[at],
                place: [inner, kind, part.place, line].filter { !$0.isEmpty }.joined(separator: ", ")
            )
        }
    }
}

/// A finding as JSON names it, on the command line and for the desk's own programs.
public struct FindingJSON: Encodable, Sendable {
    let file, kind, value: String
    /// In Unicode scalars of the part's text.
    let start, end: Int
    let place, severity: String
    let confidence: Double
    let rule: String

    public init(_ found: FileScan.Found, in file: String) {
        let result = found.result
        (self.file, kind, value) = (file, result.kind, result.printed)
        (start, end, place) = (found.start, found.end, found.place)
        (severity, confidence, rule) = (result.severity, result.confidence, result.rule)
    }
}
