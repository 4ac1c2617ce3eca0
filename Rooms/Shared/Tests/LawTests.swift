import Core
import Foundation
import LegalText
import Testing

@Suite("The law we cite")
struct LawTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/law")
        .standardizedFileURL

    // Every article that a table of the house cites.
    static let cited =
        (Review.lifecycle.rows.map(\.law) + Release.lifecycle.rows.map(\.law) + LedgerTask.lifecycle.rows.map(\.law)
        + DisclosureRequest.lifecycle.rows.map(\.law) + Appeal.lifecycle.rows.map(\.law) + Outcome.allCases.map(\.law)
        + MethodQuestions.rows.map(\.law) + Matter.lifecycle.rows.map(\.law) + MatterField.rows.map(\.law)
        + PowerType.rules.flatMap { [$0.level, $0.basis] } + BasisStanding.rows.compactMap(\.law) + [.businessEnvironment(35)]
        + [
            .secrecyRegulation(61), .openness(20), .secrecy(22), .secrecy(31), .secrecy(64), Law(.personalInformation, 25), .review(23),
            .review(48), .review(54), .review(62), .review2017(17), .review2017(23), .review2017(31), .review2017(40), .litigation(67),
            .openness(49), .openness(51),
        ])
        .filter { $0.article > 0 && $0.act != .feeMeasures }

    @Test("has each cited article in docs/law", arguments: Set(cited.map { "\($0.act.rawValue) \($0.article)" }).sorted())
    func exists(citation: String) throws {
        let parts = citation.split(separator: " ").map(String.init)
        let act = try #require(Law.Act(rawValue: parts[0]))
        let file = try #require(act.file, "\(act) has no text in docs/law")
        let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
        #expect(Article.read(text).contains { $0.ordinal == Int(parts[1]) })
    }
}
