import Core
import LegalText

/// A text as pages: one, or several where it is long, so that no page is heavy.
struct TextParts {
    let all: [[Block]]

    /// Bytes of HTML after which a text goes on with the next page, sooner at a chapter.
    private static let limit = 30_000
    /// More headings than this are too many to look at: then parts and chapters alone are listed.
    private static let manyHeadings = 100

    init(_ content: Content) {
        var all: [[Block]] = [[]]
        var bytes = 0
        for block in DocumentText.read(content.body).blocks where !block.text.isEmpty {
            let size = BodyHTML.write([block], title: content.title).utf8.count
            let opens = block.kind == .part || block.kind == .chapter
            if bytes + size > Self.limit && bytes > 0 || opens && bytes > Self.limit * 2 / 3 {
                all.append([])
                bytes = 0
            }
            all[all.count - 1].append(block)
            bytes += size
        }
        self.all = all
    }

    /// The page, from 1, that holds a place.
    func part(of anchor: String) -> Int? {
        all.firstIndex { $0.contains { $0.anchor == anchor } }.map { $0 + 1 }
    }

    /// The contents, as seen from one of the pages.
    func headings(from part: Int, _ base: String) -> [DocumentView.Heading] {
        let count = all.reduce(0) { $0 + $1.count(where: BodyHTML.isHeading) }
        return all.enumerated().flatMap { place, blocks in
            let page = place + 1 == part ? "" : place == 0 ? base : "\(base)/\(place + 1)"
            return blocks.filter(BodyHTML.isHeading)
                .filter { count <= Self.manyHeadings || $0.kind == .part || $0.kind == .chapter }
                .map { DocumentView.Heading(href: "\(page)#\($0.anchor)", text: BodyHTML.heading($0)) }
        }
    }
}
