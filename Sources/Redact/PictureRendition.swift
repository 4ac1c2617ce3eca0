import Extract
import Foundation

/// A picture written anew from its colours alone, with black over what is withheld.
struct PictureRendition {
    let bytes: [UInt8]
    let count: Int

    /// - Parameter isJPEG: otherwise PNG.
    /// - Throws: `Refused`.
    init(_ original: [UInt8], _ blackout: Blackout, drawn: [Withheld], isJPEG: Bool) throws {
        if let size = PictureSize(original) {
            guard size.width <= 20_000, size.height <= 20_000, size.width * size.height <= 100_000_000 else {
                throw Extract.Refused.pictureTooLarge
            }
        }
        let bench = try Workbench()
        try bench.put(original, as: "in")
        let limits = Workbench.Limits(time: 60, memory: 2 << 30, file: 512 << 20)
        // Turned as its own notes say, since these are gone afterwards; only the first of several pictures.
        try bench.run(
            [
                "gm", "convert", "in[0]", "-auto-orient", "-background", "white", "-flatten", "-depth", "8", "-type", "TrueColor",
                "plain.ppm",
            ],
            limits
        )
        var raster = try Raster(try bench.take("plain.ppm", most: 512 << 20))
        var (count, labels) = (0, [String]())
        func black(_ box: PageBox, _ article: String) {
            raster.fill(box)
            labels += Label.drawing(blackout.label(article), in: box, scale: 1)
        }
        for each in drawn where each.page ?? 1 == 1 {
            guard let box = each.box else { continue }
            count += 1
            black(PageBox(left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height), each.article)
        }
        if !blackout.needles.isEmpty {
            for place in Recognition.places(of: blackout.needles, in: try Recognition.words(in: "plain.ppm", on: bench)) {
                if place.isFirst { count += 1 }
                black(place.box.grown(2), place.article)
            }
        }
        try bench.put(raster.file(grey: false), as: "black.ppm")
        let out = isJPEG ? "out.jpg" : "out.png"
        try bench.run(
            ["gm", "convert", "black.ppm"] + (labels.isEmpty ? [] : ["-fill", "white", "-font", Label.font] + labels)
                + ["-strip", "-quality", "90", out],
            limits
        )
        (bytes, self.count) = (try bench.take(out), count)
    }
}

extension Recognition {
    /// Where the needles stand in a picture, word by word, in its own measure. The first word of a place says so.
    static func places(of needles: [Needle], in words: [Box]) -> [(box: PageBox, article: String, isFirst: Bool)] {
        var text = OwnedText()
        for (number, word) in words.enumerated() {
            if number > 0 { text.add(words[number - 1].line == word.line ? " " : "\n", of: -1) }
            text.add(word.text, of: number)
        }
        var taken: Set<Int> = []
        return text.nearPlaces(of: needles).flatMap { place -> [(box: PageBox, article: String, isFirst: Bool)] in
            let new = place.owners.filter { taken.insert($0).inserted }
            return new.enumerated().map { number, owner in
                let word = words[owner]
                let box = PageBox(
                    left: Double(word.x),
                    top: Double(word.y),
                    right: Double(word.x + word.width),
                    bottom: Double(word.y + word.height)
                )
                return (box: box.grown(0.1 * Double(word.height)), article: number == 0 ? place.article : "", isFirst: number == 0)
            }
        }
    }
}
