import Core
import Foundation
import Testing

@Suite("A room's README")
struct ReadmeTests {
    /// Each procedure with the room that shows it; `GONGKAI_WRITE_DIAGRAMS=1 swift test --filter ReadmeTests` writes them anew.
    static let procedures = [
        ("People", Account.lifecycle.diagram),
        ("Review", Review.lifecycle.diagram),
        ("Releases", Release.lifecycle.diagram),
        ("Ledger", LedgerTask.lifecycle.diagram),
        ("Requests", DisclosureRequest.lifecycle.diagram),
        ("Datasets", Dataset.lifecycle.diagram),
        ("Appeals", Appeal.lifecycle.diagram),
        ("Powers", Matter.lifecycle.diagram),
        ("Requests", RecordCorrection.lifecycle.diagram),
        ("LimitedScope", LimitedRelease.lifecycle.diagram),
    ]

    @Test("shows the procedure as the table has it", arguments: procedures)
    func diagram(room: String, diagram: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../\(room)/README.md")
        var text = try String(contentsOf: file, encoding: .utf8)
        let block = "```mermaid\n\(diagram)\n```"
        if ProcessInfo.processInfo.environment["GONGKAI_WRITE_DIAGRAMS"] != nil {
            let head = text.range(of: "\n```mermaid").map { String(text[..<$0.lowerBound]) } ?? text
            text = head.trimmingCharacters(in: .newlines) + "\n\n" + block + "\n"
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(text.contains(block))
    }
}
