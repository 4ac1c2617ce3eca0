/// Sums over unknown numbers, and which of the numbers they settle.
struct Elimination {
    /// The sum of the terms is `result`.
    struct Sum {
        var terms: [Int: Int64]
        var result: Int64
        /// The tables that the sum comes from.
        var sources: Set<Int>
    }

    struct Settled {
        /// Nil if the number is settled but not a whole one.
        let value: Int64?
        let sources: Set<Int>
    }

    /// The numbers that lie in the row space of sums with several unknowns, and their values; `contradicts` if no numbers fulfil all sums.
    ///
    /// Two primes of 61 bits are calculated with; a number counts as settled if either says so.
    static func settle(_ sums: [Sum]) -> (settled: [Int: Settled], contradicts: Bool) {
        var found: [Int: Settled] = [:]
        var contradicts = false
        for component in components(sums) {
            let one = Field(prime: (1 << 61) - 1).settle(component, &contradicts)
            let two = Field(prime: (1 << 61) - 31).settle(component, &contradicts)
            for (number, first) in one {
                let value = two[number].flatMap { $0.value == first.value ? first.value : nil }
                found[number] = Settled(value: value, sources: first.sources)
            }
            for (number, second) in two where one[number] == nil { found[number] = Settled(value: nil, sources: second.sources) }
        }
        return (found, contradicts)
    }

    static func components(_ sums: [Sum]) -> [[Sum]] {
        var parent: [Int: Int] = [:]
        func root(_ number: Int) -> Int {
            var root = number
            while let next = parent[root], next != root { root = next }
            var walk = number
            while let next = parent[walk], next != root {
                parent[walk] = root
                walk = next
            }
            return root
        }
        for sum in sums {
            var first: Int?
            for number in sum.terms.keys {
                if parent[number] == nil { parent[number] = number }
                if let first { parent[root(number)] = root(first) } else { first = number }
            }
        }
        var groups: [Int: [Sum]] = [:]
        for sum in sums { if let number = sum.terms.keys.first { groups[root(number), default: []].append(sum) } }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }
}

/// Sums as they come in: one with a single unknown settles it, which may leave others with one.
struct Propagation {
    private(set) var sums: [Elimination.Sum] = []
    private(set) var settled: [Int: Elimination.Settled] = [:]
    private(set) var contradicts = false
    private var uses: [Int: [Int]] = [:]

    func isSettled(_ number: Int) -> Bool { settled[number] != nil }

    /// The sums that still have unknowns.
    var open: [Elimination.Sum] { sums.filter { !$0.terms.isEmpty } }

    mutating func add(_ sum: Elimination.Sum) {
        var sum = sum
        for (number, factor) in sum.terms {
            guard let known = settled[number], let value = known.value else { continue }
            sum.terms[number] = nil
            sum.result -= factor * value
            sum.sources.formUnion(known.sources)
        }
        for number in sum.terms.keys { uses[number, default: []].append(sums.count) }
        sums.append(sum)
        var ready = [sums.count - 1]
        while let index = ready.popLast() {
            if sums[index].terms.isEmpty, sums[index].result != 0 { contradicts = true }
            guard sums[index].terms.count == 1, let (number, factor) = sums[index].terms.first else { continue }
            guard sums[index].result % factor == 0 else { continue }
            let value = sums[index].result / factor
            let sources = sums[index].sources
            settled[number] = Elimination.Settled(value: value, sources: sources)
            for use in uses.removeValue(forKey: number) ?? [] {
                guard let factor = sums[use].terms.removeValue(forKey: number) else { continue }
                sums[use].result -= factor * value
                sums[use].sources.formUnion(sources)
                ready.append(use)
            }
        }
    }
}

/// Arithmetic modulo a prime below 2^61.
private struct Field {
    let prime: UInt64

    private struct Row {
        var terms: [(number: Int, factor: UInt64)]
        var result: UInt64
        var sources: Set<Int>
    }

    func settle(_ sums: [Elimination.Sum], _ contradicts: inout Bool) -> [Int: Elimination.Settled] {
        // The pivot of each reduced row, and the rows in which each number still stands.
        var pivots: [Int: Int] = [:]
        var rows: [Row] = []
        var holders: [Int: Set<Int>] = [:]
        for sum in sums.sorted(by: { $0.terms.count < $1.terms.count }) {
            var row = Row(
                terms: sum.terms.sorted { $0.key < $1.key }.map { ($0.key, reduced($0.value)) },
                result: reduced(sum.result),
                sources: sum.sources
            )
            for (number, factor) in row.terms {
                // Reduced rows hold no other pivot, so each is taken off once.
                if let pivot = pivots[number] { row = subtract(rows[pivot], times: factor, from: row) }
            }
            // The rarest number makes the fewest others grow.
            guard
                let pivot = row.terms.min(by: { (holders[$0.number]?.count ?? 0, $0.number) < (holders[$1.number]?.count ?? 0, $1.number) })
            else {
                if row.result != 0 { contradicts = true }
                continue
            }
            let inverse = power(pivot.factor, prime - 2)
            for index in row.terms.indices { row.terms[index].factor = multiply(row.terms[index].factor, inverse) }
            row.result = multiply(row.result, inverse)
            let place = rows.count
            for holder in holders[pivot.number] ?? [] {
                guard let factor = rows[holder].terms.first(where: { $0.number == pivot.number })?.factor else { continue }
                let before = rows[holder].terms
                rows[holder] = subtract(row, times: factor, from: rows[holder])
                for term in before { holders[term.number]?.remove(holder) }
                for term in rows[holder].terms { holders[term.number, default: []].insert(holder) }
            }
            for term in row.terms { holders[term.number, default: []].insert(place) }
            pivots[pivot.number] = place
            rows.append(row)
        }
        var found: [Int: Elimination.Settled] = [:]
        for row in rows where row.terms.count == 1 {
            found[row.terms[0].number] = .init(value: whole(row.result), sources: row.sources)
        }
        return found
    }

    /// A number of less than 2^50 in size is itself; anything else is a fraction.
    private func whole(_ residue: UInt64) -> Int64? {
        if residue < 1 << 50 { return Int64(residue) }
        return prime - residue < 1 << 50 ? -Int64(prime - residue) : nil
    }

    private func subtract(_ taken: Row, times factor: UInt64, from row: Row) -> Row {
        var terms: [(number: Int, factor: UInt64)] = []
        terms.reserveCapacity(row.terms.count + taken.terms.count)
        var (left, right) = (0, 0)
        while left < row.terms.count || right < taken.terms.count {
            if right == taken.terms.count || (left < row.terms.count && row.terms[left].number < taken.terms[right].number) {
                terms.append(row.terms[left])
                left += 1
            } else if left == row.terms.count || taken.terms[right].number < row.terms[left].number {
                terms.append((taken.terms[right].number, negative(multiply(taken.terms[right].factor, factor))))
                right += 1
            } else {
                let rest = add(row.terms[left].factor, negative(multiply(taken.terms[right].factor, factor)))
                if rest != 0 { terms.append((row.terms[left].number, rest)) }
                left += 1
                right += 1
            }
        }
        return Row(
            terms: terms,
            result: add(row.result, negative(multiply(taken.result, factor))),
            sources: row.sources.union(taken.sources)
        )
    }

    private func reduced(_ value: Int64) -> UInt64 {
        let rest = value % Int64(prime)
        return rest < 0 ? UInt64(rest + Int64(prime)) : UInt64(rest)
    }

    private func add(_ one: UInt64, _ two: UInt64) -> UInt64 {
        let sum = one + two
        return sum >= prime ? sum - prime : sum
    }

    private func negative(_ value: UInt64) -> UInt64 { value == 0 ? 0 : prime - value }

    private func multiply(_ one: UInt64, _ two: UInt64) -> UInt64 {
        let (high, low) = one.multipliedFullWidth(by: two)
        return prime.dividingFullWidth((high, low)).remainder
    }

    private func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
        var (result, square, left) = (UInt64(1), base, exponent)
        while left > 0 {
            if left & 1 == 1 { result = multiply(result, square) }
            square = multiply(square, square)
            left >>= 1
        }
        return result
    }
}
