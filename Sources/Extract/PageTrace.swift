import Foundation

/// A page of a PDF as it is drawn, stroke by stroke: every letter with its box and whether a reader can see it.
package struct TracedPage {
    /// A letter as drawn.
    package struct Letter {
        package let text: String
        package let box: PageBox
        /// Where the line it stands on runs, and the size of its type, in points.
        package let base: PagePoint
        package let size: Double
        package internal(set) var sight: Sight
        let order: Int
        let color: [Double]?
    }

    /// Why a letter can not be seen, in the words of a place.
    package enum Sight: String, Sendable {
        case shown = ""
        case underShape = "under a rectangle"
        case underPicture = "under an image"
        case underHatching = "under hatching"
        case underBlocks = "under block characters"
        case ofTheGround = "in the colour of its ground"
        case invisible = "invisible text"
        /// What optical recognition wrote behind a scan, so that it can be searched.
        case layer = "text layer of a picture"
        case blackened = "text layer under a blackened place"
        case outside = "outside the page"
        case tiny = "too small to read"
    }

    package let size: PageBox
    package internal(set) var letters: [Letter] = []
    var covers: [PageCover] = []
    /// Whether pictures stand on it that are more than a rule or a dot.
    package internal(set) var hasPictures = false
    package internal(set) var hasUnknownLetters = false

    /// Pages from the record that mutool writes of their drawing.
    /// - Throws: `Refused`.
    package static func read(_ trace: [UInt8]) throws -> [TracedPage] {
        var reader = TraceReader()
        return try reader.read(trace).map { page in
            var page = page
            page.judge()
            return page
        }
    }
}

extension PDFFile {
    /// Pages as they are drawn.
    /// - Parameter from, to: counted from 1.
    package func trace(_ name: String = "file.pdf", from: Int, to: Int) throws -> [TracedPage] {
        let words = try bench.run(
            ["mutool", "draw", "-q", "-i", "-N", "-F", "trace", name, "\(from)-\(to)"],
            Workbench.Limits(time: 60, output: 96 << 20),
            fine: [0, 1]
        )
        var pages = try TracedPage.read(words)
        for page in pages.indices {
            // Only the painted page can tell whether a picture lets shine through what is under it.
            if pages[page].letters.contains(where: { $0.sight == .underPicture }) { try confirm(&pages[page], name, from + page) }
            if pages[page].hasPictures, pages[page].letters.contains(where: { $0.sight == .invisible }) {
                pages[page].judgeLayer(by: try paint(name, from + page))
            }
        }
        return pages
    }

    private func paint(_ name: String, _ number: Int, _ more: [String] = []) throws -> GreyPicture {
        try bench.run(
            ["mutool", "draw", "-q", "-i", "-N"] + more + ["-r", "100", "-c", "gray", "-F", "pgm", "-o", "sight.pgm", name, "\(number)"],
            Workbench.Limits(time: 30, file: 128 << 20),
            fine: [0, 1]
        )
        defer { bench.remove("sight.pgm") }
        return try GreyPicture(try bench.take("sight.pgm"))
    }

    /// Letters said to be under a picture count as shown where painting them changes the page.
    private func confirm(_ page: inout TracedPage, _ name: String, _ number: Int) throws {
        let (with, without) = (try paint(name, number), try paint(name, number, ["-K"]))
        for at in page.letters.indices where page.letters[at].sight == .underPicture {
            if with.differs(from: without, in: page.letters[at].box.grown(-0.15 * page.letters[at].box.height), scale: 100 / 72) {
                page.letters[at].sight = .shown
            }
        }
    }
}

/// A painted page in shades of grey.
package struct GreyPicture {
    package let width: Int
    package let height: Int
    package let bytes: ArraySlice<UInt8>

    /// - Throws: `Refused.broken` for anything but a binary PGM of one byte a place.
    package init(_ file: [UInt8]) throws {
        var (numbers, place) = ([Int](), 2)
        while numbers.count < 3, place < file.count {
            if file[place] == UInt8(ascii: "#") { place = file[place...].firstIndex(of: 10) ?? file.count }
            var number: Int?
            while place < file.count, (48...57).contains(file[place]), (number ?? 0) < 1 << 20 {
                number = (number ?? 0) * 10 + Int(file[place]) - 48
                place += 1
            }
            if let number { numbers.append(number) } else { place += 1 }
        }
        place += 1
        guard file.starts(with: "P5".utf8), numbers.count == 3, numbers[2] == 255, place + numbers[0] * numbers[1] <= file.count else {
            throw Extract.Refused.broken
        }
        (width, height) = (numbers[0], numbers[1])
        bytes = file[place..<(place + width * height)]
    }

    func differs(from other: Self, in box: PageBox, scale: Double) -> Bool {
        guard width == other.width, height == other.height else { return true }
        let (rows, columns) = places(box, scale)
        for row in rows {
            for column in columns {
                let at = row * width + column
                if abs(Int(bytes[bytes.startIndex + at]) - Int(other.bytes[other.bytes.startIndex + at])) > 24 { return true }
            }
        }
        return false
    }

    /// The darkest and the lightest shade in a box; nil outside the picture.
    package func shades(in box: PageBox, scale: Double) -> ClosedRange<UInt8>? {
        let (rows, columns) = places(box, scale)
        var range: ClosedRange<UInt8>?
        for row in rows {
            for column in columns {
                let shade = bytes[bytes.startIndex + row * width + column]
                range = min(range?.lowerBound ?? shade, shade)...max(range?.upperBound ?? shade, shade)
            }
        }
        return range
    }

    private func places(_ box: PageBox, _ scale: Double) -> (Range<Int>, Range<Int>) {
        func span(_ from: Double, _ to: Double, _ most: Int) -> Range<Int> {
            guard from.isFinite, to.isFinite else { return 0..<0 }
            let start = Int(max(0, min(Double(most), (from * scale).rounded(.down))))
            let end = Int(max(0, min(Double(most), (to * scale).rounded(.up))))
            return start..<max(start, end)
        }
        return (span(box.top, box.bottom, height), span(box.left, box.right, width))
    }
}
