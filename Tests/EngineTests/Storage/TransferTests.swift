import Synchronization
import TestSupport
import Testing

@testable import Storage

private let schema = [
    Migration(
        "2026-01-01 things",
        """
        CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT, open BOOLEAN NOT NULL, weight DOUBLE PRECISION, seal BYTEA);
        CREATE TABLE part (thing_id BIGINT NOT NULL REFERENCES thing (id), number BIGINT NOT NULL, PRIMARY KEY (thing_id, number));
        """
    )
]

/// Lines in memory that can be read again from the first.
private final class Lines: Sendable {
    private let state: Mutex<(lines: [String], next: Int)>

    init(_ lines: [String] = []) { state = Mutex((lines, 0)) }

    var all: [String] { state.withLock { $0.lines } }
    func append(_ line: String) { state.withLock { $0.lines.append(line) } }
    func rewind() { state.withLock { $0.next = 0 } }
    func next() -> String? {
        state.withLock { state in
            guard state.next < state.lines.count else { return nil }
            state.next += 1
            return state.lines[state.next - 1]
        }
    }
}

@Suite("An export")
struct TransferTests {
    @Test("is filled in again the same, from each engine into each", arguments: Engine.available, Engine.available)
    func roundTrip(from: Engine, into: Engine) async throws {
        let expected = [
            #"{"tables":["thing","part"]}"#,
            #"{"table":"thing","row":{"id":1,"name":"引号\" 反\\斜 换\n行 \u0001 😀","open":true,"weight":2.0,"seal":{"base64":"AP9c"}}}"#,
            #"{"table":"thing","row":{"id":9007199254740993,"name":null,"open":false,"weight":0.1,"seal":null}}"#,
            #"{"table":"part","row":{"thing_id":1,"number":-7}}"#,
        ]
        try await FreshDatabase.each(from, schema) { source in
            try await source.write { db in
                let name = "引号\" 反\\斜 换\n行 \u{1} 😀"
                try db.run(
                    """
                    INSERT INTO thing (id, name, open, weight, seal)
                    VALUES (1, \(name), TRUE, 2, \([0, 255, 92] as [UInt8])), (9007199254740993, NULL, FALSE, 0.1, NULL)
                    """
                )
                try db.run("INSERT INTO part (thing_id, number) VALUES (1, -7)")
            }
            let lines = Lines()
            #expect(try await source.export(["thing", "part"], to: lines.append) == 3)
            #expect(lines.all == expected)
            try await FreshDatabase.each(into, schema) { target in
                #expect(try await target.fill(["thing", "part"], from: lines.next, rewind: lines.rewind) == 3)
                let again = Lines()
                try await target.export(["thing", "part"], to: again.append)
                #expect(again.all == expected)
            }
        }
    }

    @Test(
        "is refused whole when one line is not of it",
        arguments: [
            #"{"table":"thing","row":{"id":2,"open":true,"colour":"red"}}"#,
            #"{"table":"sqlite_master","row":{"name":"x"}}"#,
            #"{"table":"thing","row":{"id":2,"open":true}"#,
            #"{"table":"thing","row":{"id":[2],"open":true}}"#,
            #"{"table":"thing","row":{}}"#,
            #"{"table":"part","row":{"thing_id":77,"number":1}}"#,
            "",
        ]
    )
    func refused(line: String) async throws {
        for engine in Engine.available {
            try await FreshDatabase.each(engine, schema) { target in
                let good = #"{"table":"thing","row":{"id":1,"open":true}}"#
                let lines = Lines([#"{"tables":["thing"]}"#, good, line])
                await #expect(throws: StorageError.self) {
                    try await target.fill(["thing", "part"], from: lines.next, rewind: lines.rewind)
                }
                let count = try await target.read { try $0.scalar(Int.self, "SELECT count(*) FROM thing") }
                #expect(count == 0)
            }
        }
    }

    @Test("reads lines broken in ten thousand ways without harm")
    func fuzz() throws {
        var dice = Dice(seed: 7)
        let row = #"{"id":1,"name":"\ud83d\ude00\n","open":true,"w":-2.5e3,"s":{"base64":"AP9c"},"n":null}"#
        let line = Array(#"{"table":"thing","row":\#(row)}"#.utf8)
        #expect(throws: Never.self) { try JSONLine.parse(String(decoding: line, as: UTF8.self)) }
        var refused = 0
        for _ in 1...10_000 {
            var broken = line
            for _ in 0...Int(dice.next() % 4) {
                broken[Int(dice.next() % UInt64(broken.count))] = UInt8(truncatingIfNeeded: dice.next())
            }
            broken.removeLast(Int(dice.next() % 3))
            do { _ = try JSONLine.parse(String(decoding: broken, as: UTF8.self)) } catch { refused += 1 }
        }
        #expect(refused > 5_000)
        #expect(throws: StorageError.self) { try JSONLine.parse(String(repeating: "[", count: 1_000_000)) }
    }
}
