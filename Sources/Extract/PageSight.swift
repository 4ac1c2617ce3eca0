/// What a reader of a page can see: later strokes cover earlier ones, and text in the colour of its ground is not seen.
extension TracedPage {
    mutating func judge() {
        // Covers by bands of the page, so that a letter is held only against what is near it.
        let height = max(1, (size.bottom - size.top) / 40)
        func band(_ y: Double) -> Int { Int(max(0, min(39, (y - size.top) / height))) }
        var bands = [[Int]](repeating: [], count: 40)
        for (number, cover) in covers.enumerated() where cover.box.bottom >= size.top && cover.box.top <= size.bottom {
            for each in band(cover.box.top)...band(cover.box.bottom) { bands[each].append(number) }
        }
        for at in letters.indices where letters[at].sight == .shown && letters[at].text.contains(where: { !$0.isWhitespace }) {
            let box = letters[at].box
            var near: [PageCover] = []
            for number in bands[band(box.middle.y)] where covers[number].box.meets(box) { near.append(covers[number]) }
            letters[at].sight = Self.sight(of: letters[at], among: near)
        }
    }

    private static func sight(of letter: Letter, among covers: [PageCover]) -> Sight {
        let samples = letter.box.samples
        var hidden: [PageCover.Kind: Set<Int>] = [:]
        var strokes = 0
        let heart = letter.box.grown(-0.12 * min(letter.box.width, letter.box.height))
        for cover in covers where cover.order > letter.order && cover.opacity > 0.8 {
            // The same characters printed twice for boldness do not hide each other.
            for (number, point) in samples.enumerated() where cover.paints(point) { hidden[cover.kind, default: []].insert(number) }
            if cover.kind == .strokes { strokes += cover.width == .infinity ? 3 : cover.segments.count { crosses($0, heart) } }
        }
        let all = hidden.values.reduce(into: Set()) { $0.formUnion($1) }
        if all.count >= 5 {
            // Of a cell's frame or an underline only the edge lies on the letter.
            let most = hidden.max { ($0.value.count, rank($0.key)) < ($1.value.count, rank($1.key)) }?.key ?? .shape
            switch most {
            case .shape: return .underShape
            case .picture: return .underPicture
            case .strokes: return .underHatching
            case .blocks: return .underBlocks
            }
        }
        if strokes >= 3 { return .underHatching }
        return isOfItsGround(letter, samples[4], covers) ? .ofTheGround : .shown
    }

    /// Invisible letters over a picture repeat what it shows, unless the picture shows nothing there.
    mutating func judgeLayer(by picture: GreyPicture) {
        var blank: [Int] = []
        func flush() {
            // One letter on blank paper is a slip of the recognition; a word is a place painted white.
            if blank.count < 3 { for at in blank { letters[at].sight = .layer } }
            blank = []
        }
        for at in letters.indices where letters[at].sight == .invisible {
            guard letters[at].text.contains(where: { !$0.isWhitespace }) else {
                letters[at].sight = .layer
                continue
            }
            let box = letters[at].box.grown(-min(0.1 * letters[at].box.height, 0.2 * letters[at].box.width))
            guard let shades = picture.shades(in: box, scale: 100 / 72) else {
                flush()
                continue
            }
            switch shades {
            case _ where shades.upperBound < 90:
                flush()
                letters[at].sight = .blackened
            case _ where shades.lowerBound > 170: blank.append(at)
            default:
                flush()
                letters[at].sight = .layer
            }
        }
        flush()
    }

    private static func rank(_ kind: PageCover.Kind) -> Int { kind == .shape ? 3 : kind == .picture ? 2 : 1 }

    private static func crosses(_ segment: (PagePoint, PagePoint), _ box: PageBox) -> Bool {
        guard let around = PageBox(around: [segment.0, segment.1]), around.grown(0.01).meets(box) else { return false }
        // A line through a box passes near one of its inner points.
        return box.samples.contains { PageCover.distance($0, segment.0, segment.1) < max(box.width, box.height) * 0.3 }
    }

    /// White on white, black on black.
    private static func isOfItsGround(_ letter: Letter, _ point: PagePoint, _ covers: [PageCover]) -> Bool {
        guard let own = letter.color else { return false }
        let ground = covers.last {
            $0.order < letter.order && $0.opacity > 0.8 && ($0.kind == .shape || $0.kind == .picture) && $0.paints(point)
        }
        guard let shade = ground == nil ? [1, 1, 1] : ground?.color else { return false }
        return zip(own, shade).allSatisfy { abs($0 - $1) < 0.04 }
    }

    /// The lines of the letters of a sight, in reading order: words apart where a gap is.
    package func text(where wanted: (Sight) -> Bool) -> String {
        Self.lines(of: letters.filter { wanted($0.sight) }).map { line in Self.words(line) }.joined(separator: "\n")
    }

    /// Letters by lines from the top, each from the left. Letters of one drawing keep their order on vertical lines.
    package static func lines(of letters: [Letter]) -> [[Letter]] {
        var lines: [[Letter]] = []
        for letter in letters.sorted(by: { ($0.base.y, $0.base.x) < ($1.base.y, $1.base.x) }) {
            if let first = lines.last?.first, abs(first.base.y - letter.base.y) < 0.4 * max(first.size, letter.size, 1) {
                lines[lines.count - 1].append(letter)
            } else {
                lines.append([letter])
            }
        }
        return lines.map { $0.sorted { $0.base.x < $1.base.x } }
    }

    package static func words(_ line: [Letter]) -> String {
        var (text, last) = ("", Letter?.none)
        for letter in line {
            if let last, letter.box.left - last.box.right > 0.25 * letter.size, !text.hasSuffix(" "), letter.text != " " { text += " " }
            text += letter.text
            last = letter
        }
        return text.trimmingSuffix { $0 == " " }
    }
}

extension String {
    func trimmingSuffix(while drops: (Character) -> Bool) -> String {
        var text = self
        while let last = text.last, drops(last) { text.removeLast() }
        return text
    }
}
