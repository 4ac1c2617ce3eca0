import Core
import Foundation
import Storage

/// The way that led to a disclosure method: the answers are kept with the review, and a release can not go against them.
extension Releases {
    public struct Choice: Equatable, Sendable {
        public let answers: [MethodQuestions.Question: MethodQuestions.Answer]
        public let outcome: MethodQuestions.Outcome
        public let at: Moment
    }

    /// Keeps the answers for a review; they may be given again until it is released.
    public func choose(_ answers: [MethodQuestions.Question: MethodQuestions.Answer], for review: String, by actor: Actor) async throws {
        let role = try actor.acting(
            as: .confidentialityReviewer,
            .leader,
            .unitHead,
            or: Text("由审核人员选择公开方式。", "Those who review it choose the method.")
        )
        let outcome = try MethodQuestions.outcome(answers)
        let now = world.now()
        let json = String(
            decoding: try JSONEncoder().encode(Dictionary(uniqueKeysWithValues: answers.map { ($0.key.rawValue, $0.value.rawValue) })),
            as: UTF8.self
        )
        try await database.write { db in
            guard let state = try db.scalar(String.self, "SELECT state FROM review WHERE key = \(review)") else { throw Refusal.notFound }
            guard [Review.State.atUnit, .atConfidentiality, .atLeader].map(\.rawValue).contains(state) else { throw Refusal.outOfTurn }
            try db.run(
                """
                INSERT INTO method_choice (review, answers, method, person, at)
                VALUES (\(review), \(json), \(outcome.method?.rawValue), \(actor.person), \(now))
                ON CONFLICT (review) DO UPDATE SET answers = excluded.answers, method = excluded.method, person = excluded.person,
                    at = excluded.at
                """
            )
            let detail = outcome.method?.rawValue ?? "…"
            try StepLog.write("method", on: "review/\(review)", by: actor, as: role, at: now, detail: detail, in: db)
        }
    }

    public func choice(for review: String) async throws -> Choice? {
        struct Line: Decodable {
            let answers: String
            let at: Moment
        }
        let line = try await database.read { db in
            try db.first(Line.self, "SELECT answers, at FROM method_choice WHERE review = \(review)")
        }
        guard let line else { return nil }
        let told = try JSONDecoder().decode([String: String].self, from: Data(line.answers.utf8))
        let answers = told.reduce(into: [MethodQuestions.Question: MethodQuestions.Answer]()) { answers, pair in
            guard let question = MethodQuestions.Question(rawValue: pair.key) else { return }
            answers[question] = MethodQuestions.Answer(rawValue: pair.value)
        }
        return Choice(answers: answers, outcome: try MethodQuestions.outcome(answers), at: line.at)
    }

    /// A release goes on the internet only where the answers, if there are any, lead there.
    func requireMethod(_ review: String, in db: any Connection) throws {
        let chosen = try db.all(String?.self, "SELECT method FROM method_choice WHERE review = \(review)").first
        guard let chosen else { return }
        guard let method = chosen.flatMap(DisclosureMethod.init), [.internet, .gazette].contains(method) else {
            let way = chosen.flatMap(DisclosureMethod.init)?.text ?? Text("尚未答完", "not yet decided")
            throw Refusal.forbidden(
                because: Text(
                    "公开方式的问题得出“\(way.zh)”，不能在互联网公开；请退回或者重新回答。",
                    "The questions on the method end in “\(way.en)”: it can not go on the internet. Send it back, or answer again."
                )
            )
        }
    }

    static let methodSchema = Migration(
        "2026-11-27 23 disclosure method",
        """
        CREATE TABLE method_choice (
            review TEXT PRIMARY KEY REFERENCES review (key), answers TEXT NOT NULL, method TEXT, person TEXT NOT NULL, at TEXT NOT NULL
        );
        """
    )
}
