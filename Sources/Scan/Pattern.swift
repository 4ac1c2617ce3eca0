/// A pattern of the table, read so that it can be refused with a reason, and run backwards from where the first pass saw it end.
///
/// What vectorscan understands, less what it understands otherwise than a reader would: literals, `[…]`, `.`, `\d \w \s` and `\b` of ASCII,
/// groups, `|`, `* + ? {m,n}`.
struct Pattern: Sendable {
    indirect enum Node: Sendable {
        case scalars(Scalars)
        case row([Node])
        case either([Node])
        case times(Node, Int, Int?)
        case boundary
    }

    /// A set of scalars.
    struct Scalars: Sendable {
        var ranges: [ClosedRange<UInt32>]
        var isNegated = false

        func contains(_ value: UInt32) -> Bool { ranges.contains { $0.contains(value) } != isNegated }
    }

    let node: Node

    init(_ text: String, isCaseless: Bool = false) throws(Refused) {
        var reader = Reader(scalars: Array(text.unicodeScalars), isCaseless: isCaseless)
        guard !text.isEmpty else { throw .emptyMatch }
        node = try reader.either()
        guard reader.place == reader.scalars.count else { throw .unbalanced }
        guard Self.shortest(node) > 0 else { throw .emptyMatch }
        try Self.refuseCatastrophe(node, inside: false)
    }

    /// The fewest scalars that the pattern matches.
    private static func shortest(_ node: Node) -> Int {
        switch node {
        case .scalars: 1
        case .boundary: 0
        case .row(let nodes): nodes.reduce(0) { $0 + shortest($1) }
        case .either(let nodes): nodes.map(shortest).min() ?? 0
        case .times(let node, let least, _): min(1_000_000, least * shortest(node))
        }
    }

    /// A repeat without end inside another one, or of anything at all, makes a scan of a long text crawl or a finding swallow a page.
    private static func refuseCatastrophe(_ node: Node, inside: Bool) throws(Refused) {
        switch node {
        case .scalars, .boundary: return
        case .row(let nodes), .either(let nodes):
            for node in nodes { try refuseCatastrophe(node, inside: inside) }
        case .times(let node, let least, let most):
            let isOpen = most == nil || (most ?? 0) > 300
            if least > 300 || (most ?? 0) > 1_000 { throw .tooLarge }
            if most != 1, shortest(node) == 0 { throw .emptyMatch }
            if isOpen, inside { throw .nestedRepeat }
            if isOpen, case .scalars(let set) = node, set.isNegated { throw .endless }
            try refuseCatastrophe(node, inside: inside || isOpen)
        }
    }

    /// Why a pattern is refused.
    enum Refused: Error {
        case unbalanced, emptyMatch, nestedRepeat, endless, tooLarge
        case unknown(String)

        // The columns are the point.
        // swift-format-ignore
        var words: Bilingual {
            switch self {
            case .unbalanced:   Bilingual("表达式的括号或重复次数不完整", "The pattern has an unclosed bracket or a repeat of nothing")
            case .emptyMatch:   Bilingual("表达式（或其中重复的部分）可以匹配空文本", "The pattern, or what it repeats, matches the empty text")
            case .nestedRepeat: Bilingual("表达式在无限重复中又有无限重复，会使扫描停滞", "The pattern has an endless repeat inside an endless repeat: it would stall the scan")
            case .endless:      Bilingual("表达式无限重复任意字符，请写明最多次数", "The pattern repeats any character without end: state at most how often")
            case .tooLarge:     Bilingual("表达式的重复次数过大", "The pattern's repeats are too large")
            case .unknown(let what): Bilingual("表达式中的“\(what)”不受支持", "“\(what)” is not supported in a pattern")
            }
        }
    }
}

private struct Reader {
    let scalars: [Unicode.Scalar]
    let isCaseless: Bool
    var place = 0
    var depth = 0

    private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    mutating func either() throws(Pattern.Refused) -> Pattern.Node {
        depth += 1
        defer { depth -= 1 }
        guard depth < 50 else { throw .tooLarge }
        var rows = [try row()]
        while next == "|" {
            place += 1
            rows.append(try row())
        }
        return rows.count == 1 ? rows[0] : .either(rows)
    }

    private mutating func row() throws(Pattern.Refused) -> Pattern.Node {
        var nodes: [Pattern.Node] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            nodes.append(try repeated(try atom(scalar)))
        }
        return .row(nodes)
    }

    private mutating func repeated(_ node: Pattern.Node) throws(Pattern.Refused) -> Pattern.Node {
        var node = node
        while let scalar = next {
            let bounds: (Int, Int?)
            switch scalar {
            case "*": bounds = (0, nil)
            case "+": bounds = (1, nil)
            case "?": bounds = (0, 1)
            case "{": bounds = try counts()
            default: return node
            }
            if scalar != "{" { place += 1 }
            if case .boundary = node { throw .unbalanced }
            node = .times(node, bounds.0, bounds.1)
        }
        return node
    }

    private mutating func counts() throws(Pattern.Refused) -> (Int, Int?) {
        guard let close = scalars[place...].firstIndex(of: "}") else { throw .unbalanced }
        let inside = String(String.UnicodeScalarView(scalars[(place + 1)..<close]))
        place = close + 1
        let parts = inside.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= 2, let least = Int(parts[0]) else { throw .unbalanced }
        if parts.count == 1 { return (least, least) }
        if parts[1].isEmpty { return (least, nil) }
        guard let most = Int(parts[1]), most >= least else { throw .unbalanced }
        return (least, most)
    }

    private mutating func atom(_ scalar: Unicode.Scalar) throws(Pattern.Refused) -> Pattern.Node {
        place += 1
        switch scalar {
        case "(":
            if next == "?" {
                guard place + 1 < scalars.count, scalars[place + 1] == ":" else { throw .unknown("(?") }
                place += 2
            }
            let inside = try either()
            guard next == ")" else { throw .unbalanced }
            place += 1
            return inside
        case "[": return .scalars(try set())
        case ".": return .scalars(Pattern.Scalars(ranges: [10...10], isNegated: true))
        case "\\":
            guard let escaped = next else { throw .unbalanced }
            place += 1
            if escaped == "b" { return .boundary }
            return .scalars(try escape(escaped))
        case "*", "+", "?", "{", "}", "]": throw .unbalanced
        case "^", "$": throw .unknown(String(scalar))
        default: return .scalars(Pattern.Scalars(ranges: single(scalar)))
        }
    }

    private func single(_ scalar: Unicode.Scalar) -> [ClosedRange<UInt32>] {
        let value = scalar.value
        guard isCaseless, value < 128, UInt8(value).isLetter else { return [value...value] }
        return [value & ~32...value & ~32, value | 32...value | 32]
    }

    private mutating func escape(_ scalar: Unicode.Scalar) throws(Pattern.Refused) -> Pattern.Scalars {
        switch scalar {
        case "d": return Pattern.Scalars(ranges: [48...57])
        case "D": return Pattern.Scalars(ranges: [48...57], isNegated: true)
        case "w": return Pattern.Scalars(ranges: [48...57, 65...90, 95...95, 97...122])
        case "s": return Pattern.Scalars(ranges: [9...13, 32...32])
        case "S": return Pattern.Scalars(ranges: [9...13, 32...32], isNegated: true)
        case "n": return Pattern.Scalars(ranges: [10...10])
        case "r": return Pattern.Scalars(ranges: [13...13])
        case "t": return Pattern.Scalars(ranges: [9...9])
        default:
            guard !(scalar.value < 128 && UInt8(scalar.value).isAlphanumeric) else { throw .unknown("\\\(scalar)") }
            return Pattern.Scalars(ranges: [scalar.value...scalar.value])
        }
    }

    private mutating func set() throws(Pattern.Refused) -> Pattern.Scalars {
        var set = Pattern.Scalars(ranges: [])
        if next == "^" {
            set.isNegated = true
            place += 1
        }
        var isFirst = true
        while let scalar = next, scalar != "]" || isFirst {
            isFirst = false
            place += 1
            if scalar == "[", next == ":" { throw .unknown("[:") }
            if scalar == "\\" {
                guard let escaped = next else { throw .unbalanced }
                place += 1
                let inside = try escape(escaped)
                guard !inside.isNegated else { throw .unknown("\\\(escaped)") }
                set.ranges += inside.ranges
            } else if next == "-", place + 1 < scalars.count, scalars[place + 1] != "]" {
                let end = scalars[place + 1]
                guard end != "\\", end.value >= scalar.value else { throw .unbalanced }
                place += 2
                set.ranges.append(scalar.value...end.value)
                if isCaseless, scalar.value < 128 {
                    for value in scalar.value...min(end.value, 127) where UInt8(value).isLetter {
                        set.ranges.append((value ^ 32)...(value ^ 32))
                    }
                }
            } else {
                set.ranges += single(scalar)
            }
        }
        guard next == "]" else { throw .unbalanced }
        place += 1
        return set
    }
}
