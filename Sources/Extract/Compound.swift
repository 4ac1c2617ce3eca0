/// The old container of office programs: old documents, objects put into new ones, macros, messages.
struct Compound {
    struct Stream {
        let name: String
        let bytes: [UInt8]
    }

    private(set) var streams: [Stream] = []

    /// - Throws: `Refused.broken`, `.bomb`.
    init(_ bytes: [UInt8]) throws {
        func number(_ place: Int, _ count: Int) -> Int {
            guard place >= 0, place + count <= bytes.count else { return 0 }
            return (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
        }
        guard bytes.count >= 512, number(0, 4) == 0xE011_CFD0 else { throw Extract.Refused.broken }
        let shift = number(30, 2)
        guard shift == 9 || shift == 12 else { throw Extract.Refused.broken }
        let size = 1 << shift
        let most = bytes.count / size + 1
        func sector(_ index: Int) -> Int { (index + 1) * size }

        // The table of sectors is itself listed in the header and in a chain behind it.
        var tableSectors = (0..<109).map { number(76 + 4 * $0, 4) }.filter { $0 < 0xFFFF_FFFA }
        var next = number(68, 4)
        for _ in 0..<most where next < 0xFFFF_FFFA {
            let base = sector(next)
            tableSectors += (0..<(size / 4 - 1)).map { number(base + 4 * $0, 4) }.filter { $0 < 0xFFFF_FFFA }
            next = number(base + size - 4, 4)
        }
        guard tableSectors.count <= most else { throw Extract.Refused.broken }
        let table = tableSectors.flatMap { start in (0..<(size / 4)).map { number(sector(start) + 4 * $0, 4) } }
        func chain(_ start: Int) throws -> [UInt8] {
            var (out, at, steps) = ([UInt8](), start, 0)
            while at < 0xFFFF_FFFA {
                steps += 1
                guard steps <= most, at < table.count, sector(at) < bytes.count else { throw Extract.Refused.broken }
                out += bytes[sector(at)..<min(sector(at) + size, bytes.count)]
                at = table[at]
            }
            return out
        }
        let directory = try chain(number(48, 4))
        func entry(_ place: Int, _ offset: Int, _ count: Int) -> Int {
            guard place + offset + count <= directory.count else { return 0 }
            return (0..<count).reduce(0) { $0 | Int(directory[place + offset + $1]) << (8 * $1) }
        }
        guard directory.count >= 128 else { throw Extract.Refused.broken }
        let mini = try chain(entry(0, 116, 4))
        let miniTable = number(64, 4) > 0 ? try chain(number(60, 4)) : []
        func miniChain(_ start: Int, _ length: Int) throws -> [UInt8] {
            var (out, at) = ([UInt8](), start)
            while at < 0xFFFF_FFFA, out.count < length {
                guard at * 64 + 64 <= mini.count, at * 4 + 4 <= miniTable.count else { throw Extract.Refused.broken }
                out += mini[(at * 64)..<(at * 64 + 64)]
                at = (0..<4).reduce(0) { $0 | Int(miniTable[at * 4 + $1]) << (8 * $1) }
            }
            return out
        }
        var total = 0
        for place in stride(from: 128, to: directory.count - 127, by: 128) where directory[place + 66] == 2 {
            let units = stride(from: 0, to: max(0, min(entry(place, 64, 2), 64) - 2), by: 2).map { UInt16(entry(place, $0, 2)) }
            let length = entry(place, 120, 4)
            total += length
            guard total <= bytes.count * 2 else { throw Extract.Refused.bomb }
            let all = length < 4096 ? try miniChain(entry(place, 116, 4), length) : try chain(entry(place, 116, 4))
            streams.append(Stream(name: String(decoding: units, as: UTF16.self), bytes: Array(all.prefix(length))))
        }
    }
}

extension Walk {
    func compound(_ bytes: [UInt8], at path: String, depth: Int) throws {
        let streams = try Compound(bytes).streams
        let names = Set(streams.map(\.name))
        if names.contains("EncryptedPackage") || names.contains("EncryptionInfo") { throw Extract.Refused.encrypted }
        let isMacro = names.contains("dir") && names.contains("PROJECT")
        for stream in streams {
            _ = try room()
            spend(stream.bytes.count)
            let inner = "\(path)/\(stream.name.filter { !$0.isNewline && $0 >= " " })"
            switch stream.name {
            case "\u{1}Ole10Native":
                let (name, content) = Self.native(stream.bytes)
                try add("\(path)/\(name)", "", .attachment, name)
                try openInside(content, at: "\(path)/\(name)", depth: depth + 1)
            case "Package", "CONTENTS": try openInside(stream.bytes, at: inner, depth: depth + 1)
            case "WordDocument":
                // Bit 8 of the flags: encrypted.
                if stream.bytes.count > 12, stream.bytes[11] & 1 == 1 { throw Extract.Refused.encrypted }
                try add(path, "text", .visible, Words.of(stream.bytes))
            case _ where isMacro && stream.name != "dir" && !stream.name.hasPrefix("_") && stream.name != "PROJECTwm":
                try add(inner, "", .script, stream.name == "PROJECT" ? MailWord.text(stream.bytes, nil) : Macro.source(stream.bytes))
            default:
                let known =
                    stream.bytes.starts(with: [0x50, 0x4B, 3, 4]) || PictureSize(stream.bytes) != nil
                    || stream.bytes.starts(with: "%PDF-".utf8)
                if known {
                    try openInside(stream.bytes, at: inner, depth: depth + 1)
                } else {
                    try add(inner, "", .hidden, Words.of(stream.bytes))
                }
            }
        }
    }

    /// An object's native data: two names, then the file.
    private static func native(_ bytes: [UInt8]) -> (String, [UInt8]) {
        var place = 6
        func string() -> String {
            let start = min(place, bytes.count)
            let end = bytes[start...].firstIndex(of: 0) ?? bytes.count
            place = min(end + 1, bytes.count)
            return MailWord.text(Array(bytes[start..<end]), nil)
        }
        func number() -> Int {
            defer { place += 4 }
            guard place + 4 <= bytes.count else { return 0 }
            return (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
        }
        let name = string()
        _ = string()
        place += 4
        place += number()
        let size = number()
        guard !name.isEmpty, place < bytes.count, size > 0 else { return ("object", bytes) }
        return (name, Array(bytes[place..<min(place + size, bytes.count)]))
    }
}

/// Runs of text in a binary file of unknown build, in both widths that office programs write.
enum Words {
    /// Longest runs of UTF-16 and of one-byte text of at least four letters (two for Chinese).
    static func of(_ bytes: [UInt8]) -> String {
        var found: [String] = []
        for offset in 0...1 {
            var run: [UInt16] = []
            func flush() {
                let chinese = run.count { (0x3400...0x9FFF).contains($0) }
                if chinese >= 2 || run.count >= 4 && chinese == 0 {
                    found.append(String(decoding: run, as: UTF16.self))
                }
                run = []
            }
            for place in stride(from: offset, to: bytes.count - 1, by: 2) {
                let unit = UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
                switch unit {
                case 0x20...0x7E, 0x3400...0x9FFF, 0x3000...0x303F, 0xFF01...0xFF5E, 0x2014...0x2026, 0x2605, 0x2606, 0xB7, 9:
                    run.append(unit)
                default: flush()
                }
            }
            flush()
        }
        var run: [UInt8] = []
        func flush() {
            if run.count >= 4 {
                let text = MailWord.text(run, nil)
                if !text.contains("\u{FFFD}") { found.append(text) }
            }
            run = []
        }
        for byte in bytes {
            if byte >= 0x20 && byte != 0x7F || byte == 9 { run.append(byte) } else { flush() }
        }
        flush()
        return found.joined(separator: "\n")
    }
}

/// The source of a macro module, packed as its program packs it ([MS-OVBA] 2.4.1).
enum Macro {
    static func source(_ bytes: [UInt8]) -> String {
        // The source begins at a container's mark, 01 and a chunk whose signature is 3, after compiled code; it opens with "Attribute".
        var best = ""
        for start in bytes.indices where bytes[start] == 1 && start + 2 < bytes.count && (bytes[start + 2] >> 4) & 7 == 3 {
            let text = MailWord.text(unpack(bytes[(start + 1)...]), nil)
            if text.hasPrefix("Attribut"), text.utf8.count > best.utf8.count { best = text }
        }
        return best.isEmpty ? Words.of(bytes) : best
    }

    private static func unpack(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var (out, place) = ([UInt8](), bytes.startIndex)
        while place + 2 <= bytes.endIndex, out.count < 4 << 20 {
            let header = Int(bytes[place]) | Int(bytes[place + 1]) << 8
            guard (header >> 12) & 7 == 3 else { break }
            let end = min(place + (header & 0xFFF) + 3, bytes.endIndex)
            place += 2
            let start = out.count
            if header & 0x8000 == 0 {
                out += bytes[place..<end]
                place = end
                continue
            }
            while place < end {
                let flags = bytes[place]
                place += 1
                for bit in 0..<8 where place < end {
                    if flags >> UInt8(bit) & 1 == 0 {
                        out.append(bytes[place])
                        place += 1
                        continue
                    }
                    guard place + 1 < end else { return out }
                    let token = Int(bytes[place]) | Int(bytes[place + 1]) << 8
                    place += 2
                    var bits = 4
                    while (1 << bits) < out.count - start { bits += 1 }
                    let length = (token & (0xFFFF >> bits)) + 3
                    let back = (token >> (16 - bits)) + 1
                    guard back <= out.count - start else { return out }
                    for _ in 0..<length { out.append(out[out.count - back]) }
                }
            }
        }
        return out
    }
}
