import Extract
import Testing

@Suite("A message taken apart")
struct MailLetterTests {
    static func message(_ head: String = "", _ body: String = "text") -> [UInt8] {
        Array("From: \"=?utf-8?B?5byg5LiJ?=\" <Zhang@Example.com>\r\nDate: Mon, 30 May 2022 10:00:00 +0800\r\n\(head)\r\n\r\n\(body)".utf8)
    }

    @Test("gives sender, day, subject, text and files")
    func whole() async throws {
        let letter = try await MailLetter.read(
            Self.message(
                "Subject: =?utf-8?B?6LWE5Yqp5ZCN5Y2V?=\r\nMessage-ID: <1@example.com>\r\nContent-Type: multipart/mixed; boundary=XX",
                """
                --XX\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n请公开2021年的名单。\r\n--XX\r
                Content-Type: application/octet-stream; name="a.txt"\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--XX--\r\n
                """
            )
        )
        #expect(letter.sender == "zhang@example.com")
        #expect(letter.senderName == "张三")
        #expect(letter.sentAt == 1_653_876_000_000)
        #expect(letter.subject == "资助名单")
        #expect(letter.messageID == "1@example.com")
        #expect(letter.text.contains("请公开2021年的名单。"))
        #expect(letter.files.map(\.name) == ["a.txt"])
        #expect(letter.files.map(\.bytes) == [Array("hello".utf8)])
    }

    @Test("reads the text of a message in HTML alone")
    func html() async throws {
        let letter = try await MailLetter.read(Self.message("Content-Type: text/html; charset=utf-8", "<p>请<b>公开</b>名单</p>"))
        #expect(letter.text.contains("请公开名单"))
    }

    struct Hostile {
        let bytes: [UInt8]
        let refused: MailLetter.Refused
    }

    private static func nested(_ depth: Int) -> String {
        let boundary = "B\(depth)"
        let inner = depth == 0 ? "Content-Type: text/plain\r\n\r\nx" : nested(depth - 1)
        return "Content-Type: multipart/mixed; boundary=\(boundary)\r\n\r\n--\(boundary)\r\n\(inner)\r\n--\(boundary)--"
    }

    static let hostile: [Hostile] = [
        Hostile(bytes: Array("Subject: x\r\n\r\ntext".utf8), refused: .noSender),
        Hostile(bytes: Array("From: a@b.c, d@e.f\r\n\r\ntext".utf8), refused: .noSender),
        Hostile(bytes: message("From: other@example.com"), refused: .forgedHeader),
        Hostile(bytes: message("Subject: a\rBcc: x@y.z"), refused: .forgedHeader),
        Hostile(bytes: message("Subject: =?utf-8?B?YQ0KQmNjOiB4?="), refused: .forgedHeader),
        Hostile(bytes: message("X-Long: " + String(repeating: "a", count: 70_000)), refused: .forgedHeader),
        Hostile(bytes: message("Subject: a\u{202E}b"), refused: .hiddenMarks),
        Hostile(bytes: message("", "text \u{202E}gnp.exe"), refused: .hiddenMarks),
        Hostile(bytes: message(nested(7)), refused: .tooDeep),
        Hostile(bytes: message("Content-Type: message/rfc822", "From: a@b.c\r\n\r\nx"), refused: .letterInside),
        Hostile(bytes: message("Content-Type: multipart/mixed; boundary=X", "nothing"), refused: .unreadable),
        Hostile(
            bytes: message(
                "Content-Type: multipart/mixed; boundary=X",
                String(repeating: "--X\r\nContent-Disposition: attachment; filename=a\r\n\r\nx\r\n", count: 21) + "--X--"
            ),
            refused: .tooManyFiles
        ),
        Hostile(bytes: [UInt8](repeating: 65, count: (25 << 20) + 1), refused: .tooLarge),
    ]

    @Test("is refused where it is built to deceive or to choke", arguments: hostile.indices)
    func refused(place: Int) async {
        let each = Self.hostile[place]
        await #expect(throws: each.refused) { try await MailLetter.read(each.bytes) }
    }
}
