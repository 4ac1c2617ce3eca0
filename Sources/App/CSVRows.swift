import Foundation

/// Reads CSV (RFC 4180) a row at a time, in bounded memory: quotes, doubled quotes and line ends inside them.
final class CSVRows {
    struct Row {
        /// Where it begins, counted from 1.
        let line: Int
        let cells: [String]
    }

    private let file: FileHandle
    private var buffer: [UInt8] = []
    private var place = 0
    private var line = 1
    private static let piece = 1 << 20
    /// No row is longer; a file without line ends is no CSV.
    private static let longest = 1 << 20

    init(path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else { throw Refused("\(path) can not be read.") }
        self.file = file
        buffer = Array(try file.read(upToCount: Self.piece) ?? Data())
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }

    func next() throws -> Row? {
        let start = line
        var cells: [String] = []
        var cell: [UInt8] = []
        var (isQuoted, isEmpty, length) = (false, true, 0)
        while let byte = try byte() {
            isEmpty = false
            length += 1
            guard length <= Self.longest else { throw Refused("Line \(start) is longer than a row can be.") }
            if byte == UInt8(ascii: "\n") { line += 1 }
            switch byte {
            case UInt8(ascii: "\"") where isQuoted:
                if try peek() == UInt8(ascii: "\"") {
                    cell.append(byte)
                    place += 1
                } else {
                    isQuoted = false
                }
            case UInt8(ascii: "\"") where cell.isEmpty: isQuoted = true
            case _ where isQuoted: cell.append(byte)
            case UInt8(ascii: ","):
                cells.append(String(decoding: cell, as: UTF8.self))
                cell.removeAll(keepingCapacity: true)
            case UInt8(ascii: "\n"):
                if cell.last == UInt8(ascii: "\r") { cell.removeLast() }
                return Row(line: start, cells: cells + [String(decoding: cell, as: UTF8.self)])
            default: cell.append(byte)
            }
        }
        guard !isEmpty else { return nil }
        guard !isQuoted else { throw Refused("A quotation that begins in line \(start) never ends.") }
        return Row(line: start, cells: cells + [String(decoding: cell, as: UTF8.self)])
    }

    private func peek() throws -> UInt8? {
        if place == buffer.count {
            buffer = Array(try file.read(upToCount: Self.piece) ?? Data())
            place = 0
        }
        return place < buffer.count ? buffer[place] : nil
    }

    private func byte() throws -> UInt8? {
        let byte = try peek()
        if byte != nil { place += 1 }
        return byte
    }
}
