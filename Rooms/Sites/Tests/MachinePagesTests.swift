import Core
import Foundation
import Records
import Storage
import TestSupport
import Testing
import Web

@Suite("The interface for software")
struct MachinePagesTests {
    private static let room = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    @Test("is described path by path, no more and no less")
    func described() throws {
        let files = ["Web/MachinePages.swift", "Web/SearchPages.swift", "../Datasets/Web/OpenDataPages.swift"]
        let routed = try Described.routes(in: files, of: Self.room)
        #expect(Set(try Described.paths(of: Self.room)) == Set(routed))
        #expect(routed.count == 15)
    }

    @Test("answers each described path")
    func answers() async throws {
        try await FreshDatabase.each(.sqlite, HouseSchema.all) { database in
            let gate = try await Gate(database)
            let key = try await gate.released()
            let visitor = Visitor(gate.house)
            for path in [
                "/api/v1/search?q=%E8%A7%82", "/api/v1/suggest?q=%E8%A7%82", "/api/v1/releases/\(key)", "/api/v1/datasets", "/log/head",
                "/log/key", "/log/leaf/0",
                "/log/proof/inclusion?leaf=0",
                "/log/proof/consistency?from=0&to=1", "/feed.atom?lang=en", "/sitemap.xml", "/robots.txt", "/health", "/metrics",
            ] {
                let answer = try await visitor.get(path)
                #expect(answer.status == 200, "\(path)")
                #expect(!answer.body.isEmpty)
            }
        }
    }
}
