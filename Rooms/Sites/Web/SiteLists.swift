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
