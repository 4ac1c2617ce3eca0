import Extract

/// Office Open XML spreadsheets (ECMA-376): one sheet, texts in the cells, the head row fixed.
extension Sheet {
    var xlsx: [UInt8] {
        var archive = ZipWriter()
        archive.add(
            "[Content_Types].xml",
            XML.head + """
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
                <Default Extension="xml" ContentType="application/xml"/>\
                <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
                <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>\
                <Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
                """
        )
        archive.add(
            "_rels/.rels",
            XML.head + """
                <Relationships xmlns="\(XML.packageRelations)"><Relationship Id="rId1" Type="\(XML.relations)/officeDocument" Target="xl/workbook.xml"/></Relationships>
                """
        )
        archive.add(
            "xl/workbook.xml",
            XML.head + """
                <workbook xmlns="\(XML.spreadsheet)" xmlns:r="\(XML.relations)"><sheets>\
                <sheet name="\(XML.escape(sheetName))" sheetId="1" r:id="rId1"/></sheets></workbook>
                """
        )
        archive.add(
            "xl/_rels/workbook.xml.rels",
            XML.head + """
                <Relationships xmlns="\(XML.packageRelations)"><Relationship Id="rId1" Type="\(XML.relations)/worksheet" Target="worksheets/sheet1.xml"/>\
                <Relationship Id="rId2" Type="\(XML.relations)/styles" Target="styles.xml"/></Relationships>
                """
        )
        archive.add(
            "xl/styles.xml",
            XML.head + """
                <styleSheet xmlns="\(XML.spreadsheet)"><fonts count="2"><font><sz val="11"/><name val="SimSun"/></font><font><b/><sz val="11"/><name val="SimSun"/></font></fonts>\
                <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
                <borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>\
                <cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>\
                <xf fontId="1" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>\
                <xf borderId="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>
                """
        )
        archive.add("xl/worksheets/sheet1.xml", XML.head + sheetXML)
        return archive.finished()
    }

    /// A sheet's name has at most 31 characters and none of []:*?/\.
    private var sheetName: String {
        let name = String(title.filter { !"[]:*?/\\'".contains($0) }.prefix(31))
        return name.isEmpty ? "Sheet1" : name
    }

    private var sheetXML: String {
        let columns = rows.map(\.count).max() ?? 0
        var xml = "<worksheet xmlns=\"\(XML.spreadsheet)\"><sheetViews><sheetView workbookViewId=\"0\">"
        xml += "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>"
        for column in 0..<max(columns, 1) {
            let longest = rows.lazy.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
            xml += "<col min=\"\(column + 1)\" max=\"\(column + 1)\" width=\"\(min(60, max(8, longest * 2 + 2)))\" customWidth=\"1\"/>"
        }
        xml += "</cols><sheetData>"
        for (place, row) in rows.enumerated() {
            xml += "<row r=\"\(place + 1)\">"
            for (column, cell) in row.enumerated() {
                let reference = "\(Self.letters(of: column))\(place + 1)"
                xml +=
                    "<c r=\"\(reference)\" s=\"\(place == 0 ? 1 : 2)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(XML.escape(cell))</t></is></c>"
            }
            xml += "</row>"
        }
        return xml + "</sheetData></worksheet>"
    }

    /// A, B … Z, AA …
    static func letters(of column: Int) -> String {
        var (rest, letters) = (column, "")
        repeat {
            letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + letters
            rest = rest / 26 - 1
        } while rest >= 0
        return letters
    }

    /// The column of a cell's reference: "AB12" is 27; nil for none.
    static func column(of reference: String) -> Int? {
        var column = 0
        var count = 0
        for byte in reference.utf8 {
            guard (65...90).contains(byte) else { break }
            column = column * 26 + Int(byte) - 64
            count += 1
        }
        return (1...3).contains(count) ? column - 1 : nil
    }

    static func readXLSX(_ archive: Archive) throws -> Sheet {
        let shared = try archive.holds("xl/sharedStrings.xml") ? sharedTexts(try archive.file("xl/sharedStrings.xml")) : []
        guard let path = try firstSheet(archive) else { throw Unreadable.noTable }
        var rows: [[String]] = []
        var (cells, column, kind, text, isText) = (0, 0, "", "", false)
        var reader = try XMLReader(try archive.file(path))
        while let event = try reader.next() {
            switch (event, reader.name) {
            case (.start, "row"):
                let number = reader.attribute("r").flatMap { Int($0) } ?? rows.count + 1
                guard number > rows.count, number <= mostCells else { throw Unreadable.broken }
                while rows.count < number { rows.append([]) }
            case (.start, "c"):
                column = reader.attribute("r").flatMap { Self.column(of: $0) } ?? rows.last?.count ?? 0
                (kind, text) = (reader.attribute("t") ?? "", "")
            case (.start, "t"), (.start, "v"): isText = true
            case (.end, "t"), (.end, "v"): isText = false
            case (.text, _) where isText: text += reader.text
            case (.end, "c"):
                guard !rows.isEmpty else { throw Unreadable.broken }
                if kind == "s", let place = Int(text), shared.indices.contains(place) { text = shared[place] }
                cells += column - rows[rows.count - 1].count + 1
                guard cells <= mostCells, column < 1000 else { throw Unreadable.tooLarge }
                while rows[rows.count - 1].count < column { rows[rows.count - 1].append("") }
                rows[rows.count - 1].append(text)
            default: break
            }
        }
        return Sheet(title: "", rows: rows)
    }

    /// The part that holds the workbook's first sheet.
    private static func firstSheet(_ archive: Archive) throws -> String? {
        var reader = try XMLReader(try archive.file("xl/workbook.xml"))
        var id: String?
        while id == nil, let event = try reader.next() {
            if event == .start, reader.name == "sheet" { id = reader.attribute("id") }
        }
        guard let id else { return nil }
        return try targets(archive)[id]
    }

    /// The parts of a workbook by the numbers under which it knows them.
    static func targets(_ archive: Archive) throws -> [String: String] {
        guard archive.holds("xl/_rels/workbook.xml.rels") else { return [:] }
        var relations = try XMLReader(try archive.file("xl/_rels/workbook.xml.rels"))
        var found: [String: String] = [:]
        while let event = try relations.next() {
            guard event == .start, relations.name == "Relationship", let id = relations.attribute("Id"),
                let target = relations.attribute("Target")
            else { continue }
            found[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
        }
        return found
    }

    static func sharedTexts(_ bytes: [UInt8]) throws -> [String] {
        var texts: [String] = []
        var (isText, isReading) = (false, false)
        var reader = try XMLReader(bytes)
        while let event = try reader.next() {
            switch (event, reader.name) {
            case (.start, "si"): texts.append("")
            // How a word is read aloud is no part of the text.
            case (.start, "rPh"): isReading = true
            case (.end, "rPh"): isReading = false
            case (.start, "t"): isText = true
            case (.end, "t"): isText = false
            case (.text, _) where isText && !isReading: if !texts.isEmpty { texts[texts.count - 1] += reader.text }
            default: break
            }
        }
        return texts
    }
}
