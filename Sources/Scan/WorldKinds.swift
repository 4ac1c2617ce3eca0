/// The table's rows on other countries' numbers.
enum WorldKinds {
    static let rows: [Kind] = []
}

/// Proofs of other countries' numbers.
enum WorldChecks {
    static func proof(_ rule: String, _ range: Range<Int>, _ bytes: [UInt8]) -> Proof? { nil }
}
