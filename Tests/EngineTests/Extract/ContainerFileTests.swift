import Extract
import Foundation
import Testing

@Suite("Out of a container or a page of the web comes")
struct ContainerFileTests {
    @Test("each header, alternative and attachment of a message, in whatever encoding, and the message attached to it")
    func mail() async throws {
        let inner = "From: a@b.cn\r\nSubject: inner\r\n\r\nattached message"
        let lines = [
            "From: =?gb2312?B?1cXI/Q==?= <zhang@x.gov.cn>", "To: b@x.gov.cn", "Subject: =?UTF-8?B?5YWs5byA?=",
            "Date: Fri, 27 Nov 2026 10:00:00 +0800",
            "X-Originating-IP: 10.1.2.3", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=\"B\"", "", "--B",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "", Data("正文内容".utf8).base64EncodedString(),
            "--B",
            "Content-Type: application/octet-stream; name*=UTF-8''%E9%99%84.txt", "Content-Transfer-Encoding: base64", "",
            Data("机密★5年".utf8).base64EncodedString(), "--B", "Content-Type: message/rfc822", "", inner, "--B--", "after the end",
        ]
        let parts = try await Extract.everything(in: Array(lines.joined(separator: "\r\n").utf8), name: "a.eml")
        func has(_ file: String, _ kind: Part.Kind, _ text: String) -> Bool {
            parts.contains { $0.file == file && $0.kind == kind && $0.text == text }
        }
        #expect(has("a.eml", .visible, "张三 <zhang@x.gov.cn>"))
        #expect(has("a.eml", .visible, "公开"))
        #expect(has("a.eml", .property, "10.1.2.3"))
        #expect(has("a.eml/1", .visible, "正文内容"))
        #expect(has("a.eml/2/附.txt", .visible, "机密★5年"))
        #expect(has("a.eml/3/message", .visible, "attached message"))
        #expect(parts.contains { $0.text.contains("after the end") })
    }

    @Test("the comments, hidden elements and values of a web page")
    func web() async throws {
        let page =
            "<html><head><title>标题</title><meta name=author content='赵六'></head><body><!-- 待删：王五 --><p>正文&ldquo;引&rdquo;</p>"
            + "<div style='display:none'>不显示<b>也不</b></div><input type=hidden value='13812345678'><p>后文</p></body></html>"
        let parts = try await Extract.everything(in: Array(page.utf8), name: "a.html")
        #expect(parts.contains { $0.kind == .visible && $0.text.hasPrefix("正文“引”") && $0.text.hasSuffix("后文") && !$0.text.contains("不显示") })
        #expect(parts.contains(Part(file: "a.html", place: "comment", kind: .hidden, text: "待删：王五")))
        #expect(parts.contains { $0.kind == .hidden && $0.text.contains("不显示也不") })
        #expect(parts.contains { $0.kind == .hidden && $0.text == "13812345678" })
        #expect(parts.contains { $0.kind == .property && $0.text == "赵六" })
    }

    @Test("a file that the archive's directory leaves out, and one behind a picture")
    func unlisted() async throws {
        let zip = Made.zip([("a.txt", Array("甲".utf8)), ("b.txt", Array("隐去的乙".utf8))], unlisted: ["b.txt"])
        let parts = try await Extract.everything(in: zip, name: "a.zip")
        #expect(parts.contains { $0.file == "a.zip/b.txt" && $0.text == "隐去的乙" })
        let both = Self.picture + zip
        let behind = try await Extract.everything(in: both, name: "a.png", effort: Extract.Effort(recognises: false))
        #expect(behind.contains { $0.file == "a.png/(zip)/a.txt" && $0.text == "甲" })
    }

    /// A PNG of one pixel.
    private static let picture = [UInt8](
        Data(base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=") ?? Data()
    )

    @Test("only a refusal, when archives nest beyond reason or unfold to gigabytes")
    func bombs() async {
        var nested = Made.zip([("a.txt", "x")])
        for _ in 0..<14 { nested = Made.zip([("b.zip", nested)]) }
        await #expect(throws: Extract.Refused.bomb) { try await Extract.everything(in: nested, name: "a.zip") }
        // One megabyte of zeros, packed a thousandfold, then unfolded 600 times over.
        let packed = Made.deflated([UInt8](repeating: 0, count: 1 << 20))
        let wide = Made.zip((0..<600).map { ("\($0).txt", packed) }, unfolded: 1 << 20)
        await #expect(throws: Extract.Refused.bomb) { try await Extract.everything(in: wide, name: "a.zip") }
    }

    @Test("what can be read, and for what can not, a sentence that says why")
    func locked() async throws {
        let locked = Made.zip([("a.txt", Array("x".utf8))], encrypted: true)
        let parts = try await Extract.everything(in: Made.zip([("好.txt", Array("好".utf8)), ("锁.zip", locked)]), name: "a.zip")
        #expect(parts.contains { $0.file == "a.zip/好.txt" && $0.text == "好" })
        #expect(parts.contains { $0.file == "a.zip/锁.zip/a.txt" && $0.kind == .unread && $0.text == Extract.Refused.encrypted.zh })
    }
}

@Suite("Out of a picture comes")
struct PictureFileTests {
    @Test("what is written in it, where it was taken, and what the camera's owner noted")
    func picture() async throws {
        let bench = try Workbench()
        try bench.run([
            "gm", "convert", "-size", "900x120", "xc:white", "-fill", "black", "-font", Made.fontFile, "-pointsize", "48", "-draw",
            "text 30,80 '张三 13812345678'", "a.jpg",
        ])
        try bench.run([
            "exiftool", "-q", "-overwrite_original", "-GPSLatitude=39.9042", "-GPSLatitudeRef=N", "-GPSLongitude=116.4074",
            "-GPSLongitudeRef=E",
            "-Artist=Li Si", "a.jpg",
        ])
        let parts = try await Extract.everything(in: try bench.take("a.jpg"), name: "a.jpg")
        #expect(parts.contains { $0.kind == .image && $0.text.contains("13812345678") && $0.place.hasPrefix("box ") })
        #expect(parts.contains { $0.kind == .property && $0.place.contains("GPSLatitude") && $0.text.contains("39.904") })
        #expect(parts.contains { $0.kind == .property && $0.text == "Li Si" })
    }
}
