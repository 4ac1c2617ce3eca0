/// Finds where a match began whose end the first pass has seen: the pattern's automaton run backwards, in time linear in the match.
struct Backward: Sendable {
    private enum Step: Sendable {
        case scalar(Pattern.Scalars)
        case split(Int, Int)
        case boundary
        case done
    }

    private var steps: [Step] = []

    init(_ pattern: Pattern) throws(Pattern.Refused) {
        try add(pattern.node)
        steps.append(.done)
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
    func start(in bytes: [UInt8], endingAt end: Int, reach: Int = 400) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            var current: [Int] = []
            var following: [Int] = []
            var seen = [Int](repeating: -1, count: steps.count)
            var turn = 0
            var found: Int?
            func enter(_ first: Int, _ place: Int, _ list: inout [Int]) {
                var open = [first]
                while let step = open.popLast() {
                    guard seen[step] != turn else { continue }
                    seen[step] = turn
                    switch steps[step] {
                    case .split(let one, let other):
                        open.append(one)
                        open.append(other)
                    case .boundary:
                        let before = place > 0 && bytes[place - 1].isWord
                        let after = place < bytes.count && bytes[place].isWord
                        if before != after { open.append(step + 1) }
                    case .done: found = place
                    case .scalar: list.append(step)
                    }
                }
            }
            enter(0, end, &current)
            var place = end
            while place > 0, !current.isEmpty, end - place < reach {
                var start = place - 1
                while start > 0, bytes[start].isContinuation, place - start < 4 { start -= 1 }
                let value = Self.scalar(bytes, start, place)
                turn += 1
                following.removeAll(keepingCapacity: true)
                for step in current {
                    if case .scalar(let set) = steps[step], set.contains(value) { enter(step + 1, start, &following) }
                }
                swap(&current, &following)
                place = start
            }
            return found
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
