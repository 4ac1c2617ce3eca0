/// Completes what is being typed to titles and numbers of documents that the reader may see on the day.
extension IndexReader {
    public struct Suggestion: Sendable, Hashable {
        public let title: String
        /// The document number as printed; empty where there is none.
        public let number: String
    }

    /// - Parameter query: whose text is what was typed so far; its day, eyes and filters hold.
    /// - Returns: Titles that begin with it first, then those that hold all of it, shorter ones before longer ones.
    public func suggestions(for query: Query) -> [Suggestion] {
        let typed = Run.all(in: String(query.text.unicodeScalars.prefix(100).map(Character.init)))
        guard !typed.isEmpty else { return [] }
        let number = DocumentNumberSpellings.normalised(query.text)
        let beginning = Self.line(typed)
        var ranks: [Suggestion: Int] = [:]
        for part in snapshot.parts {
            let admission = Admission(part, query)
            let live = part.liveCovers
            for cover in part.segment.gates.indices where admission.admits(cover: cover) && live?.contains(cover) ?? true {
                let sheet = part.segment.sheet(cover)
                let title = String(decoding: sheet.title, as: UTF8.self)
                let printed = String(decoding: sheet.number, as: UTF8.self)
                let (line, numberLine) = (Self.line(Run.all(in: title)), Self.line(Run.all(in: printed)))
                let rank: Int
                if let number, DocumentNumberSpellings.normalised(printed) == number {
                    rank = 0
                } else if line.starts(with: beginning) || numberLine.starts(with: beginning) {
                    rank = 1
                } else if typed.allSatisfy({ Self.holds(line, $0) }) || typed.allSatisfy({ Self.holds(numberLine, $0) }) {
                    rank = 2
                } else {
                    continue
                }
                let found = Suggestion(title: title, number: printed)
                ranks[found] = min(ranks[found] ?? .max, rank)
            }
        }
        let best = ranks.sorted { one, other in
            (one.value, one.key.title.utf8.count, one.key.title, one.key.number)
                < (other.value, other.key.title.utf8.count, other.key.title, other.key.number)
        }
        return best.prefix(query.limit).map(\.key)
    }

    /// Runs as bytes, a blank before each: what words and beginnings are compared by.
    private static func line(_ runs: [Run]) -> [UInt8] {
        runs.flatMap { [0x20] + Array($0.text.utf8) }
    }

    /// Characters anywhere, words by their beginning.
    private static func holds(_ line: [UInt8], _ run: Run) -> Bool {
        let sought = (run.isDense ? [] : [0x20]) + Array(run.text.utf8)
        guard let first = sought.first, line.count >= sought.count else { return false }
        return (0...(line.count - sought.count)).contains { line[$0] == first && line[$0..<($0 + sought.count)].elementsEqual(sought) }
    }
}

extension LivePart {
    /// The covers of which some passage is there; nil for all.
    fileprivate var liveCovers: Set<Int>? {
        guard let deletions, deletions.count > 0 else { return nil }
        var live: Set<Int> = []
        for passage in 0..<segment.count where !deletions.contains(passage) { live.insert(segment.cover(of: passage)) }
        return live
    }
}
