import Core
import Foundation
import HTTPTypes
import Hummingbird
import MerkleLog
import Records

/// What software reads: the log's proofs, the API, the feed, the sitemap.
struct MachinePages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.get("log/head") { _, _ in Response.text(try await house.log.head(), type: "text/plain; charset=utf-8") }
        router.get("log/key") { _, _ in Response.text(house.log.key.verifyingKey.base64 + "\n", type: "text/plain") }
        router.get("log/leaf/:number") { _, visit in
            let number = try visit.parameters.require("number", as: Int.self)
            return Response.text(try await house.log.leaf(number), type: "application/json; charset=utf-8")
        }
        router.get("log/proof/inclusion", use: inclusion)
        router.get("log/proof/consistency", use: consistency)
        router.get("api/v1/releases/:key", use: release)
        router.get("feed.atom", use: feed)
        router.get("sitemap.xml", use: sitemap)
        router.get("robots.txt") { _, _ in
            Response.text(
                "User-agent: *\nDisallow: /zh/office\nDisallow: /en/office\nSitemap: \(house.site)/sitemap.xml\n",
                type: "text/plain"
            )
        }
        router.get("metrics") { _, visit in
            // The figures are for the house's own machine; a proxy in front must not pass this path on.
            guard Doors.here.contains(visit.address) else { throw Refusal.notFound }
            let text = house.counts.text(leaves: try await house.log.size(), keptBytes: house.cache.bytes)
            return Response.text(text, type: "text/plain; version=0.0.4")
        }
        router.get("health") { _, _ in
            _ = try await house.log.size()
            return Response.text("ok\n", type: "text/plain")
        }
    }

    private func number(_ name: Substring, _ request: Request) throws(Refusal) -> Int {
        guard let text = request.uri.queryParameters[name], let number = Int(text), number >= 0 else {
            throw .invalid(String(name), "参数\(name)应为非负整数。", "The parameter \(name) is a whole number, not negative.")
        }
        return number
    }

    private struct ProofJSON: Encodable {
        let size: Int
        let path: [Hash]
    }

    @Sendable private func inclusion(_ request: Request, _ visit: Visit) async throws -> Response {
        let size = request.uri.queryParameters["size"] == nil ? nil : try number("size", request)
        let (proved, path) = try await house.log.inclusionProof(of: try number("leaf", request), size: size)
        return try .json(ProofJSON(size: proved, path: path))
    }

    @Sendable private func consistency(_ request: Request, _ visit: Visit) async throws -> Response {
        let (from, to) = (try number("from", request), try number("to", request))
        return try .json(ProofJSON(size: to, path: try await house.log.consistencyProof(from: from, to: to)))
    }

    @Sendable private func release(_ request: Request, _ visit: Visit) async throws -> Response {
        let (release, content) = try await house.releases.release(try visit.parameters.require("key"))
        guard Visibility.isPublic(release) else { throw Refusal.notFound }
        return try .json(ReleaseJSON(release, content, leaf: release.leaf))
    }

    @Sendable private func feed(_ request: Request, _ visit: Visit) async throws -> Response {
        let language = request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) } ?? .zh
        let releases = try await house.releases.releases(Releases.Filter(), size: 50).releases
        let updated = releases.map(\.releasedAt).max()?.description ?? "1970-01-01T00:00:00.000Z"
        let entries = releases.map { release in
            """
            <entry><id>urn:gongkai:\(release.key)</id><title>\(HTML.escape(release.title))</title><updated>\(release.releasedAt)</updated>
            <link href="\(house.site)/\(language.rawValue)/releases/\(release.key)"/><summary>\(HTML.escape(release.documentNumber ?? ""))</summary></entry>
            """
        }
        let title = Text("政府信息公开", "Government information").in(language)
        let xml = """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(language.tag)"><id>urn:gongkai:feed:\(language.rawValue)</id><title>\(title)</title>
            <updated>\(updated)</updated><author><name>\(title)</name></author><link rel="self" href="\(house.site)/feed.atom?lang=\(language.rawValue)"/>
            \(entries.joined(separator: "\n"))
            </feed>
            """
        return .text(xml, type: "application/atom+xml; charset=utf-8")
    }

    @Sendable private func sitemap(_ request: Request, _ visit: Visit) async throws -> Response {
        var xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        var last = ""
        // The protocol allows 50,000 addresses a file.
        for _ in 0..<5 {
            let keys = try await house.releases.keys(after: last)
            for (key, day) in keys {
                for language in Language.allCases {
                    xml += "<url><loc>\(house.site)/\(language.rawValue)/releases/\(key)</loc><lastmod>\(day)</lastmod></url>\n"
                }
            }
            guard let end = keys.last else { break }
            last = end.key
        }
        return .text(xml + "</urlset>\n", type: "application/xml; charset=utf-8")
    }
}
