import Foundation

/// Changes that would make a new table safe beside what is out, each tried and attacked again.
struct Cures {
    private let table: Microdata
    private let earlier: [EarlierRelease]
    private let quasi: [String]
    private let sensitive: [String]
    private let k: Int
    private let before: ReleaseCheck.Counts
    private let flags: [UInt8]
    private let translations: Translations
    private let aligned: AlignedTable

    init(_ attack: Attack, _ table: Microdata, _ earlier: [EarlierRelease], before: ReleaseCheck.Counts, _ translations: Translations) {
        self.table = table
        self.earlier = earlier
        quasi = attack.quasi
        sensitive = attack.sensitive
        k = attack.k
        self.before = before
        flags = attack.flags
        self.translations = translations
        aligned = attack.new
    }

    /// Cures that help, the complete ones first, the smallest loss first among each.
    func all() -> [ReleaseCheck.Cure] {
        var found: [ReleaseCheck.Cure] = []
        let exposed = flags.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
        if exposed > 0 { found += suppressRows() }
        let columns = quasi.compactMap { table[$0] }
        // Blanking cells helps most in the columns of most values.
        let widest = columns.sorted { $0.values.count > $1.values.count }.prefix(2)
        if exposed > 0 { for column in widest { found += suppressCells(column) } }
        for column in columns {
            found += generalise(column)
            found += drop(column.name)
        }
        if before.certain > 0 {
            for name in sensitive {
                if let column = table[name], column.isNumeric { found += round(column) }
                found += drop(name)
            }
        }
        let helping = found.filter { helps(.init(unique: $0.unique, belowK: $0.belowK, certain: $0.certain)) }
        return helping.sorted { left, right in
            let (one, two) = (rest(left), rest(right))
            if (one == 0) != (two == 0) { return one == 0 }
            if one == 0 || one == two { return left.loss < right.loss }
            return one < two
        }
    }

    private func rest(_ cure: ReleaseCheck.Cure) -> Int { cure.unique + cure.belowK + cure.certain }

    private func helps(_ after: ReleaseCheck.Counts) -> Bool {
        after.unique + after.belowK + after.certain < before.unique + before.belowK + before.certain
    }

    /// The table that a proposed cure makes; nil where there is nothing for it to change.
    func table(after cure: ReleaseCheck.Cure) -> Microdata? {
        let column = cure.column.flatMap { table[$0] }
        switch cure.kind {
        case .suppressRows: return safeRows().map { table.keeping($0.keeps) }
        case .suppressCells: return column.flatMap { blanked($0)?.column }.map(table.replacing)
        case .dropColumn: return table.columns.count > 1 ? column.map { table.dropping($0.name) } : nil
        case .round: return column.map { table.replacing(Recoding.digits(cure.amount).written($0)) }
        case .generalise:
            return column.map { column in
                let isBanded = Recoding.ladder(of: column).contains { if case .bands = $0 { true } else { false } }
                return table.replacing((isBanded ? Recoding.bands(cure.amount) : .prefix(cure.amount)).written(column))
            }
        }
    }

    private func suppressRows() -> [ReleaseCheck.Cure] {
        guard let (keeps, after) = safeRows() else { return [] }
        let gone = keeps.reduce(0) { $0 + ($1 ? 0 : 1) }
        return [cure(.suppressRows, nil, gone, Double(gone) / Double(table.rows), after, nil)]
    }

    /// Rows leave until no attack finds any: taking some out may expose others.
    private func safeRows() -> (keeps: [Bool], after: ReleaseCheck.Counts)? {
        var keeps = flags.map { $0 == 0 }
        for _ in 0..<3 {
            var kept = aligned
            kept.keep(keeps)
            guard kept.rows > 0 else { return nil }
            var attack = Attack(kept, quasi: quasi, sensitive: sensitive, k: k)
            let after = attack.run(earlier, translations)
            let exposed = attack.flags.contains { $0 != 0 }
            if !exposed || after.isSafe { return (keeps, after) }
            var place = 0
            for row in keeps.indices where keeps[row] {
                if attack.flags[place] != 0 { keeps[row] = false }
                place += 1
            }
        }
        return nil
    }

    private func suppressCells(_ column: Microdata.Column) -> [ReleaseCheck.Cure] {
        guard let (changed, cells) = blanked(column) else { return [] }
        let after = attack(changed, view: nil)
        return [cure(.suppressCells, column.name, cells, Double(cells) / Double(table.rows * table.columns.count), after, nil)]
    }

    /// The column without the values of exposed rows, and how many those are.
    private func blanked(_ column: Microdata.Column) -> (column: Microdata.Column, cells: Int)? {
        let rows = flags.indices.filter { flags[$0] != 0 && column.codes[$0] != column.missing }
        guard !rows.isEmpty else { return nil }
        var codes = column.codes
        var values = column.values
        let blank = column.missing ?? UInt32(values.count)
        if column.missing == nil { values.append([]) }
        for row in rows { codes[row] = blank }
        return (Microdata.Column(name: column.name, raw: codes, values: values), rows.count)
    }

    private func generalise(_ column: Microdata.Column) -> [ReleaseCheck.Cure] {
        var best: ReleaseCheck.Cure?
        var ladder = Recoding.ladder(of: column)
        // From the middle towards the finer where that is enough, towards the coarser where it is not.
        while !ladder.isEmpty {
            let middle = ladder.count / 2
            let recoding = ladder[middle]
            let changed = recoding.apply(column)
            guard changed.values.count < column.values.count else {
                ladder.removeFirst(middle + 1)
                continue
            }
            let after = attack(changed, view: recoding)
            let amount: Int
            switch recoding {
            case .bands(let width): amount = width
            case .prefix(let length): amount = length
            case .digits(let digits): amount = digits
            }
            let tried = cure(.generalise, column.name, amount, loss(column, changed), after, recoding)
            if best.map({ (rest(tried), tried.loss) < (rest($0), $0.loss) }) ?? true { best = tried }
            ladder = after.isSafe ? Array(ladder[..<middle]) : Array(ladder[(middle + 1)...])
        }
        return best.map { [$0] } ?? []
    }

    private func round(_ column: Microdata.Column) -> [ReleaseCheck.Cure] {
        var best: ReleaseCheck.Cure?
        for digits in [2, 1] {
            let changed = Recoding.digits(digits).apply(column)
            guard changed.values.count < column.values.count else { continue }
            let after = attack(changed, view: .digits(digits))
            let tried = cure(.round, column.name, digits, loss(column, changed), after, .digits(digits))
            if best.map({ rest(tried) < rest($0) }) ?? true { best = tried }
            if after.certain == 0 { break }
        }
        return best.map { [$0] } ?? []
    }

    private func drop(_ name: String) -> [ReleaseCheck.Cure] {
        guard table.columns.count > 1 else { return [] }
        // The name is no quasi-identifier of the new table any more, but stays one of the earlier tables.
        var left = aligned
        left.drop(name)
        var attack = Attack(left, quasi: quasi, sensitive: sensitive, k: k)
        let after = attack.run(earlier, translations)
        return [cure(.dropColumn, name, 1, 1 / Double(table.columns.count), after, nil)]
    }

    private func attack(_ column: Microdata.Column, view: Recoding?) -> ReleaseCheck.Counts {
        translations.renew(column.name)
        defer {
            translations.forget(column.name)
            translations.restore(column.name)
        }
        var changed = aligned
        changed.replace(column, view: view)
        var attack = Attack(changed, quasi: quasi, sensitive: sensitive, k: k)
        return attack.run(earlier, translations)
    }

    /// The share of the table's information that a coarser column loses: the lost part of its entropy, over the number of columns.
    private func loss(_ before: Microdata.Column, _ after: Microdata.Column) -> Double {
        let whole = entropy(before)
        return whole > 0 ? (1 - entropy(after) / whole) / Double(table.columns.count) : 0
    }

    private func entropy(_ column: Microdata.Column) -> Double {
        var counts = [Int](repeating: 0, count: column.values.count)
        for code in column.codes { counts[Int(code)] += 1 }
        let total = Double(column.codes.count)
        return counts.reduce(0) { $1 == 0 ? $0 : $0 - Double($1) / total * log(Double($1) / total) }
    }

    private func cure(
        _ kind: ReleaseCheck.Cure.Kind,
        _ column: String?,
        _ amount: Int,
        _ loss: Double,
        _ after: ReleaseCheck.Counts,
        _ detail: Recoding?
    ) -> ReleaseCheck.Cure {
        ReleaseCheck.Cure(
            kind: kind,
            column: column,
            amount: amount,
            loss: loss,
            unique: after.unique,
            belowK: after.belowK,
            certain: after.certain,
            sentence: Wording.cure(kind, column: column, amount: amount, loss: loss, after, detail: detail)
        )
    }
}
