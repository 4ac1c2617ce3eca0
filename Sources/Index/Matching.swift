/// Finds the passages that hold all of several lists, or any of them, best first, in one segment.
///
/// Both ways skip, unread, blocks whose highest impact can not lift a passage into the answer; whether a passage may be
/// seen on the day is asked before it is ranked. When matches are counted nothing is skipped.
struct Matching: ~Copyable {
    let part: LivePart
    let base: UInt32
    let counts: Bool
    var ranking: Ranking
    var tally: Tally
    var found = false

    init(_ part: LivePart, base: Int, ranking: consuming Ranking, counting: Query.Counting) {
        self.part = part
        self.base = UInt32(base)
        self.ranking = ranking
        counts = counting != .nothing
        tally = Tally(part.segment, byCover: counting == .facets)
    }

    @inline(__always)
    private mutating func take(_ passage: UInt32, _ score: UInt32) {
        found = true
        if counts { tally.add(passage, part.segment) }
        if score > ranking.threshold { ranking.push(score, base + passage) }
    }

    // MARK: All

    /// Passages that hold all of the lists and pass the checks.
    mutating func all(_ lists: [(list: PostingList, weight: UInt32)], _ checks: [TermCheck], _ admission: borrowing Admission) {
        let cursors = Cursors(lists.sorted { $0.list.count < $1.list.count })
        if cursors.count == 1 {
            one(cursors.pointer, checks, admission)
        } else {
            leapfrog(cursors, checks, admission)
        }
    }

    private mutating func one(_ cursor: UnsafeMutablePointer<PostingCursor>, _ checks: [TermCheck], _ admission: borrowing Admission) {
        let weight = cursor.pointee.weight
        while !cursor.pointee.isAtEnd {
            let block = cursor.pointee.block
            if counts || cursor.pointee.most(of: block) > ranking.threshold {
                cursor.pointee.unpack()
                let (passages, impacts) = cursor.pointee.contents
                for place in 0..<cursor.pointee.size(of: block) {
                    let score = UInt32(impacts[place]) &* weight
                    guard counts || score > ranking.threshold, admission.admits(passages[place]) else { continue }
                    if checks.isEmpty || checks.allSatisfy({ $0.holds(passages[place]) }) { take(passages[place], score) }
                }
            }
            cursor.pointee.skipBlock()
        }
    }

    private mutating func leapfrog(_ cursors: borrowing Cursors, _ checks: [TermCheck], _ admission: borrowing Admission) {
        let lead = cursors.pointer
        let count = cursors.count
        var from: UInt32 = 0
        blocks: while true {
            lead.pointee.approach(from)
            guard !lead.pointee.isAtEnd else { return }
            let block = lead.pointee.block
            let lowest = max(from, lead.pointee.lowest(of: block))
            var last = lead.pointee.last(of: block)
            var most = lead.pointee.most(of: block)
            for index in 1..<count {
                let cursor = cursors.pointer + index
                cursor.pointee.approach(lowest)
                guard !cursor.pointee.isAtEnd else { return }
                most &+= cursor.pointee.most(of: cursor.pointee.block)
                last = min(last, cursor.pointee.last(of: cursor.pointee.block))
            }
            if !counts && most <= ranking.threshold {
                if last == .max { return }
                from = last + 1
                continue
            }
            // Up to `last` no cursor leaves its block.
            var passage = lead.pointee.seek(lowest)
            passages: while passage <= last {
                var score = lead.pointee.score
                for index in 1..<count {
                    let cursor = cursors.pointer + index
                    let next = cursor.pointee.seek(passage)
                    if next != passage {
                        if next == .max { return }
                        passage = lead.pointee.seek(next)
                        if passage == .max { return }
                        continue passages
                    }
                    score &+= cursor.pointee.score
                }
                if counts || score > ranking.threshold, admission.admits(passage),
                    checks.isEmpty || checks.allSatisfy({ $0.holds(passage) })
                {
                    take(passage, score)
                }
                passage = lead.pointee.next()
                if passage == .max { return }
            }
            from = max(passage, last == .max ? .max : last + 1)
            if from == .max { return }
        }
    }

    // MARK: Any

    /// Passages that hold any of the lists.
    mutating func any(_ lists: [(list: PostingList, weight: UInt32)], _ admission: borrowing Admission) {
        let cursors = Cursors(lists)
        if cursors.count == 1 {
            one(cursors.pointer, [], admission)
            return
        }
        let window = AnyWindow(cursors.count)
        let size = UInt32(part.segment.count)
        var from: UInt32 = 0
        while from < size {
            let end = min(from + AnyWindow.size, size)
            window.measure(cursors, from, end)
            if counts || window.most > ranking.threshold {
                let optional = counts ? 0 : window.optional(below: ranking.threshold)
                window.gather(cursors, from, end, optional, threshold: counts ? 0 : ranking.threshold)
                rank(window, cursors, from, optional, admission)
            }
            from = end
        }
    }

    private mutating func rank(
        _ window: borrowing AnyWindow,
        _ cursors: borrowing Cursors,
        _ from: UInt32,
        _ optional: Int,
        _ admission: borrowing Admission
    ) {
        let spare = window.most(ofFirst: optional)
        for word in 0..<Int(AnyWindow.size) / 64 {
            var bits = window.marks[word]
            guard bits != 0 else { continue }
            window.marks[word] = 0
            while bits != 0 {
                let place = word * 64 + bits.trailingZeroBitCount
                bits &= bits &- 1
                var score = window.sums[place]
                window.sums[place] = 0
                if !counts && score &+ spare <= ranking.threshold { continue }
                let passage = from + UInt32(place)
                guard admission.admits(passage) else { continue }
                if optional > 0 {
                    guard let whole = window.complete(score, cursors, passage, optional, spare, ranking.threshold) else { continue }
                    score = whole
                }
                if counts || score > ranking.threshold { take(passage, score) }
            }
        }
    }
}

/// A stretch of passages over which the scores of any-of questions are summed.
///
/// Lists that together can not reach the threshold here are optional: they are looked up only for passages that the
/// others bring (MaxScore, per window).
struct AnyWindow: ~Copyable {
    static let size: UInt32 = 4096

    let sums: UnsafeMutablePointer<UInt32>
    let marks: UnsafeMutablePointer<UInt64>
    /// The highest score of each cursor in this window, and the cursors by it, lowest first.
    private let highest: UnsafeMutablePointer<UInt32>
    private let order: UnsafeMutablePointer<Int>
    private let count: Int

    init(_ count: Int) {
        self.count = count
        sums = .allocate(capacity: Int(Self.size))
        sums.initialize(repeating: 0, count: Int(Self.size))
        marks = .allocate(capacity: Int(Self.size) / 64)
        marks.initialize(repeating: 0, count: Int(Self.size) / 64)
        highest = .allocate(capacity: count)
        highest.initialize(repeating: 0, count: count)
        order = .allocate(capacity: count)
        for index in 0..<count { order[index] = index }
    }

    deinit {
        sums.deallocate()
        marks.deallocate()
        highest.deallocate()
        order.deallocate()
    }

    /// Finds what each cursor can bring to the window.
    func measure(_ cursors: borrowing Cursors, _ from: UInt32, _ end: UInt32) {
        for index in 0..<count {
            let cursor = cursors.pointer + index
            cursor.pointee.approach(from)
            var most: UInt32 = 0
            var block = cursor.pointee.block
            while block < cursor.pointee.blockCount, cursor.pointee.lowest(of: block) < end {
                most = max(most, cursor.pointee.most(of: block))
                block += 1
            }
            highest[index] = most
        }
        for index in 1..<count {
            let moved = order[index]
            var place = index
            while place > 0, highest[order[place - 1]] > highest[moved] {
                order[place] = order[place - 1]
                place -= 1
            }
            order[place] = moved
        }
    }

    /// The highest score that a passage of the window may have.
    var most: UInt32 { most(ofFirst: count) }

    func most(ofFirst optional: Int) -> UInt32 {
        var sum: UInt32 = 0
        for index in 0..<optional { sum &+= highest[order[index]] }
        return sum
    }

    /// How many cursors, by rising score, can not reach the threshold together.
    func optional(below threshold: UInt32) -> Int {
        var sum: UInt32 = 0
        var optional = 0
        while optional < count, sum &+ highest[order[optional]] <= threshold {
            sum &+= highest[order[optional]]
            optional += 1
        }
        return optional
    }

    /// Sums the scores of the cursors that are not optional.
    func gather(_ cursors: borrowing Cursors, _ from: UInt32, _ end: UInt32, _ optional: Int, threshold: UInt32) {
        let most = most
        for index in optional..<count {
            let chosen = order[index]
            guard highest[chosen] > 0 else { continue }
            let cursor = cursors.pointer + chosen
            let others = most - highest[chosen]
            while !cursor.pointee.isAtEnd, cursor.pointee.lowest(of: cursor.pointee.block) < end {
                let block = cursor.pointee.block
                // No passage of such a block can be a hit, so its scores need not be whole.
                if threshold == 0 || others &+ cursor.pointee.most(of: block) > threshold {
                    cursor.pointee.unpack()
                    add(cursor.pointee, block, from, end)
                }
                if cursor.pointee.last(of: block) >= end { break }
                cursor.pointee.skipBlock()
            }
        }
    }

    @inline(__always)
    private func add(_ cursor: PostingCursor, _ block: Int, _ from: UInt32, _ end: UInt32) {
        let (passages, impacts) = cursor.contents
        let weight = cursor.weight
        var place = 0
        var size = cursor.size(of: block)
        if passages[0] < from {
            var high = size
            while place + 1 < high {
                let middle = (place + high) >> 1
                if passages[middle] < from { place = middle } else { high = middle }
            }
            place = high
        }
        if cursor.last(of: block) >= end {
            var low = place
            while low < size {
                let middle = (low + size) >> 1
                if passages[middle] < end { low = middle + 1 } else { size = middle }
            }
        }
        while place < size {
            let offset = Int(passages[place] &- from)
            sums[offset] &+= UInt32(impacts[place]) &* weight
            marks[offset >> 6] |= 1 << UInt64(offset & 63)
            place += 1
        }
    }

    /// The score with the optional cursors, or nil as soon as it can not exceed the threshold.
    @inline(__always)
    func complete(
        _ sum: UInt32,
        _ cursors: borrowing Cursors,
        _ passage: UInt32,
        _ optional: Int,
        _ spare: UInt32,
        _ threshold: UInt32
    ) -> UInt32? {
        var score = sum
        var spare = spare
        var index = optional - 1
        while index >= 0 {
            if score &+ spare <= threshold { return nil }
            let chosen = order[index]
            index -= 1
            guard highest[chosen] > 0 else { continue }
            spare -= highest[chosen]
            let cursor = cursors.pointer + chosen
            cursor.pointee.approach(passage)
            guard !cursor.pointee.isAtEnd, cursor.pointee.lowest(of: cursor.pointee.block) <= passage else { continue }
            if score &+ spare &+ cursor.pointee.most(of: cursor.pointee.block) <= threshold { return nil }
            if cursor.pointee.seek(passage) == passage { score &+= cursor.pointee.score }
        }
        return score
    }
}
