import Core
import Foundation
import HTTPTypes
import Hummingbird
import MerkleLog
import Mustache
import NIOCore

/// The words of one room, by the names its templates use.
typealias Words = [String: Text]

/// Renders the rooms' templates, and holds the one style sheet.
struct Pages: Sendable {
    private let library: MustacheLibrary
    let css: [UInt8]
    let cssPath: String

    init() throws {
        let files = Bundle.module.urls(forResourcesWithExtension: "mustache", subdirectory: nil) ?? []
        var templates: [String: MustacheTemplate] = [:]
        for file in files {
            let file = file as URL
            let text = try String(contentsOf: file, encoding: .utf8)
            templates[file.deletingPathExtension().lastPathComponent] = try MustacheTemplate(string: text)
        }
        library = MustacheLibrary(templates: templates)
        guard let sheet = Bundle.module.url(forResource: "gongkai", withExtension: "css") else {
            throw Refusal.unavailable(because: Text("缺少样式文件。", "The style sheet is missing beside the program."))
        }
        css = Array(try Data(contentsOf: sheet))
        cssPath = "/assets/gongkai-\(Hash(of: css).hex.prefix(12)).css"
    }

    /// The bytes of a page: the template's, with the room's words and the frame's in the visit's language.
    func html(_ template: String, _ content: Any, words: Words, frame: Frame, in language: Language) throws -> [UInt8] {
        let page: [String: Any] = [
            // The frame's own words stand apart: a room's word of the same name must not change the navigation.
            "f": Words.frame.mapValues { $0.in(language) },
            "w": words.merging(.frame) { room, _ in room }.mapValues { $0.in(language) },
            "it": content,
            "frame": FrameView(frame, css: cssPath, language: language),
        ]
        guard let html = library.render(page, withTemplate: template) else { throw HTTPError(.internalServerError) }
        return Array(html.utf8)
    }
}

/// What the frame around a page says of it.
struct Frame: Sendable {
    var title: String
    var path: String
    var isDesk = false
    var description = ""
    var meta: [Meta] = []
    var person = ""
    var csrf = ""
    var question = ""
    /// JSON-LD for machines that read pages; already safe to stand in a script element.
    var linkedData = ""

    struct Meta: Sendable {
        let name, content: String
    }
}

/// The frame as its template reads it.
struct FrameView: Sendable {
    let lang, title, css, path, otherPath, home, person, csrf, question, description, code, linkedData: String
    let isDesk, hasPerson, hasLinkedData: Bool
    let meta: [Frame.Meta]

    init(_ frame: Frame, css: String, language: Language) {
        (lang, title, self.css, path) = (language.tag, frame.title, css, frame.path)
        code = language.rawValue
        home = "/\(language.rawValue)/"
        otherPath = "/\(language.other.rawValue)" + frame.path.dropFirst(3)
        (person, csrf, question, description) = (frame.person, frame.csrf, frame.question, frame.description)
        (isDesk, hasPerson, meta) = (frame.isDesk, !frame.person.isEmpty, frame.meta)
        (linkedData, hasLinkedData) = (frame.linkedData, !frame.linkedData.isEmpty)
    }
}

extension Response {
    /// A page that only this person may see, never kept by anyone between.
    static func page(_ html: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: html))
        )
    }

    /// A page that stands alone, with its own style in it and nothing else: no script, no form, no frame.
    static func standing(_ html: String) -> Response {
        var response = text(html, type: "text/html; charset=utf-8")
        response.headers[.contentSecurityPolicy] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        return response
    }

    /// A file that the browser keeps under a name.
    static func file(_ data: Data, type: String, name: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .contentDisposition: "attachment; filename=\"\(name)\"", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: data))
        )
    }

    static func text(_ text: String, type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(value), as: UTF8.self)
        return .text(text, type: "application/json; charset=utf-8", status: status)
    }
}

extension House {
    /// A page of the desk, with the person's name and a fresh seal.
    func desk(
        _ template: String,
        _ content: Any,
        title: String,
        words: Words,
        _ request: Request,
        _ visit: Visit,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        var frame = Frame(title: title, path: request.uri.path)
        frame.isDesk = true
        frame.csrf = Seal.value(visit.seal, world: world)
        if let actor = visit.session?.actor {
            let roles = actor.roles.map { $0.text.in(visit.language) }.sorted().joined(separator: visit.language == .zh ? "、" : ", ")
            frame.person = "\(actor.name.in(visit.language)) · \(roles)"
        }
        return .page(try pages.html(template, content, words: words, frame: frame, in: visit.language), status: status)
    }
}

extension Router<Visit> {
    /// The same pages under `/zh` and `/en`.
    func inBothLanguages(_ add: (RouterGroup<Visit>) -> Void) {
        for language in Language.allCases { add(group("\(language.rawValue)")) }
    }
}
