/// What a run of a Word file stands on: its own colour, its marker, the shading below it.
package struct WordGround {
    /// Named by `w:highlight`, or six hexadecimal digits.
    package var color = ""
    package var highlight = ""
    package var shade = ""

    package init() {}

    /// Why a reader sees nothing of the run; nil when it can be read.
    package func hides(paragraph: String, cell: String) -> String? {
        let own = Self.light(color)
        let near = Self.light(highlight) ?? Self.light(shade)
        if let near {
            if near < 0.2, (own ?? 0) < 0.35 {
                return highlight.isEmpty || highlight == "none" ? "under black shading" : "under a black highlight"
            }
            if let own, abs(own - near) < 0.1 { return "in the colour of its ground" }
            return nil
        }
        // Word turns text without a colour of its own white on a dark paragraph or cell.
        guard let own else { return nil }
        return abs(own - (Self.light(paragraph) ?? Self.light(cell) ?? 1)) < 0.06 ? "in the colour of its ground" : nil
    }

    /// The colour of a drawing: `000000`, `#000`, `black`.
    static func isDark(_ name: String) -> Bool {
        var name = String(name.split(separator: " ").first ?? "")
        if name.hasPrefix("#") { name.removeFirst() }
        if name.utf8.count == 3 { name = name.map { "\($0)\($0)" }.joined() }
        return (light(name) ?? 1) < 0.2
    }

    /// From 0, black, to 1, white; nil where nothing is said.
    private static func light(_ name: String) -> Double? {
        if let named = names[name] { return named }
        guard name.utf8.count == 6, let value = Int(name, radix: 16) else { return nil }
        let (red, green, blue) = (Double(value >> 16), Double(value >> 8 & 255), Double(value & 255))
        return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
    }

    // The columns are the point.
    // swift-format-ignore
    private static let names: [String: Double] = [
        "black": 0,      "darkBlue": 0.06, "darkRed": 0.15,   "darkGreen": 0.23, "darkMagenta": 0.2, "darkCyan": 0.35,
        "darkGray": 0.5, "blue": 0.11,     "red": 0.3,        "darkYellow": 0.44, "magenta": 0.41,   "green": 0.59,
        "cyan": 0.7,     "lightGray": 0.75, "yellow": 0.89,   "white": 1,
    ]
}
