import Core
import Foundation
import WorkCalendar

/// A form that came in: its fields as typed, and its files.
public struct Form: Sendable {
    public var fields: [String: [String]] = [:]
    public var files: [String: File] = [:]
    /// Every file of each field, in the order in which they came: a field may hold several.
    public var uploads: [String: [File]] = [:]

    public struct File: Sendable {
        public let name: String
        public let bytes: [UInt8]
    }

    init() {}

    /// A field without the blanks around it; empty where there is none.
    func text(_ name: String) -> String {
        (fields[name]?.first ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The same, nil where it is empty.
    func filled(_ name: String) -> String? {
        let text = text(name)
        return text.isEmpty ? nil : text
    }

    /// A day or nothing; a day that does not exist is refused.
    func day(_ name: String) throws(Refusal) -> Day? {
        guard let text = filled(name) else { return nil }
        guard let day = Day(text) else {
            throw .invalidForm([name: Text("没有“\(text)”这个日期，请按2022-05-26的格式填写。", "There is no date “\(text)”. Write it as 2022-05-26.")])
        }
        return day
    }

    /// Reads `a=b&c=d`.
    init(urlEncoded body: [UInt8]) throws(Refusal) {
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decode(parts[0])
            let value = parts.count > 1 ? try Self.decode(parts[1]) : ""
            fields[name, default: []].append(value)
        }
    }

    private static func decode(_ text: ArraySlice<UInt8>) throws(Refusal) -> String {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { throw unreadable }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return try text8(bytes)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }

    private static let unreadable = Refusal.invalid("form", "表单无法读取，请返回重新填写。", "The form can not be read. Go back and fill it in again.")

    private static func text8(_ bytes: [UInt8]) throws(Refusal) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw unreadable }
        return text.replacing("\r\n", with: "\n")
    }

    /// Reads multipart/form-data (RFC 7578).
    init(multipart body: [UInt8], boundary: String) throws(Refusal) {
        let mark = Array("--\(boundary)".utf8)
        var place = Self.find(mark, in: body, from: 0)
        while let start = place, let end = Self.find(mark, in: body, from: start + mark.count) {
            defer { place = end }
            // A part stands between two line ends.
            guard end - 2 >= start + mark.count + 2 else { continue }
            let part = body[(start + mark.count + 2)..<(end - 2)]
            guard let gap = Self.find(Array("\r\n\r\n".utf8), in: Array(part.prefix(4096)), from: 0) else { throw Self.unreadable }
            let head = try Self.text8(Array(part.prefix(gap)))
            let value = Array(part.dropFirst(gap + 4))
            guard let name = Self.parameter("name", of: head) else { throw Self.unreadable }
            if let file = Self.parameter("filename", of: head) {
                guard !file.isEmpty else { continue }
                files[name] = File(name: file, bytes: value)
                uploads[name, default: []].append(File(name: file, bytes: value))
            } else {
                fields[name, default: []].append(try Self.text8(value))
            }
        }
    }

    private static func parameter(_ name: String, of head: String) -> String? {
        guard let start = head.range(of: " \(name)=\"") else { return nil }
        guard let end = head[start.upperBound...].firstIndex(of: "\"") else { return nil }
        return String(head[start.upperBound..<end])
    }

    private static func find(_ mark: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        guard let first = mark.first, body.count >= mark.count else { return nil }
        var place = start
        let last = body.count - mark.count
        while place <= last {
            if body[place] == first, body[place..<(place + mark.count)].elementsEqual(mark) { return place }
            place += 1
        }
        return nil
    }
}
