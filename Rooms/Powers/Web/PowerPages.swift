import Core
import Foundation
import Hummingbird
import MerkleLog
import Records
import Sheets
import WorkCalendar

/// The public lists of powers and service guides, a page for each item, and both as open data.
struct PowerPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("powers", use: list)
            pages.get("powers/:code", use: item)
        }
        PowerAPI(house: house).add(to: router)
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let filter = try Matters.Filter(request)
        let entries = try await house.matters.entries(filter, for: .everyone)
        let it = PowerListView(entries, filter, isDesk: false, in: visit.language)
        let title = Text("权责清单与办事指南", "Powers and service guides").in(visit.language)
        var frame = Frame(title: title, path: request.uri.path)
        frame.meta = [.init(name: "ColumnName", content: title), .init(name: "ColumnType", content: title)]
        return .page(try house.pages.html("powers", it, words: .powers, frame: frame, in: visit.language))
    }

    @Sendable private func item(_ request: Request, _ visit: Visit) async throws -> Response {
        let entry = try await house.matters.published(try visit.parameters.require("code"))
        guard let it = PowerView(entry, in: visit.language) else { throw Refusal.notFound }
        var frame = Frame(title: it.name, path: request.uri.path)
        frame.meta = [.init(name: "ArticleTitle", content: it.name), .init(name: "PubDate", content: it.publishedOn)]
        return .page(try house.pages.html("power", it, words: .powers, frame: frame, in: visit.language))
    }
}

/// The lists for software: JSON, and the standard tables as CSV, XLSX and DOCX.
struct PowerAPI: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.get("api/v1/powers", use: list)
        router.get("api/v1/powers/:code", use: item)
        router.get("open/:file", use: file)
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let entries = try await house.matters.entries(try Matters.Filter(request), for: .everyone)
        return try .json(["powers": entries.map { MatterJSON($0, site: house.site) }])
    }

    @Sendable private func item(_ request: Request, _ visit: Visit) async throws -> Response {
        try .json(MatterJSON(try await house.matters.published(try visit.parameters.require("code")), site: house.site))
    }

    /// powers.csv, guides.xlsx and the like; `lang=en` for English heads.
    @Sendable private func file(_ request: Request, _ visit: Visit) async throws -> Response {
        let name = try visit.parameters.require("file")
        let parts = name.split(separator: ".").map(String.init)
        guard parts.count == 2, let format = Sheet.Format(rawValue: parts[1]),
            let sort = ["powers": Matter.Sort.power, "guides": .guide][parts[0]]
        else { throw Refusal.notFound }
        let language = try request.language()
        var filter = Matters.Filter()
        filter.sort = sort
        let sheet = Sheet.of(try await house.matters.entries(filter, for: .everyone), sort, for: .everyone, in: language)
        return .file(.init(sheet.data(as: format)), type: format.mediaType, name: name)
    }
}

extension Request {
    /// The language that the query asks for, Chinese where it does not say.
    fileprivate func language() throws(Refusal) -> Language {
        guard let asked = uri.queryParameters["lang"] else { return .zh }
        guard let language = Language(rawValue: String(asked)) else { throw .invalid("lang", "语言为zh或者en。", "The language is zh or en.") }
        return language
    }
}

extension Matters.Filter {
    /// What a list was asked: which list, type and unit. An unknown one is refused, not passed over.
    init(_ request: Request) throws(Refusal) {
        self.init()
        func value(_ name: Substring) -> String? { request.uri.queryParameters[name].map(String.init).flatMap { $0.isEmpty ? nil : $0 } }
        if let asked = value("list") {
            guard let known = Matter.Sort(rawValue: asked) else {
                throw .invalid("list", "没有“\(asked)”这张清单。", "There is no list “\(asked)”.")
            }
            sort = known
        }
        if let asked = value("type") {
            guard let known = PowerType(rawValue: asked) else {
                throw .invalid("type", "没有“\(asked)”这个类型。", "There is no type “\(asked)”.")
            }
            type = known
        }
        if let asked = value("unit") {
            guard UnitNames.units.contains(where: { $0.code == asked }) else {
                throw .invalid("unit", "没有代码为“\(asked)”的单位。", "There is no unit with the code “\(asked)”.")
            }
            unit = asked
        }
        isFlagged = value("flagged") == "yes"
    }
}

extension Sheet {
    /// A list as its standard table.
    public static func of(_ entries: [Matters.Entry], _ sort: Matter.Sort, for reader: Matters.Reader, in language: Language) -> Sheet {
        let rows = entries.filter { $0.matter.sort == sort }.enumerated().map { place, entry in
            MatterTable.cells(
                of: reader == .desk ? entry.matter.draft : entry.matter.watched,
                code: entry.matter.code,
                sort: sort,
                number: place + 1,
                notes: entry.flags.map { "\($0.basis)：\($0.text.in(language))" },
                in: language
            )
        }
        return Sheet(
            title: "\(Agency.name.in(language)) \(sort.text.in(language))",
            rows: [MatterTable.heads(of: sort, in: language)] + rows
        )
    }
}

/// A matter for software.
public struct MatterJSON: Encodable, Sendable {
    struct BasisJSON: Encodable, Sendable {
        let title, article, citation, kind, url, text: String
        let version: String?
        let confirmedBy: String?
    }

    struct FlagJSON: Encodable, Sendable {
        let kind, basis, zh, en, since: String
    }

    struct UnitJSON: Encodable, Sendable {
        let code, zh, en: String
    }

    let code, list, name, nameEn, state: String
    let type, publishedOn, contentHash, url: String?
    let unit: UnitJSON
    let elements: [String: String]
    let bases: [BasisJSON]
    let flags: [FlagJSON]

    /// - Parameter reader: the desk reads the draft, everyone the signed text.
    public init(_ entry: Matters.Entry, for reader: Matters.Reader = .everyone, site: String = "") {
        let matter = entry.matter
        let text = reader == .desk ? matter.draft : matter.watched
        (code, list, name, nameEn) = (matter.code, matter.sort.rawValue, text.name, text.nameEn)
        (type, state) = (text.type?.rawValue, reader == .desk ? matter.state.rawValue : Matter.State.published.rawValue)
        publishedOn = matter.publishedOn?.description
        contentHash = matter.published?.hash.hex
        url = matter.published == nil ? nil : "\(site)/zh/powers/\(matter.code)"
        unit = UnitJSON(code: text.unit, zh: UnitNames.name(of: text.unit, in: .zh), en: UnitNames.name(of: text.unit, in: .en))
        elements = text.fields
        bases = text.bases.map {
            BasisJSON(
                title: $0.title,
                article: $0.article,
                citation: $0.citation,
                kind: $0.kind.rawValue,
                url: "\(site)/zh/releases/\($0.release)/articles/\($0.anchor)",
                text: $0.quote,
                version: $0.versionDay?.description,
                confirmedBy: reader == .desk ? $0.confirmedBy : nil
            )
        }
        flags = entry.flags.map { FlagJSON(kind: $0.kind.rawValue, basis: $0.basis, zh: $0.zh, en: $0.en, since: $0.since.description) }
    }
}
