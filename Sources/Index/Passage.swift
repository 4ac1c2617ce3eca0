import Glibc

/// A piece of text that can be found: an article of one version of a document, with what decides who finds it when.
public struct Passage: Sendable, Hashable {
    /// The stable name under which it is replaced and removed; unique in an index.
    public var key: String
    public var title: String
    /// The document number, as printed.
    public var number: String
    /// The head of the article: "第十一条", a chapter's name.
    public var head: String
    public var text: String
    /// The first day on which it holds, in days since 1970-01-01; nil where nothing is known before.
    public var from: Int?
    /// The first day on which it holds no longer; nil while there is none.
    public var to: Int?
    /// The class of those who may read it; what a class means is the caller's rule.
    public var visibility: UInt8
    /// What it is counted and filtered by: "issuer": ["国务院"].
    public var facets: [String: [String]]

    public init(
        key: String,
        title: String = "",
        number: String = "",
        head: String = "",
        text: String,
        from: Int? = nil,
        to: Int? = nil,
        visibility: UInt8 = 0,
        facets: [String: [String]] = [:]
    ) {
        self.key = key
        self.title = title
        self.number = number
        self.head = head
        self.text = text
        self.from = from
        self.to = to
        self.visibility = visibility
        self.facets = facets
    }
}

/// A part of a passage that is searched, and how much more its words count than those of the text.
public enum Field: UInt8, Sendable, Hashable, CaseIterable {
    case title
    case number
    case head
    case text

    /// Measured against nothing but judgement: a word of the title says more of a text than one in its middle.
    var weight: Float {
        switch self {
        case .title: 3
        case .number: 4
        case .head: 2
        case .text: 1
        }
    }
}

/// How much a token says of a passage: BM25 over weighted fields, with a fixed usual length in place of the average.
///
/// The usual length does not move with the collection, so an impact once computed holds for ever: segments merge by
/// copying, and a hit scores the same however the index was built.
enum Impact {
    static let k1: Float = 1.2
    static let b: Float = 0.75
    /// Tokens of a usual passage: the median article of the national corpus, rounded to a power of two.
    static let usualLength: Float = 128

    /// What one occurrence in the text counts, in a text of so many tokens.
    static func textWeight(tokens: Int) -> Float {
        Field.text.weight / (1 - b + b * Float(tokens) / usualLength)
    }

    /// From 1 to 255, for the weighted number of occurrences.
    @inline(__always)
    static func quantised(_ occurrences: Float) -> UInt8 {
        UInt8(max(1, min(255, occurrences / (occurrences + k1) * 255 + 0.5)))
    }
}

/// What went wrong with an index on disk.
public enum IndexError: Error, Hashable, Sendable {
    /// Bytes of a file are not those that were written; the index is to be rebuilt.
    case damaged(file: String)
    /// Another process writes to this index.
    case locked(folder: String)
    /// The file comes from a later program.
    case tooNew(file: String)
    /// More than one file can hold; add to a fresh segment.
    case tooLarge
    /// The system refused: the call, the file, and its error number.
    case system(call: String, file: String, code: Int32)
}

extension IndexError: CustomStringConvertible {
    /// What happened and what helps, for the person at the console.
    public var description: String {
        switch self {
        case .damaged(let file): "\(file) is not as it was written; the index must be rebuilt."
        case .locked(let folder): "Another process writes to the index in \(folder)."
        case .tooNew(let file): "\(file) was written by a later version of this program; update the program or rebuild the index."
        case .tooLarge: "This is more than one file of the index holds."
        case .system(let call, let file, let code): "\(call) of \(file) failed: \(String(cString: strerror(code)))."
        }
    }
}
