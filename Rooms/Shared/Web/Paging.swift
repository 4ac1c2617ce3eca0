import Hummingbird

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
