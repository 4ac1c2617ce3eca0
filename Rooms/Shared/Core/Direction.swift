/// Marks that turn the direction of a text (U+202A–202E, U+2066–2069): they can make a line read as another.
extension String {
    public var turnsDirection: Bool {
        unicodeScalars.contains { (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) }
    }
}
