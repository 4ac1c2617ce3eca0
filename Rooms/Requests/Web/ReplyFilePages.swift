import Core
import Foundation
import HTTPTypes
import Hummingbird
import Records
import WorkCalendar

/// Files of a reply: added at the desk, taken out by the applicant.
struct ReplyFilePages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.post("requests/file", use: own)
            pages.get("office/requests/:number/replyfiles") { request, visit in try await page(request, visit, fault: nil) }
            pages.get("office/requests/:number/replyfiles/:file", use: download)
            pages.post("office/requests/:number/replyfiles", use: add)
            pages.post("office/requests/:number/replyfiles/:file/remove", use: remove)
        }
    }

    /// The applicant's copy, for number and word.
    @Sendable private func own(_ request: Request, _ visit: Visit) async throws -> Response {
        let (number, form) = (visit.form.text("number"), visit.form)
        let (about, bytes) = try await house.requests.replyFile(
            form.text("file"),
            of: number,
            word: form.text("word"),
            calendar: house.calendar
        )
        return .file(Data(bytes), type: about.kind.type, name: "\(number)-\(about.key.suffix(6)).\(about.kind.ending)")
    }

    private func opened(_ visit: Visit) async throws -> DisclosureRequest {
        let actor = try visit.actor
        let request = try await house.requests.entry(try visit.parameters.require("number"), calendar: house.calendar).request
        if actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead, .leader]) { try actor.open(unit: request.unit ?? "") }
        return request
    }

    private struct View {
        let number, base, withheld, fault: String
        let files: [ReplyFileLine]
        let hasFiles, hasFault, mayAdd: Bool
    }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let (opened, actor, language) = (try await opened(visit), try visit.actor, visit.language)
        let files = try await house.requests.replyFiles(of: opened.number)
        let base = "/\(language.rawValue)/office/requests/\(opened.number)/replyfiles"
        let it = View(
            number: opened.number,
            base: base,
            withheld: fault == nil ? "" : visit.form.fields["withheld"]?.first ?? "",
            fault: fault?.text.in(language) ?? "",
            files: files.map { ReplyFileLine($0, base: base, in: language) },
            hasFiles: !files.isEmpty,
            hasFault: fault != nil,
            mayAdd: [.received, .atUnit].contains(opened.state)
                && !actor.roles.isDisjoint(with: [.drafter, .disclosureOfficer, .officeHead])
        )
        let title = Text("答复的附件", "Files of the reply").in(language)
        return try house.desk("replyfiles", it, title: title, words: .replyFiles, request, visit, status: fault?.status ?? .ok)
    }

    private func doing(_ request: Request, _ visit: Visit, _ work: (DisclosureRequest) async throws -> Void) async throws -> Response {
        do {
            let opened = try await opened(visit)
            try await work(opened)
            let address = "/\(visit.language.rawValue)/office/requests/\(opened.number)/replyfiles"
            return .redirect(to: address, type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
    }

    @Sendable private func add(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { opened in
            let form = visit.form
            guard let file = form.files["replyFile"] else { throw Refusal.invalid("replyFile", "请选择文件。", "Choose a file.") }
            let rendered = try await Rendering(house: house).file(
                file,
                withholding: form.fields["withheld"]?.first ?? "",
                isChecked: form.text("isChecked") == "yes",
                by: try visit.actor
            )
            try await house.requests.add(rendered, to: opened.number, by: try visit.actor)
        }
    }

    @Sendable private func remove(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { opened in
            try await house.requests.remove(replyFile: try visit.parameters.require("file"), of: opened.number, by: try visit.actor)
        }
    }

    @Sendable private func download(_ request: Request, _ visit: Visit) async throws -> Response {
        let (opened, key) = (try await opened(visit), try visit.parameters.require("file"))
        let (about, bytes) = try await house.requests.replyFile(key, of: opened.number)
        try await house.audit.write(.take, on: "request/\(opened.number)/replyfiles/\(key)", by: try visit.actor)
        return .file(Data(bytes), type: about.kind.type, name: "\(opened.number)-\(key.suffix(6)).\(about.kind.ending)")
    }
}

/// One file of a reply in a list.
struct ReplyFileLine {
    let key, name, size, what, how, href: String
    let isPartial: Bool

    init(_ file: DisclosureRequests.ReplyFile, base: String, in language: Language) {
        (key, name, href) = (file.key, file.name, "\(base)/\(file.key)")
        size = file.size < 1 << 20 ? "\(max(1, file.size >> 10)) KB" : "\(file.size >> 20) MB"
        isPartial = file.places > 0
        what =
            isPartial
            ? Text("遮盖\(file.places)处，依据：\(file.articles)", "Withheld at \(file.places) places, by \(file.articles)").in(language)
            : Text("全文提供", "Given whole").in(language)
        how = [file.how, file.checks].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let replyFiles: Words = [
        "title":    Text("答复的附件",     "Files of the reply"),
        "lead":     Text("能够作区分处理的，提供可以公开的内容，并说明不予公开部分的理由（条例第三十七条）。列出要遮盖的词句和依据，系统重新生成文件，查证遮盖的内容确已不在其中，才予保存；原件加密保存，不提供给申请人。", "Where it can be separated, what may be disclosed is given, with the reason for the rest (art. 37). List what is withheld and why: the file is built anew, and kept only when what is withheld is proved to be gone. The original stays here, sealed."),
        "none":     Text("还没有附件。",   "There is no file yet."),
        "file":     Text("文件（至多10 MB）", "File (at most 10 MB)"),
        "withheld": Text("遮盖的内容，一行一项：词句｜条款", "What is withheld, a line each: words | article"),
        "checked":  Text("已核对，可以提供：文件里仍有的个人信息依法可以提供给申请人", "Checked: the personal data still in it may be given to the applicant"),
        "add":      Text("生成并附上",     "Make it and add it"),
        "remove":   Text("去除",           "Remove"),
        "back":     Text("返回申请",       "Back to the request"),
    ]
}
