import Storage
import TestSupport
import Testing

private let people = Migration(
    "2026-01-01 people",
    """
    CREATE TABLE unit (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE person (
        id BIGINT PRIMARY KEY,
        unit_id BIGINT NOT NULL REFERENCES unit (id),
        full_name TEXT NOT NULL CHECK (full_name <> ''),
        is_chief BOOLEAN NOT NULL,
        share DOUBLE PRECISION,
        photo BYTEA,
        UNIQUE (unit_id, full_name)
    );
    """
)

private struct Person: Codable, Equatable {
    let id: Int64
    let unitId: Int
    let fullName: String
    let isChief: Bool
    let share: Double?
    let photo: [UInt8]?
}

extension Connection {
    fileprivate func insert(_ person: Person) throws {
        try run(
            """
            INSERT INTO person (id, unit_id, full_name, is_chief, share, photo)
            VALUES (\(Int(person.id)), \(person.unitId), \(person.fullName), \(person.isChief), \(person.share), \(person.photo))
            """
        )
    }
}

private let wang = Person(id: 1, unitId: 1, fullName: "王’小明\"\\", isChief: true, share: 0.1, photo: [0, 255, 39, 92])
private let li = Person(id: 2, unitId: 1, fullName: "李四", isChief: false, share: nil, photo: nil)

@Suite("A database")
struct DatabaseTests {
    @Test(
        "is tested on PostgreSQL too",
        .enabled(if: Engine.postgresAddress != nil, "GONGKAI_TEST_POSTGRES is not set: PostgreSQL is left out")
    )
    func isTestedOnPostgres() {
        #expect(Engine.available == [.sqlite, .postgres])
    }

    @Test("gives back what was written, of every type", arguments: Engine.available)
    func roundTrip(engine: Engine) async throws {
        try await FreshDatabase.each(engine, [people]) { database in
            try await database.write { db in
                try db.run("INSERT INTO unit (id, name) VALUES (1, '条法司')")
                try db.insert(wang)
                try db.insert(li)
            }
            let read = try await database.read { try $0.all(Person.self, "SELECT * FROM person ORDER BY id") }
            #expect(read == [wang, li])
            let chiefs = try await database.read {
                try $0.all(String.self, "SELECT full_name FROM person WHERE is_chief = \(true)")
            }
            #expect(chiefs == [wang.fullName])
            let photo = try await database.read { try $0.scalar([UInt8].self, "SELECT photo FROM person WHERE id = 1") }
            #expect(photo == [0, 255, 39, 92])
        }
    }

    @Test("answers single values, lists, sums and composed conditions", arguments: Engine.available)
    func composition(engine: Engine) async throws {
        try await FreshDatabase.each(engine, [people]) { database in
            try await database.write { db in
                for (id, name) in [(1, "一"), (2, "二"), (3, "三")] {
                    try db.run("INSERT INTO unit (id, name) VALUES (\(id), \(name))")
                }
            }
            try await database.read { db in
                let count = try db.scalar(Int.self, "SELECT count(*) FROM unit")
                #expect(count == 3)
                #expect(try db.scalar(Int.self, "SELECT sum(id) FROM unit") == 6)
                #expect(try db.scalar(Int.self, "SELECT max(id) FROM unit WHERE id > \(9)") == nil)
                #expect(try db.all(Int.self, "SELECT id FROM unit WHERE name IN (\(SQL.list(["三", "一"]))) ORDER BY id") == [1, 3])
                #expect(try db.all(Int.self, "SELECT id FROM unit WHERE name IN (\(SQL.list([String]())))") == [])
                let conditions: [SQL] = ["id > \(1)", "name <> \("三")"]
                #expect(try db.all(Int.self, "SELECT id FROM unit WHERE \(.joined(conditions, by: " AND "))") == [2])
                #expect(try db.rows("SELECT id, name FROM unit WHERE id = 2").first?["name"] == .text("二"))
                #expect(try db.rows("SELECT id FROM unit WHERE id = 2").first?["nothing"] == nil)
            }
        }
    }

    @Test("keeps all of a transaction or nothing", arguments: Engine.available)
    func allOrNothing(engine: Engine) async throws {
        struct Stop: Error {}
        try await FreshDatabase.each(engine, [people]) { database in
            await #expect(throws: Stop.self) {
                try await database.write { db in
                    try db.run("INSERT INTO unit (id, name) VALUES (1, '一')")
                    throw Stop()
                }
            }
            let count = try await database.read { try $0.scalar(Int.self, "SELECT count(*) FROM unit") }
            #expect(count == 0)
        }
    }

    @Test("does not let an error be passed over, unless the work was an attempt", arguments: Engine.available)
    func attempt(engine: Engine) async throws {
        try await FreshDatabase.each(engine, [people]) { database in
            await #expect(throws: StorageError.self) {
                try await database.write { db in
                    try db.run("INSERT INTO unit (id, name) VALUES (1, '一')")
                    do { try db.run("INSERT INTO unit (id, name) VALUES (1, '二')") } catch {}
                }
            }
            try await database.write { db in
                try db.run("INSERT INTO unit (id, name) VALUES (1, '一')")
                #expect(throws: StorageError.self) {
                    try db.attempt {
                        try db.run("INSERT INTO unit (id, name) VALUES (5, '五')")
                        try db.run("INSERT INTO unit (id, name) VALUES (1, '二')")
                    }
                }
                try db.run("INSERT INTO unit (id, name) VALUES (3, '三')")
            }
            #expect(try await database.read { try $0.all(Int.self, "SELECT id FROM unit ORDER BY id") } == [1, 3])
        }
    }

    @Test("says the same of a refusal on both engines", arguments: Engine.available)
    func refusals(engine: Engine) async throws {
        // The columns are the point.
        // swift-format-ignore
        let refusals: [(SQL, StorageError.Kind)] = [
            ("INSERT INTO unit (id, name) VALUES (2, '条法司')",                                      .uniqueViolation(table: "unit", columns: ["name"])),
            ("INSERT INTO person (id, unit_id, full_name, is_chief) VALUES (9, 1, '李四', TRUE)",     .uniqueViolation(table: "person", columns: ["unit_id", "full_name"])),
            ("INSERT INTO person (id, unit_id, full_name, is_chief) VALUES (9, 7, '赵', TRUE)",       .foreignKey),
            ("INSERT INTO person (id, unit_id, full_name, is_chief) VALUES (9, 1, '', TRUE)",         .checkViolation),
            ("INSERT INTO person (id, unit_id, full_name, is_chief) VALUES (9, 1, NULL, TRUE)",       .notNull),
            ("SELECT nothing FROM nowhere",                                                           .other),
            ("INSERT INTO unit (id, name) VALUES (3, \("a\u{0}b"))",                                  .other),
        ]
        try await FreshDatabase.each(engine, [people]) { database in
            try await database.write { db in
                try db.run("INSERT INTO unit (id, name) VALUES (1, '条法司')")
                try db.insert(li)
            }
            for (statement, kind) in refusals {
                let error = await #expect(throws: StorageError.self) { try await database.write { try $0.run(statement) } }
                #expect(error?.kind == kind)
            }
            #expect(try await database.integrityFaults() == [])
        }
    }

    @Test("counts the rows that changed", arguments: Engine.available)
    func changes(engine: Engine) async throws {
        try await FreshDatabase.each(engine, [people]) { database in
            try await database.write { db in
                let inserted = try db.run("INSERT INTO unit (id, name) VALUES (1, '一'), (2, '二')")
                #expect(inserted == 2)
                #expect(try db.run("UPDATE unit SET name = 'x' WHERE id = 9") == 0)
                #expect(try db.run("DELETE FROM unit WHERE id = 2") == 1)
                let renamed = try db.rows("UPDATE unit SET name = '新' WHERE id = 1 RETURNING name").first
                #expect(renamed?["name"] == .text("新"))
            }
        }
    }

    @Test("hands over ten thousand rows one by one, and the body may ask more", arguments: Engine.available)
    func streaming(engine: Engine) async throws {
        struct Enough: Error {}
        try await FreshDatabase.each(engine, [people]) { database in
            try await database.write { db in
                for id in 1...10_000 { try db.run("INSERT INTO unit (id, name) VALUES (\(id), \("单位\(id)"))") }
            }
            try await database.read { db in
                var sum = 0
                try db.each(Int.self, "SELECT id FROM unit WHERE id > \(0) ORDER BY id") { id in
                    sum += id
                    if id % 2_500 == 0 {
                        let name = try db.scalar(String.self, "SELECT name FROM unit WHERE id = \(id)")
                        #expect(name == "单位\(id)")
                    }
                }
                #expect(sum == 50_005_000)
                #expect(throws: Enough.self) { try db.each("SELECT id FROM unit") { _ in throw Enough() } }
                #expect(try db.scalar(Int.self, "SELECT count(*) FROM unit") == 10_000)
            }
        }
    }

    @Test("loses no step of forty writers at once", arguments: Engine.available)
    func writersAtOnce(engine: Engine) async throws {
        try await FreshDatabase.each(engine, [people]) { database in
            try await database.write { try $0.run("INSERT INTO unit (id, name) VALUES (0, '零')") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...40 {
                    group.addTask {
                        try await database.write { db in
                            let last = try db.scalar(Int.self, "SELECT max(id) FROM unit") ?? 0
                            try db.run("INSERT INTO unit (id, name) VALUES (\(last + 1), \("单位\(last + 1)"))")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let ids = try await database.read { try $0.all(Int.self, "SELECT id FROM unit ORDER BY id") }
            #expect(ids == Array(0...40))
        }
    }

    @Test("orders Chinese text by code point and knows capital letters in LIKE", arguments: Engine.available)
    func sameText(engine: Engine) async throws {
        try await FreshDatabase.each(engine, [people]) { database in
            try await database.write { db in
                for (id, name) in [(1, "北京"), (2, "上海"), (3, "广州"), (4, "Law"), (5, "law")] {
                    try db.run("INSERT INTO unit (id, name) VALUES (\(id), \(name))")
                }
            }
            try await database.read { db in
                let ordered = try db.all(String.self, "SELECT name FROM unit ORDER BY name")
                #expect(ordered == ["Law", "law", "上海", "北京", "广州"])
                #expect(try db.all(Int.self, "SELECT id FROM unit WHERE name LIKE 'L%'") == [4])
            }
        }
    }
}
