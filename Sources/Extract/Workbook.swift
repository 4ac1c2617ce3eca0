import Foundation

/// Spreadsheets: cells by name, and the sheets, rows and columns that are not shown.
extension Walk {
    func workbook(_ archive: ZipArchive, at path: String) throws {
        func file(_ name: String) throws -> [UInt8]? {
            try archive.entries.first { $0.name == name }.map { try read($0, of: archive) }
        }
        var shared = SharedStrings()
        if let xml = try file("xl/sharedStrings.xml") { try shared.read(xml) }
        let days = try file("xl/styles.xml").map(WorkbookDays.styles) ?? []
        var targets: [String: String] = [:]
        if let xml = try file("xl/_rels/workbook.xml.rels") {
            var reader = try XMLReader(xml)
            while let event = try reader.next() {
                if event == .start, let id = reader.attribute("Id") { targets[id] = reader.attribute("Target") }
            }
        }
        guard let book = try file("xl/workbook.xml") else { throw Extract.Refused.broken }
        var reader = try XMLReader(book)
        var (listed, name, number) = (Set<String>(), "", 0)
        while let event = try reader.next() {
            if event == .start { name = reader.name }
            if event == .text, name == "definedName" { try add(path, "defined name", .hidden, reader.text) }
            guard event == .start else { continue }
            if name == "definedName" { try add(path, "defined name", .property, reader.attribute("name") ?? "") }
            if name == "sheet", let title = reader.attribute("name"), let id = reader.attribute("r:id"), let target = targets[id] {
                let hidden = (reader.attribute("state") ?? "visible") != "visible"
                number += 1
                let place = "sheet \(number)"
                try add(path, hidden ? place + " · hidden sheet" : place, hidden ? .hidden : .visible, title)
                let inner = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
                listed.insert(inner)
                guard let xml = try file(inner) else { continue }
                try attempt(path, place) { try sheet(xml, place, at: path, hidden: hidden, &shared, days) }
            }
        }
        // Sheets that the book no longer lists are still in the package.
        for entry in archive.entries
        where entry.name.contains("worksheets/sheet") && entry.name.hasSuffix(".xml") && !listed.contains(entry.name) {
            guard !entry.name.contains("_rels") else { continue }
            try sheet(try self.read(entry, of: archive), entry.name + " · not listed", at: path, hidden: true, &shared, days)
        }
        for (number, text) in shared.texts.enumerated() where !shared.used.contains(number) {
            try add(path, "shared string \(number + 1)", .hidden, text)
        }
    }

    private func sheet(
        _ xml: [UInt8],
        _ place: String,
        at path: String,
        hidden sheetHidden: Bool,
        _ shared: inout SharedStrings,
        _ days: Set<Int>
    ) throws {
        var reader = try XMLReader(xml)
        var columns: [ClosedRange<Int>] = []
        var (rowHidden, cell, type, style, element) = (false, "", "n", 0, "")
        var (value, formula, row, column) = ("", "", 0, 0)
        while let event = try reader.next() {
            switch event {
            case .start:
                element = reader.name
                switch element {
                case "col":
                    if Self.isTrue(reader.attribute("hidden")) || reader.attribute("width").flatMap({ Double($0) }) == 0,
                        let from = reader.attribute("min").flatMap({ Int($0) }), let to = reader.attribute("max").flatMap({ Int($0) }),
                        from <= to
                    {
                        columns.append(from...to)
                    }
                case "row":
                    row = reader.attribute("r").flatMap { Int($0) } ?? row + 1
                    column = 0
                    rowHidden = Self.isTrue(reader.attribute("hidden")) || reader.attribute("ht").flatMap { Double($0) } == 0
                case "c":
                    column += 1
                    cell = reader.attribute("r") ?? Self.letters(column) + "\(row)"
                    column = Self.column(cell)
                    type = reader.attribute("t") ?? "n"
                    style = reader.attribute("s").flatMap { Int($0) } ?? 0
                    (value, formula) = ("", "")
                case "hyperlink":
                    for name in ["tooltip", "display", "location"] {
                        try add(path, "\(place) · \(reader.attribute("ref") ?? "") · link", .property, reader.attribute(name) ?? "")
                    }
                case "dataValidation":
                    for name in ["error", "errorTitle", "prompt", "promptTitle"] {
                        try add(path, "\(place) · \(reader.attribute("sqref") ?? "") · rule", .property, reader.attribute(name) ?? "")
                    }
                default: break
                }
            case .text:
                switch element {
                case "v", "t": value += reader.text
                case "f": formula += reader.text
                case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
                    try add(path, "\(place) · \(element)", .visible, reader.text)
                case "formula1", "formula2", "formula": try add(path, "\(place) · rule", .hidden, reader.text)
                default: break
                }
            case .comment: try add(path, "\(place) · XML comment", .hidden, reader.text)
            case .end:
                element = ""
                guard reader.name == "c" else { continue }
                let columnHidden = columns.contains { $0.contains(column) }
                let hidden = sheetHidden || rowHidden || columnHidden
                let why =
                    sheetHidden
                    ? "hidden sheet · "
                    : rowHidden ? "hidden row \(row) · " : columnHidden ? "hidden column \(Self.letters(column)) · " : ""
                let text =
                    type == "s" ? shared.use(Int(value) ?? -1) : type == "n" ? Self.number(value, isDay: days.contains(style)) : value
                try add(path, "\(place) · \(why)\(cell)", hidden ? .hidden : .visible, text)
                // Only words in a formula tell more than its result does.
                if formula.contains("\"") || formula.utf8.contains(where: { $0 > 127 }) {
                    try add(path, "\(place) · \(why)\(cell) · formula", .hidden, formula)
                }
            }
        }
    }

    /// Long numbers come as 1.1010119800307E+17; days as a count from 30 December 1899.
    private static func number(_ value: String, isDay: Bool) -> String {
        guard let number = Double(value) else { return value }
        if isDay, number >= 1, number < 2_958_466 {
            let (year, month, day) = WorkbookDays.civil(Int(number) - 25_569)
            return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
        }
        if value.contains("E") || value.contains("e"), number == number.rounded(), abs(number) < 1e18 { return String(Int(number)) }
        return value
    }

    private static func isTrue(_ value: String?) -> Bool { value == "1" || value == "true" }

    private static func column(_ cell: String) -> Int {
        cell.utf8.prefix { $0 >= 65 && $0 <= 90 }.prefix(4).reduce(0) { $0 * 26 + Int($1) - 64 }
    }

    private static func letters(_ column: Int) -> String {
        var (rest, name) = (column, "")
        while rest > 0 {
            name = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + name
            rest = (rest - 1) / 26
        }
        return name
    }
}

/// The table of texts that cells point into; what no cell points to any more is still there.
struct SharedStrings {
    private(set) var texts: [String] = []
    private(set) var used: Set<Int> = []

    mutating func read(_ xml: [UInt8]) throws {
        var reader = try XMLReader(xml)
        var (text, element) = ("", "")
        while let event = try reader.next() {
            switch event {
            case .start:
                element = reader.name
                if element == "si" { text = "" }
            case .text: if element == "t" { text += reader.text }
            case .end:
                element = ""
                if reader.name == "si" { texts.append(text) }
            case .comment: break
            }
        }
    }

    mutating func use(_ number: Int) -> String {
        guard texts.indices.contains(number) else { return "" }
        used.insert(number)
        return texts[number]
    }
}
