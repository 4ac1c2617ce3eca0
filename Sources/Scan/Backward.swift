/// Finds where a match began whose end the first pass has seen: the pattern's automaton run backwards, in time linear in the match.
struct Backward: Sendable {
    private enum Step: Sendable {
        case scalar(Pattern.Scalars)
        case split(Int, Int)
        case boundary
        case done
    }

    /// A step as the run reads it.
    private struct Code: Sendable {
        enum Kind: UInt8 {
            case scalar, split, boundary, done
        }

        var kind: Kind
        var isNegated = false
        /// Of a split the two ways on; of scalars the part of the ranges that holds them.
        var one: Int32 = 0
        var other: Int32 = 0
        /// Of scalars those of ASCII, a bit each.
        var low: UInt64 = 0
        var high: UInt64 = 0
    }

    private var steps: [Step] = []
    private var codes: [Code] = []
    private var ranges: [ClosedRange<UInt32>] = []

    init(_ pattern: Pattern) throws(Pattern.Refused) {
        try add(pattern.node)
        steps.append(.done)
        codes = steps.map { step in
            switch step {
            case .split(let one, let other): return Code(kind: .split, one: Int32(one), other: Int32(other))
            case .boundary: return Code(kind: .boundary)
            case .done: return Code(kind: .done)
            case .scalar(let set):
                var code = Code(kind: .scalar, isNegated: set.isNegated, one: Int32(ranges.count))
                ranges += set.ranges
                code.other = Int32(ranges.count)
                for value in 0..<UInt32(64) where set.contains(value) { code.low |= 1 << UInt64(value) }
                for value in 64..<UInt32(128) where set.contains(value) { code.high |= 1 << UInt64(value - 64) }
                return code
            }
        }
        steps = []
    }

    private mutating func add(_ node: Pattern.Node) throws(Pattern.Refused) {
        guard steps.count < 6_000 else { throw .tooLarge }
        switch node {
        case .scalars(let set): steps.append(.scalar(set))
        case .boundary: steps.append(.boundary)
        case .row(let nodes):
            for node in nodes.reversed() { try add(node) }
        case .either(let nodes):
            var jumps: [Int] = []
            for (place, node) in nodes.enumerated() {
                guard place < nodes.count - 1 else {
                    try add(node)
                    break
                }
                let split = steps.count
                steps.append(.done)
                try add(node)
                jumps.append(steps.count)
                steps.append(.done)
                steps[split] = .split(split + 1, steps.count)
            }
            for jump in jumps { steps[jump] = .split(steps.count, steps.count) }
        case .times(let node, let least, let most):
            for _ in 0..<least { try add(node) }
            if let most {
                var splits: [Int] = []
                for _ in 0..<max(0, most - least) {
                    splits.append(steps.count)
                    steps.append(.done)
                    try add(node)
                }
                for split in splits { steps[split] = .split(split + 1, steps.count) }
            } else {
                let split = steps.count
                steps.append(.done)
                try add(node)
                steps.append(.split(split, split))
                steps[split] = .split(split + 1, steps.count)
            }
        }
    }

    /// Where the longest match that ends at `end` begins; nil if none does within `reach` bytes.
    func start(in bytes: UnsafeBufferPointer<UInt8>, endingAt end: Int, reach: Int = 400, _ desk: BackwardDesk) -> Int? {
        desk.make(room: codes.count)
        return codes.withUnsafeBufferPointer { codes in
            ranges.withUnsafeBufferPointer { ranges in
                var run = Run(bytes: bytes, codes: codes, ranges: ranges, desk: desk)
                return run.start(endingAt: end, reach: reach)
            }
        }
    }

    /// One run of the automaton; the lists lie on the desk, so that nothing is allocated for a match.
    private struct Run {
        let bytes: UnsafeBufferPointer<UInt8>
        let codes: UnsafeBufferPointer<Code>
        let ranges: UnsafeBufferPointer<ClosedRange<UInt32>>
        let desk: BackwardDesk
        private var found: Int?

        init(
            bytes: UnsafeBufferPointer<UInt8>,
            codes: UnsafeBufferPointer<Code>,
            ranges: UnsafeBufferPointer<ClosedRange<UInt32>>,
            desk: BackwardDesk
        ) {
            (self.bytes, self.codes, self.ranges, self.desk) = (bytes, codes, ranges, desk)
        }

        mutating func start(endingAt end: Int, reach: Int) -> Int? {
            var (current, following) = (desk.one, desk.other)
            var count = 0
            desk.turn &+= 1
            enter(0, end, current, &count)
            var place = end
            while place > 0, count > 0, end - place < reach {
                var start = place - 1
                while start > 0, bytes[start].isContinuation, place - start < 4 { start -= 1 }
                let value = Backward.scalar(bytes, start, place)
                desk.turn &+= 1
                var next = 0
                for index in 0..<count where contains(codes[Int(current[index])], value) {
                    enter(current[index] + 1, start, following, &next)
                }
                swap(&current, &following)
                (count, place) = (next, start)
            }
            return found
        }

        private mutating func enter(_ first: Int32, _ place: Int, _ list: UnsafeMutablePointer<Int32>, _ count: inout Int) {
            let (open, seen, turn) = (desk.open, desk.seen, desk.turn)
            open[0] = first
            var left = 1
            while left > 0 {
                left -= 1
                let step = open[left]
                guard seen[Int(step)] != turn else { continue }
                seen[Int(step)] = turn
                let code = codes[Int(step)]
                switch code.kind {
                case .split:
                    open[left] = code.one
                    open[left + 1] = code.other
                    left += 2
                case .boundary:
                    let before = place > 0 && bytes[place - 1].isWord
                    let after = place < bytes.count && bytes[place].isWord
                    guard before != after else { continue }
                    open[left] = step + 1
                    left += 1
                case .done: found = place
                case .scalar:
                    list[count] = step
                    count += 1
                }
            }
        }

        @inline(__always)
        private func contains(_ code: Code, _ value: UInt32) -> Bool {
            if value < 64 { return code.low >> UInt64(value) & 1 == 1 }
            if value < 128 { return code.high >> UInt64(value - 64) & 1 == 1 }
            for index in Int(code.one)..<Int(code.other) where ranges[index].contains(value) { return !code.isNegated }
            return code.isNegated
        }
    }

    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
        let lead = bytes[start]
        switch end - start {
        case 2: return UInt32(lead & 0x1F) << 6 | UInt32(bytes[start + 1] & 0x3F)
        case 3: return UInt32(lead & 0x0F) << 12 | UInt32(bytes[start + 1] & 0x3F) << 6 | UInt32(bytes[start + 2] & 0x3F)
        case 4:
            return UInt32(lead & 0x07) << 18 | UInt32(bytes[start + 1] & 0x3F) << 12 | UInt32(bytes[start + 2] & 0x3F) << 6
                | UInt32(bytes[start + 3] & 0x3F)
        default: return UInt32(lead)
        }
    }
}

/// Room for the runs of automata over one text.
final class BackwardDesk {
    fileprivate var turn: Int32 = 0
    fileprivate private(set) var seen = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
    fileprivate private(set) var one = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
    fileprivate private(set) var other = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
    fileprivate private(set) var open = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
    private var room = 0

    /// A step is entered once a turn, and opens two others at most.
    fileprivate func make(room count: Int) {
        // Turns are counted on from run to run; before they run out all is forgotten.
        if turn > Int32.max - 10_000 { forget() }
        guard count > room else { return }
        free()
        room = count
        seen = .allocate(capacity: count)
        one = .allocate(capacity: count)
        other = .allocate(capacity: count)
        open = .allocate(capacity: 2 * count + 2)
        forget()
    }

    private func forget() {
        seen.initialize(repeating: -1, count: room)
        turn = 0
    }

    private func free() { for list in [seen, one, other, open] { list.deallocate() } }

    deinit { free() }
}
