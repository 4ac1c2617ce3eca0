import Foundation

/// Messages: headers, bodies in each alternative, attachments in attachments.
extension Walk {
    func mail(_ bytes: [UInt8], at path: String, depth: Int) throws {
        guard depth <= 12 else { throw Extract.Refused.bomb }
        _ = try room()
        let (fields, body) = Self.split(bytes)
        for (name, value) in fields where !Self.routine.contains(name) {
            try add(path, "header \(name)", Self.shown.contains(name) ? .visible : .property, MailWord.decode(value))
        }
        func field(_ name: String) -> String { fields.first { $0.0 == name }?.1 ?? "" }
        let type = MailField(field("content-type"))
        let disposition = MailField(field("content-disposition"))
        let name = disposition["filename"] ?? type["name"]
        if type.value.hasPrefix("multipart/"), let boundary = type["boundary"] {
            let (pieces, isClosed) = Self.pieces(body, boundary)
            guard !pieces.isEmpty else { return try add(path, "body", .visible, MailWord.text(body, type["charset"])) }
            try add(path, "before the parts", .hidden, MailWord.text(pieces[0], nil))
            for (number, piece) in pieces.dropFirst().enumerated() {
                // What follows the closing mark has no head of its own.
                if number == pieces.count - 2, isClosed {
                    try add(path, "after the parts", .hidden, MailWord.text(piece, nil))
                    continue
                }
                try attempt("\(path)/\(number + 1)") { try mail(piece, at: "\(path)/\(number + 1)", depth: depth + 1) }
            }
            return
        }
        let content: [UInt8]
        switch field("content-transfer-encoding").lowercased().trimmingCharacters(in: .whitespaces) {
        case "base64": content = MailWord.base64(body)
        case "quoted-printable": content = MailWord.quoted(body[...], isHeader: false)
        default: content = body
        }
        spend(content.count)
        guard !content.isEmpty else { return }
        if type.value == "message/rfc822" { return try mail(content, at: path + "/message", depth: depth + 1) }
        if let name {
            try add("\(path)/\(name)", "", .attachment, name)
            return try openInside(content, at: "\(path)/\(name)", depth: depth + 1)
        }
        switch type.value {
        case "", "text/plain": try add(path, "body", .visible, MailWord.text(content, type["charset"]))
        case "text/html": try webPage(Array(MailWord.text(content, type["charset"]).utf8), at: path, depth: depth + 1)
        default: try openInside(content, at: path + "/part", depth: depth + 1)
        }
    }

    private static let shown: Set<String> = ["subject", "from", "to", "cc", "date"]
    private static let routine: Set<String> = [
        "mime-version", "content-type", "content-transfer-encoding", "content-disposition", "dkim-signature", "arc-seal", "content-id",
    ]

    static func split(_ bytes: [UInt8]) -> ([(String, String)], [UInt8]) {
        var fields: [(String, String)] = []
        var place = 0
        while place < bytes.count {
            let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
            var line = bytes[place..<end]
            if line.last == 0x0D { line = line.dropLast() }
            place = min(end + 1, bytes.count)
            if line.isEmpty { break }
            let text = MailWord.text(Array(line), nil)
            if line.first == 0x20 || line.first == 0x09 {
                if !fields.isEmpty { fields[fields.count - 1].1 += " " + text.trimmingCharacters(in: .whitespaces) }
            } else if let colon = text.firstIndex(of: ":"), fields.count < 1000 {
                fields.append((text[..<colon].lowercased(), text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)))
            }
        }
        return (fields, Array(bytes[min(place, bytes.count)...]))
    }

    /// What stands before the first boundary, then each part; what follows the last is a part too.
    static func pieces(_ body: [UInt8], _ boundary: String) -> (pieces: [[UInt8]], isClosed: Bool) {
        let mark = Array("--\(boundary)".utf8)
        var (pieces, current): ([[UInt8]], [UInt8]) = ([], [])
        var isClosed = false
        for line in body.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.starts(with: mark) {
                pieces.append(current)
                current = []
                isClosed = line.dropFirst(mark.count).starts(with: "--".utf8)
                if pieces.count > 2000 { break }
            } else {
                current += line + [0x0A]
            }
        }
        if !pieces.isEmpty, isClosed || current.contains(where: { $0 > 0x20 }) { pieces.append(current) }
        return (pieces, isClosed)
    }
}

/// A header with parameters: `text/plain; charset="gb2312"`, in the forms of RFC 2045, 2047 and 2231.
struct MailField {
    let value: String
    private var parameters: [String: String] = [:]

    init(_ line: String) {
        var fields: [Substring] = []
        var (rest, quoted) = (line[...], false)
        while let at = rest.firstIndex(where: {
            if $0 == "\"" { quoted.toggle() }
            return $0 == ";" && !quoted
        }) {
            fields.append(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        fields.append(rest)
        value = fields[0].trimmingCharacters(in: .whitespaces).lowercased()
        for field in fields.dropFirst() {
            guard let equals = field.firstIndex(of: "=") else { continue }
            let name = field[..<equals].trimmingCharacters(in: .whitespaces).lowercased()
            let text = field[field.index(after: equals)...].trimmingCharacters(in: CharacterSet(charactersIn: "\" \t"))
            let stem = String(name.prefix { $0 != "*" })
            if name.hasSuffix("*") {
                let pieces = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
                let (charset, percent) = pieces.count == 3 ? (String(pieces[0]), pieces[2]) : ("utf-8", text[...])
                parameters[stem, default: ""] += MailWord.text(MailWord.percent(percent), charset)
            } else {
                parameters[stem, default: ""] += MailWord.decode(text)
            }
        }
    }

    subscript(name: String) -> String? { parameters[name].flatMap { $0.isEmpty ? nil : $0 } }
}

/// The encodings of words and bodies in messages.
enum MailWord {
    /// `=?gb2312?B?…?=` wherever it stands.
    static func decode(_ line: String) -> String {
        guard line.contains("=?") else { return line }
        var (out, rest, wasWord) = ("", line[...], false)
        while let start = rest.range(of: "=?") {
            let pieces = rest[start.upperBound...].split(separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
            guard pieces.count == 4, pieces[3].hasPrefix("=") else { break }
            let between = rest[..<start.lowerBound]
            if !(wasWord && between.allSatisfy(\.isWhitespace)) { out += between }
            let bytes = pieces[1].lowercased() == "b" ? base64(Array(pieces[2].utf8)) : quoted(Array(pieces[2].utf8)[...], isHeader: true)
            out += text(bytes, String(pieces[0]))
            rest = pieces[3].dropFirst()
            wasWord = true
        }
        return out + rest
    }

    static func text(_ bytes: [UInt8], _ charset: String?) -> String {
        let name = charset?.lowercased() ?? ""
        do {
            if !name.isEmpty, !name.hasPrefix("utf-8"), !name.hasPrefix("us-ascii"), !name.hasPrefix("gb") {
                if let text = Encoding.convert(bytes, from: name) { return text }
            }
            return try Encoding.decode(bytes)
        } catch { return String(decoding: bytes, as: UTF8.self) }
    }

    static func base64(_ bytes: [UInt8]) -> [UInt8] {
        Data(base64Encoded: Data(bytes), options: .ignoreUnknownCharacters).map { [UInt8]($0) } ?? lenient(bytes)
    }

    /// Base64 cut short or badly padded still gives what it has.
    private static func lenient(_ bytes: [UInt8]) -> [UInt8] {
        var (out, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
        for byte in bytes {
            let value: UInt32
            switch byte {
            case 65...90: value = UInt32(byte) - 65
            case 97...122: value = UInt32(byte) - 71
            case 48...57: value = UInt32(byte) + 4
            case 43: value = 62
            case 47: value = 63
            default: continue
            }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return out
    }

    static func quoted(_ bytes: ArraySlice<UInt8>, isHeader: Bool) -> [UInt8] {
        var (out, at) = ([UInt8](), bytes.startIndex)
        while at < bytes.endIndex {
            let byte = bytes[at]
            if byte == UInt8(ascii: "="), at + 1 < bytes.endIndex {
                if bytes[at + 1] == 0x0A {
                    at += 2
                    continue
                }
                if bytes[at + 1] == 0x0D {
                    at += 3
                    continue
                }
                if at + 2 < bytes.endIndex, let value = UInt8(String(decoding: bytes[(at + 1)...(at + 2)], as: UTF8.self), radix: 16) {
                    out.append(value)
                    at += 3
                    continue
                }
            }
            out.append(isHeader && byte == UInt8(ascii: "_") ? 0x20 : byte)
            at += 1
        }
        return out
    }

    static func percent(_ text: Substring) -> [UInt8] {
        quoted(Array(text.utf8).map { $0 == UInt8(ascii: "%") ? UInt8(ascii: "=") : $0 }[...], isHeader: false)
    }
}
