import Core
import Foundation
import MerkleLog
import Storage
import WorkCalendar

/// Whole tables taken in: each row by itself, so that a bad one is refused with its reasons and the rest is loaded.
extension Matters {
    /// A row that was refused, and why.
    public struct Bad: Codable, Equatable, Sendable {
        public let line: Int
        public let zh: String
        public let en: String

        public init(line: Int, _ refusal: Refusal) {
            (self.line, zh, en) = (line, refusal.sentences.zh, refusal.sentences.en)
        }
    }

    /// What became of a table's rows.
    public struct Loaded: Codable, Equatable, Sendable {
        /// Rows that are drafts now, new ones and changed ones.
        public var loaded = 0
        /// Rows that say what stands already.
        public var unchanged = 0
        public var refused: [Bad] = []
    }

    /// Takes a table in as drafts; a row with the code of a matter is a revision of it.
    /// - Parameters:
    ///   - rows: the first one holds the heads; lines are counted from 1.
    ///   - isConfirmed: the person answers for bases of whose force there is no evidence.
    /// - Throws: a refusal where the heads are of neither list; nothing is loaded then.
    public func load(_ rows: [[String]], isConfirmed: Bool, by actor: Actor) async throws -> Loaded {
        guard let heads = rows.first else { throw Refusal.invalid("file", "文件里没有表格。", "There is no table in the file.") }
        let reading = try MatterTable.Reading(heads: heads)
        var result = Loaded()
        var codes: [String: Int] = [:]
        for (place, cells) in rows.enumerated().dropFirst() {
            let line = place + 1
            do {
                guard let row = try reading.row(cells) else { continue }
                if let code = row.code, let earlier = codes.updateValue(line, forKey: code) {
                    throw Refusal.invalid("code", "编码“\(code)”与第\(earlier)行重复。", "The code “\(code)” stands in row \(earlier), too.")
                }
                if try await load(row, reading.sort, isConfirmed: isConfirmed, by: actor) {
                    result.loaded += 1
                } else {
                    result.unchanged += 1
                }
            } catch let refusal as Refusal {
                result.refused.append(Bad(line: line, refusal))
            }
        }
        return result
    }

    /// - Returns: false where the matter says this already.
    private func load(_ row: MatterRow, _ sort: Matter.Sort, isConfirmed: Bool, by actor: Actor) async throws -> Bool {
        let role = try await checkChange(row.text, by: actor)
        let (key, now) = (world.key(), world.now())
        return try await database.write { db in
            let known = try row.code.flatMap { try db.first(Stored.self, "SELECT * FROM matter WHERE code = \($0)") }?.matter()
            var text = row.text
            // A basis that stands already, and is named again, stays as it was chosen.
            text.bases = try row.bases.map { name in
                guard let kept = known?.draft.bases.first(where: { $0.isNamed(by: name) }) else {
                    return try resolve(name, for: row.text.type, isConfirmed: isConfirmed, on: now.beijingDay, by: actor, in: db)
                }
                try requireStanding(kept, for: row.text.type, on: now.beijingDay, in: db)
                return kept
            }
            try text.check(as: sort)
            guard let known else {
                let code = try row.code ?? nextCode(sort, in: db)
                try insert(text, key: key, code: code, sort: sort, in: db)
                try StepLog.write("draft", on: "matter/\(key)", by: actor, as: role, at: now, detail: text.hash.hex, in: db)
                return true
            }
            guard known.sort == sort else { throw Self.taken(known.code) }
            try requireUnit(actor, known.unit)
            guard known.draft != text else { return false }
            guard known.state != .atUnitHead else { throw Refusal.outOfTurn }
            if let step = [Matter.State.published: Matter.Step.revise, .withdrawn: .takeUp][known.state] {
                let row = try Matter.lifecycle.row(step, from: known.state, by: actor, taken: [])
                try db.run("UPDATE matter SET state = \(row.to) WHERE key = \(known.key)")
                try StepLog.write(step.rawValue, on: "matter/\(known.key)", by: actor, as: role, at: now, in: db)
            }
            try write(text, over: known, version: known.version, in: db)
            try StepLog.write("revise", on: "matter/\(known.key)", by: actor, as: role, at: now, detail: text.hash.hex, in: db)
            return true
        }
    }
}

extension Basis {
    /// Whether a table's name is this basis, its text's day included.
    fileprivate func isNamed(by name: BasisName) -> Bool {
        title == name.title && article == name.article && name.versionDay == versionDay && versionDay != nil
    }
}
