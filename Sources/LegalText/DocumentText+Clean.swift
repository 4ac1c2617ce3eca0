/// A document's text without the furniture of the page that it was copied from.
extension DocumentText {
    /// The lines of `source` that are no furniture, as they were; `source` is what this was read from.
    public func withoutFurniture(_ source: String) -> String {
        let left = furniture.map(\.lines)
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().filter { place, _ in !left.contains { $0.contains(place + 1) } }.map(\.element)
            .joined(separator: "\n")
    }
}
