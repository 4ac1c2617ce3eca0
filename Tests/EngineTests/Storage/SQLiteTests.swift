import Foundation
import Storage
import TestSupport
import Testing

@Suite("The small engine")
struct SQLiteTests {
    private let notes = Migration("2026-01-01 note", "CREATE TABLE note (id BIGINT PRIMARY KEY, text TEXT NOT NULL)")

    @Test("puts what is acknowledged on the disk, with references kept")
    func settings() async throws {
        try await FreshDatabase.each(.sqlite) { database in
            let settings = try await database.write { db in
                try ["journal_mode", "synchronous", "foreign_keys", "mmap_size"].map {
                    try db.rows(SQL(trusted: "PRAGMA \($0)")).first?.values.first
                }
            }
            // synchronous 2 is FULL.
            #expect(settings == [.text("wal"), .int(2), .int(1), .int(0)])
        }
    }

    @Test("is copied while it is written, and the copy is whole")
    func backup() async throws {
        try await FreshDatabase.inFolder { folder in
            let database = try SQLite(path: folder + "/a.sqlite")
            try await database.migrate([
                notes, TextIndex("note").migration(named: "2026-01-02 index"), TextIndex("note").wordMigration(named: "2026-01-03 words"),
            ])
            try await database.write { db in
                for id in 1...2_000 {
                    try db.run("INSERT INTO note (id, text) VALUES (\(id), '公开')")
                    try TextIndex("note").put(id, "公开", in: db)
                }
            }
            try await database.backup(to: folder + "/b.sqlite")
            let copy = try SQLite(path: folder + "/b.sqlite")
            let found = try await copy.read {
                try $0.scalar(Int.self, "SELECT count(*) FROM note WHERE id IN (\(TextIndex("note").matching(.parse("公开"))))")
            }
            #expect(found == 2_000)
            #expect(try await copy.integrityFaults() == [])
            await #expect(throws: StorageError.self) { try await database.backup(to: folder + "/b.sqlite") }
        }
    }

    @Test("says that a file is damaged, or no database")
    func damage() async throws {
        try await FreshDatabase.inFolder { folder in
            try Data(repeating: 7, count: 8_192).write(to: URL(filePath: folder + "/no.sqlite"))
            let none = #expect(throws: StorageError.self) { try SQLite(path: folder + "/no.sqlite") }
            #expect(none?.kind == .corrupt)

            let path = folder + "/a.sqlite"
            let whole = try SQLite(path: path)
            try await whole.migrate([notes])
            try await whole.write { db in
                for id in 1...2_000 { try db.run("INSERT INTO note (id, text) VALUES (\(id), '公开信息')") }
            }
            try await whole.backup(to: folder + "/b.sqlite")
            var bytes = try Data(contentsOf: URL(filePath: folder + "/b.sqlite"))
            for place in 16_384..<20_480 { bytes[place] = 0x55 }
            try bytes.write(to: URL(filePath: folder + "/b.sqlite"))
            let damaged = try SQLite(path: folder + "/b.sqlite")
            let faults = try await damaged.integrityFaults()
            #expect(!faults.isEmpty)
        }
    }

    @Test("lets readers see the state before a write until it ends")
    func snapshot() async throws {
        try await FreshDatabase.each(.sqlite, [notes]) { database in
            try await database.write { db in
                try db.run("INSERT INTO note (id, text) VALUES (1, 'a')")
            }
            async let count = database.read { db in
                let before = try db.scalar(Int.self, "SELECT count(*) FROM note")
                for _ in 1...200 { _ = try db.rows("SELECT * FROM note") }
                return [before, try db.scalar(Int.self, "SELECT count(*) FROM note")]
            }
            for id in 2...20 { try await database.write { try $0.run("INSERT INTO note (id, text) VALUES (\(id), 'b')") } }
            let seen = try await count
            #expect(seen[0] == seen[1])
        }
    }

    @Test("lives in memory for a test")
    func memory() async throws {
        let database = try SQLite()
        #expect(try await database.migrate([notes]) == ["2026-01-01 note"])
    }
}
