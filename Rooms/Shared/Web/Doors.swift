import Core
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import MerkleLog
import NIOCore
import Records
import Storage

/// What every visit passes before its page: language, session, form and seal; and what every answer carries out.
struct Doors: RouterMiddleware {
    let house: House
    let limits = RateLimits()

    func handle(_ request: Request, context: Visit, next: (Request, Visit) async throws -> Response) async throws -> Response {
        var visit = context
        let path = request.uri.path
        visit.language = path.hasPrefix("/en") ? .en : .zh
        if house.isBehindProxy, Self.here.contains(visit.address), let told = request.headers[.xForwardedFor]?.split(separator: ",").last {
            visit.address = told.trimmingCharacters(in: .whitespaces)
        }
        var response: Response
        do {
            response = try await enter(request, &visit, next)
        } catch let refusal as Refusal {
            response = try refused(refusal, request, visit)
        } catch let error as HTTPError where error.status == .notFound {
            response = try refused(.notFound, request, visit)
        } catch let error as StorageError {
            visit.logger.error("storage: \(error)")
            let because = Text("系统暂时不可用，您的操作没有执行，请稍后再试。", "The system is not available now. Nothing was done; try again later.")
            response = try refused(.unavailable(because: because), request, visit)
        }
        response.headers[.requestID] = visit.id
        for (name, value) in Self.headers where response.headers[name] == nil { response.headers[name] = value }
        if house.isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        return response
    }

    /// Addresses of this machine, from which alone a proxy is believed.
    static let here: Set = ["127.0.0.1", "::1", "::ffff:127.0.0.1", "local"]

    /// No script, no frame, nothing from elsewhere.
    static let policy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    // The columns are the point.
    // swift-format-ignore
    static let headers: [(HTTPField.Name, String)] = [
        (.contentSecurityPolicy, policy),
        (.xContentTypeOptions,   "nosniff"),
        (.referrerPolicy,        "same-origin"),
    ]

    static let fields = HTTPFields(headers.map { HTTPField(name: $0.0, value: $0.1) })

    private func enter(
        _ request: Request,
        _ visit: inout Visit,
        _ next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        // A stroke at the end is the same page, and must not be a way round its limit.
        let path = "/" + request.uri.path.split(separator: "/").joined(separator: "/")
        switch (request.method, path) {
        case (.post, let path) where path.hasSuffix("/sign-in"): try limits.check(.signIn, visit)
        // Guessing another's number is as slow as guessing a password, and keeps no officer out.
        case (.post, let path) where path.hasSuffix("/requests/status"): try limits.check(.status, visit)
        case (.post, let path) where Self.isFiling(path): try limits.check(.filing, visit)
        case (.post, "/mcp"): try limits.check(.assistant, visit)
        case (.post, _): try limits.check(.form, visit)
        case (_, let path) where path.hasSuffix("/search") || path.hasSuffix("/suggest"): try limits.check(.search, visit)
        case (_, let path) where path.hasSuffix(".pdf") || path.hasSuffix(".docx"): try limits.check(.print, visit)
        default: break
        }
        guard path.contains("/office") || Self.isFiling(path) else { return try await next(request, visit) }
        var fresh: String?
        if let token = request.cookies["gongkai_session"]?.value, let session = try await house.people.session(token) {
            visit.session = session
            visit.seal = session.seal
        } else {
            let token = request.cookies["gongkai_visit"]?.value ?? Hash(of: house.world.bytes(32)).hex
            if request.cookies["gongkai_visit"] == nil { fresh = token }
            visit.seal = Hash(of: "\(house.secret)|\(token)").hex
        }
        var response: Response
        if path.hasPrefix("/api/") {
            response = try await takeCall(request, visit, next)
        } else {
            response = request.method == .post ? try await takeForm(request, visit, next) : try await next(request, visit)
        }
        if let fresh { response.setCookie(house.cookie("gongkai_visit", fresh)) }
        return response
    }

    /// The portal's pages with forms: anyone's, but sealed all the same.
    private static func isFiling(_ path: String) -> Bool {
        ["/requests", "/limited/"].contains { path.hasPrefix("/zh\($0)") || path.hasPrefix("/en\($0)") }
    }

    /// A call of a program of the desk: its seal stands in a header, and is good for all calls of the session.
    private func takeCall(
        _ request: Request,
        _ visit: Visit,
        _ next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        guard request.method == .get || Seal.nonce(of: request.headers[.csrfToken] ?? "", visit.seal) != nil else {
            throw Refusal.forbidden(
                because: Text("请求缺少有效的X-CSRF-Token。", "The call bears no valid X-CSRF-Token; /api/v1/office/session gives one.")
            )
        }
        return try await next(request, visit)
    }

    /// Reads the form, checks its seal, and lets the same form through only once.
    private func takeForm(
        _ request: Request,
        _ visit: Visit,
        _ next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        var visit = visit
        visit.form = try await read(request)
        guard let nonce = Seal.nonce(of: visit.form.text("csrf"), visit.seal) else {
            throw Refusal.forbidden(
                because: Text("表单已失效，请返回、刷新页面后再提交。", "The form is no longer valid. Go back, reload the page and send again.")
            )
        }
        let (spent, now) = ("\(nonce) \(request.uri.path)", house.world.now())
        do {
            try await house.database.write { db in
                try db.run("INSERT INTO spent_form (form, at) VALUES (\(spent), \(now))")
            }
        } catch let error as StorageError where error.isDuplicate(in: "spent_form") {
            throw Refusal.alreadyDone
        }
        do {
            let response = try await next(request, visit)
            if response.status.code >= 400 { try await giveBack(spent) }
            return response
        } catch {
            try await giveBack(spent)
            throw error
        }
    }

    /// A form that was refused may be sent again.
    private func giveBack(_ form: String) async throws {
        try await house.database.write { try $0.run("DELETE FROM spent_form WHERE form = \(form)") }
    }

    private func read(_ request: Request) async throws -> Form {
        let type = request.headers[.contentType] ?? ""
        let isUpload = type.hasPrefix("multipart/form-data")
        let limit = isUpload ? 21 << 20 : 2 << 20
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw Refusal.tooLarge(limit: limit) }
        let body: ByteBuffer
        do { body = try await request.body.collect(upTo: limit) } catch is NIOTooManyBytesError { throw Refusal.tooLarge(limit: limit) }
        let bytes = Array(body.readableBytesView)
        guard isUpload else { return try Form(urlEncoded: bytes) }
        guard let boundary = type.split(separator: "boundary=").dropFirst().first else {
            throw Refusal.invalid("form", "表单无法读取。", "The form can not be read.")
        }
        return try Form(multipart: bytes, boundary: boundary.trimmingPrefix("\"").split(separator: "\"").first.map(String.init) ?? "")
    }

    /// The page, or for machines the JSON, that says why not.
    private func refused(_ refusal: Refusal, _ request: Request, _ visit: Visit) throws -> Response {
        let path = request.uri.path
        if path.hasPrefix("/api/") || path.hasPrefix("/log/") || path.hasPrefix("/mcp") {
            return try .json(["error": refusal.text.en, "错误": refusal.text.zh], status: refusal.status)
        }
        if case .signInFirst = refusal {
            return .redirect(to: "/\(visit.language.rawValue)/office/sign-in", type: .normal)
        }
        struct View {
            let sentence, back: String
        }
        var frame = Frame(title: refusal.title.in(visit.language), path: path.hasPrefix("/zh") || path.hasPrefix("/en") ? path : "/zh/")
        frame.isDesk = path.contains("/office")
        let view = View(
            sentence: refusal.text.in(visit.language),
            back: frame.isDesk ? "/\(visit.language.rawValue)/office" : "/\(visit.language.rawValue)/"
        )
        var response = Response.page(
            try house.pages.html("refusal", view, words: [:], frame: frame, in: visit.language),
            status: refusal.status
        )
        if case .tooOften(let seconds) = refusal { response.headers[.retryAfter] = "\(seconds)" }
        return response
    }
}

extension House {
    func cookie(_ name: String, _ value: String, hours: Int? = nil) -> Cookie {
        Cookie(name: name, value: value, maxAge: hours.map { $0 * 3600 }, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }
}

extension HTTPField.Name {
    static let csrfToken = HTTPField.Name("X-CSRF-Token").unsafelyUnwrapped
    static let requestID = HTTPField.Name("X-Request-ID").unsafelyUnwrapped
    static let xForwardedFor = HTTPField.Name("X-Forwarded-For").unsafelyUnwrapped
    static let referrerPolicy = HTTPField.Name("Referrer-Policy").unsafelyUnwrapped
}

// The columns are the point.
// swift-format-ignore
extension Refusal {
    var status: HTTPResponse.Status {
        switch self {
        case .notFound:                  .notFound
        case .signInFirst:               .unauthorized
        case .forbidden:                 .forbidden
        case .outOfTurn, .stale, .alreadyDone: .conflict
        case .invalid, .invalidForm:     .unprocessableContent
        case .tooLarge:                  .contentTooLarge
        case .tooOften:                  .tooManyRequests
        case .quarantined:               .unprocessableContent
        case .unavailable:               .serviceUnavailable
        }
    }

    var title: Text {
        switch self {
        case .notFound:                  Text("没有找到",     "Not found")
        case .signInFirst:               Text("请先登录",     "Sign in first")
        case .forbidden:                 Text("不能办理",     "Not yours to take")
        case .outOfTurn:                 Text("不在此环节",   "Not at this stage")
        case .stale:                     Text("已被他人修改", "Changed by someone else")
        case .alreadyDone:               Text("已经办理",     "Done before")
        case .invalid, .invalidForm:     Text("请更正",       "Please correct")
        case .tooLarge:                  Text("内容过大",     "Too large")
        case .tooOften:                  Text("过于频繁",     "Too often")
        case .quarantined:               Text("已拦截，未保存", "Stopped, and not stored")
        case .unavailable:               Text("暂时不可用",   "Not available now")
        }
    }
}
