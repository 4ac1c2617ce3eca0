import Core

/// The annual report as one page that stands alone: six sections, the tables as the format prints them.
public enum ReportDocument {
    public static func html(_ report: AnnualReport, agency: Text, in language: Language) -> String {
        let title = Text(
            "\(agency.zh)\(report.year)年政府信息公开工作年度报告",
            "Annual report on government information disclosure \(report.year), \(agency.en)"
        )
        func text(_ section: AnnualReport.Section) -> String {
            let filled = report.filled(section)
            let paragraphs = filled.split(separator: "\n").map { "<p>\(HTML.escape(String($0)))</p>" }.joined(separator: "\n")
            return "<h2>\(section.text.in(language))</h2>\n\(paragraphs.isEmpty ? "<p>—</p>" : paragraphs)"
        }
        let two = Text("二、主动公开政府信息情况", "II. Information disclosed on the agency's own motion")
        let three = Text("三、收到和处理政府信息公开申请情况", "III. Requests received and dealt with")
        let four = Text("四、政府信息公开行政复议、行政诉讼情况", "IV. Administrative reviews and lawsuits")
        return """
            <!doctype html><html lang="\(language.tag)"><head><meta charset="utf-8"><title>\(title.in(language))</title>
            <style>body{font:11pt/1.7 Georgia,"Noto Serif CJK SC",serif;max-width:50em;margin:2em auto;padding:0 1em}
            h1{text-align:center;font-size:17pt}h2{font-size:13pt;margin-top:1.6em}p{text-indent:2em}
            table{border-collapse:collapse;width:100%;font-size:9pt;line-height:1.35;margin:.8em 0;break-inside:auto}
            th,td{border:1px solid #333;padding:.2em .35em;text-align:center;font-weight:400}td:first-child,th.row{text-align:left}
            tr{break-inside:avoid}.note{font-size:8.5pt}@page{size:A4;margin:2cm}</style></head><body>
            <h1>\(title.in(language))</h1>
            \(text(.overview))
            <h2>\(two.in(language))</h2>\(proactive(report.proactive, in: language))
            <h2>\(three.in(language))</h2>\(requests(report.requests, in: language))
            <h2>\(four.in(language))</h2>\(remedies(report.remedies, in: language))
            \(text(.problems))
            \(text(.others))
            </body></html>
            """
    }

    private static func row(_ cells: [String], _ tag: String = "td") -> String {
        "<tr>" + cells.map { "<\(tag)>\($0)</\(tag)>" }.joined() + "</tr>\n"
    }

    static func proactive(_ table: ProactiveTable, in language: Language) -> String {
        func label(_ item: ProactiveTable.Item) -> String { language == .zh ? item.text.zh : item.text.en }
        func head(_ clause: String, _ columns: [Text]) -> String {
            let clause = language == .zh ? clause : clause.replacing("第二十条", with: "Art. 20, ")
            return "<tr><th colspan=\"4\">\(clause)</th></tr>\n"
                + row([Text("信息内容", "Content").in(language)] + columns.map { $0.in(language) }, "th")
        }
        func documents(_ item: ProactiveTable.Item, _ it: ProactiveTable.Documents) -> String {
            row([label(item), "\(it.made)", "\(it.repealed)", "\(it.inForce)"])
        }
        func count(_ item: ProactiveTable.Item, _ value: String) -> String {
            "<tr><td>\(label(item))</td><td colspan=\"3\">\(value)</td></tr>\n"
        }
        let decisions =
            "<tr><th>\(Text("信息内容", "Content").in(language))</th><th colspan=\"3\">\(Text("本年处理决定数量", "Decisions this year").in(language))</th></tr>\n"
        let made = [Text("本年制发件数", "Made this year"), Text("本年废止件数", "Repealed this year"), Text("现行有效件数", "In force")]
        return "<table>" + head("第二十条第（一）项", made) + documents(.rules, table.rules)
            + documents(.normativeDocuments, table.normativeDocuments) + clause("第二十条第（五）项", language) + decisions
            + count(.licences, "\(table.licences)") + clause("第二十条第（六）项", language) + decisions
            + count(.penalties, "\(table.penalties)") + count(.coercive, "\(table.coercive)") + clause("第二十条第（八）项", language)
            + "<tr><th>\(Text("信息内容", "Content").in(language))</th><th colspan=\"3\">\(Text("本年收费金额（单位：万元）", "Charged this year (10,000 yuan)").in(language))</th></tr>\n"
            + count(.fees, table.feesInTenThousandYuan) + "</table>"
    }

    private static func clause(_ clause: String, _ language: Language) -> String {
        let text = language == .zh ? clause : clause.replacing("第二十条", with: "Art. 20, ")
        return "<tr><th colspan=\"4\">\(text)</th></tr>\n"
    }

    static func requests(
        _ table: RequestTable,
        in language: Language,
        cell: (RequestTable.Row, ApplicantKind?, Int) -> String = { "\($2)" }
    ) -> String {
        let note = Text(
            "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
            "(In this column the first and second items add up to the third and fourth)"
        )
        let organisations = Text("法人或其他组织", "Legal persons and other organisations").in(language)
        var html = """
            <table><thead><tr><th rowspan="3">\(note.in(language))</th><th colspan="7">\(Text("申请人情况", "Applicants").in(language))</th></tr>
            <tr><th rowspan="2">\(ApplicantKind.person.text.in(language))</th><th colspan="5">\(organisations)</th><th rowspan="2">\(Text("总计", "Total").in(language))</th></tr>
            <tr>\(ApplicantKind.allCases.dropFirst().map { "<th>\($0.text.in(language))</th>" }.joined())</tr></thead><tbody>

            """
        let english = [
            "三、本年度办理结果": "III. Results this year", "（三）不予公开": "(3) Not disclosed", "（四）无法提供": "(4) Can not be provided",
            "（五）不予处理": "(5) Not dealt with", "（六）其他处理": "(6) Dealt with otherwise",
        ]
        for row in RequestTable.Row.allCases {
            if let heading = row.label.heading {
                html += "<tr><th class=\"row\" colspan=\"8\">\(language == .zh ? heading : english[heading] ?? heading)</th></tr>\n"
            }
            let label = language == .zh ? row.label.zh : row.label.en
            let indent = String(repeating: "&emsp;", count: row.label.level)
            let cells = (ApplicantKind.allCases.map { Optional($0) } + [nil]).map { "<td>\(cell(row, $0, table[row, $0]))</td>" }.joined()
            html += "<tr><th class=\"row\" scope=\"row\">\(indent)\(label)</th>\(cells)</tr>\n"
        }
        return html + "</tbody></table>"
    }

    static func remedies(_ table: RemedyTable, in language: Language) -> String {
        let results = RemedyTable.Result.allCases.map { $0.text.in(language) } + [Text("总计", "Total").in(language)]
        let suits = [Text("未经复议直接起诉", "Without review"), Text("复议后起诉", "After review")]
        var html = "<table><thead><tr><th colspan=\"5\" rowspan=\"2\">\(Text("行政复议", "Administrative review").in(language))</th>"
        html += "<th colspan=\"10\">\(Text("行政诉讼", "Lawsuits").in(language))</th></tr>\n<tr>"
        html += suits.map { "<th colspan=\"5\">\($0.in(language))</th>" }.joined() + "</tr>\n"
        html += row(RemedyTable.Group.allCases.flatMap { _ in results }, "th") + "</thead><tbody>"
        let cells = RemedyTable.Group.allCases.flatMap { group in
            RemedyTable.Result.allCases.map { "\(table[group, $0])" } + ["\(table.total(group))"]
        }
        return html + row(cells) + "</tbody></table>"
    }
}
