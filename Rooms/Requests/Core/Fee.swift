/// The fee for processing excessive requests: by items or by pages, never both on one request.
///
/// "均按照超额累进方式计算收费金额……不得同时按照两种标准重复计算" (国办函〔2020〕109号). Money is counted in fen.
public enum Fee: Equatable, Sendable {
    /// All of one applicant's requests in one calendar month.
    case items(Int)
    /// The pages of one request.
    case pages(Int)

    public struct Step: Codable, Equatable, Sendable {
        public let from: Int
        /// Nil where the band has no upper end.
        public let to: Int?
        public let count: Int
        public let yuanEach: Int
        public let yuan: Int
        public let article: String
        public let articleEn: String
    }

    public struct Charge: Equatable, Sendable {
        public let steps: [Step]
        public var yuan: Int { steps.reduce(0) { $0 + $1.yuan } }
        public var fen: Int { yuan * 100 }
    }

    // "30页以下不收费；31—100页：10元/页；101—200页：20元/页；201页以上：40元/页" (第五条).
    // The columns are the point.
    // swift-format-ignore
    private static let pageBands: [(from: Int, to: Int?, yuan: Int)] = [
        (1,   30,  0),
        (31,  100, 10),
        (101, 200, 20),
        (201, nil, 40),
    ]

    /// - Throws: `Refusal.invalid` for a negative or unreasonable number.
    public func charge() throws(Refusal) -> Charge {
        switch self {
        case .items(let count):
            try Self.check(count, "件数", "number of items")
            return Charge(steps: Self.steps(1...count + 1, Self.itemBands(upTo: count), Law(.feeMeasures)))
        case .pages(let count):
            try Self.check(count, "页数", "number of pages")
            return Charge(steps: Self.steps(1...count + 1, Self.pageBands, Law(.feeMeasures)))
        }
    }

    /// What one request of `items` adds to the month in which the same applicant has asked for `earlier` items before: its own fee notice.
    /// The shares of a month make up the charge for all of its items.
    /// - Throws: `Refusal.invalid` for a negative or unreasonable number.
    public static func share(of items: Int, after earlier: Int) throws(Refusal) -> Charge {
        try check(items, "件数", "number of items")
        try check(earlier, "件数", "number of items")
        let last = earlier + items
        return Charge(steps: steps(earlier + 1...last + 1, itemBands(upTo: last), Law(.feeMeasures)))
    }

    private static func check(_ count: Int, _ zh: String, _ en: String) throws(Refusal) {
        guard (0...1_000_000).contains(count) else {
            throw .invalid("count", "\(zh)应当是0至1000000的整数。", "The \(en) is a whole number from 0 to 1,000,000.")
        }
    }

    /// "10件以下不收费；11—30件：100元/件；31件以上以10件为一档，每增加一档提高100元/件" (第四条).
    private static func itemBands(upTo count: Int) -> [(from: Int, to: Int?, yuan: Int)] {
        var bands: [(from: Int, to: Int?, yuan: Int)] = [(1, 10, 0), (11, 30, 100)]
        var from = 31
        while from <= count {
            bands.append((from, from + 9, 200 + (from - 31) / 10 * 100))
            from += 10
        }
        return bands
    }

    /// - Parameter range: from the first that is charged to the one after the last, which may be the same: then nothing is.
    private static func steps(_ range: ClosedRange<Int>, _ bands: [(from: Int, to: Int?, yuan: Int)], _ law: Law) -> [Step] {
        bands.compactMap { band in
            let last = range.upperBound - 1
            let inside = min(last, band.to ?? last) - max(range.lowerBound, band.from) + 1
            guard inside > 0 else { return nil }
            return Step(
                from: band.from,
                to: band.to,
                count: inside,
                yuanEach: band.yuan,
                yuan: inside * band.yuan,
                article: law.citation.zh,
                articleEn: law.citation.en
            )
        }
    }
}

extension Fee.Charge: Encodable {
    private enum Key: String, CodingKey { case yuan, steps }

    public func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: Key.self)
        try row.encode(yuan, forKey: .yuan)
        try row.encode(steps, forKey: .steps)
    }
}
