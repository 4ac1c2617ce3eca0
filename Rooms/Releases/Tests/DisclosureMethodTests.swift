import Core
import Foundation
import Testing

@Suite("The choice of how to disclose")
struct DisclosureMethodTests {
    typealias Answers = [MethodQuestions.Question: MethodQuestions.Answer]

    /// Nothing stands in the way of it.
    static let free: Answers = [
        .madeOrHeldByUs: .yes, .stateSecret: .no, .forbiddenByLaw: .no, .threeSecuritiesOneStability: .no, .tradeSecret: .no,
        .personalPrivacy: .no, .otherThirdPartyHarm: .no, .internalAffairs: .no, .processInfo: .no, .enforcementFile: .no,
        .concernsOtherAgencies: .no, .needsApproval: .no, .scopePrescribed: .no, .publicInterest: .yes, .forTheGazette: .no,
    ]

    // The columns are the point.
    // swift-format-ignore
    static let cases: [(Answers, DisclosureMethod, String)] = [
        ([:],                                                           .internet,      "《政府信息公开条例》第二十三条"),
        ([.forTheGazette: .yes],                                        .gazette,       "《政府信息公开条例》第二十三条"),
        ([.madeOrHeldByUs: .no],                                        .refer,         "《政府信息公开条例》第十条"),
        ([.stateSecret: .yes],                                          .notDisclosed,  "《政府信息公开条例》第十四条"),
        ([.threeSecuritiesOneStability: .unsure],                       .refer,         "《政府信息公开条例》第十四条"),
        ([.tradeSecret: .yes, .thirdPartyConsents: .yes],               .internet,      "《政府信息公开条例》第二十三条"),
        ([.personalPrivacy: .yes, .thirdPartyConsents: .no, .publicInterestOverride: .no, .separable: .yes], .partial, "《政府信息公开条例》第三十七条"),
        ([.tradeSecret: .yes, .thirdPartyConsents: .no, .publicInterestOverride: .yes], .internet, "《政府信息公开条例》第二十三条"),
        ([.processInfo: .yes, .mustDiscloseByLaw: .no, .disclosedAllTheSame: .no, .separable: .no], .notDisclosed, "《政府信息公开条例》第三十七条"),
        ([.internalAffairs: .yes, .mustDiscloseByLaw: .yes],            .internet,      "《政府信息公开条例》第二十三条"),
        ([.concernsOtherAgencies: .yes, .otherAgenciesConfirmed: .no],  .refer,         "《政府信息公开条例》第十一条"),
        ([.scopePrescribed: .yes],                                      .limitedScope,  "本机关规定"),
        ([.publicInterest: .no, .onlySpecificPersons: .yes],            .limitedScope,  "《政府信息公开条例》第十三条"),
        ([.publicInterest: .no, .onlySpecificPersons: .no],             .onApplication, "《政府信息公开条例》第十三条"),
    ]

    @Test("follows the law's questions to the end, with the last article", arguments: cases)
    func ends(changed: Answers, method: DisclosureMethod, article: String) throws {
        let outcome = try MethodQuestions.outcome(Self.free.merging(changed) { $1 })
        #expect(outcome.method == method)
        #expect(outcome.path.last.map { Self.numbered($0.article) } == Self.numbered(article))
    }

    /// Articles cited in figures or in Chinese numerals are the same.
    private static func numbered(_ text: String) -> String {
        let names = ["十": "10", "十一": "11", "十三": "13", "十四": "14", "二十三": "23", "三十七": "37"]
        guard let start = text.range(of: "第"), let end = text.range(of: "条", options: .backwards) else { return text }
        let number = String(text[start.upperBound..<end.lowerBound])
        return String(text[..<start.upperBound]) + (names[number] ?? number) + "条"
    }

    @Test("has one row a question, and every question is asked by another")
    func table() {
        let rows = MethodQuestions.rows
        #expect(rows.map(\.question) == MethodQuestions.Question.allCases)
        var asked: Set<MethodQuestions.Question> = [.madeOrHeldByUs]
        for row in rows {
            for case .ask(let question)? in [row.yes, row.no, row.unsure] { asked.insert(question) }
        }
        #expect(asked == Set(MethodQuestions.Question.allCases))
    }

    @Test("says which question is open")
    func open() throws {
        let outcome = try MethodQuestions.outcome([.madeOrHeldByUs: .yes, .stateSecret: .no])
        #expect(outcome.method == nil)
        #expect(outcome.open == .forbiddenByLaw)
        #expect(outcome.path.count == 2)
    }

    @Test("takes no doubt where someone must find out")
    func doubt() {
        #expect(throws: Refusal.self) { try MethodQuestions.outcome(Self.free.merging([.processInfo: .unsure]) { $1 }) }
    }

    @Test("names the duties that come with the way chosen")
    func duties() throws {
        let out = try MethodQuestions.outcome(Self.free.merging([.personalPrivacy: .yes, .thirdPartyConsents: .yes]) { $1 })
        #expect(out.duties.map(\.en).contains { $0.hasPrefix("Assess the impact") })
        let kept = try MethodQuestions.outcome(Self.free.merging([.stateSecret: .yes]) { $1 })
        #expect(kept.duties.map(\.en) == ["Assess again from time to time; disclose what circumstances no longer forbid."])
    }
}
