/// Days as workbooks hold them: counts from 30 December 1899, shown as a day by the style of the cell.
package enum WorkbookDays {
    /// The date of a count of days from 1970-01-01 (proleptic Gregorian).
    package static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let inEra = shifted - era * 146_097
        let yearInEra = (inEra - inEra / 1460 + inEra / 36_524 - inEra / 146_096) / 365
        let inYear = inEra - (365 * yearInEra + yearInEra / 4 - yearInEra / 100)
        let part = (5 * inYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return (yearInEra + era * 400 + (month <= 2 ? 1 : 0), month, inYear - (153 * part + 2) / 5 + 1)
    }

    /// The numbers of the cell styles that show a day.
    package static func styles(_ xml: [UInt8]) throws -> Set<Int> {
        var reader = try XMLReader(xml)
        var (formats, days, count, inCells) = (Set(14...22).union(27...36).union(50...58), Set<Int>(), 0, false)
        while let event = try reader.next() {
            if event == .end, reader.name == "cellXfs" { inCells = false }
            guard event == .start else { continue }
            switch reader.name {
            case "numFmt":
                let code = reader.attribute("formatCode")?.lowercased() ?? ""
                if let id = reader.attribute("numFmtId").flatMap({ Int($0) }),
                    code.contains("yy") || code.contains("d") && code.contains("m")
                {
                    formats.insert(id)
                }
            case "cellXfs": inCells = true
            case "xf" where inCells:
                if formats.contains(reader.attribute("numFmtId").flatMap { Int($0) } ?? 0) { days.insert(count) }
                count += 1
            default: break
            }
        }
        return days
    }
}
