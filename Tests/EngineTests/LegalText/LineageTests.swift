import LegalText
import Testing

@Suite("The lineage of articles")
struct LineageTests {
    private let older = LawText.read("第一条 为了节约用水，制定本办法。\n第二条 单位应当采取措施节约用水，防止浪费。\n第三条 本办法由水务局负责解释。")

    @Test("follows words through new numbers, and ignores punctuation and blanks")
    func follows() {
        let newer = LawText.read("第一条 为了节约用水,制定本办法.\n第二条 水资源属于国家所有。\n第二条之一 单位应当采取有效措施节约用水，防止浪费。\n第五条 本办法由水务局负责解释。")
        let pairs = Lineage(from: older, to: newer).pairs
        #expect(pairs.map(\.change) == [.same, .added, .renumberedAndChanged, .renumbered])
        #expect(pairs.map(\.older) == [0, nil, 1, 2])
    }

    @Test("tells what was struck where it stood")
    func struck() {
        let pairs = Lineage(from: older, to: LawText.read("第一条 为了节约用水，制定本办法。\n第二条 本办法由水务局负责解释。")).pairs
        #expect(pairs.map(\.change) == [.same, .removed, .renumbered])
    }

    @Test(
        "shows the words that differ",
        arguments: [
            ("单位应当节水。", "单位和个人应当节水。", ["=单位", "+和个人", "=应当节水。"]),
            ("处一千元罚款", "处二千元罚款", ["=处", "-一", "+二", "=千元罚款"]),
            ("甲，乙", "甲、乙", ["=甲、乙"]),
            ("", "新", ["+新"]),
        ]
    )
    func words(older: String, newer: String, runs: [String]) {
        let signs: [WordDiff.Run.Kind: String] = [.same: "=", .added: "+", .removed: "-"]
        #expect(WordDiff(from: older, to: newer).runs.map { (signs[$0.kind] ?? "?") + $0.text } == runs)
    }
}
