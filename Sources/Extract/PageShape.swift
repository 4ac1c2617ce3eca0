/// A place on a page, in points from the top left.
package struct PagePoint: Sendable {
    package var x: Double
    package var y: Double

    package init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
}

/// A box on a page, in points from the top left.
package struct PageBox: Equatable, Sendable {
    package var left: Double
    package var top: Double
    package var right: Double
    package var bottom: Double

    package init(left: Double, top: Double, right: Double, bottom: Double) {
        (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    }

    /// The smallest box around the points.
    package init?(around points: some Collection<PagePoint>) {
        guard let first = points.first else { return nil }
        (left, top, right, bottom) = (first.x, first.y, first.x, first.y)
        for point in points {
            (left, right) = (min(left, point.x), max(right, point.x))
            (top, bottom) = (min(top, point.y), max(bottom, point.y))
        }
    }

    package var width: Double { right - left }
    package var height: Double { bottom - top }
    package var area: Double { max(0, width) * max(0, height) }
    package var middle: PagePoint { PagePoint((left + right) / 2, (top + bottom) / 2) }

    package func contains(_ point: PagePoint) -> Bool { point.x >= left && point.x <= right && point.y >= top && point.y <= bottom }

    package func meets(_ other: Self) -> Bool { left < other.right && other.left < right && top < other.bottom && other.top < bottom }

    package func common(_ other: Self) -> Self {
        Self(left: max(left, other.left), top: max(top, other.top), right: min(right, other.right), bottom: min(bottom, other.bottom))
    }

    package func grown(_ by: Double) -> Self { Self(left: left - by, top: top - by, right: right + by, bottom: bottom + by) }

    /// Nine points inside, row by row.
    var samples: [PagePoint] {
        [0.2, 0.5, 0.8].flatMap { y in [0.15, 0.5, 0.85].map { x in PagePoint(left + width * x, top + height * y) } }
    }
}

/// A map of the plane, as PDF writes it: a b c d e f.
struct PageTransform {
    var a = 1.0
    var b = 0.0
    var c = 0.0
    var d = 1.0
    var e = 0.0
    var f = 0.0

    init() {}

    init(_ words: String?) {
        let numbers = words?.split(separator: " ").compactMap { Double($0) } ?? []
        if numbers.count >= 4 { (a, b, c, d) = (numbers[0], numbers[1], numbers[2], numbers[3]) }
        if numbers.count >= 6 { (e, f) = (numbers[4], numbers[5]) }
    }

    func of(_ x: Double, _ y: Double) -> PagePoint { PagePoint(a * x + c * y + e, b * x + d * y + f) }

    /// By how much lengths grow.
    var scale: Double { abs(a * d - b * c).squareRoot() }
}

/// Something drawn that may lie over text: a filled outline, a picture, strokes.
struct PageCover {
    enum Kind {
        case shape
        case picture
        case strokes
        /// Characters such as █ set over others.
        case blocks
    }

    let kind: Kind
    let order: Int
    let box: PageBox
    /// Outlines of a fill; runs of points of strokes.
    let lines: [[PagePoint]]
    /// For strokes, in points.
    var width = 0.0
    /// Red, green, blue from 0 to 1; nil when not known.
    var color: [Double]?
    var opacity = 1.0

    /// Whether it paints the point.
    func paints(_ point: PagePoint) -> Bool {
        guard box.contains(point) else { return false }
        switch kind {
        case .picture, .blocks: return true
        case .shape: return isInside(point)
        case .strokes: return segments.contains { Self.distance(point, $0.0, $0.1) <= max(width, 0.2) / 2 }
        }
    }

    var segments: some Sequence<(PagePoint, PagePoint)> {
        lines.lazy.flatMap { line in zip(line, line.dropFirst()) }
    }

    /// By the even-odd rule.
    private func isInside(_ point: PagePoint) -> Bool {
        var inside = false
        for line in lines where line.count > 2 {
            var last = line[line.count - 1]
            for next in line {
                if (next.y > point.y) != (last.y > point.y),
                    point.x < (last.x - next.x) * (point.y - next.y) / (last.y - next.y) + next.x
                {
                    inside.toggle()
                }
                last = next
            }
        }
        return inside
    }

    static func distance(_ point: PagePoint, _ from: PagePoint, _ to: PagePoint) -> Double {
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        let length = dx * dx + dy * dy
        let along = length > 0 ? max(0, min(1, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length)) : 0
        let (x, y) = (from.x + along * dx - point.x, from.y + along * dy - point.y)
        return (x * x + y * y).squareRoot()
    }
}
