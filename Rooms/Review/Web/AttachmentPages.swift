import Core
import Extract
import Hummingbird
import Records

/// The desk's forms for the files of a document.
struct AttachmentPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/documents/:key/attachments") { request, visit in try await page(request, visit, fault: nil) }
            pages.post("office/documents/:key/attachments", use: attach)
            pages.get("office/documents/:key/attachments/:number", use: take)
            pages.post("office/documents/:key/attachments/:number/remove", use: remove)
        }
    }

    private struct View {
        let title, back, action, fault: String
        let hasFault, hasFiles, mayChange: Bool
        let files: [Line]

        struct Line {
            let name, href, type, size, hash, remove: String
            let hidden: [Hidden]
            let hasHidden, isRedacted: Bool
        }

        struct Hidden {
            let place, text: String
        }
    }

    private func document(_ visit: Visit) async throws -> Document {
        let document = try await house.documents.document(try visit.parameters.require("key"))
        try visit.actor.open(unit: document.unit)
        return document
    }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        let (document, actor, language) = (try await document(visit), try visit.actor, visit.language)
        let base = "/\(language.rawValue)/office/documents/\(document.key)"
        let held = try await house.documents.attachments(of: document.key)
        let it = View(
            title: document.title,
            back: base,
            action: "\(base)/attachments",
            fault: fault?.text.in(language) ?? "",
            hasFault: fault != nil,
            hasFiles: !held.isEmpty,
            mayChange: actor.roles.contains(.drafter) && actor.unit == document.unit,
            files: held.map { held in
                let hidden = held.pieces.filter { !$0.isShown }
                return View.Line(
                    name: held.attachment.name,
                    href: "\(base)/attachments/\(held.number)",
                    type: held.attachment.type,
                    size: "\((held.attachment.size + 1023) / 1024) KB",
                    hash: held.attachment.hash,
                    remove: "\(base)/attachments/\(held.number)/remove",
                    hidden: hidden.prefix(50).map { .init(place: $0.place, text: String($0.text.prefix(160))) },
                    hasHidden: !hidden.isEmpty,
                    isRedacted: held.original != nil
                )
            }
        )
        let status = fault?.status ?? .ok
        return try house.desk("attachments", it, title: document.title, words: .attachments, request, visit, status: status)
    }

    @Sendable private func attach(_ request: Request, _ visit: Visit) async throws -> Response {
        let document = try await document(visit)
        do {
            guard let file = visit.form.files["file"] else { throw Refusal.invalid("file", "请选择文件。", "Choose a file.") }
            let actor = try visit.actor
            // A mark anywhere comes before every other reason to refuse.
            let parts = try await Upload.parts(of: file)
            try await house.incidents.refuseMarked([file.name] + parts.map(\.text), unit: actor.unit, by: actor)
            let upload = try Upload(parts, of: file)
            try await house.reviews.attach(file.name, upload.type, file.bytes, upload.pieces, to: document.key, by: actor)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
        return .redirect(to: "/\(visit.language.rawValue)/office/documents/\(document.key)/attachments", type: .normal)
    }

    @Sendable private func remove(_ request: Request, _ visit: Visit) async throws -> Response {
        let document = try await document(visit)
        let number = try visit.parameters.require("number", as: Int.self)
        do { try await house.reviews.detach(number, from: document.key, by: try visit.actor) } catch let refusal as Refusal
            where refusal.keepsTheForm
        { return try await page(request, visit, fault: refusal) }
        return .redirect(to: "/\(visit.language.rawValue)/office/documents/\(document.key)/attachments", type: .normal)
    }

    @Sendable private func take(_ request: Request, _ visit: Visit) async throws -> Response {
        let document = try await document(visit)
        let number = try visit.parameters.require("number", as: Int.self)
        guard let held = try await house.documents.attachments(of: document.key).first(where: { $0.number == number }) else {
            throw Refusal.notFound
        }
        try await house.audit.write(.take, on: "document/\(document.key)", by: try visit.actor, detail: held.attachment.hash)
        return .attachment(held.attachment.name, held.attachment.type, try await house.documents.file(held.attachment.hash))
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let attachments: Words = [
        "attachments": Text("附件",         "Attachments"),
        "back":      Text("返回文件",       "Back to the document"),
        "none":      Text("没有附件。",     "There is no attachment."),
        "name":      Text("名称",           "Name"),
        "size":      Text("大小",           "Size"),
        "hash":      Text("哈希",           "Hash"),
        "hidden":    Text("打开时看不到、但能还原的内容", "Not seen on opening, but recoverable"),
        "redacted":  Text("已遮盖",         "Redacted"),
        "remove":    Text("移除",           "Remove"),
        "file":      Text("增加附件",       "Add an attachment"),
        "fileHint":  Text("至多20 MB。会逐层读取批注、修订、隐藏内容、属性和内嵌文件；有密码、宏或者无法读取的不收。附件变更后，已有的签字作废。", "At most 20 MB. Comments, tracked changes, hidden content, properties and embedded files are all read; files with a password, with macros, or that can not be read are not taken. A change voids what was signed."),
        "add":       Text("上传",           "Upload"),
    ]
}
