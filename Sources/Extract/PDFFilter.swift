/// The packings of PDF streams.
package enum PDFFilter {
    /// - Returns: nil for pictures' own encodings, which stay as they are.
    package static func decode(_ bytes: [UInt8], _ filter: String, _ parameters: [String: Double], most: Int) throws -> [UInt8]? {
        switch filter {
        case "FlateDecode", "Fl": return unpredict(try Inflate.unfold(bytes, .zlib, most: most, lenient: true), parameters)
        case "LZWDecode", "LZW": return unpredict(try lzw(bytes, early: parameters["EarlyChange"] ?? 1 != 0, most: most), parameters)
        case "ASCIIHexDecode", "AHx": return hex(bytes)
        case "ASCII85Decode", "A85": return ascii85(bytes)
        case "RunLengthDecode", "RL": return try runs(bytes, most: most)
        default: return nil
        }
    }

    private static func unpredict(_ bytes: [UInt8], _ parameters: [String: Double]) -> [UInt8] {
        func whole(_ name: String, _ usual: Int) -> Int { Int(exactly: (parameters[name] ?? Double(usual)).rounded()) ?? usual }
        let predictor = whole("Predictor", 1)
        let bits = max(1, min(whole("Colors", 1), 32)) * max(1, min(whole("BitsPerComponent", 8), 16))
        let width = (bits * max(1, min(whole("Columns", 1), 1 << 20)) + 7) / 8
        let step = max(1, bits / 8)
        guard predictor >= 10 else { return bytes }
        var out: [UInt8] = []
        var above = [UInt8](repeating: 0, count: width)
        var place = 0
        while place < bytes.count {
            let kind = bytes[place]
            var row = Array(bytes[(place + 1)..<min(place + 1 + width, bytes.count)])
            place += width + 1
            for at in row.indices {
                let left = at >= step ? Int(row[at - step]) : 0
                let corner = at >= step ? Int(above[at - step]) : 0
                let up = Int(above[at])
                let guess: Int
                switch kind {
                case 1: guess = left
                case 2: guess = up
                case 3: guess = (left + up) / 2
                case 4:
                    let (a, b, c) = (abs(up - corner), abs(left - corner), abs(left + up - 2 * corner))
                    guess = a <= b && a <= c ? left : b <= c ? up : corner
                default: guess = 0
                }
                row[at] &+= UInt8(truncatingIfNeeded: guess)
            }
            out += row
            if row.count == width { above = row }
        }
        return out
    }

    private static func lzw(_ bytes: [UInt8], early: Bool, most: Int) throws -> [UInt8] {
        var (out, table): ([UInt8], [[UInt8]]) = ([], [])
        func fresh() -> [[UInt8]] { (0..<258).map { $0 < 256 ? [UInt8($0)] : [] } }
        table = fresh()
        var (width, bits, count, last): (Int, UInt32, Int, [UInt8]?) = (9, 0, 0, nil)
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            guard count >= width else { continue }
            count -= width
            let code = Int(bits >> UInt32(count)) & ((1 << width) - 1)
            if code == 257 { break }
            if code == 256 {
                (table, width, last) = (fresh(), 9, nil)
                continue
            }
            let entry: [UInt8]
            if code < table.count { entry = table[code] } else if let last, let first = last.first { entry = last + [first] } else { break }
            out += entry
            if out.count > most { throw Extract.Refused.bomb }
            if let last, let first = entry.first, table.count < 4096 { table.append(last + [first]) }
            last = entry
            let size = table.count + (early ? 1 : 0)
            width = size >= 2048 ? 12 : size >= 1024 ? 11 : size >= 512 ? 10 : 9
        }
        return out
    }

    private static func hex(_ bytes: [UInt8]) -> [UInt8] {
        var (out, half): ([UInt8], UInt8?) = ([], nil)
        for byte in bytes {
            if byte == UInt8(ascii: ">") { break }
            guard let digit = UInt8(String(UnicodeScalar(byte)), radix: 16) else { continue }
            if let high = half { out.append(high << 4 | digit) }
            half = half == nil ? digit : nil
        }
        return half.map { out + [$0 << 4] } ?? out
    }

    private static func ascii85(_ bytes: [UInt8]) -> [UInt8] {
        var (out, group): ([UInt8], [UInt32]) = ([], [])
        func flush(_ group: [UInt32]) {
            let full = group + [UInt32](repeating: 84, count: 5 - group.count)
            let value = full.reduce(UInt32(0)) { $0 &* 85 &+ $1 }
            out += [24, 16, 8, 0].prefix(group.count - 1).map { UInt8(truncatingIfNeeded: value >> $0) }
        }
        for byte in bytes {
            if byte == UInt8(ascii: "~") { break }
            if byte == UInt8(ascii: "z"), group.isEmpty {
                out += [0, 0, 0, 0]
                continue
            }
            guard (33...117).contains(byte) else { continue }
            group.append(UInt32(byte) - 33)
            if group.count == 5 {
                flush(group)
                group = []
            }
        }
        if group.count > 1 { flush(group) }
        return out
    }

    private static func runs(_ bytes: [UInt8], most: Int) throws -> [UInt8] {
        var (out, place) = ([UInt8](), 0)
        while place < bytes.count, bytes[place] != 128 {
            let length = Int(bytes[place])
            if length < 128 {
                out += bytes[min(place + 1, bytes.count)..<min(place + 2 + length, bytes.count)]
                place += length + 2
            } else {
                guard place + 1 < bytes.count else { break }
                out += [UInt8](repeating: bytes[place + 1], count: 257 - length)
                place += 2
            }
            if out.count > most { throw Extract.Refused.bomb }
        }
        return out
    }
}
