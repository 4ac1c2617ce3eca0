import Extract
import Sheets
import Testing

@Suite("A table as a document")
struct SheetReadersTests {
    @Test("is read by a reader of another hand, cell by cell")
    func pandoc() async throws {
        let sheet = Sheet(title: "权责清单", rows: [["编码", "名称"], ["Q-0001", "发明专利权授予"], ["Q-0002", "第一行\n第二行"]])
        let text = try await Extract.text(from: sheet.data(as: .docx)).text
        for words in ["权责清单", "编码", "Q-0001", "发明专利权授予", "第一行", "第二行"] { #expect(text.contains(words), "\(words)") }
    }
}
