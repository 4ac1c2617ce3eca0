import Extract
import Foundation

/// A PDF whose pages are painted anew as pictures with black where text is withheld; behind them only the text that is kept.
final class PageRendition {
    /// A place to be blackened, and what is printed on it.
    private struct Black {
        let box: PageBox
        let label: String
    }

    private let file: PDFFile
    private let blackout: Blackout
    private let drawn: [Withheld]
    private var pages: [TracedPage] = []
    private var blacks: [[Black]] = []
    /// Letters of each page that do not stay, by number; those that begin a withheld place say what stands there instead.
    private var gone: [[Int: String]] = []
    /// Where on each page those marks stand, by the same numbers.
    private var markBoxes: [[Int: PageBox]] = []
    private(set) var count = 0
    /// Pages, from 1, that bear pictures, letters of no known meaning, or something withheld: those that are recognised afterwards.
    private(set) var doubtful: Set<Int> = []
    private(set) var recognised = 0

    /// - Throws: `Refused`.
    init(_ bytes: [UInt8], _ blackout: Blackout, drawn: [Withheld]) throws {
        (file, self.blackout, self.drawn) = (try PDFFile(bytes), blackout, drawn)
    }

    /// Where something is withheld on a page all of which is known letter by letter: nothing else on it is in doubt.
    /// - Returns: nil for a page with pictures or with letters of no known meaning.
    /// - Parameter page: counted from 1.
    func strips(on page: Int) -> [PageBox]? {
        let traced = pages[page - 1]
        guard !traced.hasPictures, !traced.hasUnknownLetters, !blacks[page - 1].isEmpty else { return nil }
        return blacks[page - 1].map(\.box)
    }

    static let mostPages = 1000
    private static let resolution = 150.0

    func build() throws -> [UInt8] {
        guard file.pages.count <= Self.mostPages else { throw Extract.Refused.tooLargeToReview }
        try dropNotes()
        for start in stride(from: 1, through: file.pages.count, by: 8) {
            let end = min(start + 7, file.pages.count)
            let traced = try file.trace("shown.pdf", from: start, to: end)
            guard traced.count == end - start + 1 else { throw Extract.Refused.broken }
            pages += traced
        }
        blacks = pages.map { _ in [] }
        gone = pages.map { _ in [:] }
        markBoxes = pages.map { _ in [:] }
        for number in pages.indices { dropUnseen(number) }
        withhold()
        for number in pages.indices { try markBoxes(number) }
        for number in pages.indices where pages[number].hasPictures || pages[number].hasUnknownLetters {
            doubtful.insert(number + 1)
            if !blackout.needles.isEmpty { try lookAtPictures(number) }
        }
        return try paint()
    }

    /// Notes, pop-ups and marks are no part of what the page says; whatever else is drawn over it stays.
    private func dropNotes() throws {
        var values: [String: Any] = [:]
        let dropped: Set<String> = ["Text", "Popup", "FileAttachment", "Link", "Redact", "Sound", "Movie"]
        for page in file.pages where page.dictionary["Annots"] != nil {
            guard var words = file.json[page.id] as? [String: Any] else { continue }
            let all = (words["/Annots"] as? [Any]) ?? ((words["/Annots"] as? String).flatMap { file.json[$0] as? [Any] }) ?? []
            let kinds = file.list(page.dictionary["Annots"]).map { file.resolve(file.resolve($0).dictionary?["Subtype"]).name ?? "" }
            words["/Annots"] = zip(all, kinds).filter { !dropped.contains($0.1) }.map(\.0)
            values[page.id] = words
        }
        try file.write(values, as: "shown.pdf")
    }

    /// What nobody sees does not come along. Hatching leaves letters to be guessed: it becomes black.
    private func dropUnseen(_ number: Int) {
        for (at, letter) in pages[number].letters.enumerated() where letter.sight != .shown && letter.sight != .layer {
            gone[number][at] = ""
            if [.underHatching, .underBlocks].contains(letter.sight) {
                blacks[number].append(Black(box: letter.box.grown(0.5), label: ""))
            }
        }
    }

    // MARK: Letters

    /// Looks through the letters as they stand on the pages, then in the order in which they were drawn.
    private func withhold() {
        var ids: [(page: Int, letter: Int)] = []
        var (standing, drawing) = (OwnedText(), OwnedText())
        for (number, page) in pages.enumerated() {
            let first = ids.count
            let kept = page.letters.indices.filter { gone[number][$0] == nil }
            ids += kept.map { (page: number, letter: $0) }
            var place: [Int: Int] = [:]
            for (offset, letter) in kept.enumerated() { place[letter] = first + offset }
            for line in Self.lines(page, kept) {
                for at in line { standing.add(page.letters[at].text, of: place[at] ?? -1) }
                standing.add("\n", of: -1)
            }
            var last: TracedPage.Letter?
            for at in kept {
                let letter = page.letters[at]
                if let last, Self.isApart(last, letter) { drawing.add("\n", of: -1) }
                drawing.add(letter.text, of: place[at] ?? -1)
                last = letter
            }
            drawing.add("\n", of: -1)
        }
        var taken: Set<Int> = []
        for place in standing.places(of: blackout.needles) + drawing.places(of: blackout.needles) {
            guard !taken.isSuperset(of: place.owners) else { continue }
            taken.formUnion(place.owners)
            count += 1
            take(place.owners.map { ids[$0] }, place.article)
        }
    }

    private static func isApart(_ one: TracedPage.Letter, _ other: TracedPage.Letter) -> Bool {
        abs(one.base.y - other.base.y) > 0.4 * max(one.size, 1) || other.box.left - one.box.right > 0.25 * one.size
            || other.box.left < one.box.left - one.size
    }

    /// Numbers of letters by lines from the top, each from the left.
    private static func lines(_ page: TracedPage, _ kept: [Int]) -> [[Int]] {
        let letters = page.letters
        var lines: [[Int]] = []
        for at in kept.sorted(by: { (letters[$0].base.y, letters[$0].base.x) < (letters[$1].base.y, letters[$1].base.x) }) {
            if let first = lines.last?.first,
                abs(letters[first].base.y - letters[at].base.y) < 0.4 * max(letters[first].size, letters[at].size, 1)
            {
                lines[lines.count - 1].append(at)
            } else {
                lines.append([at])
            }
        }
        return lines.map { $0.sorted { letters[$0].base.x < letters[$1].base.x } }
    }

    private func take(_ owners: [(page: Int, letter: Int)], _ article: String) {
        var (strip, page, last) = (PageBox?.none, 0, TracedPage.Letter?.none)
        var labels = [blackout.label(article)]
        func flush() {
            if let strip, let first = owners.first, markBoxes[first.page][first.letter] == nil {
                markBoxes[first.page][first.letter] = strip
            }
            if let strip { blacks[page].append(Black(box: strip, label: labels.popLast() ?? "")) }
            strip = nil
        }
        for (number, owner) in owners.enumerated() {
            let letter = pages[owner.page].letters[owner.letter]
            let box = letter.box.grown(0.06 * letter.size)
            if let old = strip, let before = last, owner.page == page, abs(before.base.y - letter.base.y) < 0.4 * max(letter.size, 1),
                box.left - old.right < 2 * letter.size
            {
                strip = PageBox(around: [
                    PagePoint(old.left, old.top), PagePoint(old.right, old.bottom), PagePoint(box.left, box.top),
                    PagePoint(box.right, box.bottom),
                ])
            } else {
                flush()
                strip = box
            }
            (page, last) = (owner.page, letter)
            gone[owner.page][owner.letter] = number == 0 ? blackout.mark(owners.count, article) : ""
            doubtful.insert(owner.page + 1)
        }
        flush()
    }

    /// Boxes drawn by a person, and marks for redaction that the file brought along.
    private func markBoxes(_ number: Int) throws {
        var boxes = file.redactionMarks(on: file.pages[number]).map { Black(box: $0, label: "") }
        for each in drawn where each.page == number + 1 {
            guard let box = each.box else { continue }
            boxes.append(
                Black(
                    box: PageBox(left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height),
                    label: blackout.label(each.article)
                )
            )
        }
        for black in boxes {
            count += 1
            doubtful.insert(number + 1)
            blacks[number].append(black)
            var mark = blackout.mark(5, "") + black.label
            for (at, letter) in pages[number].letters.enumerated() where black.box.common(letter.box).area > 0.15 * letter.box.area {
                if gone[number][at]?.isEmpty == false { continue }
                // A letter cut by the edge of the box goes as a whole.
                blacks[number].append(Black(box: letter.box, label: ""))
                gone[number][at] = mark
                if !mark.isEmpty { markBoxes[number][at] = black.box }
                mark = ""
            }
        }
    }

    /// What only a picture says is found by optical recognition.
    private func lookAtPictures(_ number: Int) throws {
        let scale = 200 / 72.0
        try file.bench.run(
            ["mutool", "draw", "-q", "-i", "-N", "-r", "200", "-c", "gray", "-F", "pgm", "-o", "look.pgm", "shown.pdf", "\(number + 1)"],
            Workbench.Limits(time: 30, file: 256 << 20),
            fine: [0, 1]
        )
        defer { file.bench.remove("look.pgm") }
        let words = try Recognition.words(in: "look.pgm", on: file.bench)
        recognised += 1
        for box in Recognition.places(of: blackout.needles, in: words) {
            let strip = PageBox(
                left: box.box.left / scale,
                top: box.box.top / scale,
                right: box.box.right / scale,
                bottom: box.box.bottom / scale
            )
            if blacks[number].contains(where: { $0.box.common(strip).area > 0.7 * strip.area }) { continue }
            // Where letters are drawn as letters, they are known better than by recognition.
            let known = pages[number].letters.indices.contains { at in
                gone[number][at] == nil && pages[number].letters[at].sight == .shown && pages[number].letters[at].text != "\u{FFFD}"
                    && strip.contains(pages[number].letters[at].box.middle)
            }
            if known { continue }
            if box.isFirst { count += 1 }
            blacks[number].append(Black(box: strip.grown(1), label: blackout.label(box.article)))
            for (at, letter) in pages[number].letters.enumerated() where gone[number][at] == nil && strip.contains(letter.box.middle) {
                gone[number][at] = ""
            }
        }
    }

    // MARK: Painting

    private func paint() throws -> [UInt8] {
        var writer = PageWriter()
        for (number, page) in pages.enumerated() {
            let (wide, high) = (max(1, page.size.width), max(1, page.size.height))
            // A page of a plan is painted more coarsely, to 40 million places at most.
            let dots = min(Self.resolution, (40e6 / (wide * high)).squareRoot() * 72)
            try file.bench.run(
                [
                    "mutool", "draw", "-q", "-i", "-N", "-r", String(format: "%.2f", dots), "-c", "rgb", "-F", "ppm", "-o", "page.ppm",
                    "shown.pdf",
                    "\(number + 1)",
                ],
                Workbench.Limits(time: 60, file: 256 << 20),
                fine: [0, 1]
            )
            var raster = try Raster(try file.bench.take("page.ppm"))
            let scale = Double(raster.width) / wide
            for black in blacks[number] {
                let box = black.box
                raster.fill(PageBox(left: box.left * scale, top: box.top * scale, right: box.right * scale, bottom: box.bottom * scale))
            }
            let labels = blacks[number].flatMap { Label.drawing($0.label, in: $0.box, scale: scale) }
            writer.add(
                width: wide,
                height: high,
                picture: try picture(of: raster, labels, isText: !page.hasPictures),
                pixels: (raster.width, raster.height),
                runs(number)
            )
        }
        return writer.finished()
    }

    private func picture(of raster: Raster, _ labels: [String], isText: Bool) throws -> PageWriter.Picture {
        let isGrey = raster.isGrey
        let drawing = labels.isEmpty ? [] : ["-fill", "white", "-font", Label.font] + labels
        let limits = Workbench.Limits(time: 60, file: 256 << 20)
        try file.bench.put(raster.file(grey: isGrey), as: "page.pnm")
        guard isGrey, isText else {
            try file.bench.run(["gm", "convert", "page.pnm"] + drawing + ["-strip", "-quality", "82", "page.jpg"], limits)
            return .jpeg(try file.bench.take("page.jpg"))
        }
        if !labels.isEmpty {
            try file.bench.run(["gm", "convert", "page.pnm"] + drawing + ["-colorspace", "GRAY", "-depth", "8", "grey.pgm"], limits)
        }
        let grey = try GreyPicture(try file.bench.take(labels.isEmpty ? "page.pnm" : "grey.pgm"))
        return .grey(Raster.shades(grey.bytes, width: grey.width, height: grey.height))
    }

    /// The text that stays, in runs broken where something is withheld or a column ends.
    private func runs(_ number: Int) -> [PageWriter.Run] {
        let page = pages[number]
        let marks = gone[number].filter { !$0.value.isEmpty }
        let kept = page.letters.indices.filter { gone[number][$0] == nil || marks[$0] != nil }
        var runs: [PageWriter.Run] = []
        for line in Self.lines(page, kept) {
            var letters: [TracedPage.Letter] = []
            func flush() {
                guard let first = letters.first,
                    let box = PageBox(
                        around: letters.flatMap { [PagePoint($0.box.left, $0.box.top), PagePoint($0.box.right, $0.box.bottom)] }
                    )
                else { return }
                let text = TracedPage.words(letters)
                if text.contains(where: { !$0.isWhitespace }) {
                    runs.append(PageWriter.Run(text: text, box: box, size: max(first.size, 1)))
                }
                letters = []
            }
            for at in line {
                let letter = page.letters[at]
                if let mark = marks[at] {
                    flush()
                    runs.append(PageWriter.Run(text: mark, box: markBoxes[number][at] ?? letter.box, size: max(letter.size, 1)))
                    continue
                }
                if letter.text == "\u{FFFD}" { continue }
                if let last = letters.last, letter.box.left - last.box.right > 1.5 * letter.size { flush() }
                letters.append(letter)
            }
            flush()
        }
        return runs
    }
}

/// The article in white on black.
enum Label {
    static let font = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"

    /// Arguments for GraphicsMagick; none where the box is too small to read them.
    static func drawing(_ label: String, in box: PageBox, scale: Double) -> [String] {
        let label = label.filter { !"'\"\\%@".contains($0) && !$0.isNewline }
        let letters = Double(label.count)
        let size = min(box.height * scale * 0.7, box.width * scale * 0.94 / max(letters, 1))
        guard letters > 0, size >= 9, FileManager.default.fileExists(atPath: font) else { return [] }
        let x = (box.left + box.right) / 2 * scale - letters * size / 2
        let y = (box.top + box.bottom) / 2 * scale + size * 0.37
        return ["-pointsize", "\(Int(size))", "-draw", "text \(Int(x)),\(Int(y)) '\(label)'"]
    }
}
