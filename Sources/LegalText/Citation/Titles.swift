/// The titles that are known: finds the work a title means, and known names that stand in a text without 《》.
public struct Titles: Sendable {
    /// One known title. Several entries may name one work.
    public struct Entry: Sendable {
        /// The work's place in the caller's list.
        public let work: Int
        public let title: String
        public let issuer: String?
        /// Normalised document numbers (国发〔2019〕5号).
        public let numbers: [String]

        public init(work: Int, title: String, issuer: String? = nil, numbers: [String] = []) {
            self.work = work
            self.title = title
            self.issuer = issuer
            self.numbers = numbers
        }
    }

    /// What a title means.
    public enum Resolution: Hashable, Sendable {
        case work(Int)
        /// It may mean any of several: nobody guesses.
        case ambiguous([Int])
        case unknown
    }

    private var exact: [String: [Int]] = [:]
    /// Titles without what is often left out: an issuer in front, （试行） at the end.
    private var loose: [String: [Int]] = [:]
    private var byNumber: [String: [Int]] = [:]
    private var issuers: [Int: String] = [:]
    private var numbers: [Int: [String]] = [:]
    private var trie = NameTrie()

    public init(_ entries: [Entry]) {
        for entry in entries {
            let key = TitleKey(entry.title).key
            guard !key.isEmpty else { continue }
            Self.add(entry.work, to: &exact, key)
            for other in Self.looser(key) { Self.add(entry.work, to: &loose, other) }
            for number in entry.numbers { Self.add(entry.work, to: &byNumber, Self.numberKey(number)) }
            if let issuer = entry.issuer { issuers[entry.work] = issuer }
            numbers[entry.work, default: []] += entry.numbers
            if Self.isName(key) { trie.add(key, entry.work) }
            let plain = entry.title.filter { $0 != "《" && $0 != "》" }
            if plain != key, Self.isName(plain) { trie.add(plain, entry.work) }
        }
    }

    /// The work that a title means, narrowed by its issuer and document numbers where several bear it.
    public func resolve(_ title: String, issuer: String? = nil, number: String? = nil) -> Resolution {
        let key = TitleKey(title).key
        guard !key.isEmpty else { return .unknown }
        if let works = exact[key] { return narrow(works, issuer, number) }
        if let number, let works = byNumber[Self.numberKey(number)], works.count == 1 {
            if key.count >= 4, bears(works[0], key) { return .work(works[0]) }
        }
        for other in [key] + Self.looser(key) {
            guard let works = exact[other] ?? loose[other] else { continue }
            // A name without its issuer is shared by many: the rest must agree.
            let agreeing = works.filter { agrees($0, key, issuer) }
            if agreeing.isEmpty { continue }
            return narrow(agreeing, issuer, number)
        }
        return .unknown
    }

    /// The work of a document number in any spelling.
    public func resolve(number: String) -> Resolution {
        guard let works = byNumber[Self.numberKey(number)] else { return .unknown }
        return works.count == 1 ? .work(works[0]) : .ambiguous(works)
    }

    /// The longest known name that ends right before a byte, and the works it means.
    func name(endingAt end: Int, in bytes: Bytes, downTo floor: Int) -> (start: Int, works: [Int])? {
        trie.longest(endingAt: end, in: bytes, downTo: floor)
    }

    private func bears(_ work: Int, _ key: String) -> Bool {
        exact.contains { $0.value.contains(work) && ($0.key.hasSuffix(key) || key.hasSuffix($0.key)) }
    }

    /// Whether what the title says of its issuer fits the work: two different issuers never meet in one title.
    private func agrees(_ work: Int, _ key: String, _ issuer: String?) -> Bool {
        let known = issuers[work] ?? ""
        guard let at = key.range(of: "关于"), at.lowerBound > key.startIndex else {
            guard let issuer, !known.isEmpty else { return true }
            return Self.isSameIssuer(issuer, known)
        }
        let named = String(key[..<at.lowerBound])
        return known.isEmpty || Self.isSameIssuer(named, known)
    }

    private static func isSameIssuer(_ one: String, _ other: String) -> Bool {
        let (one, other) = (TitleKey(one).key, TitleKey(other).key)
        return one.contains(other) || other.contains(one)
    }

    private func narrow(_ works: [Int], _ issuer: String?, _ number: String?) -> Resolution {
        guard works.count > 1 else { return .work(works[0]) }
        if let number {
            let wanted = Self.numberKey(number)
            let found = works.filter { numbers[$0]?.contains { Self.numberKey($0) == wanted } ?? false }
            if found.count == 1 { return .work(found[0]) }
        }
        if let issuer {
            let found = works.filter { issuers[$0].map { Self.isSameIssuer($0, issuer) } ?? false }
            if found.count == 1 { return .work(found[0]) }
        }
        return .ambiguous(works)
    }

    private static func add(_ work: Int, to index: inout [String: [Int]], _ key: String) {
        if index[key]?.contains(work) == true { return }
        index[key, default: []].append(work)
    }

    private static func looser(_ key: String) -> [String] {
        var found: [String] = []
        var key = key
        for end in ["(试行)", "(暂行)", "(草案)"] where key.hasSuffix(end) {
            key = String(key.dropLast(4))
            found.append(key)
        }
        if let at = key.range(of: "关于"), at.lowerBound > key.startIndex { found.append(String(key[at.lowerBound...])) }
        return found
    }

    /// Names that texts write without 《》: laws, codes, regulations, their rules.
    private static func isName(_ key: String) -> Bool {
        let ends = ["法", "法典", "条例", "规定", "办法", "细则", "规则", "解释"]
        let scalars = key.unicodeScalars
        return scalars.count >= 2 && scalars.count <= 40 && scalars.allSatisfy(isHan) && ends.contains { key.hasSuffix($0) }
    }

    private static func numberKey(_ number: String) -> String {
        let normal = DocumentNumber(number)?.normalised ?? number
        return TitleKey(normal).key
    }
}

extension String {
    /// The first place of a word; the plain search of the standard library needs Foundation.
    func range(of word: String) -> Range<Index>? {
        firstRange(of: word)
    }
}

/// Known names, to be met backwards from their last character.
struct NameTrie: Sendable {
    private var next: [UInt64: Int32] = [:]
    private var works: [Int32: [Int]] = [:]
    private var count: Int32 = 1

    mutating func add(_ name: String, _ work: Int) {
        var node: Int32 = 0
        for scalar in name.unicodeScalars.reversed() {
            let key = UInt64(scalar.value) << 32 | UInt64(UInt32(bitPattern: node))
            if let known = next[key] {
                node = known
            } else {
                next[key] = count
                node = count
                count += 1
            }
        }
        if works[node]?.contains(work) != true { works[node, default: []].append(work) }
    }

    func longest(endingAt end: Int, in bytes: Bytes, downTo floor: Int) -> (start: Int, works: [Int])? {
        var at = end
        var node: Int32 = 0
        var found: (Int, Int32)?
        while at - 3 >= floor {
            let sign = bytes.three(at - 3)
            guard sign >= 0xE4B880 else { break }
            let scalar = (sign >> 16 & 0x0F) << 12 | (sign >> 8 & 0x3F) << 6 | sign & 0x3F
            guard let following = next[UInt64(scalar) << 32 | UInt64(UInt32(bitPattern: node))] else { break }
            node = following
            at -= 3
            if works[node] != nil { found = (at, node) }
        }
        guard let (start, last) = found else { return nil }
        return (start, works[last] ?? [])
    }
}
