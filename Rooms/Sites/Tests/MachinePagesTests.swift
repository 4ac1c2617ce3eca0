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

    private static func lines(_ path: String) throws -> [String] {
        try String(contentsOf: room.appending(path: path), encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test("is described path by path, no more and no less")
    func described() throws {
        let described = try Self.lines("api.yaml").filter { $0.hasPrefix("  /") }.map { $0.dropFirst(2).dropLast() }
        let machines =
            try Self.lines("Web/MachinePages.swift") + Self.lines("Web/SearchPages.swift")
            + Self.lines("../Datasets/Web/OpenDataPages.swift")
        let routed = machines.compactMap { line -> String? in
            guard let start = line.range(of: "router.get(\"") else { return nil }
            let path = "/" + line[start.upperBound...].prefix { $0 != "\"" }
            return path.split(separator: "/", omittingEmptySubsequences: false)
                .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
        }
        #expect(Set(described.map(String.init)) == Set(routed))
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
