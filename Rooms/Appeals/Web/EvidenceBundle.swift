import Core
import Records
import WorkCalendar

/// The evidence of one case as a page with an index: printed it is the bundle that the court or the reviewing body gets.
enum EvidenceBundle {
    static func html(
        _ appeal: Appeal,
        _ entry: DisclosureRequests.Entry,
        letter: DisclosureRequests.Letter?,
        searches: [DisclosureRequests.Search],
        steps: [StepLine],
        agency: Text
    ) -> String {
        let request = entry.request
        func list(_ items: [String]) -> String { "<ol>" + items.map { "<li>\($0)</li>" }.joined() + "</ol>" }
        func text(_ text: String) -> String { HTML.escape(text).replacing("\n", with: "<br>") }
        var parts: [(String, String)] = [
            (
                "申请",
                "<p>登记号\(request.number)，\(request.arrived)以\(request.channel.text.zh)方式提交。</p><p>\(text(request.subject))</p><p>\(text(request.description))</p>"
            ),
            ("期限及其计算", list(entry.clock.why.map { "\($0.date?.description ?? "") \(text($0.zh))（\($0.article)）" })),
            ("检索记录", searches.isEmpty ? "<p>无</p>" : list(searches.map { "\(text($0.place))：\(text($0.found))（\($0.at.beijingMinute)）" })),
        ]
        if let letter {
            parts.append(("答复书 \(letter.number)", "<p>\(text(letter.body))</p>"))
            if let day = letter.deliveredOn { parts.append(("送达", "<p>\(day) \(text(letter.delivery ?? ""))</p>")) }
        }
        parts.append(("办理经过", list(steps.map { "\($0.at) \(text($0.what)) \(text($0.who)) \(text($0.detail))" })))
        let index = parts.enumerated().map { "<li><a href=\"#p\($0)\">\($1.0)</a></li>" }.joined()
        let body = parts.enumerated().map { "<h2 id=\"p\($0)\">证据\($0 + 1) \($1.0)</h2>\($1.1)" }.joined(separator: "\n")
        return """
            <!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>\(appeal.number) 证据卷</title>
            <style>body{font:12pt/1.8 "Noto Serif CJK SC",serif;max-width:42em;margin:2em auto}h1{text-align:center;font-size:18pt}
            h2{font-size:14pt;break-before:page}a{color:inherit}@page{size:A4;margin:2.4cm}</style></head><body>
            <h1>\(agency.zh)证据卷</h1><p>\(appeal.number) · \(appeal.kind.text.zh) · \(appeal.filedOn)提出，\(appeal.servedOn)收到副本</p>
            <h2 style="break-before:auto">目录</h2><ol>\(index)</ol>
            \(body)
            </body></html>
            """
    }
}
