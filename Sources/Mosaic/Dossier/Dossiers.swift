/// What all releases together say of each subject.
public struct Dossiers: Sendable {
    public struct Finding: Sendable, Hashable, Encodable {
        /// The combination's id.
        public let combination: String
        public let kinds: [FactKind]
        /// Where the new release speaks of the subject.
        public let place: String
        /// The earlier releases that hold the rest; empty if the new release completes it alone.
        public let with: [String]
        public let law: String
        public let sentence: Sentence
    }

    private var mentions: [Mention] = []
    private var holders: [Mention.Fact: [Int]] = [:]

    public init() {}

    public init(_ mentions: [Mention]) { add(mentions) }

    public var count: Int { mentions.count }

    /// What was once out stays: a withdrawn release is still remembered.
    public mutating func add(_ new: [Mention]) {
        for mention in new {
            for fact in mention.facts where fact.kind.link != .none { holders[fact, default: []].append(mentions.count) }
            mentions.append(mention)
        }
    }

    /// The combinations that a new release completes, with the earlier releases that hold the rest.
    ///
    /// What earlier releases complete by themselves is no news and not told, unless the new one does so too.
    public func check(
        _ release: [Mention],
        combinations: [SensitiveCombination] = SensitiveCombination.table
    ) -> [Finding] {
        var whole = self
        whole.add(release)
        var found: [Finding] = []
        var seen: Set<[Int]> = []
        for start in mentions.count..<whole.mentions.count {
            let subject = whole.subject(of: start)
            guard seen.insert(subject).inserted else { continue }
            let new = subject.filter { $0 >= mentions.count }
            let old = subject.filter { $0 < mentions.count }
            let newKinds = Set(new.flatMap { whole.mentions[$0].facts.map(\.kind) })
            let oldKinds = Set(old.flatMap { whole.mentions[$0].facts.map(\.kind) })
            for combination in combinations {
                let alone = combination.completed(by: newKinds)
                guard let kinds = alone ?? combination.completed(by: newKinds.union(oldKinds)) else { continue }
                // Old releases may hold the facts of two subjects that only the new one ties together: that is news.
                if alone == nil, whole.wasComplete(combination, old) { continue }
                let missing = kinds.filter { !newKinds.contains($0) }
                var with: [String] = []
                for kind in missing {
                    guard let holder = old.first(where: { whole.mentions[$0].facts.contains { $0.kind == kind } }) else { continue }
                    let name = whole.mentions[holder].release
                    if !with.contains(name) { with.append(name) }
                }
                found.append(
                    Finding(
                        combination: combination.id,
                        kinds: kinds,
                        place: whole.mentions[start].place,
                        with: with,
                        law: combination.law,
                        sentence: Self.sentence(combination, kinds, missing, whole.mentions[start].place, with)
                    )
                )
            }
        }
        return found
    }

    /// Whether the old mentions of a subject completed the combination before the new one came.
    private func wasComplete(_ combination: SensitiveCombination, _ old: [Int]) -> Bool {
        var left = Set(old)
        let known = Dossiers(old.map { mentions[$0] })
        let numbers = old.sorted()
        while let start = left.first {
            let place = numbers.firstIndex(of: start) ?? 0
            let subject = known.subject(of: place).map { numbers[$0] }
            if combination.completed(by: Set(subject.flatMap { mentions[$0].facts.map(\.kind) })) != nil { return true }
            left.subtract(subject)
            left.remove(start)
        }
        return false
    }

    /// The mentions that speak of the same subject, through values that only one subject has, and then through shared ones
    /// where nothing speaks against it.
    private func subject(of start: Int) -> [Int] {
        var reached: Set<Int> = [start]
        var queue = [start]
        var single = singles(start)
        func follow(_ link: FactKind.Link, from mention: Int) -> [Int] {
            mentions[mention].facts.filter { $0.kind.link == link }.flatMap { holders[$0] ?? [] }.filter { !reached.contains($0) }
        }
        while let next = queue.popLast() {
            for other in follow(.own, from: next) where !isOfMany(next, other) && reached.insert(other).inserted {
                for (kind, values) in singles(other) { single[kind, default: []].formUnion(values) }
                queue.append(other)
            }
        }
        // A door or a project is shared: one step only, and not to somebody of another name or number.
        for mention in reached.sorted() {
            for other in follow(.shared, from: mention).sorted() where !reached.contains(other) {
                let theirs = singles(other)
                let agrees = theirs.allSatisfy { kind, values in
                    guard let own = single[kind], !own.isEmpty else { return true }
                    return !own.isDisjoint(with: values)
                }
                let knowsWho = theirs.contains { kind, values in !(single[kind] ?? []).isDisjoint(with: values) }
                let isAlone = mentions[mention].facts.filter { $0.kind.link == .shared }.allSatisfy { (holders[$0] ?? []).count <= 3 }
                if agrees, knowsWho || isAlone { reached.insert(other) }
            }
        }
        return reached.sorted()
    }

    /// A telephone that several people of different names give is an office's: it ties nobody together.
    private func isOfMany(_ one: Int, _ other: Int) -> Bool {
        let shared = Set(mentions[one].facts).intersection(mentions[other].facts).filter { $0.kind.link == .own }
        return shared.allSatisfy { fact in
            guard !fact.kind.isSingle else { return false }
            var names: Set<Digest> = []
            for holder in holders[fact] ?? [] {
                names.formUnion(mentions[holder].digests(.name))
                if names.count > 3 { return true }
            }
            return false
        }
    }

    private func singles(_ mention: Int) -> [FactKind: Set<Digest>] {
        var found: [FactKind: Set<Digest>] = [:]
        for fact in mentions[mention].facts where fact.kind.isSingle { found[fact.kind, default: []].insert(fact.digest) }
        return found
    }

    private static func sentence(
        _ combination: SensitiveCombination,
        _ kinds: [FactKind],
        _ missing: [FactKind],
        _ place: String,
        _ with: [String]
    ) -> Sentence {
        let zh = kinds.map(\.sentence.zh).joined(separator: "、")
        let en = kinds.map(\.sentence.en).joined(separator: ", ")
        guard !with.isEmpty else {
            return Sentence(
                zh: "\(place)：同一主体的\(zh)一并公开：\(combination.reason.zh)（\(combination.law)）。",
                en: "\(place): \(en) of one subject stand together: \(combination.reason.en) (\(combination.law))"
            )
        }
        let lacking = missing.map(\.sentence)
        return Sentence(
            zh: "\(place)：加上已在" + with.map { "《\($0)》" }.joined(separator: "、") + "中公开的\(lacking.map(\.zh).joined(separator: "、"))，"
                + "同一主体的\(zh)可以拼合：\(combination.reason.zh)（\(combination.law)）。",
            en: "\(place): with the \(lacking.map(\.en).joined(separator: ", ")) already in "
                + with.map { "«\($0)»" }.joined(separator: ", ") + ", \(en) of one subject can be put together: "
                + "\(combination.reason.en) (\(combination.law))"
        )
    }
}
