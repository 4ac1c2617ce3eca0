import Core
import Hummingbird
import Records
import WorkCalendar

/// The desk's page on which messages are registered as requests.
struct MailPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/requests/mail") { request, visit in try page([], request, visit) }
            pages.post("office/requests/mail", use: take)
        }
    }

    private struct View {
        let lines: [Line]
        let hasLines: Bool

        struct Line {
            let name, text, href, number, tone: String
            let isTaken: Bool
            let notes: [String]
        }
    }

    private func page(_ lines: [View.Line], _ request: Request, _ visit: Visit) throws -> Response {
        _ = try visit.actor
        let title = Text("登记电子邮件申请", "Register requests that came as e-mail").in(visit.language)
        let isRefused = lines.contains { !$0.isTaken }
        let it = View(lines: lines, hasLines: !lines.isEmpty)
        return try house.desk(
            "requestmail",
            it,
            title: title,
            words: .mail,
            request,
            visit,
            status: isRefused ? .unprocessableContent : .ok
        )
    }

    /// Each message by itself: one that is refused keeps none of the others out.
    @Sendable private func take(_ request: Request, _ visit: Visit) async throws -> Response {
        let (actor, language) = (try visit.actor, visit.language)
        var lines: [View.Line] = []
        for file in visit.form.uploads["file"] ?? [] {
            do {
                let taken = try await MailIntake(house).take(file.bytes, by: actor)
                let missing = taken.missing.map { $0.text.in(language) }
                lines.append(
                    .init(
                        name: file.name,
                        text: missing.isEmpty ? "" : Text("需要补正：", "To be corrected:").in(language),
                        href: "/\(language.rawValue)/office/requests/\(taken.number)",
                        number: taken.number,
                        tone: missing.isEmpty ? "good" : "warn",
                        isTaken: true,
                        notes: missing + taken.refusedFiles
                    )
                )
            } catch let refusal as Refusal where !refusal.isQuarantine {
                lines.append(
                    .init(name: file.name, text: refusal.text.in(language), href: "", number: "", tone: "bad", isTaken: false, notes: [])
                )
            }
        }
        guard !lines.isEmpty else {
            let none = Text("请选择.eml文件。", "Choose .eml files.").in(language)
            return try page([.init(name: "", text: none, href: "", number: "", tone: "bad", isTaken: false, notes: [])], request, visit)
        }
        return try page(lines, request, visit)
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let mail: Words = [
        "title":  Text("登记电子邮件申请", "Register requests that came as e-mail"),
        "lead":   Text("上传收到的邮件（.eml，可以多选）。每封邮件登记为一件申请，以双方确认之日为收到之日（条例第三十一条）；缺少的内容一次性告知补正（第三十条）。", "Upload the messages (.eml, several at once). Each becomes a request, received on the day both sides confirm (art. 31); what is missing is asked for in one notice (art. 30)."),
        "file":   Text("邮件文件",         "Messages"),
        "send":   Text("登记",             "Register"),
    ]
}
