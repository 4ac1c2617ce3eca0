import Core
import Mosaic
import Storage

/// A table that is declared one of counts or amounts: its cells are attacked, not its rows.
extension Datasets {
    /// Declares what the table counts, or that it counts nothing; the attacks are run again.
    public func declare(_ form: CountsForm?, of key: String, version: Int, by actor: Actor) async throws {
        let (dataset, table, before) = try await open(key, for: actor)
        let role = try describing(dataset, by: actor)
        if let form {
            let population = form.population.filter { !$0.isWhitespace }
            guard !population.isEmpty, population.count <= 60, !form.population.turnsDirection else {
                throw Refusal.invalid("population", "请写明统计的对象，至多60字。", "Say what is counted, in at most 60 characters.")
            }
            try await Incidents(database, world: world).refuseMarked([form.population], unit: actor.unit, by: actor)
        }
        var risk = before
        risk.counts = form
        risk.hiding = nil
        let (fresh, now) = (try await assess(table, risk, name: dataset.title), world.now())
        try await database.write { db in
            try save(fresh, of: key, version: version, in: db)
            let detail = form.map { "\($0.population): \($0.dimensions.joined(separator: ", ")); \($0.value)" } ?? "—"
            try StepLog.write("correct", on: "dataset/\(key)", by: actor, as: role, at: now, detail: detail, in: db)
        }
    }

    /// Hides the cells that tell too much and those that would give them away: the draft's new version.
    public func hideCells(of key: String, version: Int, seeing hash: String, by actor: Actor) async throws {
        let (dataset, table, risk) = try await draft(key, version: version, seeing: hash, by: actor)
        guard var form = risk.counts else { throw Refusal.outOfTurn }
        let (changed, hidden): (Microdata, [HiddenCell])
        do throws(MosaicRefused) { (changed, hidden) = try form.hiding(in: table, name: dataset.title) } catch {
            throw Refusal.invalid("counts", error.reason.zh, error.reason.en)
        }
        (form.behind, form.largest) = (nil, [])
        var next = risk
        (next.counts, next.hiding) = (form, hidden)
        let change = Text("隐去\(hidden.count)个单元格", "\(hidden.count) cells hidden")
        try await replace(dataset, with: changed, next, because: change, by: actor)
    }

    /// All tables about the same population that were ever out.
    func cells(of earlier: [Earlier], about population: String) throws(MosaicRefused) -> [CellTable] {
        let wanted = Self.spelled(population)
        var found: [CellTable] = []
        for earlier in earlier {
            guard let form = earlier.counts, Self.spelled(form.population) == wanted else { continue }
            found.append(try form.cells(of: try CSV.read(earlier.body), name: earlier.title))
        }
        return found
    }

    private static func spelled(_ population: String) -> String { population.lowercased().filter { !$0.isWhitespace } }
}
