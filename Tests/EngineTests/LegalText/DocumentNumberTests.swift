import LegalText
import Testing

@Suite("A document number")
struct DocumentNumberTests {
    // The columns are the point.
    // swift-format-ignore
    @Test("is printed in one form, however it was typed", arguments: [
        ("国知办函办字〔2022〕495号",      "国知办函办字〔2022〕495号"),
        ("国知办函办字[2022]495号",        "国知办函办字〔2022〕495号"),
        ("国知办函办字［2022］495号",      "国知办函办字〔2022〕495号"),
        ("国知办函办字（2022）495号",      "国知办函办字〔2022〕495号"),
        ("国知办函办字(2022)第495号",      "国知办函办字〔2022〕495号"),
        (" 国办发【２０１８】１２３号 ",   "国办发〔2018〕123号"),
        ("皖政办秘〔2018〕0185号",         "皖政办秘〔2018〕185号"),
        ("国家知识产权局令第73号",         "国家知识产权局令第73号"),
        ("国家知识产权局令（第七十三号）", "国家知识产权局令第73号"),
        ("国家知识产权局令第七十三号",     "国家知识产权局令第73号"),
        ("国家知识产权局公告第五一〇号",   "国家知识产权局公告第510号"),
        ("国务院令第711号",                "国务院令第711号"),
    ])
    func normalised(typed: String, printed: String) {
        #expect(DocumentNumber(typed)?.normalised == printed)
    }

    @Test("has an agency, a year and a serial")
    func parts() throws {
        let number = try #require(DocumentNumber("国知办函办字〔2022〕495号"))
        #expect(number.form == .yearly)
        #expect(number.agency == "国知办函办字")
        #expect(number.year == 2022)
        #expect(number.serial == 495)
        #expect(!number.isRomanised)
        #expect(DocumentNumber("国务院令第711号")?.year == nil)
    }

    @Test("in Latin letters is kept as read, for an officer to type")
    func romanised() throws {
        let number = try #require(DocumentNumber("Guozhiban Hanbanzi [2022] No. 495"))
        #expect(number.isRomanised)
        #expect(number.normalised == "Guozhiban Hanbanzi [2022] No. 495")
        #expect(number.year == 2022)
        #expect(number.serial == 495)
    }

    @Test(
        "is not seen where none is",
        arguments: [
            "", "〔2022〕495号", "国知办〔22〕495号", "国知办〔2022〕0号", "国知办〔2022〕495", "国知办〔2022495号",
            "根据国办发〔2018〕123号，制定本办法。", "令第73号", "第七十三号",
        ]
    )
    func none(text: String) {
        #expect(DocumentNumber(text) == nil)
    }
}
