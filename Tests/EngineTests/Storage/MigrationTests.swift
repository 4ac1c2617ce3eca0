import Storage
import TestSupport
import Testing

@Suite("A migration")
struct MigrationTests {
    private let first = Migration("2026-01-01 first", "CREATE TABLE one (id BIGINT);\nINSERT INTO one (id) VALUES (1);\n")
    private let second = Migration("2026-01-02 second", "INSERT INTO one (id) VALUES (2)")

    @Test("runs once, in the order of names", arguments: Engine.available)
    func order(engine: Engine) async throws {
        try await FreshDatabase.each(engine) { database in
            let ran = try await database.migrate([second, first])
            #expect(ran == ["2026-01-01 first", "2026-01-02 second"])
            #expect(try await database.migrate([first, second]) == [])
            #expect(try await database.read { try $0.all(Int.self, "SELECT id FROM one ORDER BY id") } == [1, 2])
        }
    }

    @Test("leaves nothing behind when it fails, and what ran before stays", arguments: Engine.available)
    func failure(engine: Engine) async throws {
        let broken = Migration("2026-01-03 broken", "CREATE TABLE two (id BIGINT);\nINSERT INTO nowhere VALUES (1)")
        try await FreshDatabase.each(engine) { database in
            await #expect(throws: StorageError.self) { try await database.migrate([first, broken]) }
            let mended = Migration("2026-01-03 broken", "CREATE TABLE two (id BIGINT)")
            let ran = try await database.migrate([first, mended])
            #expect(ran == ["2026-01-03 broken"])
        }
    }

    @Test("is refused when its text changed, or when the program does not know it", arguments: Engine.available)
    func changed(engine: Engine) async throws {
        try await FreshDatabase.each(engine, [first, second]) { database in
            let edited = Migration("2026-01-02 second", "INSERT INTO one (id) VALUES (3)")
            let change = await #expect(throws: StorageError.self) { try await database.migrate([first, edited]) }
            #expect(change?.kind == .schema)
            let newer = await #expect(throws: StorageError.self) { try await database.migrate([first]) }
            #expect(newer?.message == "the migration “2026-01-02 second” is unknown to this program")
        }
    }

    @Test("is run by one of two programs that start at once", arguments: Engine.available)
    func atOnce(engine: Engine) async throws {
        try await FreshDatabase.each(engine) { database in
            async let one = database.migrate([first, second])
            async let other = database.migrate([first, second])
            let ran = try await one + other
            #expect(ran.sorted() == ["2026-01-01 first", "2026-01-02 second"])
        }
    }
}
