import Foundation
import Scan
import Testing

// The columns are the point.
// swift-format-ignore
private let seen: [(String, Finding.Rule, Finding.Severity)] = [
    ("身份证号11010519491231002X。",        .residentID,  .serious),
    ("身份证号１１０１０５１９４９１２３１００２Ｘ", .residentID, .serious),
    ("编号440524188001010014的",            .residentID,  .serious),
    ("号码110105 19491231 002X",            .residentID,  .serious),
    ("写错的110105194912310021",            .residentID,  .suspect),
    ("代码91350100M000100Y43",              .creditCode,  .notice),
    ("代码91110000600037341L",              .creditCode,  .notice),
    ("代码12100000400000624D",              .creditCode,  .notice),
    ("写错的91350211M00013FA1N",            .creditCode,  .suspect),
    ("卡号6222021234567890128",             .bankCard,    .serious),
    ("卡号4111 1111 1111 1111",             .bankCard,    .serious),
    ("电话13751089600。",                   .mobile,      .serious),
    ("电话+86 137-5108-9600",               .mobile,      .serious),
    ("致电010-62083114",                    .landline,    .notice),
    ("Telephone:+86-755-82566227",          .landline,    .notice),
    ("邮箱zhang.san＠cnipa.gov.cn收",       .email,       .notice),
    ("本件为内部资料",                      .workSecret,  .notice),
    ("机密★10年",                           .secrecyMark, .refuse),
    ("绝 密 ☆ 长期",                        .secrecyMark, .refuse),
    ("标题\n秘密\n正文",                    .secrecyMark, .refuse),
    ("秘密\n★ 5年",                         .secrecyMark, .refuse),
    ("机密＊2030年解密",                    .secrecyMark, .refuse),
    ("TOP SECRET\nthe text",                .secrecyMark, .refuse),
]

private let unseen = [
    "国家秘密的密级分为绝密、机密、秘密三级。", "绝密级国家秘密是最重要的国家秘密", "国知办函办字〔2022〕495号", "自2022年5月26日起施行",
    "专利申请号202210123456.7", "第一千二百六十条", "共1234567890件", "2019年至2023年共计13980件", "state secrets, secret ballots",
    "@某某的评论", "3.14159265358979", "000014349/2018-00221",
]

@Suite("The scan")
struct ScanTests {
    @Test("sees what is there, disguised or not", arguments: seen)
    func finds(text: String, rule: Finding.Rule, severity: Finding.Severity) {
        let found = Scan.findings(in: text)
        #expect(found.map(\.rule) == [rule])
        #expect(found.map(\.severity) == [severity])
    }

    @Test("sees nothing where nothing is", arguments: unseen)
    func passes(text: String) {
        #expect(Scan.findings(in: text).map(\.printed) == [])
    }

    @Test("points into the original text")
    func places() throws {
        let text = "甲。电话１３７ ５１０８ ９６００，乙"
        let finding = try #require(Scan.findings(in: text).first)
        #expect(String(decoding: Array(text.utf8)[finding.range], as: UTF8.self) == "１３７ ５１０８ ９６００")
    }

    private static let china = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/data/vectors/identifiers-china.jsonl").standardizedFileURL

    @Test(
        "agrees with the public validators' own cases",
        .enabled(if: FileManager.default.fileExists(atPath: china.path), "the shared data is not here")
    )
    func publicVectors() throws {
        struct Case: Decodable {
            let kind, value: String
            let valid: Bool
        }
        let lines = try String(contentsOf: Self.china, encoding: .utf8).split(separator: "\n")
        let cases = try lines.map { try JSONDecoder().decode(Case.self, from: Data($0.utf8)) }
        let rules: [String: Finding.Rule] = ["CN_ID": .residentID, "USCC": .creditCode, "CN_MOBILE": .mobile, "CN_TEL": .landline]
        // Two cases of validator.js that China has not (mobile numbers in 98, a region 93), and one spelling that it refuses
        // and that we mean to see.
        let foreign: Set = ["98199649964", "932682198501010017", "0086-138-1121-1114"]
        var wrong: [String] = []
        for each in cases where !foreign.contains(each.value) {
            guard let rule = rules[each.kind] else { continue }
            let sure = Scan.findings(in: "号码\(each.value)。").contains {
                $0.rule == rule && $0.severity != .suspect && $0.printed.contains(each.value.suffix(6))
            }
            if sure != each.valid { wrong.append("\(each.kind) \(each.value) is \(each.valid)") }
        }
        #expect(wrong == [])
    }

    @Test("does not fall over on anything, and points inside", arguments: 0..<200)
    func fuzz(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        let alphabet = Array("0123456789Xx@.-+ ★☆密机绝秘\n１２３ＡＢ中文ABC\u{200B}")
        let text = String(
            (0..<400).map { _ -> Character in
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                return alphabet[Int(state % UInt64(alphabet.count))]
            }
        )
        for finding in Scan.findings(in: text) {
            #expect(finding.range.upperBound <= text.utf8.count)
            #expect(!finding.printed.isEmpty)
        }
    }

    @Test(
        "stops a secrecy mark however it is disguised or labelled",
        arguments: [
            "机\u{2060}密★1年", "机\u{AD}密★1年", "机密\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}★3年", "機密★20年", "机密✶1年", "密级：机密",
            "密级：秘密  保密期限：5年",
            "机密（20年）", "【机密】", "机密 5年", "ｓｅｃｒｅｔ", "Secret", "TOP SECRET//NOFORN",
        ]
    )
    func disguised(mark: String) {
        #expect(Scan.findings(in: "通知\n\(mark)\n正文").contains { $0.severity == .refuse })
    }

    @Test(
        "lets a sentence speak of secrets",
        arguments: ["国家秘密的密级分为绝密、机密、秘密三级。", "机密级国家秘密的保密期限不超过20年", "秘密5年以上的文件", "This is a secret ballot", "保守机密，慎之又慎"]
    )
    func sentences(text: String) {
        #expect(!Scan.findings(in: "通知\n\(text)\n正文").contains { $0.severity == .refuse })
    }
}
