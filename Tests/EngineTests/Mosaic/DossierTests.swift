import Mosaic
import Testing

@Suite("What all releases together say of one subject")
struct DossierTests {
    private let key: DossierKey

    init() throws { key = try DossierKey((0..<32).map { UInt8($0) }) }

    private func mention(_ release: String, _ source: Mention.Source = .table, _ facts: (FactKind, String)...) -> Mention {
        Mention(release: release, source: source, place: "row 1", facts: facts, key: key)
    }

    @Test("a gazette gives the name, a reply the telephone, the new table the door")
    func completes() throws {
        let out = Dossiers([
            mention("gazette 2021", .gazette, (.residentID, "11010519491231002X"), (.name, "张三")),
            mention("reply 7", .reply, (.residentID, "11010519491231002x"), (.phone, "138 0013 8000")),
        ])
        let found = out.check([mention("new", .table, (.phone, "+86 13800138000"), (.address, "学院路 1 号"))])
        // The gazette had name and number together already: that is no news.
        #expect(found.map(\.combination) == ["person-door"])
        let door = try #require(found.last)
        #expect(door.kinds == [.name, .address, .phone])
        #expect(door.with == ["gazette 2021"])
        #expect(door.law == "民法典第一千零三十二条、第一千零三十四条；政府信息公开条例第十五条")
        #expect(
            door.sentence.en
                == "row 1: with the name already in «gazette 2021», name, address, telephone of one subject can be put together: "
                + "the person can be found at home (民法典第一千零三十二条、第一千零三十四条；政府信息公开条例第十五条)"
        )
    }

    @Test("what was complete before is no news")
    func known() {
        let out = Dossiers([mention("old", .table, (.name, "张三"), (.residentID, "11010519491231002X"))])
        #expect(out.check([mention("new", .table, (.residentID, "11010519491231002X"), (.amount, "5"))]).isEmpty)
    }

    @Test("the new release alone is told without earlier ones")
    func alone() {
        let found = Dossiers().check([mention("new", .table, (.name, "李四"), (.bankAccount, "6222021234567890128"))])
        #expect(found.map(\.combination) == ["person-account"])
        #expect(found.map(\.with) == [[]])
        #expect(found[0].sentence.zh == "row 1：同一主体的姓名、金融账户一并公开：金融账户属敏感个人信息（个人信息保护法第二十八条）。")
    }

    @Test("a new release that ties two known mentions together is news")
    func ties() {
        let out = Dossiers([
            mention("a", .table, (.phone, "13800138000"), (.name, "王五")),
            mention("b", .document, (.email, "w@x.cn"), (.health, "残疾")),
        ])
        let found = out.check([mention("new", .table, (.phone, "13800138000"), (.email, "W@X.CN"))])
        #expect(found.map(\.combination) == ["person-health"])
        #expect(found.map(\.with) == [["b", "a"]])
    }

    @Test("neighbours at one door are not one person")
    func neighbours() {
        let out = Dossiers([mention("a", .table, (.address, "学院路1号"), (.name, "王五"), (.income, "3000"))])
        let found = out.check([mention("new", .table, (.address, "学院路1号"), (.name, "赵六"), (.creditCode, "91110000600037341L"))])
        #expect(found.isEmpty)
    }

    @Test("an office's telephone ties nobody together")
    func office() {
        let out = Dossiers(["甲", "乙", "丙", "丁"].map { mention("list", .table, (.phone, "01062083114"), (.name, $0)) })
        let found = out.check([mention("new", .table, (.phone, "01062083114"), (.health, "残疾"))])
        #expect(found.map(\.combination) == ["person-health"])
        #expect(found.map(\.with) == [[]])
    }

    @Test("a company's customers in one table and prices in another")
    func company() {
        let out = Dossiers([mention("bids 2021", .table, (.creditCode, "91110000600037341L"), (.customer, "某厂"))])
        let found = out.check([mention("new", .table, (.creditCode, "91110000600037341L"), (.price, "12.5"))])
        #expect(found.map(\.combination) == ["company-terms"])
        #expect(found.map(\.with) == [["bids 2021"]])
    }

    @Test("values are kept only under the key")
    func hashed() throws {
        let other = try DossierKey((0..<32).map { UInt8($0 + 1) })
        let one = Mention(release: "r", source: .table, place: "row 1", facts: [(.name, "张三")], key: key)
        let two = Mention(release: "r", source: .table, place: "row 1", facts: [(.name, "张三")], key: other)
        #expect(one.facts[0].digest != two.facts[0].digest)
        #expect(one.facts[0].digest.bytes.count == 16)
        #expect(throws: MosaicRefused.self) { try DossierKey([1, 2, 3]) }
    }

    @Test("a table's columns say what they hold", arguments: [("法定代表人电话", FactKind.phone), ("身份证地址", .address), ("统一社会信用代码", .creditCode)])
    func columns(name: String, kind: FactKind) { #expect(FactKind.of(column: name) == kind) }

    @Test("every row of a table is a mention; empty cells say nothing")
    func rows() throws {
        let table = try CSV.read("姓名,手机\n张三,13800138000\n李四,\n")
        let mentions = try Mention.rows(of: table, release: "r", kinds: ["姓名": .name, "手机": .phone], key: key)
        #expect(mentions.map(\.facts.count) == [2, 1])
        #expect(mentions.map(\.place) == ["row 1", "row 2"])
    }

    @Test("every row of the rule table cites an article and has its own id")
    func rules() throws {
        let table = SensitiveCombination.table
        #expect(Set(table.map(\.id)).count == table.count)
        #expect(table.allSatisfy { $0.law.contains("条") })
        #expect(throws: MosaicRefused.self) {
            try SensitiveCombination(id: "x", all: [.name], reason: Sentence(zh: "", en: ""), law: "第一条")
        }
    }
}
