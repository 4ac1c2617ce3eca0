import Extract

/// Office Open XML documents (ECMA-376): a title and one table on a broad page, the head row repeated on each page.
extension Sheet {
    var docx: [UInt8] {
        var archive = ZipWriter()
        archive.add(
            "[Content_Types].xml",
            XML.head + """
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
                <Default Extension="xml" ContentType="application/xml"/>\
                <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
                """
        )
        archive.add(
            "_rels/.rels",
            XML.head + """
                <Relationships xmlns="\(XML.packageRelations)"><Relationship Id="rId1" Type="\(XML.relations)/officeDocument" Target="word/document.xml"/></Relationships>
                """
        )
        let widths = widths
        var body = paragraph(title, size: 36, isBold: true, isCentred: true)
        body += "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>"
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            body += "<w:\(side) w:val=\"single\" w:sz=\"4\" w:color=\"000000\"/>"
        }
        body += "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        body += widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined() + "</w:tblGrid>"
        for (place, row) in rows.enumerated() {
            body += place == 0 ? "<w:tr><w:trPr><w:tblHeader/></w:trPr>" : "<w:tr>"
            for (column, width) in widths.enumerated() {
                let cell = row.indices.contains(column) ? row[column] : ""
                let lines = cell.split(separator: "\n", omittingEmptySubsequences: false)
                body += "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/></w:tcPr>"
                body += lines.map { paragraph(String($0), size: 18, isBold: place == 0) }.joined() + "</w:tc>"
            }
            body += "</w:tr>"
        }
        body += "</w:tbl><w:p/><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
        body += "<w:pgMar w:top=\"1000\" w:right=\"1000\" w:bottom=\"1000\" w:left=\"1000\"/></w:sectPr>"
        archive.add("word/document.xml", XML.head + "<w:document xmlns:w=\"\(XML.word)\"><w:body>\(body)</w:body></w:document>")
        return archive.finished()
    }

    /// The columns' widths in twentieths of a point: a broad page shared out by the longest line of each.
    private var widths: [Int] {
        var shares: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                let longest = cell.split(separator: "\n").map(\.count).max() ?? 0
                if shares.count == column { shares.append(4) }
                shares[column] = max(shares[column], min(30, longest))
            }
        }
        let whole = shares.reduce(0, +)
        return shares.map { share in 14_838 * share / whole }
    }

    private func paragraph(_ text: String, size: Int, isBold: Bool, isCentred: Bool = false) -> String {
        let bold = isBold ? "<w:b/>" : ""
        return
            "<w:p><w:pPr>\(isCentred ? "<w:jc w:val=\"center\"/>" : "")</w:pPr><w:r><w:rPr><w:rFonts w:eastAsia=\"SimSun\"/>\(bold)<w:sz w:val=\"\(size)\"/></w:rPr>"
            + "<w:t xml:space=\"preserve\">\(XML.escape(text))</w:t></w:r></w:p>"
    }

    /// The first table of a document; a table within a cell is part of the cell's text.
    static func readDOCX(_ archive: Archive) throws -> Sheet {
        var rows: [[String]] = []
        var (cells, depth, isText, isDeleted) = (0, 0, false, false)
        var cell = ""
        var reader = try XMLReader(try archive.file("word/document.xml"))
        reading: while let event = try reader.next() {
            switch (event, reader.name) {
            case (.start, "tbl"): depth += 1
            case (.end, "tbl"):
                depth -= 1
                if depth == 0 { break reading }
            case (.start, "tr") where depth == 1: rows.append([])
            case (.start, "tc") where depth == 1: cell = ""
            case (.end, "tc") where depth == 1:
                guard !rows.isEmpty else { throw Unreadable.broken }
                if cell.last == "\n" { cell.removeLast() }
                rows[rows.count - 1].append(cell)
                cells += 1
                guard cells <= mostCells else { throw Unreadable.tooLarge }
            case (.start, "del"): isDeleted = true
            case (.end, "del"): isDeleted = false
            case (.start, "t"): isText = true
            case (.end, "t"): isText = false
            case (.end, "p") where depth > 0, (.start, "br") where depth > 0: cell += "\n"
            case (.text, _) where depth > 0 && isText && !isDeleted: cell += reader.text
            default: break
            }
        }
        guard !rows.isEmpty else { throw Unreadable.noTable }
        return Sheet(title: "", rows: rows)
    }
}
