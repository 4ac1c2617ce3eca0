import Mosaic
import Testing

/// The attacks by definition, on rows of text.
private struct BruteForce {
    let new: [[String]]
    let olds: [[[String]]]
    /// Columns 0 ..< quasi are quasi-identifiers, the last is sensitive, in all tables.
    let quasi: Int

    private func crowd(_ row: [String]) -> [[String]] { new.filter { $0.prefix(quasi).elementsEqual(row.prefix(quasi)) } }

    private func matches(_ row: [String], _ old: [[String]]) -> [[String]] {
        old.filter { $0.prefix(quasi).elementsEqual(row.prefix(quasi)) }
    }

    var unique: Int { new.filter { row in crowd(row).count == 1 && olds.contains { !matches(row, $0).isEmpty } }.count }

    func belowK(_ k: Int) -> Int { new.filter { row in crowd(row).count < k && olds.contains { !matches(row, $0).isEmpty } }.count }

    /// Whoever stands behind the row is in the releases that hold its value; what is in all of those remains possible.
    var certain: Int {
        new.filter { row in
            let met = olds.map { matches(row, $0) }
            guard met.contains(where: { !$0.isEmpty }), let own = row.last else { return false }
            var left = Set(crowd(row).map { $0[quasi] })
            for old in met where old.contains(where: { $0[quasi] == own }) { left.formIntersection(old.map { $0[quasi] }) }
            return left == [own]
        }.count
    }
}

@Suite("The attacks against brute force on small random releases")
struct CheckBruteTests {
    @Test("of 10,000 instances none is called safer than it is", .timeLimit(.minutes(5)))
    func noFalseSafe() throws {
        var roller = TableDice(2022)
        var exact = 0
        for _ in 0..<10_000 {
            let quasi = 1 + roller.roll(2)
            func rows(_ most: Int) -> [[String]] {
                (0..<(1 + roller.roll(most))).map { _ in
                    (0..<quasi).map { _ in ["p", "q", "r"][roller.roll(3)] } + [["u", "v", "w", "x"][roller.roll(4)]]
                }
            }
            let brute = BruteForce(new: rows(9), olds: (0..<(1 + roller.roll(3))).map { _ in rows(9) }, quasi: quasi)
            let names = (0..<quasi).map { "q\($0)" } + ["s"]
            let earlier = try brute.olds.enumerated().map {
                EarlierRelease(name: "\($0.offset)", table: try Microdata(names: names, rows: $0.element))
            }
            let found = try Mosaic.check(
                Microdata(names: names, rows: brute.new),
                against: earlier,
                quasi: Array(names.dropLast()),
                sensitive: ["s"],
                k: 3,
                cures: false
            )
            let isOneValue = Set(brute.new.map { $0[quasi] }).count == 1
            #expect(found.unique >= brute.unique)
            #expect(found.belowK >= brute.belowK(3))
            // A sensitive column of one value in the whole table tells nothing.
            #expect(isOneValue || found.certain >= brute.certain)
            let onlyLinks = found.findings.allSatisfy { $0.attack == .linkage || $0.attack == .intersection }
            if onlyLinks, !isOneValue {
                #expect(found.unique == brute.unique)
                #expect(found.certain == brute.certain)
                exact += 1
            }
        }
        #expect(exact > 5_000)
    }

    @Test("with missing values in either table, who can be told is told")
    func wildcards() throws {
        var roller = TableDice(5)
        for _ in 0..<2_000 {
            func rows() -> [[String?]] {
                (0..<(1 + roller.roll(6))).map { _ in
                    (0..<2).map { _ in roller.roll(5) == 0 ? nil : ["p", "q"][roller.roll(2)] } + [["u", "v", "w"][roller.roll(3)]]
                }
            }
            let (new, old) = (rows(), rows())
            func meet(_ one: [String?], _ two: [String?]) -> Bool {
                (0..<2).allSatisfy { one[$0] == nil || two[$0] == nil || one[$0] == two[$0] }
            }
            let unique = new.filter { row in new.filter { meet(row, $0) }.count == 1 && old.contains { meet(row, $0) } }.count
            let names = ["a", "b", "s"]
            let found = try Mosaic.check(
                Microdata(names: names, rows: new),
                against: [EarlierRelease(name: "old", table: Microdata(names: names, rows: old))],
                quasi: ["a", "b"],
                sensitive: ["s"],
                k: 2,
                cures: false
            )
            #expect(found.unique >= unique)
            if found.findings.allSatisfy({ $0.attack == .linkage || $0.attack == .intersection }) { #expect(found.unique == unique) }
        }
    }
}
