import Foundation

/// How far a long work is, on a terminal only.
struct Progress {
    private let what: String
    private let total: Int?
    private let isTerminal = isatty(STDERR_FILENO) == 1

    init(_ what: String, of total: Int? = nil) { (self.what, self.total) = (what, total) }

    func show(_ number: Int) {
        guard isTerminal else { return }
        let of = total.map { " / \($0)" } ?? ""
        FileHandle.standardError.write(Data("\r\(number)\(of) \(what)".utf8))
    }

    func finish() {
        guard isTerminal else { return }
        FileHandle.standardError.write(Data("\n".utf8))
    }
}
