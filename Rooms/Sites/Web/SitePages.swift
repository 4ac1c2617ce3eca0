import Core
import Foundation
import HTTPTypes
import Hummingbird
import LegalText
import MerkleLog
import Records
import Storage
import WorkCalendar

/// The public portal: everything here is read from releases, and kept as bytes until what is public changes.
struct SitePages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.get("/") { request, _ in
            let english = request.headers[.acceptLanguage]?.hasPrefix("en") == true
            return Response(status: .seeOther, headers: [.location: english ? "/en/" : "/zh/", .vary: "Accept-Language"])
        }
        router.inBothLanguages { pages in
            pages.get("/", use: home)
            pages.get("columns/:slug", use: column)
            pages.get("releases/:key", use: document)
            pages.get("releases/:key/proof", use: proof)
            pages.get("releases/:key/articles/:anchor", use: article)
            pages.get("releases/:key/attachments/:number", use: attachment)
            pages.get("releases/:key/:part", use: document)
            pages.get("log", use: log)
        }
        router.get("assets/:css") { request, visit in try asset(request, visit) }
    }

    /// Renders a page once, and serves its bytes from then on.
    func kept(
        _ request: Request,
        _ visit: Visit,
        status: HTTPResponse.Status = .ok,
        _ render: () async throws -> [UInt8]
    ) async throws -> Response {
        let generation = house.cache.generation
        let page = PageCache.page(try await render(), type: "text/html; charset=utf-8", status: status)
        if request.uri.query == nil { house.cache.keep(page, at: request.uri.path, of: generation) }
        return page.response(to: request)
    }

    @Sendable private func home(_ request: Request, _ visit: Visit) async throws -> Response {
        try await kept(request, visit) {
            let counts = try await house.releases.counts()
            let latest = try await house.releases.releases(Releases.Filter(), size: 12).releases
            let notices = try await house.releases.releases(.init(column: "notices"), size: 6).releases
            let it = HomeView(
                columns: Column.all.map { ColumnCard($0, counts[$0.slug] ?? 0, in: visit.language) },
                latest: latest.map { ReleaseLine($0, in: visit.language) },
                notices: notices.map { ReleaseLine($0, in: visit.language) },
                leaves: try await house.log.size()
            )
            let frame = Frame(title: Text("首页", "Home").in(visit.language), path: request.uri.path)
            return try house.pages.html("home", it, words: .site, frame: frame, in: visit.language)
        }
    }

    @Sendable private func column(_ request: Request, _ visit: Visit) async throws -> Response {
        let slug = try visit.parameters.require("slug")
        guard let column = Column.all.first(where: { $0.slug == slug }) else { throw Refusal.notFound }
        let asked = try Asked(request, today: house.world.now().beijingDay)
        var filter = asked.filter
        filter.column = slug
        return try await kept(request, visit) {
            let (releases, total) = try await house.releases.releases(filter, page: asked.page)
            let name = column.name.in(visit.language)
            let it = ColumnView(
                name: name,
                total: total,
                lines: releases.map { ReleaseLine($0, in: visit.language) },
                kinds: asked.kinds(in: visit.language),
                year: asked.year,
                paging: Paging(request, page: asked.page, size: 30, total: total)
            )
            var frame = Frame(title: name, path: request.uri.path)
            frame.meta = [.init(name: "ColumnName", content: name), .init(name: "ColumnType", content: name)]
            return try house.pages.html("column", it, words: .site, frame: frame, in: visit.language)
        }
    }

    @Sendable private func document(_ request: Request, _ visit: Visit) async throws -> Response {
        let name = try visit.parameters.require("key")
        let key = name.split(separator: ".").first.map(String.init) ?? name
        let (release, content) = try await house.releases.release(key)
        if name != key { return try await Downloads(house: house).file(name, release, content) }
        guard Visibility.isPublic(release) else { return try await tombstone(release, request, visit) }
        let parts = TextParts(content)
        let part = try visit.parameters.get("part").map { text throws(Refusal) in
            guard let number = Int(text), (2...max(2, parts.all.count)).contains(number), parts.all.count > 1 else { throw .notFound }
            return number
        }
        return try await kept(request, visit) {
            let norm = try await house.library.work(ofRelease: key)
            let suspended = try await house.appeals.suspensions(of: release.key)
            let it = DocumentView(release, content, parts, part: part ?? 1, norm: norm?.id, suspended: suspended, in: visit.language)
            var frame = Frame(title: release.title, path: request.uri.path)
            // The page tags that the guide for government websites asks for.
            frame.meta = [
                .init(name: "ArticleTitle", content: release.title),
                .init(name: "PubDate", content: release.releasedAt.beijingMinute),
                .init(name: "ContentSource", content: content.issuer ?? ""),
            ]
            return try house.pages.html("document", it, words: .site, frame: frame, in: visit.language)
        }
    }

    /// A file that goes with the text; gone with it.
    @Sendable private func attachment(_ request: Request, _ visit: Visit) async throws -> Response {
        let (release, content) = try await house.releases.release(try visit.parameters.require("key"))
        let (number, files) = (try visit.parameters.require("number", as: Int.self), content.attachments ?? [])
        guard Visibility.isPublic(release), files.indices.contains(number - 1) else { throw Refusal.notFound }
        return .attachment(files[number - 1].name, files[number - 1].type, try await house.documents.file(files[number - 1].hash))
    }

    /// The address of an article: leads to its place on the page, or on the part of a long text, that holds it.
    @Sendable private func article(_ request: Request, _ visit: Visit) async throws -> Response {
        let (release, content) = try await house.releases.release(try visit.parameters.require("key"))
        let anchor = try visit.parameters.require("anchor").removingPercentEncoding ?? ""
        let page = "/\(visit.language.rawValue)/releases/\(release.key)"
        guard Visibility.isPublic(release) else { return .redirect(to: page, type: .normal) }
        guard let part = TextParts(content).part(of: anchor) else { throw Refusal.notFound }
        let place = anchor.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["-", "."])) ?? ""
        return .redirect(to: (part == 1 ? page : "\(page)/\(part)") + "#" + place, type: .normal)
    }

    private func tombstone(_ release: Release, _ request: Request, _ visit: Visit) async throws -> Response {
        struct View {
            let title, on, reason, proof: String
        }
        let it = View(
            title: release.title,
            on: release.withdrawnAt?.beijingDay.description ?? "—",
            reason: release.withdrawnReason ?? "—",
            proof: "/\(visit.language.rawValue)/releases/\(release.key)/proof"
        )
        let frame = Frame(title: Text("已撤回", "Withdrawn").in(visit.language), path: request.uri.path)
        return .page(try house.pages.html("tombstone", it, words: .site, frame: frame, in: visit.language), status: .gone)
    }

    @Sendable private func proof(_ request: Request, _ visit: Visit) async throws -> Response {
        let (release, _) = try await house.releases.release(try visit.parameters.require("key"))
        let leaf = release.withdrawalLeaf ?? release.leaf
        let data = try await house.log.leaf(leaf)
        let (size, path) = try await house.log.inclusionProof(of: leaf)
        let head = try await house.log.head()
        let root = try SignedHead(note: head).root
        let hash = MerkleTree.leaf(Array(data.utf8))
        guard Proof.verifyInclusion(of: hash, at: leaf, size: size, proof: path, root: root) else {
            throw StorageError(.corrupt, "leaf \(leaf) is not proved by the newest head")
        }
        let it = ProofView(
            title: release.title,
            back: "/\(visit.language.rawValue)/releases/\(release.key)",
            content: release.content,
            leaf: leaf,
            data: data,
            hash: hash.hex,
            size: size,
            root: root.hex,
            path: path.map(\.hex),
            head: head,
            key: house.log.key.verifyingKey.base64
        )
        let frame = Frame(title: Text("验证", "Verify").in(visit.language), path: request.uri.path)
        return .page(try house.pages.html("proof", it, words: .site, frame: frame, in: visit.language))
    }

    @Sendable private func log(_ request: Request, _ visit: Visit) async throws -> Response {
        try await kept(request, visit) {
            let size = try await house.log.size()
            var leaves: [LogView.Leaf] = []
            for number in (max(0, size - 20)..<size).reversed() {
                leaves.append(.init(number: number, data: try await house.log.leaf(number)))
            }
            let it = LogView(size: size, head: try await house.log.head(), key: house.log.key.verifyingKey.base64, leaves: leaves)
            let frame = Frame(title: Text("透明日志", "Transparency log").in(visit.language), path: request.uri.path)
            return try house.pages.html("log", it, words: .site, frame: frame, in: visit.language)
        }
    }

    private func asset(_ request: Request, _ visit: Visit) throws -> Response {
        guard request.uri.path == house.pages.cssPath else { throw Refusal.notFound }
        let page = PageCache.page(house.pages.css, type: "text/css; charset=utf-8", status: .ok)
        var response = page.response(to: request)
        response.headers[.cacheControl] = "public, max-age=31536000, immutable"
        return response
    }
}

extension Releases.Filter {
    init(column: String) {
        self.init()
        self.column = column
    }
}
