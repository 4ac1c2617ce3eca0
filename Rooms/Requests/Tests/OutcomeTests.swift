import Core
import Testing
import WorkCalendar

@Suite("The end of a request")
struct OutcomeTests {
    // Every kind of reply, its article, and the row of table 3 that counts it.
    // The columns are the point.
    // swift-format-ignore
    static let table: [(outcome: Outcome, article: Int, row: String)] = [
        (.alreadyPublic,               36, "（一）予以公开"),
        (.disclosed,                   36, "（一）予以公开"),
        (.partial,                     37, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
        (.stateSecret,                 14, "1.属于国家秘密"),
        (.forbiddenByLaw,              14, "2.其他法律行政法规禁止公开"),
        (.threeSecuritiesOneStability, 14, "3.危及“三安全一稳定”"),
        (.thirdParty,                  15, "4.保护第三方合法权益"),
        (.internalAffairs,             16, "5.属于三类内部事务信息"),
        (.processInfo,                 16, "6.属于四类过程性信息"),
        (.enforcementFile,             16, "7.属于行政执法案卷"),
        (.registryAccess,              36, "8.属于行政查询事项"),
        (.notHeld,                     36, "1.本机关不掌握相关政府信息"),
        (.notThisAgency,               36, "1.本机关不掌握相关政府信息"),
        (.wouldNeedProcessing,         38, "2.没有现成信息需要另行制作"),
        (.unclearAfterCorrection,      30, "3.补正后申请内容仍不明确"),
        (.petition,                    39, "1.信访举报投诉类申请"),
        (.repeated,                    36, "2.重复申请"),
        (.publication,                 39, "3.要求提供公开出版物"),
        (.excessive,                   35, "4.无正当理由大量反复申请"),
        (.confirmOrReissue,            36, "5.要求行政机关确认或重新出具已获取信息"),
        (.notCorrected,                30, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        (.feeNotPaid,                   0, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        (.other,                        0, "3.其他"),
    ]

    @Test("has its article and its row of table 3", arguments: table)
    func rows(outcome: Outcome, article: Int, row: String) {
        #expect(outcome.law.article == article)
        #expect(outcome.row.label.zh == row)
        #expect(Self.table.count == Outcome.allCases.count)
    }

    @Test("is put into words that cite its article and mark what only the officer knows", arguments: Outcome.allCases.filter(\.isReply))
    func template(outcome: Outcome) throws {
        let request = DisclosureRequest(number: "2022-17", filing: DisclosureRequestTests.filing, arrived: Day(2022, 5, 26))
        let text = ReplyTemplate.text(outcome, to: request)
        #expect(text.contains("2022-17"))
        #expect(outcome == .confirmOrReissue || text.contains(outcome.law.citation.zh.replacing("《政府信息公开条例》", with: "")))
        #expect(try #require(ReplyTemplate.gloss(outcome)).isEmpty == false)
        #expect(ReplyTemplate.hasGaps(text) == ![.wouldNeedProcessing, .excessive, .confirmOrReissue].contains(outcome))
    }

    @Test("is no letter where the applicant brought it about", arguments: [Outcome.notCorrected, .feeNotPaid, .other])
    func noLetter(outcome: Outcome) { #expect(ReplyTemplate.gloss(outcome) == nil) }

    // The columns are the point.
    // swift-format-ignore
    @Test("must go to review first, since 2024, only where arts 14 to 16 withhold", arguments: [
        ("2023-12-31", [Outcome]()),
        ("2024-01-01", [.partial, .stateSecret, .forbiddenByLaw, .threeSecuritiesOneStability, .thirdParty, .internalAffairs, .processInfo, .enforcementFile]),
    ])
    func reviewFirst(day: String, first: [Outcome]) throws {
        let day = try #require(Day(day))
        let found = Outcome.allCases.filter {
            Remedy.text(for: $0, on: day, reviewer: Text("本机关", "the agency")).text.zh.contains("先向本机关申请行政复议")
        }
        #expect(found == first)
    }

    // The columns are the point.
    // swift-format-ignore
    @Test("asks for what the law wants done before", arguments: [
        (Outcome.thirdParty, ClockEvent.Kind.thirdPartyAsked), (.unclearAfterCorrection, .corrected), (.excessive, .reasonsAsked),
        (.notCorrected, .correctionAsked), (.feeNotPaid, .feeNoticed),
    ])
    func needs(outcome: Outcome, kind: ClockEvent.Kind) throws {
        #expect(throws: Refusal.self) { try outcome.check(after: [.init(.confirmed, on: Day(2022, 5, 26))]) }
        try outcome.check(after: [.init(kind, on: Day(2022, 5, 27))])
        try Outcome.disclosed.check(after: [])
    }
}

@Suite("A request that is under way")
struct RequestUnderWayTests {
    // The columns are the point.
    // swift-format-ignore
    @Test("takes an opinion whoever's turn it is, and stays there", arguments: [
        DisclosureRequest.State.received, .awaitingCorrection, .awaitingFee, .atUnit, .drafted, .forSignature,
    ], [DisclosureRequest.Step.hearThirdParty, .hearCoProducer])
    func opinion(state: DisclosureRequest.State, step: DisclosureRequest.Step) throws {
        let officer = Actor(person: "lin", name: Text("林", "Lin"), unit: "office", roles: [.disclosureOfficer])
        #expect(try DisclosureRequest.lifecycle.row(step, from: state, by: officer, taken: []).to == state)
    }

    @Test("is derived anew after the calendar changed, with a warning where a recorded step is now too late")
    func recorded() throws {
        let events = [ClockEvent(.extended, on: Day(2022, 3, 29), workingDays: 5), .init(.thirdPartyAsked, on: Day(2022, 3, 29))]
        let weekends = WorkCalendar(
            notices: [2021, 2022].map { .init(year: $0, knownFrom: Day(2021, 1, 1), daysOff: [:], workedWeekends: [:]) }
        )
        let answered = events + [.init(.answered, on: Day(2022, 4, 15))]
        func clock(_ day: Day, isRecorded: Bool) throws -> ReplyClock {
            try ReplyClock.run(arrived: day, by: .inPerson, answered, calendar: weekends, isRecorded: isRecorded)
        }
        #expect(throws: Refusal.self) { _ = try clock(Day(2022, 2, 28), isRecorded: false) }
        let derived = try clock(Day(2022, 2, 28), isRecorded: true)
        #expect(derived.state == .answered)
        #expect(derived.warnings.map(\.date) == [Day(2022, 3, 29), Day(2022, 4, 15)])
    }
}

@Suite("The fee of one applicant's month")
struct MonthlyFeeTests {
    // The columns are the point.
    // swift-format-ignore
    @Test("charges each request for its own items only", arguments: [
        (5, 0, 0), (5, 5, 0), (5, 10, 500), (3, 9, 200), (12, 25, 5 * 100 + 7 * 200), (1, 30, 200), (1, 40, 300), (0, 40, 0),
    ])
    func shares(items: Int, earlier: Int, yuan: Int) throws {
        let charge = try Fee.share(of: items, after: earlier)
        #expect(charge.yuan == yuan)
        #expect(charge.fen == yuan * 100)
        #expect(charge.steps.reduce(0) { $0 + $1.count } == items)
    }

    @Test("is the same for a month however its items are spread over requests")
    func sum() throws {
        var random = SeededRandom(seed: 109)
        for _ in 0..<200 {
            var (earlier, yuan) = (0, 0)
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                let items = Int.random(in: 0...9, using: &random)
                yuan += try Fee.share(of: items, after: earlier).yuan
                earlier += items
            }
            #expect(try Fee.items(earlier).charge().yuan == yuan)
        }
    }

    @Test("names the article beside every step, in both languages")
    func articles() throws {
        let steps = try Fee.pages(201).charge().steps
        #expect(steps.map(\.yuan) == [0, 700, 2000, 40])
        #expect(steps.allSatisfy { $0.article == "《政府信息公开信息处理费管理办法》" && $0.articleEn.hasPrefix("Measures on Fees") })
        #expect(throws: Refusal.self) { try Fee.share(of: -1, after: 3) }
        #expect(throws: Refusal.self) { try Fee.share(of: 1, after: -3) }
        #expect(try Fee.items(0).charge().steps.isEmpty)
    }
}

@Suite("The likeness of two requests")
struct LikenessKeyTests {
    @Test("is found by a shared key among many, and no key joins the unlike")
    func keys() {
        let text = "请公开贵局2021年度专利资助资金拨付的企业名单、金额、拨付日期以及审批依据"
        let near = Set(Likeness("请公开：贵局2021年度专利资助资金拨付的企业名单、金额、拨付日期及审批依据。").keys)
        #expect(Likeness(text).keys.count == 20)
        #expect(Likeness(text).keys == Likeness(text).keys)
        #expect(!near.isDisjoint(with: Likeness(text).keys))
        let others = (0..<500).map { "申请公开第\($0)号商标异议案件的合议组成员和\($0 * 7)年的审查流程" }
        #expect(others.allSatisfy { near.isDisjoint(with: Likeness($0).keys) })
        #expect(Likeness("，。").keys.isEmpty)
    }
}
