import Extract

/// Pages marked for redaction whose marks were never applied, and scans whose text layer still reads what was blackened.
extension BadRedactions {
    static func marks(in file: PDFFile) throws -> [BadRedaction] {
        var found: [BadRedaction] = []
        for (number, page) in file.pages.enumerated() {
            let boxes = file.redactionMarks(on: page)
            guard !boxes.isEmpty, let traced = try file.trace(from: number + 1, to: number + 1).first else { continue }
            for box in boxes {
                let letters = traced.letters.filter { box.contains($0.box.middle) }
                let text = TracedPage.lines(of: letters).map(TracedPage.words).joined(separator: "\n")
                if text.contains(where: { !$0.isWhitespace }) {
                    found.append(BadRedaction(.redactionNotApplied, "page \(number + 1) · redaction mark", text))
                }
            }
        }
        return found
    }
}

extension PDFFile {
    /// The boxes of redaction annotations, in points from the top left of the page as it is shown.
    func redactionMarks(on page: Page) -> [PageBox] {
        list(page.dictionary["Annots"]).flatMap { each -> [PageBox] in
            guard let mark = resolve(each).dictionary, resolve(mark["Subtype"]).name == "Redact" else { return [] }
            let corners = list(mark["QuadPoints"]).compactMap { resolve($0).number }
            if corners.count >= 8 {
                return stride(from: 0, to: corners.count - 7, by: 8).compactMap { start in
                    let points = stride(from: start, to: start + 8, by: 2).map { place(corners[$0], corners[$0 + 1], on: page) }
                    return PageBox(around: points)
                }
            }
            let rect = list(mark["Rect"]).compactMap { resolve($0).number }
            guard rect.count == 4 else { return [] }
            return [PageBox(around: [place(rect[0], rect[1], on: page), place(rect[2], rect[3], on: page)])].compactMap { $0 }
        }
    }

    /// A point of the file on the page as it is shown: cut, turned, counted from the top.
    private func place(_ x: Double, _ y: Double, on page: Page) -> PagePoint {
        let box = page.shown
        switch page.turn {
        case 90: return PagePoint(y - box[1], x - box[0])
        case 180: return PagePoint(box[2] - x, y - box[1])
        case 270: return PagePoint(box[3] - y, box[2] - x)
        default: return PagePoint(x - box[0], box[3] - y)
        }
    }
}
