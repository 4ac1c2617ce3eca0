/// Reads the record of a page's drawing that mutool writes.
struct TraceReader {
    private var pages: [TracedPage] = []
    private var order = 0
    private var transform = PageTransform()
    private var clips: [PageBox] = []
    /// Of each group: how opaque, and whether it multiplies.
    private var groups: [(opacity: Double, isClear: Bool)] = []
    /// Inside a mask nothing is drawn on the page.
    private var masks = 0
    private var color: [Double]?
    private var opacity = 1.0
    private var strokeWidth = 1.0
    private var lines: [[PagePoint]] = []
    private var isInvisible = false
    private var drawsText = false
    private var trm = PageTransform()
    private var isVertical = false

    private static let nowhere = PageBox(left: -1e6, top: -1e6, right: 1e6, bottom: 1e6)
    private static let most = 400_000

    mutating func read(_ xml: [UInt8]) throws -> [TracedPage] {
        var reader = try XMLReader(xml)
        while let event = try reader.next() {
            switch event {
            case .start: start(reader)
            case .end: end(reader.name)
            case .text, .comment: break
            }
        }
        return pages
    }

    private mutating func start(_ reader: XMLReader) {
        switch reader.name {
        case "g": letter(reader)
        case "moveto", "lineto", "curveto": point(reader)
        case "closepath": if let first = lines.last?.first { lines[lines.count - 1].append(first) }
        case "span":
            trm = PageTransform(reader.attribute("trm"))
            isVertical = reader.attribute("wmode") == "1"
        case "page":
            let numbers = reader.attribute("mediabox")?.split(separator: " ").compactMap { Double($0) } ?? []
            let box = numbers.count == 4 ? PageBox(left: numbers[0], top: numbers[1], right: numbers[2], bottom: numbers[3]) : Self.nowhere
            pages.append(TracedPage(size: box))
            (order, clips, groups, masks) = (0, [], [], 0)
        case "fill_path", "stroke_path", "clip_path", "clip_stroke_path", "fill_text", "stroke_text", "clip_text", "clip_stroke_text",
            "ignore_text", "fill_image", "fill_image_mask", "clip_image_mask", "fill_shade":
            begin(reader)
        case "begin_group":
            // A group that multiplies lets the text through, unless it is black.
            let own = reader.attribute("alpha").flatMap { Double($0) } ?? 1
            let isClear = !["Normal", nil].contains(reader.attribute("blendmode"))
            groups.append(((groups.last?.opacity ?? 1) * own, groups.last?.isClear == true || isClear))
        case "begin_mask": masks += 1
        case "begin_tile":
            clips.append(clips.last ?? Self.nowhere)
            if let page = pages.indices.last, let box = clips.last, let size = pages.last?.size {
                order += 1
                pages[page].covers.append(PageCover(kind: .strokes, order: order, box: box.common(size), lines: [], width: .infinity))
            }
        default: break
        }
    }

    private mutating func begin(_ reader: XMLReader) {
        order += 1
        transform = PageTransform(reader.attribute("transform"))
        color = Self.color(reader.attribute("colorspace"), reader.attribute("color"))
        opacity = (reader.attribute("alpha").flatMap { Double($0) } ?? 1) * (groups.last?.opacity ?? 1)
        if groups.last?.isClear == true, color.map({ $0.reduce(0, +) > 0.4 }) ?? true { opacity *= 0.5 }
        strokeWidth = (reader.attribute("linewidth").flatMap { Double($0) } ?? 1) * transform.scale
        lines = []
        isInvisible = reader.name == "ignore_text"
        drawsText = reader.name.hasSuffix("_text")
    }

    private mutating func end(_ name: String) {
        let clip = clips.last ?? Self.nowhere
        switch name {
        case "fill_path": cover(.shape, lines)
        case "stroke_path": cover(.strokes, lines)
        case "fill_image", "fill_image_mask": picture()
        case "fill_shade":
            color = nil
            cover(.picture, [[PagePoint(clip.left, clip.top), PagePoint(clip.right, clip.bottom)]])
        case "clip_path", "clip_stroke_path": clips.append(PageBox(around: lines.joined()).map(clip.common) ?? clip)
        case "clip_image_mask": clips.append(PageBox(around: corners).map(clip.common) ?? clip)
        case "clip_text", "clip_stroke_text": clips.append(clip)
        case "end_mask":
            masks = max(0, masks - 1)
            clips.append(clip)
        case "pop_clip", "end_tile": _ = clips.popLast()
        case "end_group": _ = groups.popLast()
        default: break
        }
    }

    private var corners: [PagePoint] { [transform.of(0, 0), transform.of(1, 0), transform.of(1, 1), transform.of(0, 1)] }

    private mutating func picture() {
        guard let page = pages.indices.last, let box = PageBox(around: corners) else { return }
        if box.width > 12, box.height > 8 { pages[page].hasPictures = true }
        cover(.picture, [corners])
    }

    private mutating func cover(_ kind: PageCover.Kind, _ lines: [[PagePoint]]) {
        guard masks == 0, let page = pages.indices.last, var box = PageBox(around: lines.joined()), pages[page].covers.count < Self.most
        else { return }
        if kind == .strokes { box = box.grown(strokeWidth / 2) }
        box = box.common(clips.last ?? Self.nowhere)
        guard box.width > 0, box.height > 0 else { return }
        pages[page].covers.append(
            PageCover(
                kind: kind,
                order: order,
                box: box,
                lines: lines,
                width: strokeWidth,
                color: kind == .picture ? nil : color,
                opacity: opacity
            )
        )
    }

    private mutating func point(_ reader: XMLReader) {
        func number(_ name: String) -> Double { reader.attribute(name).flatMap { Double($0) } ?? 0 }
        if reader.name == "moveto" { lines.append([]) }
        guard !lines.isEmpty else { return }
        if reader.name == "curveto" {
            lines[lines.count - 1].append(transform.of(number("x1"), number("y1")))
            lines[lines.count - 1].append(transform.of(number("x2"), number("y2")))
            lines[lines.count - 1].append(transform.of(number("x3"), number("y3")))
        } else {
            lines[lines.count - 1].append(transform.of(number("x"), number("y")))
        }
    }

    private mutating func letter(_ reader: XMLReader) {
        guard masks == 0, drawsText, let page = pages.indices.last, pages[page].letters.count < Self.most else { return }
        var (x, y, wide, text) = (0.0, 0.0, 0.0, "")
        for (name, value) in reader.allAttributes() {
            switch name {
            case "x": x = Double(value) ?? 0
            case "y": y = Double(value) ?? 0
            case "adv": wide = Double(value) ?? 0
            case "unicode": text = value
            default: break
            }
        }
        if text.isEmpty || text == "\u{FFFD}" {
            pages[page].hasUnknownLetters = true
            text = "\u{FFFD}"
        }
        let (from, to, low, high) = isVertical ? (-0.5, 0.5, -1.0, 0.0) : (0.0, max(wide, 0.1), -0.2, 0.85)
        let edges = [(from, low), (to, low), (to, high), (from, high)].map { u, v in
            transform.of(x + trm.a * u + trm.c * v, y + trm.b * u + trm.d * v)
        }
        guard let box = PageBox(around: edges), box.left.isFinite, box.right.isFinite, box.top.isFinite, box.bottom.isFinite else { return }
        let size = trm.scale * transform.scale
        let cut = clips.last.map { !$0.contains(box.middle) } ?? false
        let outside = !pages[page].size.contains(box.middle)
        let sight: TracedPage.Sight = outside ? .outside : isInvisible || cut || opacity < 0.05 ? .invisible : size < 1 ? .tiny : .shown
        if Self.blocks.contains(text), sight == .shown {
            pages[page].covers.append(PageCover(kind: .blocks, order: order, box: box, lines: [], color: color, opacity: opacity))
        }
        pages[page].letters.append(
            TracedPage.Letter(text: text, box: box, base: transform.of(x, y), size: size, sight: sight, order: order, color: color)
        )
    }

    static let blocks: Set<String> = ["█", "■", "▇", "▉", "▊", "▆", "●", "▓", "▒", "▮", "◼", "⬛"]

    private static func color(_ space: String?, _ words: String?) -> [Double]? {
        guard let space, let numbers = words?.split(separator: " ").compactMap({ Double($0) }), !numbers.isEmpty else { return nil }
        switch numbers.count {
        case 1 where space.contains("Gray"): return [numbers[0], numbers[0], numbers[0]]
        case 3 where !space.contains("Lab"): return numbers
        case 4 where space.contains("CMYK"): return numbers.prefix(3).map { (1 - $0) * (1 - numbers[3]) }
        default: return nil
        }
    }
}
