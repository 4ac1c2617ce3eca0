/// Finds rows by their words: the one place where the engines need different SQL.
///
/// `TextIndex("passage")` keeps a table `passage_gram` beside a table whose key is BIGINT: SQLite's full-text search
/// with our own cutting of text, an array of grams under GIN on PostgreSQL. Both find every exact substring of Chinese
/// text, and whole words of other scripts; where no whole word is meant, the words that hold it.
public struct TextIndex: Sendable {
    private let table: String
    private let gram: SQL
    /// Every word that is not cut into pairs, once.
    private let words: SQL

    /// - Parameter table: of the rows that are found, a plain name from code.
    public init(_ table: String) {
        self.table = table
        gram = .name("\(table)_gram")
        words = .name("\(table)_word")
    }

    public func migration(named name: String) -> Migration {
        Migration(
            name,
            "CREATE VIRTUAL TABLE \"\(table)_gram\" USING fts5(body, tokenize = 'bigram')",
            postgres: """
                CREATE TABLE "\(table)_gram" (id BIGINT PRIMARY KEY, grams TEXT[] NOT NULL, body TEXT NOT NULL);
                CREATE INDEX "\(table)_gram_grams" ON "\(table)_gram" USING GIN (grams)
                """
        )
    }

    public func wordMigration(named name: String) -> Migration {
        Migration(name, "CREATE TABLE \"\(table)_word\" (word TEXT PRIMARY KEY)")
    }

    /// Indexes a text under the key of its row, in place of what stood there.
    public func put(_ id: Int, _ text: String, in db: any Connection) throws {
        for word in Bigrams.words(text) {
            try db.run("INSERT INTO \(words) (word) VALUES (\(word)) ON CONFLICT (word) DO NOTHING")
        }
        switch db.dialect {
        case .sqlite:
            try db.run("INSERT OR REPLACE INTO \(gram) (rowid, body) VALUES (\(id), \(text))")
        case .postgres:
            let runs = Bigrams.runs(text)
            let body = " " + runs.map(\.text).joined(separator: " ") + " "
            try db.run(
                """
                INSERT INTO \(gram) (id, grams, body) VALUES (\(id), CAST(\(Self.array(Self.grams(of: runs))) AS TEXT[]), \(body))
                ON CONFLICT (id) DO UPDATE SET grams = excluded.grams, body = excluded.body
                """
            )
        }
    }

    public func remove(_ id: Int, in db: any Connection) throws {
        try db.run(.either(sqlite: "DELETE FROM \(gram) WHERE rowid = \(id)", postgres: "DELETE FROM \(gram) WHERE id = \(id)"))
    }

    /// The keys found, as a SELECT: `… WHERE passage.id IN (\(index.matching(query)))`.
    public func matching(_ query: TextQuery) -> SQL {
        guard !query.isEmpty else { return "SELECT CAST(NULL AS BIGINT) AS id WHERE FALSE" }
        return .either(
            sqlite: "SELECT rowid AS id FROM \(gram) WHERE \(gram) MATCH \(fts5(query))",
            postgres: "SELECT id FROM \(gram) WHERE \(condition(query))"
        )
    }

    /// The keys found with their rank, as a table of `id` and `score`, the better the higher:
    /// `SELECT … FROM (\(index.hits(query))) AS hit JOIN passage ON passage.id = hit.id … ORDER BY hit.score DESC, hit.id`.
    ///
    /// SQLite ranks by BM25; PostgreSQL by how often each term occurs against the length of the text. Scores compare
    /// within one answer only.
    public func hits(_ query: TextQuery) -> SQL {
        guard !query.isEmpty else {
            return "SELECT CAST(NULL AS BIGINT) AS id, CAST(0 AS DOUBLE PRECISION) AS score WHERE FALSE"
        }
        return .either(
            sqlite: "SELECT rowid AS id, -bm25(\(gram)) AS score FROM \(gram) WHERE \(gram) MATCH \(fts5(query))",
            postgres: "SELECT id, \(score(query)) AS score FROM \(gram) WHERE \(condition(query))"
        )
    }

    /// The query itself when a row answers it; else, for a question in everyday words, `query.any`, and for parts of words the words
    /// that hold them.
    public func widened(_ query: TextQuery, in db: any Connection) throws -> TextQuery {
        guard !query.isAny, !query.isEmpty, query.isQuestion || query.terms.contains(where: { $0.word != nil }) else { return query }
        guard try db.rows("\(matching(query)) LIMIT 1").isEmpty else { return query }
        if query.isQuestion { return query.any }
        var holders: [String: [String]] = [:]
        for word in query.terms.compactMap(\.word) where word.count > 1 {
            // Words hold letters alone: nothing in them is a sign of LIKE.
            let found = try db.all(
                String.self,
                "SELECT word FROM \(words) WHERE word LIKE \("%\(word)%") ORDER BY word LIMIT \(Self.mostHolders)"
            )
            if !found.isEmpty { holders[word] = found }
        }
        return query.replacing(holders)
    }

    private static let mostHolders = 500

    private func fts5(_ query: TextQuery) -> String {
        query.terms.map { "(\($0.fts5))" }.joined(separator: query.isAny ? " OR " : " AND ")
    }

    private func condition(_ query: TextQuery) -> SQL {
        let whole = query.terms.filter(\.holders.isEmpty)
        let grams = Self.array(Set(whole.flatMap(\.grams)).sorted())
        guard !query.isAny else { return "grams && CAST(\(grams) AS TEXT[])" }
        let phrases = whole.filter { !$0.isGram }.map { "position(\($0.folded) IN body) > 0" as SQL }
        let held = query.terms.filter { !$0.holders.isEmpty }.map { "grams && CAST(\(Self.array($0.holders)) AS TEXT[])" as SQL }
        return .joined(["grams @> CAST(\(grams) AS TEXT[])"] + phrases + held, by: " AND ")
    }

    private func score(_ query: TextQuery) -> SQL {
        let terms = query.terms.map { term -> SQL in
            let folded = term.folded
            let length = Double(folded.unicodeScalars.count)
            let times: SQL = "((length(body) - length(replace(body, \(folded), ''))) / \(length))"
            return "\(times) / (\(times) + 0.5 + length(body) / 500.0)"
        }
        return .joined(terms, by: " + ")
    }

    /// Every token, and every single Chinese character, once.
    private static func grams(of runs: [Bigrams.Run]) -> [String] {
        var grams: Set<String> = []
        for run in runs {
            guard run.isPaired else {
                grams.insert(run.text)
                continue
            }
            for scalar in run.scalars { grams.insert(String(Character(scalar))) }
            for pair in run.pairs { grams.insert(pair.text) }
        }
        return grams.sorted()
    }

    /// An array as PostgreSQL writes it; tokens hold letters, figures and Chinese characters alone.
    private static func array(_ tokens: [String]) -> String {
        "{" + tokens.map { "\"\($0)\"" }.joined(separator: ",") + "}"
    }
}
