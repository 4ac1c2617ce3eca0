import Core
import Foundation
import HTTPTypes
import Records
import Storage
import TestSupport
import Testing
import Web

@Suite("A long text")
struct LongTextTests {
    @Test("is several pages, each light, and every article's address leads to its place")
    func parts() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let sentence = String(repeating: "本条规定的事项由主管部门依照法律办理。", count: 8)
            let body = (1...400).map { number in
                (number % 100 == 1 ? "第\(["一", "二", "三", "四"][number / 100])章 分则\n" : "")
                    + "第\(Self.numeral(number))条 \(number == 399 ? "罕见词语。" : "")\(sentence)"
            }
            let key = try await gate.release(try await gate.draft(body.joined(separator: "\n")))
            let visitor = Visitor(gate.house)
            let first = try await visitor.get("/zh/releases/\(key)")
            #expect(first.status == 200)
            #expect(first.body.utf8.count < 60_000)
            #expect(first.body.contains("本文分为几页"))
            let second = try await visitor.get("/zh/releases/\(key)/2")
            #expect(second.status == 200)
            #expect(second.body.utf8.count < 60_000)
            #expect(try await visitor.get("/zh/releases/\(key)/99").status == 404)
            #expect(try await visitor.get("/zh/releases/\(key)/1").status == 404)
            #expect(try await visitor.get("/zh/releases/\(key)/proof").status == 200)
            let found = try await gate.house.releases.search("罕见词语").results.first
            let anchor = try #require(found).anchor
            let place = try await visitor.get("/zh/releases/\(key)/articles/\(anchor)")
            #expect(place.status == 303)
            let address = try #require(place.headers[.location])
            let page = try await visitor.get(String(address.prefix { $0 != "#" }))
            #expect(page.body.contains("id=\"\(anchor)\""))
            #expect(try await visitor.get("/zh/releases/\(key)/articles/none").status == 404)
        }
    }

    private static func numeral(_ number: Int) -> String {
        let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10)
        var text = hundreds > 0 ? digits[hundreds] + "百" : ""
        if tens > 0 { text += (tens == 1 && hundreds == 0 ? "" : digits[tens]) + "十" } else if hundreds > 0, ones > 0 { text += "零" }
        return text + (ones > 0 ? digits[ones] : "")
    }
}
