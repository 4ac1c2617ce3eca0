import Extract
import Foundation
import Redact
import Testing

@Suite("A bad redaction in a file that comes in")
struct BadRedactionTests {
    private func found(_ bytes: [UInt8], _ name: String = "a.pdf") async throws -> [String] {
        try await BadRedactions.find(in: bytes, name: name).map { "\($0.kind) | \($0.place) | \($0.text)" }
    }

    @Test("is text under a rectangle, whatever its colour, under an image, under hatching, in the colour of its ground")
    func covered() async throws {
        let hatching = stride(from: 96, to: 122, by: 3).map { "15 \($0) m 110 \($0 + 8) l S\n" }.joined()
        let bytes = Made.page(
            Made.show("公开", at: 20, 250) + Made.show("张三住址", at: 20, 200) + "0 g 15 195 90 26 re f\n" + Made.show("李四电话", at: 200, 250)
                + "1 g 195 245 90 26 re f 0 g\n" + Made.show("线下", at: 20, 100) + hatching + Made.show("图下账号", at: 200, 200)
                + "q 90 0 0 30 195 193 cm /I Do Q\n1 g " + Made.show("白字", at: 200, 100),
            page: "/XObject<</I 6 0 R>>>>",
            more: [Made.stream("0000", "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8")]
        )
        #expect(
            Set(try await found(bytes)) == [
                "rectangle | page 1 · under a rectangle | 李四电话\n张三住址", "hatching | page 1 · under hatching | 线下",
                "image | page 1 · under an image | 图下账号", "sameColour | page 1 · in the colour of its ground | 白字",
            ]
        )
    }

    @Test("is a mark for redaction that was not applied, a black annotation over the text, a turned page's too")
    func annotations() async throws {
        let mark = "<</Type/Annot/Subtype/Redact/Rect[15 195 65 225]>>"
        let box = "<</Type/Annot/Subtype/Square/Rect[15 95 110 125]/IC[0 0 0]/C[0 0 0]>>"
        let text = Made.show("张三住址", at: 20, 200) + Made.show("李四", at: 20, 100)
        for turn in [0, 90, 180, 270] {
            let found = Set(try await found(Made.page(text, page: ">>/Rotate \(turn)/Annots[\(mark)\(box)]")))
            #expect(
                found.contains { $0.hasPrefix("redactionNotApplied | page 1 · redaction mark | ") && $0.contains("张") && !$0.contains("址") }
            )
            #expect(found.contains { $0.hasPrefix("rectangle | page 1 · under a rectangle | ") && $0.contains("李") })
        }
    }

    @Test("is a bookmark, a property or an attachment that still says what the page hides, and an earlier state")
    func beside() async throws {
        let bytes = Made.page(
            Made.show("当事人", at: 20, 250) + Made.show("ZHANG SAN", at: 20, 200) + "0 g 15 195 250 26 re f\n",
            catalog: "/Outlines 6 0 R/Names<</EmbeddedFiles<</Names[(a.txt)9 0 R]>>>>",
            more: [
                "<</First 7 0 R/Last 7 0 R/Count 1>>", "<</Title(Zhang San v. City)/Parent 6 0 R/Dest[3 0 R/Fit]>>",
                "<</Subject(about zhang san)>>",
                "<</Type/Filespec/F(a.txt)/EF<</F 10 0 R>>>>", Made.stream("draft: Zhang San\nother", "/Type/EmbeddedFile"),
            ]
        )
        let found = try await found(bytes)
        #expect(found.contains("bookmark | title or bookmark | Zhang San v. City"))
        #expect(found.contains { $0.hasPrefix("metadata | ") && $0.hasSuffix("about zhang san") })
        #expect(found.contains("attachment | a.txt | draft: Zhang San"))
        let later = Made.page(Made.show("原来的姓名", at: 20, 250), then: [[4: Made.stream(Made.show("▇▇▇", at: 20, 250))]])
        #expect(try await self.found(later) == ["earlierRevision | revision 1 · page 1 | 原来的姓名"])
    }

    @Test("in a Word file is black marker or shading over text, black on black, a deletion that is only tracked, a dark shape")
    func word() async throws {
        let body =
            Made.paragraph("公开") + Made.paragraph("张三", "<w:highlight w:val='black'/>")
            + Made.paragraph("李四", "<w:shd w:val='clear' w:fill='000000'/>")
            + Made.paragraph("王五", "<w:color w:val='FFFF00'/><w:highlight w:val='yellow'/>") + Made.paragraph("赵六", "<w:vanish/>")
            + "<w:p><w:del w:author='a'><w:r><w:delText>钱七</w:delText></w:r></w:del></w:p>"
            + "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val='clear' w:fill='1F3864'/></w:tcPr>\(Made.paragraph("表头", "<w:color w:val='FFFFFF'/>"))</w:tc></w:tr></w:tbl>"
            + Made.paragraph("重点", "<w:highlight w:val='yellow'/>")
            + "<w:p><w:r><w:t>孙八</w:t></w:r><w:r><w:drawing><wp:anchor><wps:wsp><wps:spPr><a:solidFill><a:srgbClr val='000000'/></a:solidFill>"
            + "</wps:spPr></wps:wsp></wp:anchor></w:drawing></w:r></w:p>"
        #expect(
            try await found(Made.docx(body), "a.docx") == [
                "highlight | paragraph 2 · under a black highlight | 张三", "shading | paragraph 3 · under black shading | 李四",
                "sameColour | paragraph 4 · in the colour of its ground | 王五", "hiddenText | paragraph 5 · hidden text | 赵六",
                "trackedDeletion | paragraph 6 · tracked deletion | 钱七", "shape | paragraph 9 · beside a dark shape | 孙八",
            ]
        )
    }

    @Test("is not a page with a table, a coloured heading, an underline or a seal; nor one whose text is really gone")
    func clean() async throws {
        let table =
            "0.9 g 15 240 200 30 re f 0 g\n" + Made.show("序号 姓名", at: 20, 250)
            + "0.5 w 15 240 200 30 re S 15 240 m 215 240 l S 115 240 m 115 270 l S\n"
        let heading = "0 0 0.6 rg 15 190 200 30 re f 1 g " + Made.show("通知公告", at: 20, 200) + "0 g\n"
        let gone = "0 g 15 95 200 26 re f\n" + Made.show("余下的文字", at: 230, 100) + "230 98 m 330 98 l S\n"
        #expect(try await found(Made.page(table + heading + gone)) == [])
        #expect(try await found(Array("没有什么".utf8), "a.txt") == [])
    }

    @Test("is the text layer of a scan where the scan is blackened, not where it can be read")
    func layer() async throws {
        let bench = try Workbench()
        try bench.run([
            "gm", "convert", "-size", "800x600", "xc:white", "-depth", "8", "-fill", "black", "-font", Made.fontFile, "-pointsize", "40",
            "-draw",
            "text 40,200 '公开的内容'", "-draw", "rectangle 40,360 300,420", "a.gray",
        ])
        let scan = try bench.take("a.gray").map { $0 > 127 ? "ff" : "00" }.joined() + ">"
        let image = Made.stream(
            scan,
            "/Type/XObject/Subtype/Image/Width 800/Height 600/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/ASCIIHexDecode"
        )
        let bytes = Made.page(
            "q 400 0 0 300 0 0 cm /I Do Q 3 Tr\n" + Made.show("公开的内容", at: 20, 201) + Made.show("张三住址", at: 25, 97),
            page: "/XObject<</I 6 0 R>>>>",
            more: [image]
        )
        #expect(try await found(bytes) == ["blackened | page 1 · text layer under a blackened place | 张三住址"])
    }
}
