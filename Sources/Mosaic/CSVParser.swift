/// Walks the bytes of a table once, field by field.
struct CSVParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let delimiter: UInt8
    private var place = 0
    private var line = 1
    /// A quoted field with its doubled quotes made single.
    private var unquoted: [UInt8] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
    }

    /// Of comma, semicolon, tab and bar, the one that the first record has most of outside quotes; comma if none.
    static func delimiter(of bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
        let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
        var counts = [0, 0, 0, 0]
        var isQuoted = false
        var sawText = false
        for byte in bytes {
            if byte == 0x22 { isQuoted.toggle() }
            if !isQuoted, byte == 0x0A || byte == 0x0D {
                if sawText { break }
                continue
            }
            sawText = true
            if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
        }
        var best = 0
        for index in 1..<4 where counts[index] > counts[best] { best = index }
        return candidates[best]
    }

    /// The names in the first record that is not empty.
    mutating func header() throws(MosaicRefused) -> [String] {
        skipBlankLines()
        guard place < bytes.count else { throw MosaicRefused(zh: "文件是空的。", en: "The file is empty.") }
        var names: [String] = []
        repeat {
            let field = try field()
            var name = String(decoding: text(of: field), as: UTF8.self)
            while let last = name.last, last.isWhitespace { name.removeLast() }
            while let first = name.first, first.isWhitespace { name.removeFirst() }
            guard !name.isEmpty else {
                throw MosaicRefused(zh: "第 \(names.count + 1) 列没有列名。", en: "Column \(names.count + 1) has no name.")
            }
            names.append(name)
            guard field.endsRecord else { continue }
            break
        } while true
        return names
    }

    mutating func rows(under names: [String]) throws(MosaicRefused) -> Microdata {
        let most = bytes[place...].lazy.filter { $0 == 0x0A || $0 == 0x0D }.count + 1
        var builders = names.map { _ in ColumnBuilder(expecting: most) }
        defer { for builder in builders { builder.free() } }
        var rows = 0
        skipBlankLines()
        while place < bytes.count {
            let start = line
            var column = 0
            while true {
                let field = try field()
                if column < builders.count {
                    if field.isUnquotedCopy {
                        unquoted.withUnsafeBufferPointer { builders[column].append($0, at: rows) }
                    } else {
                        builders[column].append(UnsafeBufferPointer(rebasing: bytes[field.range]), at: rows)
                    }
                }
                column += 1
                if field.endsRecord { break }
            }
            guard column == builders.count else {
                throw MosaicRefused(
                    zh: "第 \(start) 行有 \(column) 列，而表头有 \(builders.count) 列。",
                    en: "Line \(start) has \(column) fields where the header has \(builders.count)."
                )
            }
            rows += 1
            skipBlankLines()
        }
        var columns: [Microdata.Column] = []
        for (index, name) in names.enumerated() { columns.append(builders[index].column(name, rows: rows)) }
        return try Microdata(columns: columns)
    }

    private struct Field {
        var range: Range<Int>
        /// The text stands in `unquoted`, not in the bytes.
        var isUnquotedCopy: Bool
        var endsRecord: Bool
    }

    private func text(of field: Field) -> [UInt8] { field.isUnquotedCopy ? unquoted : Array(bytes[field.range]) }

    @inline(__always)
    private mutating func field() throws(MosaicRefused) -> Field {
        let start = place
        if place < bytes.count, bytes[place] == 0x22 { return try quotedField() }
        while place < bytes.count {
            let byte = bytes[place]
            if byte == delimiter {
                place += 1
                return Field(range: start..<place - 1, isUnquotedCopy: false, endsRecord: false)
            }
            if byte == 0x0A || byte == 0x0D { break }
            place += 1
        }
        let end = place
        endLine()
        return Field(range: start..<end, isUnquotedCopy: false, endsRecord: true)
    }

    private mutating func quotedField() throws(MosaicRefused) -> Field {
        let opened = line
        place += 1
        var start = place
        unquoted.removeAll(keepingCapacity: true)
        var isCopy = false
        while true {
            guard place < bytes.count else {
                throw MosaicRefused(zh: "第 \(opened) 行的引号没有闭合。", en: "The quotation mark in line \(opened) is never closed.")
            }
            let byte = bytes[place]
            if byte == 0x0A || (byte == 0x0D && !(place + 1 < bytes.count && bytes[place + 1] == 0x0A)) { line += 1 }
            if byte == 0x22 {
                if place + 1 < bytes.count, bytes[place + 1] == 0x22 {
                    unquoted.append(contentsOf: bytes[start...place])
                    isCopy = true
                    place += 2
                    start = place
                    continue
                }
                break
            }
            place += 1
        }
        if isCopy { unquoted.append(contentsOf: bytes[start..<place]) }
        let range = start..<place
        place += 1
        if place < bytes.count, bytes[place] == delimiter {
            place += 1
            return Field(range: range, isUnquotedCopy: isCopy, endsRecord: false)
        }
        guard place == bytes.count || bytes[place] == 0x0A || bytes[place] == 0x0D else {
            throw MosaicRefused(zh: "第 \(line) 行：引号之后还有文字。", en: "Line \(line): there is text after a closing quotation mark.")
        }
        endLine()
        return Field(range: range, isUnquotedCopy: isCopy, endsRecord: true)
    }

    @inline(__always)
    private mutating func endLine() {
        guard place < bytes.count else { return }
        if bytes[place] == 0x0D, place + 1 < bytes.count, bytes[place + 1] == 0x0A { place += 1 }
        place += 1
        line += 1
    }

    @inline(__always)
    private mutating func skipBlankLines() {
        while place < bytes.count, bytes[place] == 0x0A || bytes[place] == 0x0D { endLine() }
    }
}
