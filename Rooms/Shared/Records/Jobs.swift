import Core
import Storage

/// Effects as rows: written in the transaction of the step that causes them, done afterwards by `gongkai work`, at least once.
public struct Jobs: Sendable {
    public let database: any Database
    public let world: World

    public init(_ database: any Database, world: World) {
        (self.database, self.world) = (database, world)
    }

    public struct Job: Codable, Equatable, Sendable {
        public let number: Int
        /// What is to be done; the worker has one row a kind.
        public let kind: String
        /// The same key is done once, however often it is put.
        public let key: String
        public let payload: String
        public let attempts: Int
        public let state: State
        public let due: Moment
        public let error: String
    }

    public enum State: String, Codable, Sendable {
        case waiting
        case done
        /// Tried as often as is sensible: a person must look.
        case dead
    }

    /// How often a job is tried, and how long a worker may take before another may claim it.
    public static let attempts = 6
    static let leaseSeconds = 300

    /// 10 s after the first failure, then four times as long each time: the sixth attempt comes after about an hour.
    static func pause(after attempts: Int) -> Int { (1..<max(attempts, 1)).reduce(10) { seconds, _ in seconds * 4 } }

    public static func put(_ kind: String, key: String, payload: String, at moment: Moment, in db: any Connection) throws {
        let number = (try db.scalar(Int.self, "SELECT max(number) FROM job") ?? 0) + 1
        try db.run(
            """
            INSERT INTO job (number, kind, key, payload, attempts, state, due, error)
            VALUES (\(number), \(kind), \(key), \(payload), 0, \(State.waiting), \(moment), '')
            ON CONFLICT (key) DO NOTHING
            """
        )
    }

    public func put(_ kind: String, key: String, payload: String) async throws {
        let now = world.now()
        let known = try await database.read { try $0.scalar(Int.self, "SELECT 1 FROM job WHERE key = \(key)") }
        guard known == nil else { return }
        try await database.write { try Self.put(kind, key: key, payload: payload, at: now, in: $0) }
    }

    /// The next job that is due, kept from other workers for five minutes; nil when nothing is due.
    public func claim() async throws -> Job? {
        let now = world.now()
        let waits = try await database.read { db in
            try db.scalar(Int.self, "SELECT 1 FROM job WHERE state = \(State.waiting) AND due <= \(now) LIMIT 1")
        }
        guard waits != nil else { return nil }
        return try await database.write { db in
            let found = try db.first(
                Job.self,
                "SELECT * FROM job WHERE state = \(State.waiting) AND due <= \(now) ORDER BY due, number LIMIT 1"
            )
            guard let found else { return nil }
            let claimed = try db.run(
                """
                UPDATE job SET attempts = attempts + 1, due = \(now.adding(seconds: Self.leaseSeconds))
                WHERE number = \(found.number) AND attempts = \(found.attempts) AND state = \(State.waiting)
                """
            )
            guard claimed == 1 else { return nil }
            return try db.first(Job.self, "SELECT * FROM job WHERE number = \(found.number)")
        }
    }

    public func finish(_ job: Job) async throws {
        try await database.write { try $0.run("UPDATE job SET state = \(State.done), error = '' WHERE number = \(job.number)") }
    }

    /// Comes again later, or goes to the dead letters.
    public func fail(_ job: Job, because error: String) async throws {
        let state = job.attempts >= Self.attempts ? State.dead : .waiting
        let due = world.now().adding(seconds: Self.pause(after: job.attempts))
        try await database.write { db in
            try db.run(
                """
                UPDATE job SET state = \(state), due = \(due), error = \(String(error.prefix(500)))
                WHERE number = \(job.number) AND attempts = \(job.attempts)
                """
            )
        }
    }

    /// Does what is due, one job after the other.
    /// - Returns: how many were done or failed.
    public func work(_ doers: [String: @Sendable (String) async throws -> Void]) async throws -> Int {
        var count = 0
        while !Task.isCancelled, let job = try await claim() {
            count += 1
            do {
                guard let doer = doers[job.kind] else { throw StorageError(.corrupt, "nobody does jobs of the kind \(job.kind)") }
                try await doer(job.payload)
                try await finish(job)
            } catch {
                try await fail(job, because: "\(error)")
            }
        }
        return count
    }

    /// Jobs that wait, and those given up; only for the administrator.
    public func open(for actor: Actor) async throws -> [Job] {
        _ = try Self.administrator(actor)
        return try await database.read { db in
            try db.all(Job.self, "SELECT * FROM job WHERE state <> \(State.done) ORDER BY state, number LIMIT 200")
        }
    }

    public func tryAgain(_ number: Int, by actor: Actor) async throws {
        let role = try Self.administrator(actor)
        let now = world.now()
        try await database.write { db in
            let found = try db.run(
                """
                UPDATE job SET state = \(State.waiting), attempts = 0, due = \(now)
                WHERE number = \(number) AND state = \(State.dead)
                """
            )
            guard found == 1 else { throw Refusal.outOfTurn }
            try StepLog.write("tryAgain", on: "job/\(number)", by: actor, as: role, at: now, in: db)
        }
    }

    private static func administrator(_ actor: Actor) throws(Refusal) -> Role {
        try actor.acting(as: .administrator, or: Text("由系统管理员办理。", "The administrator does this."))
    }

    public static let schema = [
        Migration(
            "2026-11-27 10 jobs",
            """
            CREATE TABLE job (
                number BIGINT PRIMARY KEY,
                kind TEXT NOT NULL,
                key TEXT NOT NULL UNIQUE,
                payload TEXT NOT NULL,
                attempts BIGINT NOT NULL,
                state TEXT NOT NULL,
                due TEXT NOT NULL,
                error TEXT NOT NULL
            );
            CREATE INDEX job_due ON job (state, due);
            """
        )
    ]
}

extension Jobs.State: SQLConvertible {}
