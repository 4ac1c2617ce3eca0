import Storage
import TestSupport
import Testing

@Suite(
    "The large engine",
    .enabled(if: Engine.postgresAddress != nil, "GONGKAI_TEST_POSTGRES is not set: PostgreSQL is left out")
)
struct PostgresTests {
    @Test("goes on after the server has dropped every connection")
    func reconnecting() async throws {
        try await FreshDatabase.onServer { address in
            let database = try Postgres(address)
            try await database.write { try $0.run("CREATE TABLE note (id BIGINT PRIMARY KEY)") }
            for id in 1...3 { try await database.write { try $0.run("INSERT INTO note (id) VALUES (\(id))") } }
            try FreshDatabase.disconnect(address)
            try await database.write { try $0.run("INSERT INTO note (id) VALUES (\(4))") }
            #expect(try await database.read { try $0.scalar(Int.self, "SELECT count(*) FROM note") } == 4)
        }
    }

    @Test("stops a statement that takes too long")
    func limit() async throws {
        try await FreshDatabase.onServer { address in
            let database = try Postgres(address, statementLimit: 100)
            let error = await #expect(throws: StorageError.self) {
                try await database.read { _ = try $0.rows("SELECT pg_sleep(5)") }
            }
            #expect(error?.kind == .timeout)
            #expect(try await database.read { try $0.scalar(Int.self, "SELECT 1") } == 1)
        }
    }

    @Test("refuses a write in a read")
    func readOnly() async throws {
        try await FreshDatabase.onServer { address in
            let database = try Postgres(address)
            await #expect(throws: StorageError.self) {
                try await database.read { _ = try $0.run("CREATE TABLE note (id BIGINT)") }
            }
        }
    }

    @Test("reads a table whose columns changed since its statement was prepared")
    func changedSchema() async throws {
        try await FreshDatabase.onServer { address in
            let database = try Postgres(address, connections: 1)
            try await database.write { try $0.run("CREATE TABLE note (id BIGINT PRIMARY KEY)") }
            for _ in 1...3 { _ = try await database.read { try $0.rows("SELECT * FROM note") } }
            try await database.write { try $0.run("ALTER TABLE note ADD COLUMN text TEXT") }
            try await database.write { try $0.run("INSERT INTO note (id, text) VALUES (1, '新')") }
            let row = try await database.read { try $0.rows("SELECT * FROM note").first }
            #expect(row?["text"] == .text("新"))
        }
    }

    @Test("serves a hundred reads through two connections")
    func waiting() async throws {
        try await FreshDatabase.onServer { address in
            let database = try Postgres(address, connections: 2)
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...100 {
                    group.addTask { try await database.read { try $0.scalar(Int.self, "SELECT \(number)") ?? 0 } }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 5_050)
        }
    }

    @Test("says that a server cannot be reached, or keeps text another way")
    func unreachable() async throws {
        let error = #expect(throws: StorageError.self) { try Postgres("host=127.0.0.1 port=1 connect_timeout=2") }
        #expect(error?.kind == .connection)
    }
}
