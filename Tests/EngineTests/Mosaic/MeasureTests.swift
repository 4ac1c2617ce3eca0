import Foundation
import Mosaic
import Testing

@Suite("What a table discloses")
struct MeasureTests {
    private let quasi = ["Teacher", "Gender", "Ethnic", "Freeredu", "wesson"]

    private func table(_ name: String) throws -> Microdata {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try CSV.read(file: folder.appendingPathComponent("Fixtures/microdata/\(name)").path)
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("agrees with the reference for the students' scores", arguments: [
        ("StudentsMath_Score_k5.csv", 154, 5, 0.5,                4, 3, 29.8,              5.0369526024136295, 3.427514689979529,  0.31023287057769827),
        ("StudentsMath_Score_k7.csv", 64,  7, 0.2857142857142857, 6, 5, 8.142857142857142, 4.1588830833596715, 2.2129729343043585, 0.19748883928571426),
    ])
    func reference(
        file: String, rows: Int, k: Int, alpha: Double, l: Int, entropy: Int, beta: Double, enhanced: Double, delta: Double, t: Double
    ) throws {
        let measures = try Mosaic.measure(table(file), quasi: quasi, sensitive: ["Score"])
        #expect(measures.rows == rows)
        #expect(measures.k == k)
        #expect(measures.lDistinct == l)
        #expect(try near(#require(measures.alpha), alpha))
        #expect(try Int(#require(measures.lEntropy)) == entropy)
        #expect(try near(#require(measures.beta), beta))
        #expect(try near(#require(measures.betaEnhanced), enhanced))
        #expect(try near(#require(measures.delta), delta))
        #expect(try near(#require(measures.t), t))
    }

    @Test("recursive (c,l)-diversity counts from the most frequent value")
    func recursive() throws {
        let rows = (0..<10).map { ["x", $0 < 8 ? "a" : "\($0)"] }
        let measures = try Mosaic.measure(Microdata(names: ["q", "s"], rows: rows), quasi: ["q"], sensitive: ["s"])
        #expect(measures.c == ["2": 4.0, "3": 8.0])
        let poor = try Mosaic.measure(Microdata(names: ["q", "s"], rows: [["x", "a"], ["x", "a"]]), quasi: ["q"], sensitive: ["s"])
        let none = try #require(poor.c)
        #expect(none.keys.sorted() == ["2"])
        #expect(none.values.allSatisfy { $0 == nil })
        #expect(poor.lEntropy == 1)
    }

    @Test("distances by hand: salaries 3k to 11k, the crowd {3k, 4k, 5k} is 0.375 away, {6k, 8k, 11k} 0.167")
    func distances() throws {
        let salaries = [("a", "3"), ("a", "4"), ("a", "5"), ("b", "6"), ("b", "8"), ("b", "11"), ("c", "7"), ("c", "9"), ("c", "10")]
        let all = try Microdata(names: ["q", "s"], rows: salaries.map { [$0.0, $0.1] })
        let measures = try Mosaic.measure(all, quasi: ["q"], sensitive: ["s"])
        #expect(try near(#require(measures.tOrdered), 0.375))
        #expect(try near(#require(measures.tEqual), 2.0 / 3))
        let rest = salaries.map { [$0.0 == "b" ? "b" : "rest", $0.1] }
        let one = try Mosaic.measure(Microdata(names: ["q", "s"], rows: rest), quasi: ["q"], sensitive: ["s"])
        #expect(try near(#require(one.t), 1.0 / 6))
    }

    @Test("a missing value is one value, or any")
    func missing() throws {
        let rows: [[String?]] = [["1", "m"], ["1", nil], ["2", "f"], ["2", "f"], [nil, "f"]]
        let table = try Microdata(names: ["a", "b"], rows: rows)
        let value = try Mosaic.measure(table, quasi: ["a", "b"])
        #expect(value.classes == 4)
        #expect(value.k == 1)
        #expect(value.uniques == 3)
        let wildcard = try Mosaic.measure(table, quasi: ["a", "b"], missing: .wildcard)
        // (1,m) is like (1,?); (1,?) is like (1,m) and (?,f); (2,f) is like itself twice and (?,f).
        #expect(wildcard.k == 2)
        #expect(wildcard.uniques == 0)
        #expect(near(wildcard.risk?.prosecutorAverage ?? 0, (1.0 / 2 + 1.0 / 3 + 2.0 / 3 + 1.0 / 4) / 5))
    }

    @Test("the prosecutor, the journalist and the uniques of a population of which a tenth was asked")
    func risk() throws {
        let table = try Microdata(names: ["q"], rows: [["a"], ["a"], ["b"], ["c"]])
        let risk = try #require(Mosaic.measure(table, quasi: ["q"], population: 0.1).risk)
        #expect(risk.prosecutorAverage == 0.75)
        #expect(risk.prosecutorMax == 1)
        #expect(near(risk.journalistMax, 0.1))
        #expect(risk.sampleUniques == 0.5)
        // Zayatz by hand: 2 of 3 classes are single; P(seen once | size 1) = 4/40, of size 2: 2 * 4 * 36 / (40 * 39).
        let pairOnce = 2.0 * 4 * 36 / (40 * 39)
        #expect(near(try #require(risk.zayatz), 0.5 * (2 * 0.1) / (2 * 0.1 + pairOnce)))
        #expect(try #require(Mosaic.measure(table, quasi: ["q"], population: 1).risk).dankar == 0.5)
    }

    @Test("special uniques score (n - size)!, and only minimal ones")
    func suda() throws {
        let rows = [["u", "f", "s", "e"], ["u", "f", "s", "e"], ["u", "m", "s", "e"], ["r", "m", "p", "e"], ["r", "m", "s", "d"]]
        let table = try Microdata(names: ["a", "b", "c", "d"], rows: rows)
        let uniques = try Mosaic.specialUniques(table, quasi: ["a", "b", "c", "d"])
        // Row 3: (u,m), (m,s,e) -> 2! + 1!; row 4: p, (r,e), -> 3! + 2!, (m,e) holds row 3 too; row 5: d, (r,s) -> 3! + 2!.
        #expect(uniques.scores == [0, 0, 3, 8, 8])
        #expect(uniques.summary.rows == 3)
        #expect(try Mosaic.measure(table, quasi: ["a", "b", "c", "d"], suda: true).suda == uniques.summary)
    }

    @Test("distinction and separation of every set of columns")
    func sets() throws {
        let table = try Microdata(names: ["a", "b"], rows: [["1", "x"], ["1", "x"], ["1", "y"], ["2", "y"]])
        let sets = try Mosaic.columnSets(table, quasi: ["a", "b"])
        #expect(sets.map(\.columns) == [["a"], ["b"], ["a", "b"]])
        #expect(sets.map(\.distinction) == [0.5, 0.5, 0.75])
        #expect(sets.map(\.uniques) == [1, 0, 2])
        #expect(zip(sets.map(\.separation), [0.5, 4.0 / 6, 5.0 / 6]).allSatisfy(near))
    }

    @Test("questions that make no sense are refused")
    func refusals() throws {
        let table = try Microdata(names: ["a", "b"], rows: [["1", "x"]])
        #expect(throws: MosaicRefused.self) { try Mosaic.measure(table, quasi: []) }
        #expect(throws: MosaicRefused.self) { try Mosaic.measure(table, quasi: ["z"]) }
        #expect(throws: MosaicRefused.self) { try Mosaic.measure(table, quasi: ["a"], sensitive: ["a"]) }
        #expect(throws: MosaicRefused.self) { try Mosaic.measure(table, quasi: ["a"], population: 0) }
        #expect(throws: MosaicRefused.self) { try Mosaic.measure(CSV.read("a,b\n"), quasi: ["a"]) }
    }

    @Test("roles are proposed with their reason")
    func roles() throws {
        let header = "姓名,性别,page,诊断,编号,city_code"
        let table = try CSV.read(header + "\n甲,男,1,流感,1,110000\n乙,女,2,流感,2,310000\n")
        #expect(Mosaic.proposeRoles(table).map(\.role) == [.identifier, .quasi, .quasi, .sensitive, .identifier, .quasi])
    }

    private func near(_ one: Double, _ two: Double) -> Bool { abs(one - two) <= 1e-9 * max(1, abs(two)) }
}
