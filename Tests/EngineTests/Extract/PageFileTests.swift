import Extract
import Foundation
import Testing

@Suite("Out of a PDF comes")
struct PageFileTests {
    private func parts(_ bytes: [UInt8]) async throws -> [String] {
        try await Extract.everything(in: bytes, name: "a.pdf", effort: Extract.Effort(recognises: false)).map {
            "\($0.place) | \($0.kind) | \($0.text)"
        }
    }

    @Test("what lies under a rectangle, an image, hatching or blocks, each by its place, and no more than that")
    func covered() async throws {
        let hatching = stride(from: 96, to: 122, by: 3).map { "15 \($0) m 110 \($0 + 8) l S\n" }.joined()
        let page = Made.page(
            Made.show("公开的内容", at: 20, 250) + Made.show("张三住址", at: 20, 200) + "0 g 15 195 90 26 re f\n"
                + Made.show("线下电话", at: 20, 100) + "1 w " + hatching
                + Made.show("图下账号", at: 200, 200) + "q 90 0 0 30 195 193 cm /I Do Q\n"
                + Made.show("块下姓名", at: 200, 100) + Made.show("████", at: 200, 100) + Made.show("格内", at: 320, 250)
                + "0.5 w 315 245 60 30 re S 318 248 m 370 248 l S\n",
            page: "/XObject<</I 6 0 R>>>>",
            more: [Made.stream("0000", "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8")]
        )
        let parts = try await parts(page)
        #expect(parts.contains("page 1 | visible | 公开的内容 格内\n████"))
        #expect(parts.contains("page 1 · under a rectangle | hidden | 张三住址"))
        #expect(parts.contains("page 1 · under hatching | hidden | 线下电话"))
        #expect(parts.contains("page 1 · under an image | hidden | 图下账号"))
        #expect(parts.contains("page 1 · under block characters | hidden | 块下姓名"))
    }

    @Test("white text, invisible text, and what stands beyond the paper")
    func unseen() async throws {
        let parts = try await parts(
            Made.page(
                Made.show("看得见", at: 20, 250) + "1 g " + Made.show("白字", at: 20, 200) + "0 g 3 Tr " + Made.show("透明字", at: 20, 150)
                    + "0 Tr " + Made.show("纸外", at: 20, 500) + "0 0 1 rg 10 90 200 40 re f 1 g " + Made.show("蓝底白字", at: 20, 100)
            )
        )
        #expect(parts.contains("page 1 | visible | 看得见\n蓝底白字"))
        #expect(parts.contains("page 1 · in the colour of its ground | hidden | 白字"))
        #expect(parts.contains("page 1 · invisible text | hidden | 透明字"))
        #expect(parts.contains("page 1 · outside the page | hidden | 纸外"))
    }

    @Test("text under a see-through marker stays visible")
    func marker() async throws {
        let parts = try await parts(
            Made.page(
                Made.show("重点内容", at: 20, 200) + "/G gs 1 1 0 rg 15 195 90 26 re f\n",
                page: "/ExtGState<</G<</ca 0.4>>>>>>"
            )
        )
        #expect(parts == ["page 1 | visible | 重点内容"])
    }

    @Test("a layer that is off, an annotation, a bookmark, the properties, a link, a script")
    func beside() async throws {
        let page = Made.page(
            Made.show("正文", at: 20, 250) + "/OC /L BDC " + Made.show("图层内容", at: 20, 200) + "EMC\n",
            page: "/Properties<</L 6 0 R>>>>/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(internal remark)>>"
                + "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://inner.example/x)>>>>]",
            catalog: "/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>/Outlines 7 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
            more: [
                "<</Type/OCG/Name(L1)>>", "<</First 8 0 R/Last 8 0 R/Count 1>>", "<</Title(secret chapter)/Parent 7 0 R/Dest[3 0 R/Fit]>>",
                "<</Author(Li Si)>>",
            ]
        )
        let parts = try await parts(page)
        #expect(parts.contains("page 1 | visible | 正文"))
        #expect(parts.contains("page 1 · hidden layer | hidden | 图层内容"))
        #expect(parts.contains { $0.hasSuffix("annotation | comment | internal remark") })
        #expect(parts.contains("title or bookmark | property | secret chapter"))
        #expect(parts.contains("author | property | Li Si"))
        #expect(parts.contains { $0.hasSuffix("link | link | http://inner.example/x") })
        #expect(parts.contains("script | script | app.alert(1)"))
    }

    @Test("what an earlier state of the file said, and the file attached to it")
    func earlier() async throws {
        let page = Made.page(
            Made.show("原来的姓名张三", at: 20, 250),
            catalog: "/Names<</EmbeddedFiles<</Names[(a.txt)6 0 R]>>>>",
            more: ["<</Type/Filespec/F(a.txt)/EF<</F 7 0 R>>>>", Made.stream("attached words", "/Type/EmbeddedFile")],
            then: [[4: Made.stream(Made.show("现在的姓名某某", at: 20, 250))]]
        )
        let parts = try await parts(page)
        #expect(parts.contains("page 1 | visible | 现在的姓名某某"))
        #expect(parts.contains("revision 1 · page 1 | earlierRevision | 原来的姓名张三"))
        #expect(parts.contains(" | visible | attached words"))
    }

    @Test("nothing, when it has a password or is damaged", arguments: ["<</Type/Catalog>>", ""])
    func refused(catalog: String) async {
        await #expect(throws: Extract.Refused.broken) { try await Extract.everything(in: Made.pdf([catalog]), name: "a.pdf") }
    }
}
