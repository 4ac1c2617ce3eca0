import Foundation

/// Pictures: what is written in them, and what the camera wrote beside them.
extension Walk {
    func picture(_ bytes: [UInt8], at path: String) throws {
        try attempt(path) { try pictureProperties(bytes, at: path, "") }
        guard effort.recognises else { return }
        try recognise(bytes, at: path, "")
    }

    /// EXIF, GPS, IPTC, XMP and comments, as exiftool names them.
    func pictureProperties(_ bytes: [UInt8], at path: String, _ prefix: String) throws {
        guard seenProperties.insert(Self.fingerprint(bytes)).inserted else { return }
        let bench = try Workbench()
        try bench.put(bytes, as: "picture")
        let words = try bench.run(
            ["exiftool", "-json", "-a", "-G1", "-c", "%.6f", "-m", "picture"],
            Workbench.Limits(time: 20),
            fine: [0, 1]
        )
        guard let list = try JSONSerialization.jsonObject(with: Data(words)) as? [[String: Any]], let tags = list.first else { return }
        for (name, value) in tags.sorted(by: { $0.key < $1.key }) {
            let pieces = name.split(separator: ":", maxSplits: 1)
            guard pieces.count == 2,
                !["ExifTool", "System", "File", "JFIF", "ICC-header", "Adobe"].contains(pieces[0]) || pieces[1] == "Comment"
            else {
                continue
            }
            if pieces[0].hasPrefix("ICC") || Self.routine.contains(String(pieces[1])) { continue }
            try add(path, "\(prefix)\(name)", .property, "\(value)")
        }
    }

    private static let routine: Set<String> = [
        "ImageWidth", "ImageHeight", "ImageSize", "Megapixels", "BitDepth", "ColorType", "Compression", "Filter", "Interlace",
        "XResolution",
        "YResolution", "ResolutionUnit", "ExifByteOrder", "BitsPerSample", "PhotometricInterpretation", "Palette", "Gamma", "SRGBRendering",
        "PixelsPerUnitX", "PixelsPerUnitY", "PixelUnits", "BackgroundColor", "HasColorMap", "ColorResolutionDepth", "YCbCrPositioning",
    ]

    func recognise(_ bytes: [UInt8], at path: String, _ prefix: String) throws {
        guard seenPictures.insert(Self.fingerprint(bytes)).inserted else { return }
        if let size = PictureSize(bytes) {
            guard size.width <= 20_000, size.height <= 20_000, size.width * size.height <= 100_000_000 else {
                throw Extract.Refused.pictureTooLarge
            }
            guard size.width >= 24, size.height >= 12 else { return }
        }
        picturesLeft -= 1
        guard picturesLeft >= 0, !isLate else { throw Extract.Refused.tooSlow }
        let bench = try Workbench()
        try bench.put(bytes, as: "picture")
        for line in try Recognition.lines(in: "picture", on: bench) {
            try add(path, "\(prefix)box \(line.x),\(line.y),\(line.width),\(line.height)", .image, line.text)
        }
    }

    private static func fingerprint(_ bytes: [UInt8]) -> Int {
        var hasher = Hasher()
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }
}

/// Optical recognition by tesseract, Chinese and English.
package enum Recognition {
    /// A piece of text with its box in pixels from the top left.
    package struct Box {
        package var text: String
        package var x: Int
        package var y: Int
        package var width: Int
        package var height: Int
        package fileprivate(set) var line: String

        fileprivate mutating func join(_ other: Self) {
            let isWide =
                text.unicodeScalars.last.map { $0.value > 0x2E80 } == true
                || other.text.unicodeScalars.first.map { $0.value > 0x2E80 } == true
            text += isWide ? other.text : " " + other.text
            let (right, bottom) = (max(x + width, other.x + other.width), max(y + height, other.y + other.height))
            (x, y) = (min(x, other.x), min(y, other.y))
            (width, height) = (right - x, bottom - y)
        }
    }

    /// - Throws: `Refused`.
    package static func words(in name: String, on bench: Workbench) throws -> [Box] {
        // The mode for whole pages finds nothing in a picture of a few words: then sparse text is looked for.
        for mode in ["3", "11"] {
            let table = try bench.run(
                ["tesseract", name, "-", "-l", "chi_sim+eng", "--psm", mode, "-c", "tessedit_do_invert=1", "tsv"],
                Workbench.Limits(time: 120, memory: 2 << 30)
            )
            let found = String(decoding: table, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst().compactMap(Self.box)
            if !found.isEmpty { return found }
        }
        return []
    }

    package static func lines(in name: String, on bench: Workbench) throws -> [Box] {
        var lines: [Box] = []
        for word in try words(in: name, on: bench) {
            if lines.last?.line == word.line { lines[lines.count - 1].join(word) } else { lines.append(word) }
        }
        return lines
    }

    private static func box(_ row: Substring) -> Box? {
        let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
        guard cells.count == 12, cells[0] == "5", let x = Int(cells[6]), let y = Int(cells[7]), let width = Int(cells[8]),
            let height = Int(cells[9])
        else {
            return nil
        }
        let text = cells[11].trimmingCharacters(in: .whitespaces)
        guard !text.isEmpty else { return nil }
        return Box(text: text, x: x, y: y, width: width, height: height, line: cells[1...4].joined(separator: "."))
    }
}

/// The size of a picture from its first bytes, before anything unfolds it.
package struct PictureSize {
    package let width: Int
    package let height: Int

    /// - Returns: nil when it is no PNG, JPEG, GIF, BMP or WebP.
    package init?(_ bytes: [UInt8]) {
        func big(_ place: Int, _ count: Int) -> Int {
            place + count <= bytes.count ? (0..<count).reduce(0) { $0 << 8 | Int(bytes[place + $1]) } : 0
        }
        func little(_ place: Int, _ count: Int) -> Int {
            place + count <= bytes.count ? (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) } : 0
        }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            (width, height) = (big(16, 4), big(20, 4))
        } else if bytes.starts(with: "GIF8".utf8) {
            (width, height) = (little(6, 2), little(8, 2))
        } else if bytes.starts(with: "BM".utf8), bytes.count > 26, little(2, 4) == bytes.count {
            (width, height) = (little(18, 4), abs(Int(Int32(truncatingIfNeeded: little(22, 4)))))
        } else if bytes.starts(with: "RIFF".utf8), bytes.count > 30, bytes[8..<12].elementsEqual("WEBP".utf8) {
            let isExtended = bytes[12..<16].elementsEqual("VP8X".utf8)
            (width, height) = isExtended ? (little(24, 3) + 1, little(27, 3) + 1) : (little(26, 2) & 0x3FFF, little(28, 2) & 0x3FFF)
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            var place = 2
            while place + 9 < bytes.count, bytes[place] == 0xFF {
                let mark = bytes[place + 1]
                if (0xC0...0xCF).contains(mark), mark != 0xC4, mark != 0xC8, mark != 0xCC {
                    (width, height) = (big(place + 7, 2), big(place + 5, 2))
                    return
                }
                place += 2 + max(2, big(place + 2, 2))
            }
            (width, height) = (0, 0)
        } else {
            return nil
        }
    }
}
