/// Every set of columns visited once, smaller sets before the sets that contain them, each as a partition of the rows.
///
/// Equal rows are one entry with a weight. Entries alone in their part leave the partition (stripped partitions: Huhtala et al., TANE, 1999).
struct ColumnLattice {
    /// A row of each entry, and how many rows are equal to it.
    let representatives: [UInt32]
    let weights: [UInt32]
    /// Columns of few values first: a set loses its unique rows sooner when it starts from its widest column.
    let order: [Int]
    private let codes: [[UInt32]]
    private let counts: [Int]
    let rows: Int

    init(_ columns: [Microdata.Column], rows: Int) {
        let classes = Classes(columns, rows: rows)
        let first = classes.representatives()
        representatives = first
        weights = classes.sizes
        let order = columns.indices.sorted { (columns[$0].values.count, $0) < (columns[$1].values.count, $1) }
        codes = order.map { index in first.map { columns[index].codes[Int($0)] } }
        counts = order.map { max(columns[$0].values.count, 1) }
        self.order = order
        self.rows = rows
    }

    /// The places, in the order of the columns given, of the columns in a set.
    func columns(of set: UInt64) -> [Int] { order.indices.filter { set & (1 << UInt64($0)) != 0 }.map { order[$0] }.sorted() }

    /// A part is a run of `entries`; `starts` has one more at the end.
    struct Partition {
        var entries: [UInt32] = []
        var starts: [UInt32] = [0]
        /// Parts that left because one entry was alone in them.
        var stripped = 0

        var parts: Int { starts.count - 1 }
    }

    /// Tells each set and the entries that are alone in it and were not in the set's parent.
    func walk(longest: Int, _ visit: (UInt64, [UInt32]) -> Void) {
        walkPartitions(longest: longest) { set, _, alone in visit(set, alone) }
    }

    /// As `walk`, with the partition.
    func walkPartitions(longest: Int, _ visit: (UInt64, Partition, [UInt32]) -> Void) {
        var whole = Partition()
        whole.entries = (0..<UInt32(representatives.count)).map { $0 }
        whole.starts.append(UInt32(representatives.count))
        var work = Work(most: counts.max() ?? 1)
        for column in codes.indices { descend(whole, 0, column, longest, &work, visit) }
    }

    private struct Work {
        var tally: [UInt32]
        var touched: [UInt32] = []

        init(most: Int) { tally = [UInt32](repeating: 0, count: most) }
    }

    /// Numeric order of the sets: a set's children add a column below its lowest.
    private func descend(
        _ parent: Partition,
        _ set: UInt64,
        _ column: Int,
        _ longest: Int,
        _ work: inout Work,
        _ visit: (UInt64, Partition, [UInt32]) -> Void
    ) {
        var alone: [UInt32] = []
        let partition = refine(parent, by: column, &alone, &work)
        let grown = set | (1 << UInt64(column))
        visit(grown, partition, alone)
        guard grown.nonzeroBitCount < longest else { return }
        for lower in 0..<column { descend(partition, grown, lower, longest, &work, visit) }
    }

    private func refine(_ parent: Partition, by column: Int, _ alone: inout [UInt32], _ work: inout Work) -> Partition {
        var result = Partition()
        result.stripped = parent.stripped
        result.entries.reserveCapacity(parent.entries.count)
        codes[column].withUnsafeBufferPointer { codes in
            parent.entries.withUnsafeBufferPointer { entries in
                for part in 0..<parent.parts {
                    let (from, to) = (Int(parent.starts[part]), Int(parent.starts[part + 1]))
                    if to - from == 2 {
                        let (one, two) = (entries[from], entries[from + 1])
                        if codes[Int(one)] == codes[Int(two)] {
                            result.entries.append(one)
                            result.entries.append(two)
                            result.starts.append(UInt32(result.entries.count))
                        } else {
                            alone.append(one)
                            alone.append(two)
                        }
                        continue
                    }
                    Self.split(entries[from..<to], codes, &result, &alone, &work)
                }
            }
        }
        result.stripped += alone.count
        return result
    }

    /// Counts the codes of the part, gives each code with company its run, and fills the runs.
    @inline(__always)
    private static func split(
        _ part: Slice<UnsafeBufferPointer<UInt32>>,
        _ codes: UnsafeBufferPointer<UInt32>,
        _ result: inout Partition,
        _ alone: inout [UInt32],
        _ work: inout Work
    ) {
        work.touched.removeAll(keepingCapacity: true)
        for entry in part {
            let code = codes[Int(entry)]
            if work.tally[Int(code)] == 0 { work.touched.append(code) }
            work.tally[Int(code)] += 1
        }
        var end = UInt32(result.entries.count)
        for code in work.touched {
            let count = work.tally[Int(code)]
            if count == 1 {
                work.tally[Int(code)] = .max
                continue
            }
            work.tally[Int(code)] = end
            end += count
            result.starts.append(end)
        }
        let grown = Int(end) - result.entries.count
        if grown > 0 { result.entries.append(contentsOf: repeatElement(0, count: grown)) }
        for entry in part {
            let code = Int(codes[Int(entry)])
            if work.tally[code] == .max {
                alone.append(entry)
            } else {
                result.entries[Int(work.tally[code])] = entry
                work.tally[code] += 1
            }
        }
        for code in work.touched { work.tally[Int(code)] = 0 }
    }
}
