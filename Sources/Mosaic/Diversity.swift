import Foundation

/// How much the crowds of a table tell about one sensitive column: each measure is the worst over the crowds seen so far.
///
/// p is the share of a value in the table, q its share in a crowd.
struct Diversity {
    /// (alpha,k)-anonymity: the largest q (Wong, Li, Fu, Wang: KDD 2006).
    private(set) var alpha = 0.0
    /// Distinct l-diversity: the fewest values in a crowd (Machanavajjhala et al.: ACM TKDD 1(1), 2007, section 4).
    private(set) var distinct = Int.max
    /// Entropy l-diversity: e to the smallest entropy of a crowd, a real number (same, definition 4.1).
    private(set) var entropy = Double.infinity
    /// Recursive (c,l)-diversity for l = 2, 3, ...: r1 / (rl + ... + rm), counts descending; c must exceed it (same, definition 4.2).
    private(set) var recursive: [Double] = []
    /// t-closeness with equal distance: half the sum of |q - p| (Li, Li, Venkatasubramanian: ICDE 2007, section 4.2).
    private(set) var equalDistance = 0.0
    /// t-closeness with ordered distance: the sum of |cumulated q - p| over m - 1 (same, section 4.1).
    private(set) var orderedDistance = 0.0
    /// Basic beta-likeness: the largest (q - p) / p (Cao, Karras: PVLDB 5(11), 2012, definition 2).
    private(set) var beta = 0.0
    /// delta-disclosure: the largest |ln(q / p)| over values that occur in the crowd (Brickell, Shmatikov: KDD 2008, definition 4).
    private(set) var delta = 0.0

    /// Values of c for larger l are not computed.
    static let mostRecursive = 20

    private let total: Double
    private let shares: [Double]
    private let logShares: [Double]
    /// Of each code its place in the order of numbers; empty if the column is not ordered.
    private let ranks: [Int]
    /// At place i the share of the i smallest values, and the sum of those cumulated shares up to i.
    private let cumulated: [Double]
    private let cumulatedSums: [Double]
    private var smallest = 1.0
    private var leastEntropy = Double.infinity

    init(_ column: Microdata.Column, rows: Int) {
        var counts = [Int](repeating: 0, count: column.values.count)
        for code in column.codes { counts[Int(code)] += 1 }
        total = Double(rows)
        shares = counts.map { Double($0) / Double(rows) }
        logShares = shares.map { $0 > 0 ? log($0) : 0 }
        for share in shares where share > 0 { smallest = min(smallest, share) }
        var ranks: [Int] = []
        var cumulated = [0.0]
        var sums = [0.0]
        if let numbers = column.numbers {
            let present = numbers.indices.filter { counts[$0] > 0 }
            // A missing value stands after every number.
            let order = present.sorted { left, right in
                numbers[left].isNaN ? false : numbers[right].isNaN ? true : numbers[left] < numbers[right]
            }
            ranks = [Int](repeating: 0, count: numbers.count)
            for (rank, code) in order.enumerated() {
                ranks[code] = rank
                cumulated.append(cumulated[rank] + shares[code])
                sums.append(sums[rank] + cumulated[rank + 1])
            }
        }
        self.ranks = ranks
        self.cumulated = cumulated
        cumulatedSums = sums
    }

    /// Enhanced beta-likeness: beta, but at most -ln of the rarest share (Cao, Karras, definition 3).
    var betaEnhanced: Double { min(beta, -log(smallest)) }

    var isOrdered: Bool { !ranks.isEmpty }

    /// Takes in one crowd: its codes without repetition, and how often each occurs.
    mutating func add(_ codes: ArraySlice<UInt32>, counts: [UInt32], size: Int) {
        let crowd = Double(size)
        var largest: UInt32 = 0
        var weighted = 0.0
        var excess = 0.0
        for code in codes {
            let count = counts[Int(code)]
            let share = shares[Int(code)]
            largest = max(largest, count)
            let quota = Double(count) / crowd
            if count > 1 { weighted += Double(count) * log(Double(count)) }
            if quota > share { excess += quota - share }
            beta = max(beta, quota / share - 1)
            delta = max(delta, abs(log(quota) - logShares[Int(code)]))
        }
        alpha = max(alpha, Double(largest) / crowd)
        leastEntropy = min(leastEntropy, log(crowd) - weighted / crowd)
        entropy = exp(max(leastEntropy, 0))
        equalDistance = max(equalDistance, excess)
        distinct = min(distinct, codes.count)
        addRecursive(codes, counts: counts, largest: largest, size: size)
        if isOrdered { orderedDistance = max(orderedDistance, distance(codes, counts: counts, crowd: crowd)) }
    }

    private mutating func addRecursive(_ codes: ArraySlice<UInt32>, counts: [UInt32], largest: UInt32, size: Int) {
        let most = min(distinct, Self.mostRecursive)
        if recursive.count > max(most - 1, 0) { recursive.removeLast(recursive.count - max(most - 1, 0)) }
        guard most >= 2 else { return }
        // The fewest values only ever become fewer: the first crowd settles how many l there are at most.
        if !isStarted { recursive = [Double](repeating: 0, count: most - 1) }
        isStarted = true
        var tail = size - Int(largest)
        recursive[0] = max(recursive[0], Double(largest) / Double(tail))
        guard most > 2 else { return }
        let sorted = codes.map { counts[Int($0)] }.sorted(by: >)
        for length in 3...most {
            tail -= Int(sorted[length - 2])
            recursive[length - 2] = max(recursive[length - 2], Double(largest) / Double(tail))
        }
    }

    private var isStarted = false

    /// Between two values of the crowd its cumulated share is level and the table's rises: the sign changes once, found by halving.
    private func distance(_ codes: ArraySlice<UInt32>, counts: [UInt32], crowd: Double) -> Double {
        let last = cumulated.count - 1
        guard last > 1 else { return 0 }
        let places = codes.map { (rank: ranks[Int($0)], share: Double(counts[Int($0)]) / crowd) }.sorted { $0.rank < $1.rank }
        var level = 0.0
        var sum = 0.0
        var from = 1
        for place in places {
            sum += area(level, from, place.rank)
            level += place.share
            from = place.rank + 1
        }
        sum += area(level, from, last)
        return sum / Double(last - 1)
    }

    /// The sum of |level - cumulated[i]| for i in from...to.
    private func area(_ level: Double, _ from: Int, _ to: Int) -> Double {
        guard from <= to else { return 0 }
        var low = from
        var high = to + 1
        while low < high {
            let middle = (low + high) / 2
            if cumulated[middle] < level { low = middle + 1 } else { high = middle }
        }
        let below = Double(low - from) * level - (cumulatedSums[low - 1] - cumulatedSums[from - 1])
        let above = (cumulatedSums[to] - cumulatedSums[low - 1]) - Double(to - low + 1) * level
        return below + above
    }
}
