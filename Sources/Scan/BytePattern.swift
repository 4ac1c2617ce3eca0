/// Writes a pattern for vectorscan over bytes: without its UTF-8 mode, which makes word boundaries and classes several times slower.
///
/// The result matches all that the pattern matches and sometimes a little more; the backward reading decides.
enum BytePattern {
    static func text(of node: Pattern.Node) -> String {
        switch node {
        case .boundary: #"\b"#
        case .row(let nodes): nodes.map(text).joined()
        case .either(let nodes): "(?:" + nodes.map(text).joined(separator: "|") + ")"
        case .times(let node, let least, let most): "(?:\(text(of: node)))" + "{\(least),\(most.map(String.init) ?? "")}"
        case .scalars(let set): text(of: set)
        }
    }

    private static func text(of set: Pattern.Scalars) -> String {
        let ascii = (0..<128).filter { set.contains($0) }.map { "\\x" + hex(UInt8($0)) }
        var ways: [String] = ascii.isEmpty ? [] : [ascii.count == 1 ? ascii[0] : "[" + ascii.joined() + "]"]
        if set.isNegated {
            ways.append(#"[\xC2-\xF4][\x80-\xBF]{1,3}"#)
        } else {
            var singles: [[UInt8]: [UInt8]] = [:]
            for range in set.ranges where range.upperBound > 127 {
                let wide = max(128, range.lowerBound)...range.upperBound
                if wide.count > 64 {
                    // A block: its lead bytes and any continuation.
                    let (first, last) = (utf8(wide.lowerBound), utf8(wide.upperBound))
                    ways.append("[\\x\(hex(first[0]))-\\x\(hex(last[0]))][\\x80-\\xBF]{\(first.count - 1),\(last.count - 1)}")
                } else {
                    for value in wide {
                        let bytes = utf8(value)
                        singles[Array(bytes.dropLast()), default: []].append(bytes[bytes.count - 1])
                    }
                }
            }
            for (head, tails) in singles.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                let tail = tails.map { "\\x" + hex($0) }
                ways.append(head.map { "\\x" + hex($0) }.joined() + (tail.count == 1 ? tail[0] : "[" + tail.joined() + "]"))
            }
        }
        return ways.count == 1 ? ways[0] : "(?:" + ways.joined(separator: "|") + ")"
    }

    private static func utf8(_ value: UInt32) -> [UInt8] { Unicode.Scalar(value).map { Array(String($0).utf8) } ?? [0xEF, 0xBF, 0xBD] }

    private static func hex(_ byte: UInt8) -> String {
        let digits = Array("0123456789ABCDEF")
        return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }
}
