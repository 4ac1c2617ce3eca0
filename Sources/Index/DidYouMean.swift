/// Finds what was meant by a question that finds nothing: one character or letter too many, too few, wrong or misplaced.
extension IndexReader {
    /// - Returns: The question mended, which finds something for this reader on this day; nil where nothing near does, or
    ///   where the question itself finds something.
    public func didYouMean(_ query: Query) -> String? {
        let snapshot = snapshot
        let question = Question(query.text)
        guard !question.isEmpty, question.groups.count <= 6 else { return nil }
        guard snapshot.matches(question.groups, question.excluded, query) == 0 else { return nil }
        var mended = question.groups
        for (place, group) in question.groups.enumerated() {
            guard let term = group.alternatives.first, term.runs.count == 1 else { continue }
            guard snapshot.matches([group], [], query) == 0 else { continue }
            // What leaves a character out always finds more: it is looked at only if nothing else finds anything.
            let best = snapshot.near(term.runs[0]).lazy.compactMap { runs in
                runs.map { Question.Term(runs: [$0], isExact: term.isExact, field: term.field) }
                    .map { (term: $0, count: snapshot.matches([.init(alternatives: [$0])], [], query)) }
                    .filter { $0.count > 0 }.max { ($0.count, $0.term.runs[0].scalars.count) < ($1.count, $1.term.runs[0].scalars.count) }
            }.first
            guard let best else { return nil }
            mended[place] = .init(alternatives: [best.term])
        }
        guard mended != question.groups, snapshot.matches(mended, question.excluded, query) > 0 else { return nil }
        return mended.map { $0.alternatives.map { $0.runs.map(\.text).joined(separator: " ") }.joined(separator: " OR ") }
            .joined(separator: " ")
    }
}

extension Snapshot {
    /// How many passages the reader finds by all of the groups.
    fileprivate func matches(_ groups: [Question.Group], _ excluded: [Question.Term], _ query: Query) -> Int {
        var total = 0
        var counting = query
        counting.counting = .total
        _ = evaluate(counting, QuestionPlan(all: groups), excluded, room: 1) { _, tally, _ in total += tally.total }
        return total
    }

    /// Runs one mistake away whose pairs of characters all occur, then those with a character left out; or words one or
    /// two letters away. What is likelier comes first.
    fileprivate func near(_ run: Run) -> [[Run]] {
        run.isDense ? nearCharacters(run.scalars) : [nearWords(run.text)]
    }

    private func nearCharacters(_ scalars: [UInt32]) -> [[Run]] {
        guard (2...16).contains(scalars.count) else { return [] }
        var near: [[UInt32]] = []
        var shortened: [[UInt32]] = []
        for place in scalars.indices.dropFirst() {
            var swapped = scalars
            swapped.swapAt(place, place - 1)
            near.append(swapped)
        }
        if scalars.count > 2 {
            for place in scalars.indices {
                var shorter = scalars
                shorter.remove(at: place)
                shortened.append(shorter)
                for other in characters(between: place > 0 ? scalars[place - 1] : nil, place + 1 < scalars.count ? scalars[place + 1] : nil)
                {
                    var replaced = scalars
                    replaced[place] = other
                    near.append(replaced)
                }
                guard place > 0 else { continue }
                for other in characters(between: scalars[place - 1], scalars[place]) {
                    var longer = scalars
                    longer.insert(other, at: place)
                    near.append(longer)
                }
            }
        }
        return [near, shortened].map { near in
            near.filter { $0 != scalars && isPaired($0) }.map { Run(scalars: $0, isDense: true) }
        }
    }

    private func isPaired(_ scalars: [UInt32]) -> Bool {
        scalars.indices.dropFirst().allSatisfy { count(of: TokenKey.pair(scalars[$0 - 1], scalars[$0])) > 0 }
    }

    private func count(of key: UInt64) -> Int {
        parts.reduce(0) { $0 + ($1.segment.list(of: key)?.count ?? 0) }
    }

    /// The characters that stand most often after the one and before the other.
    private func characters(between before: UInt32?, _ after: UInt32?) -> [UInt32] {
        var counts: [UInt32: Int] = [:]
        for part in parts {
            let segment = part.segment
            if let before {
                let range = TokenKey.range(of: before)
                var term = segment.term(from: range.lowerBound)
                while term < segment.keys.count, segment.keys[term] < range.upperBound {
                    let next = UInt32(segment.keys[term] & 0x1F_FFFF)
                    if next != 0 { counts[next, default: 0] += Int(segment.terms[term].count) }
                    term += 1
                }
            } else if let after {
                for term in segment.keys.indices where !TokenKey.isWord(segment.keys[term]) {
                    guard segment.keys[term] & 0x1F_FFFF == UInt64(after) else { continue }
                    counts[UInt32(segment.keys[term] >> 21), default: 0] += Int(segment.terms[term].count)
                }
            }
        }
        if before != nil, let after {
            for (character, count) in counts { counts[character] = min(count, self.count(of: TokenKey.pair(character, after))) }
        }
        return counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(12).map(\.key)
    }

    private func nearWords(_ word: String) -> [Run] {
        let letters = Array(word.utf8)
        guard letters.count > 2 else { return [] }
        let most = letters.count > 5 ? 2 : 1
        var near: [(distance: Int, word: String)] = []
        for part in parts {
            for place in 0..<part.segment.wordCount {
                let other = part.segment.word(place)
                guard abs(other.count - letters.count) <= most, let distance = Self.distance(letters, other, most) else { continue }
                near.append((distance, String(decoding: other, as: UTF8.self)))
            }
        }
        let least = near.map(\.distance).min() ?? 0
        let words = Set(near.filter { $0.distance == least && $0.distance > 0 }.map(\.word)).sorted().prefix(40)
        return words.flatMap { Run.all(in: $0) }
    }

    /// Letters to change, add, leave out or swap; nil when more than the most.
    private static func distance(_ one: [UInt8], _ other: UnsafeBufferPointer<UInt8>, _ most: Int) -> Int? {
        var before: [Int] = []
        var former = Array(0...other.count)
        for row in 1...one.count {
            var line = [row]
            for column in 1...max(other.count, 1) where column <= other.count {
                var least = min(former[column] + 1, line[column - 1] + 1, former[column - 1] + (one[row - 1] == other[column - 1] ? 0 : 1))
                if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
                    least = min(least, before[column - 2] + 1)
                }
                line.append(least)
            }
            if line.min() ?? 0 > most { return nil }
            (before, former) = (former, line)
        }
        return former[other.count] <= most ? former[other.count] : nil
    }
}
