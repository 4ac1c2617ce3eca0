import GRDB

/// Lets SQLite's full-text search cut text as `Bigrams` does.
final class BigramTokenizer: FTS5CustomTokenizer {
    static let name = "bigram"

    init(db: GRDB.Database, arguments: [String]) throws {}

    func tokenize(
        context: UnsafeMutableRawPointer?,
        tokenization: FTS5Tokenization,
        pText: UnsafePointer<CChar>?,
        nText: CInt,
        tokenCallback: @escaping FTS5TokenCallback
    ) -> CInt {
        guard let pText, nText > 0 else { return 0 }
        var code: CInt = 0
        pText.withMemoryRebound(to: UInt8.self, capacity: Int(nText)) { start in
            let bytes = UnsafeBufferPointer(start: start, count: Int(nText))
            Bigrams.forEachToken(in: bytes, question: tokenization.contains(.query)) { token, start, end in
                code = token.withMemoryRebound(to: CChar.self) { letters in
                    tokenCallback(context, 0, letters.baseAddress, CInt(letters.count), CInt(start), CInt(end))
                }
                return code == 0
            }
        }
        return code
    }
}
