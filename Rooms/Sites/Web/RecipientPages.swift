import Core
import HTTPTypes
import Hummingbird
import LegalText
import Records
import WorkCalendar

/// What a recipient of a limited release sees: the link's page with its button, the marked text, or one calm page for all that does not open.
struct RecipientPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("limited/:token", use: arrive)
            pages.post("limited/open", use: open)
            pages.get("limited/read/:key", use: read)
            pages.get("limited/read/:key/attachments/:number", use: take)
            pages.get("office/limited/:key/read", use: readAtDesk)
            pages.get("office/limited/:key/read/attachments/:number", use: takeAtDesk)
        }
    }

    /// Shows the button; opening by GET would let a mail scanner use the link up.
    @Sendable private func arrive(_ request: Request, _ visit: Visit) async throws -> Response {
        let token = try visit.parameters.require("token")
        guard token.utf8.count == 64, try await house.limited.opens(token) else { return try calm(visit) }
        struct View {
            let token, action: String
        }
        let it = View(token: token, action: "/\(visit.language.rawValue)/limited/open")
        var frame = Frame(title: Text("限定范围公开", "Limited scope").in(visit.language), path: request.uri.path)
        frame.csrf = Seal.value(visit.seal, world: house.world)
        return quiet(.page(try house.pages.html("arrive", it, words: .recipient, frame: frame, in: visit.language)))
    }

    /// The address of the form bears no token: what is kept of a form that was sent is its address.
    @Sendable private func open(_ request: Request, _ visit: Visit) async throws -> Response {
        let opened: (key: String, expiresOn: Day, session: String)
        do { opened = try await house.limited.open(visit.form.text("token")) } catch Refusal.notFound { return try calm(visit) }
        var response = Response.redirect(to: "/\(visit.language.rawValue)/limited/read/\(opened.key)", type: .normal)
        let hours = (opened.expiresOn.ordinal - house.world.now().beijingDay.ordinal + 1) * 24
        response.setCookie(house.cookie(Self.cookie(opened.key), opened.session, hours: hours))
        return quiet(response)
    }

    private static func cookie(_ key: String) -> String { "gongkai_limited_\(key)" }

    @Sendable private func read(_ request: Request, _ visit: Visit) async throws -> Response {
        let key = try visit.parameters.require("key")
        guard let session = request.cookies[Self.cookie(key)]?.value else { return try calm(visit) }
        let copy: LimitedReleases.Copy
        do { copy = try await house.limited.read(key, session: session) } catch Refusal.notFound { return try calm(visit) }
        return try page(copy, request, visit)
    }

    @Sendable private func readAtDesk(_ request: Request, _ visit: Visit) async throws -> Response {
        let (actor, key) = (try visit.actor, try visit.parameters.require("key"))
        let copy: LimitedReleases.Copy
        do { copy = try await house.limited.read(key, as: actor) } catch Refusal.notFound { return try calm(visit) }
        try await house.audit.write(.see, on: "limited/\(key)", by: actor)
        return try page(copy, request, visit)
    }

    private struct View {
        let body, line, until, number, issuer, writtenOn, hash, language: String
        let files: [FileLine]
        let hasFiles: Bool
    }

    private func page(_ copy: LimitedReleases.Copy, _ request: Request, _ visit: Visit) throws -> Response {
        let (language, content, mark) = (visit.language, copy.content, copy.recipient.mark)
        let body = BodyHTML.write(DocumentText.read(Watermark.cleaned(content.body)).blocks, title: content.title)
        let it = View(
            body: mark.marked("<h1>\(HTML.escape(content.title))</h1>\n\(body)", isHTML: true),
            line: Text(
                "限定范围公开 · 仅供\(copy.recipient.name)（\(copy.recipient.number)号）使用 · 不得转发",
                "Limited scope · for \(copy.recipient.name) (no. \(copy.recipient.number)) only · do not pass on"
            ).in(language),
            until: "\(copy.release.expiresOn)",
            number: content.documentNumber ?? "—",
            issuer: content.issuer ?? "—",
            writtenOn: content.writtenOn?.description ?? "—",
            hash: copy.release.content,
            language: content.language.tag,
            files: FileLine.all(content, request.uri.path),
            hasFiles: content.attachments != nil
        )
        let frame = Frame(title: content.title, path: request.uri.path)
        return quiet(.page(try house.pages.html("recipient", it, words: .recipient, frame: frame, in: language)))
    }

    @Sendable private func take(_ request: Request, _ visit: Visit) async throws -> Response {
        let key = try visit.parameters.require("key")
        guard let session = request.cookies[Self.cookie(key)]?.value else { return try calm(visit) }
        return try await file(visit) { try await house.limited.read(key, session: session) }
    }

    @Sendable private func takeAtDesk(_ request: Request, _ visit: Visit) async throws -> Response {
        let (actor, key) = (try visit.actor, try visit.parameters.require("key"))
        return try await file(visit) { try await house.limited.read(key, as: actor) }
    }

    /// Taking a file is a reading too, with its receipt.
    private func file(_ visit: Visit, _ read: () async throws -> LimitedReleases.Copy) async throws -> Response {
        let number = try visit.parameters.require("number", as: Int.self)
        do {
            let files = try await read().content.attachments ?? []
            guard files.indices.contains(number - 1) else { return try calm(visit) }
            let file = files[number - 1]
            return quiet(.attachment(file.name, file.type, try await house.documents.file(file.hash)))
        } catch Refusal.notFound { return try calm(visit) }
    }

    /// The same page, whether the link never was, was used, is over, or was taken back.
    private func calm(_ visit: Visit) throws -> Response {
        let frame = Frame(title: Text("不能打开", "It does not open").in(visit.language), path: "/\(visit.language.rawValue)/")
        let html = try house.pages.html("calm", [String: String](), words: .recipient, frame: frame, in: visit.language)
        return quiet(.page(html, status: .notFound))
    }

    /// No search engine keeps it, and no address goes along to another page.
    private func quiet(_ response: Response) -> Response {
        var response = response
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.robots] = "noindex, nofollow, noarchive"
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

extension HTTPField.Name {
    static let robots = HTTPField.Name("X-Robots-Tag").unsafelyUnwrapped
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let recipient: Words = [
        "arrive":    Text("有一份文件公开给您", "A document was disclosed to you"),
        "once":      Text("此链接只能打开一次。打开后，在到期日之前可以用同一浏览器查看；每次查看都有记录，文件带有属于您的水印。", "This link opens once. Once opened, you can read the document in this browser until its last day; each reading is recorded, and the text bears a mark of your own."),
        "open":      Text("打开文件",       "Open the document"),
        "until":     Text("到期日",         "Last day"),
        "issuer":    Text("发布机构",       "Issuer"),
        "writtenOn": Text("成文日期",       "Date written"),
        "documentNumber": Text("发文字号",  "Document number"),
        "hash":      Text("内容哈希",       "Content hash"),
        "attachments": Text("附件（不带水印）", "Attachments (without a mark)"),
        "calm":      Text("此链接不能打开文件", "Nothing opens here"),
        "why":       Text("链接可能已经用过、到期或者被收回，也可能地址不完整。请联系给您链接的机关。", "The link may have been used, be over, or have been recalled, or the address may be incomplete. Ask the office that gave it to you."),
    ]
}
