import Extract

/// A picture as rows of red, green and blue bytes, on which boxes are filled, not drawn over.
struct Raster {
    let width: Int
    let height: Int
    private(set) var bytes: [UInt8]

    /// - Throws: `Refused.broken` for anything but a binary PPM of one byte a colour.
    init(_ file: [UInt8]) throws {
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
        guard file.starts(with: "P6".utf8), numbers.count == 3, numbers[2] == 255, place + numbers[0] * numbers[1] * 3 <= file.count else {
            throw Extract.Refused.broken
        }
        (width, height) = (numbers[0], numbers[1])
        bytes = Array(file[place..<(place + width * height * 3)])
    }

    /// A box in pixels, in black.
    mutating func fill(_ box: PageBox) {
        func span(_ from: Double, _ to: Double, _ most: Int) -> Range<Int> {
            let start = Int(max(0, min(Double(most), from.rounded(.down))))
            return start..<max(start, Int(max(0, min(Double(most), to.rounded(.up)))))
        }
        let columns = span(box.left, box.right, width)
        for row in span(box.top, box.bottom, height) {
            let start = (row * width + columns.lowerBound) * 3
            for at in start..<(start + columns.count * 3) { bytes[at] = 0 }
        }
    }

    var isGrey: Bool {
        bytes.withUnsafeBufferPointer { bytes in
            stride(from: 0, to: bytes.count - 2, by: 3).allSatisfy {
                abs(Int(bytes[$0]) - Int(bytes[$0 + 1])) < 12 && abs(Int(bytes[$0]) - Int(bytes[$0 + 2])) < 12
            }
        }
    }

    /// As PPM, or as PGM when it is grey.
    func file(grey: Bool) -> [UInt8] {
        let head = Array("\(grey ? "P5" : "P6")\n\(width) \(height)\n255\n".utf8)
        return head + (grey ? stride(from: 1, to: bytes.count, by: 3).map { bytes[$0] } : bytes)
    }

    /// Sixteen shades of grey, two places a byte, each row from a new byte.
    static func shades(_ grey: some RandomAccessCollection<UInt8>, width: Int, height: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity((width + 1) / 2 * height)
        var place = grey.startIndex
        for _ in 0..<height {
            var column = 0
            while column < width {
                let high = grey[place] >> 4
                place = grey.index(after: place)
                var low: UInt8 = 0
                if column + 1 < width {
                    low = grey[place] >> 4
                    place = grey.index(after: place)
                }
                out.append(high << 4 | low)
                column += 2
            }
        }
        return out
    }
}

extension GreyPicture {
    /// The lines about some boxes, at full width one under the other, as PGM: two heights of a box above it and two below.
    func bands(about boxes: [PageBox], scale: Double) -> [UInt8] {
        var rows = [Bool](repeating: false, count: height)
        for box in boxes {
            let margin = 2 * max(box.height, 8)
            let from = Int(max(0, (box.top - margin) * scale))
            let to = Int(min(Double(height), (box.bottom + margin) * scale))
            for row in from..<max(from, to) { rows[row] = true }
        }
        let kept = rows.indices.filter { rows[$0] }
        let gap = [UInt8](repeating: 255, count: width * 20)
        var out: [UInt8] = []
        var (last, lines) = (-2, 0)
        for row in kept {
            // Bands from two places must not read as one line.
            if row != last + 1 {
                out += gap
                lines += 20
            }
            let start = bytes.startIndex + row * width
            out += bytes[start..<(start + width)]
            (last, lines) = (row, lines + 1)
        }
        return Array("P5\n\(width) \(lines + 20)\n255\n".utf8) + out + gap
    }
}
