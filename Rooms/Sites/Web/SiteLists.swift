import Core
import Foundation
import Hummingbird
import Records

/// The lists of the portal as their pages show them.
struct HomeView {
    let columns: [ColumnCard]
    let latest, notices: [ReleaseLine]
    let leaves: Int
}

struct ColumnCard {
    let href, name: String
    let count: Int

    init(_ column: Column, _ count: Int, in language: Language) {
        href = "/\(language.rawValue)/columns/\(column.slug)"
        name = column.name.in(language)
        self.count = count
    }
}

struct ColumnView {
    let name: String
    let total: Int
    let lines: [ReleaseLine]
    let kinds: [Choice]
    let year: String
    let paging: Paging
}

/// Where one is in a long list.
struct Paging {
    let previous, next: String
    let hasPrevious, hasNext: Bool
    let page, last: Int

    init(_ request: Request, page: Int, size: Int, total: Int) {
        last = max(1, (total + size - 1) / size)
        self.page = page
        hasPrevious = page > 1
        hasNext = page < last
        let query = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("page=") }.joined(separator: "&")
        func address(_ page: Int) -> String { "\(request.uri.path)?\(query)\(query.isEmpty ? "" : "&")page=\(page)" }
        previous = address(page - 1)
        next = address(page + 1)
    }
}

struct ProofView {
    let title, back, content: String
    let leaf: Int
    let data, hash: String
    let size: Int
    let root: String
    let path: [String]
    let head, key: String
}

struct LogView {
    let size: Int
    let head, key: String
    let leaves: [Leaf]

    struct Leaf {
        let number: Int
        let data: String
    }
}
