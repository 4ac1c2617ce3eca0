import Extract
import Foundation

/// The first shown table of a workbook, read cell by cell in one pass: what is hidden is refused or told, never published unseen.
struct WorkbookTable {
    /// The most rows under the names, and the most columns.
    private static let mostRows = 1_000_000
    private static let mostColumns = 200
    /// The most bytes of text beside the table.
    private static let mostAside = 64 << 20

    private let archive: Archive
    private var notes: [TableNote] = []
    private var csv: [UInt8] = []
    private var names = 0
    private var (firstRow, lastRow, rows, blanks, formulas) = (0, 0, 0, 0, 0)
    private var hiddenColumns: [ClosedRange<Int>] = []

    /// - Throws: `TableRefused`, `Extract.Refused` or `Sheet.Unreadable`.
    static func read(_ bytes: [UInt8]) throws -> TableReading {
        var table = WorkbookTable(archive: try Archive(bytes))
        return try table.read()
    }

    private init(archive: Archive) { self.archive = archive }

    private mutating func read() throws -> TableReading {
        guard archive.holds("xl/workbook.xml") else { throw Sheet.Unreadable.unknownFormat }
        try refuseMachinery()
        let book = try Book(archive)
        guard let chosen = book.sheets.first(where: { !$0.isHidden && $0.path.contains("worksheets/") }) else {
            throw TableRefused("工作簿没有可见的工作表。", "The workbook has no sheet that is shown.")
        }
        for sheet in book.sheets where sheet.path != chosen.path {
            notes.append(
                sheet.isHidden
                    ? TableNote("隐藏的工作表“\(sheet.title)”没有收入。", "The hidden sheet “\(sheet.title)” was left aside.")
                    : TableNote(
                        "只收入第一张工作表“\(chosen.title)”，“\(sheet.title)”没有收入。",
                        "Only the first sheet “\(chosen.title)” is taken; “\(sheet.title)” was left aside."
                    )
            )
        }
        let shared = archive.holds("xl/sharedStrings.xml") ? try Sheet.sharedTexts(try archive.file("xl/sharedStrings.xml")) : []
        var aside = try fill(chosen.path, shared, book)
        aside += try restOfArchive(beside: chosen.path) + shared
        guard rows > 0 else { throw TableRefused("表中没有数据行。", "The table has no rows.") }
        if blanks > 0 { notes.append(TableNote("略去了\(blanks)个空行。", "\(blanks) blank rows were left out.")) }
        if formulas > 0 {
            notes.append(
                TableNote("\(formulas)个单元格是公式，取其最后的计算结果。", "\(formulas) cells are formulas; their last results are taken.")
            )
        }
        return TableReading(csv: csv, notes: notes, aside: aside.joined(separator: "\n"))
    }

    /// Programs and files inside are not carried along in silence: the person takes them out first.
    private mutating func refuseMachinery() throws {
        let names = archive.names
        if names.contains(where: { $0.contains("vbaProject") || $0.contains("/activeX/") || $0.contains("macrosheets/") }) {
            throw TableRefused("工作簿含有宏。请另存为不含宏的XLSX。", "The workbook holds macros. Save it as XLSX without them.")
        }
        if names.contains(where: { $0.contains("/embeddings/") }) {
            throw TableRefused("工作簿里嵌有其他文件。请取出后再上传。", "Other files are embedded in the workbook. Take them out first.")
        }
        if archive.hidesFiles {
            throw TableRefused(
                "压缩包里藏有目录没有列出的文件。请重新导出后再上传。",
                "The archive hides files that its directory does not list. Export it anew."
            )
        }
        let pictures = names.filter { $0.contains("xl/media/") }.count
        if pictures > 0 { notes.append(TableNote("\(pictures)幅图片没有收入。", "\(pictures) pictures were left aside.")) }
    }

    /// Reads the sheet's cells into rows; gives its other texts: headers, links, rules.
    private mutating func fill(_ path: String, _ shared: [String], _ book: Book) throws -> [String] {
        var reader = try XMLReader(try archive.file(path))
        var (row, cells, isRowHidden) = (0, [String](), false)
        var (cell, isText, isReading, isFormula, element) = (Cell(), false, false, false, "")
        var aside: [String] = []
        while let event = try reader.next() {
            switch event {
            case .start:
                element = reader.name
                switch element {
                case "col" where Self.isTrue(reader.attribute("hidden")):
                    if let from = reader.attribute("min").flatMap({ Int($0) }), let to = reader.attribute("max").flatMap({ Int($0) }),
                        from <= to
                    {
                        hiddenColumns.append((from - 1)...(to - 1))
                    }
                case "row":
                    var number = row + 1
                    isRowHidden = false
                    // Attributes are read once: a sheet may have a million rows.
                    for (name, value) in reader.allAttributes() {
                        if name == "r" { number = Int(value) ?? number }
                        if name == "hidden" { isRowHidden = Self.isTrue(value) }
                    }
                    guard number > row else { throw Sheet.Unreadable.broken }
                    row = number
                    cells.removeAll(keepingCapacity: true)
                case "c":
                    cell = Cell()
                    cell.column = cells.count
                    for (name, value) in reader.allAttributes() {
                        switch name {
                        case "r": cell.column = Sheet.column(of: value) ?? cells.count
                        case "t": cell.kind = value
                        case "s": cell.style = Int(value) ?? 0
                        default: break
                        }
                    }
                case "f": (isFormula, cell.isFormula) = (true, true)
                case "rPh": isReading = true
                case "v", "t": isText = true
                case "mergeCell": try refuseMerge(reader.attribute("ref") ?? "")
                default: break
                }
            case .text:
                if isText, !isReading {
                    cell.text += reader.text
                } else if isFormula || element.hasSuffix("Header") || element.hasSuffix("Footer") || element.hasPrefix("formula") {
                    aside.append(reader.text)
                }
            case .comment: aside.append(reader.text)
            case .end:
                switch reader.name {
                case "v", "t": isText = false
                case "f": isFormula = false
                case "rPh": isReading = false
                case "c":
                    guard cell.text.contains(where: { !$0.isWhitespace }) || cell.isFormula else { continue }
                    let text = try cell.shown(in: row, shared, book)
                    if cell.isFormula { formulas += 1 }
                    guard cell.column < Self.mostColumns else { throw Self.tooWide }
                    while cells.count < cell.column { cells.append("") }
                    guard cells.count == cell.column else { throw Sheet.Unreadable.broken }
                    cells.append(text)
                case "row": try take(cells, row, isHidden: isRowHidden)
                default: break
                }
            }
        }
        // A sheet that is cut short would lose rows in silence.
        guard reader.depth == 0 else { throw Sheet.Unreadable.broken }
        return aside
    }

    private mutating func take(_ cells: [String], _ row: Int, isHidden: Bool) throws {
        guard cells.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else { return }
        if isHidden {
            throw TableRefused(
                "第\(row)行是隐藏的（也可能是筛选所致）。请取消隐藏，或者删去后再上传。",
                "Row \(row) is hidden, perhaps by a filter. Show it, or delete it."
            )
        }
        if let column = cells.indices.first(where: { column in !cells[column].isEmpty && hiddenColumns.contains { $0.contains(column) } }) {
            let name = Sheet.letters(of: column)
            throw TableRefused("\(name)列是隐藏的。请取消隐藏，或者删去后再上传。", "Column \(name) is hidden. Show it, or delete it.")
        }
        if firstRow == 0 {
            (firstRow, names) = (row, cells.count)
        } else {
            guard cells.count <= names else {
                throw TableRefused(
                    "第\(row)行有\(cells.count)列，而第\(firstRow)行只有\(names)个列名。如果第\(firstRow)行是标题，请删去。",
                    "Row \(row) has \(cells.count) cells where row \(firstRow) has \(names) names. If row \(firstRow) is a title, delete it."
                )
            }
            blanks += row - lastRow - 1
            rows += 1
            guard rows <= Self.mostRows else {
                throw TableRefused("表过大：至多\(Self.mostRows)行。请拆分。", "The table is too large: at most \(Self.mostRows) rows. Split it.")
            }
        }
        lastRow = row
        for column in 0..<names {
            if column > 0 { csv.append(UInt8(ascii: ",")) }
            if column < cells.count { Self.append(cells[column], to: &csv) }
        }
        csv += [0x0D, 0x0A]
    }

    private static let tooWide = TableRefused("表过大：至多\(mostColumns)列。", "The table is too large: at most \(mostColumns) columns.")

    /// Joined cells stand after all rows; where they are within the table, it is not told which row a value belongs to.
    private func refuseMerge(_ range: String) throws {
        let ends = range.split(separator: ":").map { end in
            (column: Sheet.column(of: String(end)) ?? 0, row: Int(end.drop { $0.isLetter }) ?? 0)
        }
        guard ends.count == 2, firstRow > 0, ends[1].row >= firstRow, ends[0].row <= lastRow, ends[0].column < names else { return }
        throw TableRefused(
            "单元格\(range)是合并的。请取消合并，把每一格填满，标题行请删去。",
            "The cells \(range) are merged. Undo that, fill each cell, and delete a title above the names."
        )
    }

    /// What else stands in the archive: all texts, and the words in attributes (caches of pivot tables hold values there).
    private func restOfArchive(beside chosen: String) throws -> [String] {
        var (found, size): ([String], Int) = ([], 0)
        func keep(_ text: String) throws {
            guard text.contains(where: { !$0.isWhitespace }) else { return }
            size += text.utf8.count
            guard size <= Self.mostAside else { throw Sheet.Unreadable.tooLarge }
            found.append(text)
        }
        for name in archive.names where name != chosen && (name.hasSuffix(".xml") || name.hasSuffix(".rels") || name.hasSuffix(".vml")) {
            try keep(name)
            if ["xl/sharedStrings.xml", "xl/styles.xml", "xl/calcChain.xml", "[Content_Types].xml"].contains(name) { continue }
            if name.contains("/theme/") { continue }
            var reader = try XMLReader(try archive.file(name))
            while let event = try reader.next() {
                switch event {
                case .start:
                    for (key, value) in reader.allAttributes() where !key.hasPrefix("xmlns") && Self.isWord(value) { try keep(value) }
                case .text, .comment: try keep(reader.text)
                case .end: break
                }
            }
        }
        return found
    }

    private static func isWord(_ value: String) -> Bool { value.utf8.contains { $0 > 127 } || value.utf8.count >= 6 }

    private static func append(_ text: String, to csv: inout [UInt8]) {
        // All separators that a reader might take for one.
        guard text.utf8.contains(where: { "\",;|\t\r\n".utf8.contains($0) }) else {
            csv += Array(text.utf8)
            return
        }
        csv.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { csv.append(byte) }
            csv.append(byte)
        }
        csv.append(UInt8(ascii: "\""))
    }

    private static func isTrue(_ value: String?) -> Bool { value == "1" || value == "true" }
}

/// The workbook's list of sheets, and how it counts days.
private struct Book {
    struct Listed {
        let title, path: String
        let isHidden: Bool
    }

    private(set) var sheets: [Listed] = []
    private(set) var startsIn1904 = false
    let dayStyles: Set<Int>

    init(_ archive: Archive) throws {
        let targets = try Sheet.targets(archive)
        dayStyles = archive.holds("xl/styles.xml") ? try WorkbookDays.styles(try archive.file("xl/styles.xml")) : []
        var reader = try XMLReader(try archive.file("xl/workbook.xml"))
        while let event = try reader.next() {
            guard event == .start else { continue }
            if reader.name == "workbookPr" { startsIn1904 = ["1", "true"].contains(reader.attribute("date1904") ?? "") }
            guard reader.name == "sheet", let path = reader.attribute("id").flatMap({ targets[$0] }), archive.holds(path) else { continue }
            let isHidden = (reader.attribute("state") ?? "visible") != "visible"
            sheets.append(Listed(title: reader.attribute("name") ?? "", path: path, isHidden: isHidden))
        }
    }
}

/// A cell while it is read.
private struct Cell {
    var column = 0
    var style = 0
    var kind = "n"
    var text = ""
    var isFormula = false

    /// The text that the cell shows.
    func shown(in row: Int, _ shared: [String], _ book: Book) throws -> String {
        let place = "\(Sheet.letters(of: column))\(row)"
        if isFormula, text.isEmpty, kind != "str" {
            throw TableRefused(
                "单元格\(place)的公式没有保存计算结果。请重新计算并保存后再上传。",
                "The formula in \(place) has no stored result. Calculate and save the workbook again."
            )
        }
        switch kind {
        case "s":
            guard let number = Int(text), shared.indices.contains(number) else { throw Sheet.Unreadable.broken }
            return shared[number]
        case "e":
            throw TableRefused("单元格\(place)是错误值\(text)。请更正后再上传。", "The cell \(place) holds the error \(text). Correct it.")
        case "b": return text == "1" ? "TRUE" : "FALSE"
        case "n": return try number(place, book)
        default: return text
        }
    }

    private func number(_ place: String, _ book: Book) throws -> String {
        guard let number = Double(text), number.isFinite else { return text }
        if book.dayStyles.contains(style), number >= 1, number < 2_958_466 { return day(number + (book.startsIn1904 ? 1462 : 0)) }
        // A spreadsheet keeps 15 digits: of a longer whole number the last ones are lost, and it is mostly an ID.
        if number == number.rounded(), abs(number) >= 1e15 {
            throw TableRefused(
                "单元格\(place)是超过15位的数字，工作簿已丢失末尾几位。请按文本重新填写。",
                "The cell \(place) is a number of more than 15 digits: the workbook has lost the last ones. Enter it as text."
            )
        }
        if number == number.rounded() { return String(Int(number)) }
        return text.utf8.count <= 15 && !text.contains("E") && !text.contains("e") ? text : Self.plain(number)
    }

    /// 0.30000000000000004 is shown as 0.3.
    private static func plain(_ number: Double) -> String { String(format: "%.15g", number) }

    private func day(_ number: Double) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        var seconds = Int((number * 86_400).rounded())
        let (year, month, day) = WorkbookDays.civil(seconds / 86_400 - 25_569)
        seconds %= 86_400
        let date = "\(year)-\(two(month))-\(two(day))"
        return seconds == 0 ? date : "\(date) \(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}
