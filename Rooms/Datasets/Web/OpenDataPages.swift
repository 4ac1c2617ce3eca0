import Core
import Hummingbird
import Mosaic
import Records
import WorkCalendar

/// The portal's open data: the released tables, their pages and their files.
struct OpenDataPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("data", use: list)
            pages.get("data/:key", use: page)
        }
        router.get("api/v1/datasets", use: catalogue)
        router.get("api/v1/datasets/:key", use: table)
    }

    private struct ListView {
        let lines: [Line]
        let isEmpty: Bool

        struct Line {
            let href, title, unit, rows, published: String
        }
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let lines = try await house.datasets.released().map { dataset in
            ListView.Line(
                href: "/\(visit.language.rawValue)/data/\(dataset.key)",
                title: dataset.title,
                unit: UnitNames.name(of: dataset.unit, in: visit.language),
                rows: "\(dataset.rows)",
                published: Self.day(dataset)
            )
        }
        let frame = Frame(title: Text("开放数据", "Open data").in(visit.language), path: request.uri.path)
        let it = ListView(lines: lines, isEmpty: lines.isEmpty)
        return .page(try house.pages.html("opendata", it, words: .datasets, frame: frame, in: visit.language))
    }

    private static func day(_ dataset: Dataset) -> String { dataset.releasedAt?.beijingDay.description ?? "" }

    private struct View {
        let title, unit, rows, published, base, leaf, hash, withdrawnOn, reason: String
        let isWithdrawn: Bool
        let names: [String]
        let lines: [Line]

        struct Cell {
            let name, text: String
        }

        struct Line {
            let cells: [Cell]
        }
    }

    @Sendable private func page(_ request: Request, _ visit: Visit) async throws -> Response {
        let name = try visit.parameters.require("key")
        let key = name.split(separator: ".").first.map(String.init) ?? name
        let (dataset, body) = try await house.datasets.published(key)
        let isWithdrawn = dataset.state != .released
        if name != key {
            guard name == "\(key).csv", !isWithdrawn else { throw Refusal.notFound }
            var response = Response.text(body, type: "text/csv; charset=utf-8; header=present")
            response.headers[.contentDisposition] = "attachment; filename=\"\(dataset.hash.prefix(16)).csv\""
            return response
        }
        let table = isWithdrawn ? nil : try Datasets.table(of: body)
        let columns = table?.columns.prefix(30) ?? []
        let lines = (0..<min(20, table?.rows ?? 0)).map { row in
            View.Line(cells: columns.map { View.Cell(name: $0.name, text: Self.shown($0.values[Int($0.codes[row])])) })
        }
        let it = View(
            title: dataset.title,
            unit: UnitNames.name(of: dataset.unit, in: visit.language),
            rows: "\(dataset.rows)",
            published: Self.day(dataset),
            base: "/\(visit.language.rawValue)/data/\(key)",
            leaf: "/log/leaf/\(dataset.withdrawalLeaf ?? dataset.leaf ?? 0)",
            hash: dataset.hash,
            withdrawnOn: dataset.withdrawnAt?.beijingDay.description ?? "",
            reason: dataset.withdrawnReason ?? "",
            isWithdrawn: isWithdrawn,
            names: columns.map(\.name),
            lines: lines
        )
        let frame = Frame(title: dataset.title, path: request.uri.path)
        let html = try house.pages.html("opentable", it, words: .datasets, frame: frame, in: visit.language)
        return .page(html, status: isWithdrawn ? .gone : .ok)
    }

    /// A cell on a page: a long one is cut there, not in the file.
    private static func shown(_ text: String) -> String { text.count > 80 ? text.prefix(80) + "…" : text }

    private struct Entry: Encodable {
        let key, title, unit, contentHash, csv: String
        let rows, leaf: Int
        let publishedOn: String

        init(_ dataset: Dataset) {
            (key, title, unit, contentHash) = (dataset.key, dataset.title, dataset.unit, dataset.hash)
            csv = "/zh/data/\(dataset.key).csv"
            (rows, leaf) = (dataset.rows, dataset.leaf ?? 0)
            publishedOn = OpenDataPages.day(dataset)
        }
    }

    @Sendable private func catalogue(_ request: Request, _ visit: Visit) async throws -> Response {
        try .json(["datasets": try await house.datasets.released().map(Entry.init)])
    }

    @Sendable private func table(_ request: Request, _ visit: Visit) async throws -> Response {
        let (dataset, _) = try await house.datasets.published(try visit.parameters.require("key"))
        guard dataset.state == .released else { throw Refusal.notFound }
        return try .json(Entry(dataset))
    }
}
