import LegalText
import Testing

@Suite("A Chinese numeral")
struct ChineseNumeralTests {
    @Test(
        "is read in place values and in rows of digits",
        arguments: [
            ("〇", 0), ("零", 0), ("十", 10), ("十二", 12), ("二十八", 28), ("一百零五", 105), ("一百五", 105),
            ("两千", 2000), ("二〇二二", 2022), ("二○二二", 2022), ("一千二百六十", 1260), ("三万零一", 30_001),
            ("十万", 100_000), ("一亿两千万", 120_000_000),
        ]
    )
    func reading(text: String, value: Int) {
        #expect(ChineseNumeral.value(of: text) == value)
    }

    @Test(
        "is none where the signs make no number",
        arguments: ["", "条", "百", "二三十", "十十", "一百一千", "万", "一万一万", "二十八条", "28"]
    )
    func nonsense(text: String) {
        #expect(ChineseNumeral.value(of: text) == nil)
    }

    @Test(
        "is written as laws print it",
        arguments: [(10, "十"), (28, "二十八"), (105, "一百零五"), (110, "一百一十"), (1260, "一千二百六十"), (10_010, "一万零一十")]
    )
    func writing(value: Int, text: String) {
        #expect(ChineseNumeral.text(of: value) == text)
    }

    @Test("reads back everything that it writes")
    func roundTrip() {
        var dice = LegalTextDice(1)
        let values = Array(0...20_000) + (0..<5000).map { _ in Int.random(in: 0..<1_000_000_000_000, using: &dice) }
        for value in values {
            let text = ChineseNumeral.text(of: value)
            #expect(ChineseNumeral.value(of: text) == value, "\(text)")
        }
    }
}
