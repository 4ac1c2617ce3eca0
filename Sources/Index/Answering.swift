import Foundation

/// What of an index a question needs to look at: each of these is one posting list in every segment.
enum Need: Hashable {
    /// The passages of a token.
    case token(UInt64)
    /// The passages with a character anywhere.
    case character(UInt32)
    /// The passages with any of several terms.
    case alternatives(Question.Group)
}

/// A question turned into lists and checks.
struct QuestionPlan {
    private(set) var needs: [Need] = []
    private(set) var checks: [Question.Term] = []
    let isAny: Bool

    /// Beyond so many lists the score is not added up any more, so that it keeps within its number.
    static let mostScored = 256

    init(all groups: [Question.Group]) {
        isAny = false
        for group in groups {
            guard group.alternatives.count == 1, let term = group.alternatives.first else {
                add(.alternatives(group))
                continue
            }
            add(term)
        }
    }

    init(any parts: [Question.Term]) {
        isAny = true
        for part in parts { add(part) }
        checks = []
    }

    private mutating func add(_ term: Question.Term) {
        if let character = term.character { add(.character(character)) }
        for key in term.keys { add(.token(key)) }
        if term.needsCheck { checks.append(term) }
    }

    private mutating func add(_ need: Need) {
        if !needs.contains(need) { needs.append(need) }
    }
}

extension Snapshot {
    /// Finds passages.
    func answer(_ query: Query) -> Answer {
        let question = Question(query.text)
        guard !question.isEmpty else { return Answer(total: query.counting == .nothing ? nil : 0) }
        if query.mode != .any {
            let (answer, found) = answer(query, QuestionPlan(all: question.groups), question.excluded)
            if found || query.mode == .all { return answer }
        }
        var (answer, _) = answer(query, QuestionPlan(any: question.parts), question.excluded)
        answer.isAny = true
        return answer
    }

    private func answer(_ query: Query, _ plan: QuestionPlan, _ excluded: [Question.Term]) -> (Answer, found: Bool) {
        var total = 0
        var found = false
        var facets: [FacetValue: Int] = [:]
        let best = evaluate(query, plan, excluded, room: query.offset + query.limit) { part, tally, met in
            found = found || met
            total += tally.total
            tally.each { cover, count in
                for facet in part.segment.sheet(cover).facets { facets[part.segment.facets[facet], default: 0] += count }
            }
        }
        var answer = Answer()
        answer.hits = best.dropFirst(query.offset).prefix(query.limit).map {
            Hit(passage: passage(at: $0.place), score: Double($0.score) / Double(Self.point))
        }
        answer.total = query.counting == .nothing ? nil : total
        answer.facets = Dictionary(grouping: facets, by: \.key.name).mapValues { values in
            values.map { Answer.FacetCount(value: $0.key.value, count: $0.value) }
                .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
        }
        return (answer, found)
    }

    /// Runs a plan over all parts and hands on what each counted.
    func evaluate(
        _ query: Query,
        _ plan: QuestionPlan,
        _ excluded: [Question.Term],
        room: Int,
        _ each: (LivePart, borrowing Tally, Bool) -> Void
    ) -> [(score: UInt32, place: UInt32)] {
        let sources = parts.map { part in plan.needs.map { part.source(of: $0) } }
        let weights = plan.needs.indices.map { need in
            need < QuestionPlan.mostScored ? weight(ofCount: sources.reduce(0) { $0 + ($1[need]?.list.count ?? 0) }) : 0
        }
        // Nobody asks for nothing, but whether there is anything must be seen.
        var ranking = Ranking(room: max(room, 1))
        for (index, part) in parts.enumerated() {
            let lists = sources[index].enumerated().compactMap { need, source in
                source.map { (list: $0.list, weight: weights[need]) }
            }
            guard !lists.isEmpty, plan.isAny || lists.count == plan.needs.count else { continue }
            let gone = Set(excluded.flatMap { part.matches(of: $0).map(\.passage) }).sorted()
            let admission = Admission(part, query, excluded: gone)
            var matching = Matching(part, base: bases[index], ranking: ranking, counting: query.counting)
            if plan.isAny {
                matching.any(lists, admission)
            } else {
                matching.all(lists, plan.checks.map { TermCheck($0, part.segment) }, admission)
            }
            ranking = matching.ranking
            each(part, matching.tally, matching.found)
        }
        return withExtendedLifetime(sources) { ranking.best }
    }

    /// Scores are whole numbers; so many make one unit of BM25, over 255 steps of impact.
    private static let point = 1024 * 255

    /// The rarity of what so many passages hold, as BM25 has it.
    private func weight(ofCount count: Int) -> UInt32 {
        let rarity = log(1 + (Double(size - count) + 0.5) / (Double(count) + 0.5))
        return UInt32(max(1, (max(rarity, 0) + 0.02) * 1024 * Double(1 + Impact.k1)))
    }
}

/// A posting list and what keeps its bytes.
struct PostingSource {
    let list: PostingList
    let owner: AnyObject
}

extension LivePart {
    /// The list of a need, or nil where no passage has it.
    func source(of need: Need) -> PostingSource? {
        switch need {
        case .token(let key): segment.list(of: key).map { PostingSource(list: $0, owner: segment) }
        case .character(let character): made(of: passages(with: character))
        case .alternatives(let group): made(of: matches(of: group))
        }
    }

    private func made(of matches: [(passage: UInt32, impact: UInt8)]) -> PostingSource? {
        guard !matches.isEmpty else { return nil }
        let passages = matches.map(\.passage)
        let impacts = matches.map(\.impact)
        let made = passages.withUnsafeBufferPointer { passages in
            impacts.withUnsafeBufferPointer { try? MadeList(passages, $0) }
        }
        return made.map { PostingSource(list: $0.list, owner: $0) }
    }

    /// The passages with a character, each with its highest impact.
    private func passages(with character: UInt32) -> [(passage: UInt32, impact: UInt8)] {
        let range = TokenKey.range(of: character)
        var highest = [UInt8](repeating: 0, count: segment.count)
        var passages = Store<UInt32>()
        var impacts = Store<UInt8>()
        var term = segment.term(from: range.lowerBound)
        while term < segment.keys.count, segment.keys[term] < range.upperBound {
            passages.removeAll()
            impacts.removeAll()
            segment.list(at: term).appendAll(to: &passages, &impacts, shift: 0, places: nil)
            for place in 0..<passages.count {
                let passage = Int(passages[place])
                highest[passage] = max(highest[passage], impacts[place])
            }
            term += 1
        }
        return highest.indices.filter { highest[$0] > 0 }.map { (UInt32($0), highest[$0]) }
    }

    /// The passages with any of several terms, ascending.
    private func matches(of group: Question.Group) -> [(passage: UInt32, impact: UInt8)] {
        var highest: [UInt32: UInt8] = [:]
        for term in group.alternatives {
            for match in matches(of: term) { highest[match.passage] = max(highest[match.passage] ?? 0, match.impact) }
        }
        return highest.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The passages with a term, ascending, with the mean impact of its tokens; those that are gone included.
    func matches(of term: Question.Term) -> [(passage: UInt32, impact: UInt8)] {
        var needs = term.keys.map(Need.token)
        if let character = term.character { needs.append(.character(character)) }
        let sources = needs.compactMap { source(of: $0) }
        guard !needs.isEmpty, sources.count == needs.count else { return [] }
        let check = term.needsCheck ? TermCheck(term, segment) : nil
        let cursors = Cursors(sources.map { (list: $0.list, weight: 1) }.sorted { $0.list.count < $1.list.count })
        var matches: [(passage: UInt32, impact: UInt8)] = []
        var passage = cursors.pointer.pointee.seek(0)
        while passage != .max {
            var score = cursors.pointer.pointee.score
            var next = passage
            for index in 1..<max(cursors.count, 1) where next == passage {
                next = cursors.pointer[index].seek(passage)
                if next == passage { score += cursors.pointer[index].score }
            }
            if next == passage {
                if check?.holds(passage) ?? true {
                    matches.append((passage, UInt8(max(1, Int(score) / cursors.count))))
                }
                passage = cursors.pointer.pointee.next()
            } else {
                passage = next == .max ? .max : cursors.pointer.pointee.seek(next)
            }
        }
        return withExtendedLifetime(sources) { matches }
    }
}
