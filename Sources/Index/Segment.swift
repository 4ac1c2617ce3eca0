/// A part of an index that never changes: passages, their covers and their postings, mapped from a file.
final class Segment: @unchecked Sendable {
    let name: String
    let count: Int
    let file: SectionFile
    let keys: UnsafeBufferPointer<UInt64>
    let terms: UnsafeBufferPointer<TermEntry>
    let coverCells: UnsafePointer<UInt32>
    let gates: UnsafeBufferPointer<Gate>
    let facets: [FacetValue]

    private let postings: UnsafeBufferPointer<UInt8>
    private let blocks: UnsafeBufferPointer<BlockEntry>
    private let textStarts: UnsafeBufferPointer<UInt32>
    private let texts: UnsafeBufferPointer<UInt8>
    private let keyOrder: UnsafeBufferPointer<UInt64>
    private let sheetStarts: UnsafeBufferPointer<UInt32>
    private let sheets: UnsafeBufferPointer<UInt8>
    private let wordStarts: UnsafeBufferPointer<UInt32>
    private let words: UnsafeBufferPointer<UInt8>

    /// - Throws: `IndexError.damaged` when any byte differs from what was written.
    init(folder: String, name: String) throws {
        self.name = name
        file = try SectionFile("\(folder)/\(name)")
        keys = file.section(Section.keys, of: UInt64.self)
        terms = file.section(Section.terms, of: TermEntry.self)
        postings = file.section(Section.postings, of: UInt8.self)
        blocks = file.section(Section.blocks, of: BlockEntry.self)
        let cells = file.section(Section.covers, of: UInt32.self)
        textStarts = file.section(Section.textStarts, of: UInt32.self)
        texts = file.section(Section.texts, of: UInt8.self)
        keyOrder = file.section(Section.keyOrder, of: UInt64.self)
        gates = file.section(Section.gates, of: Gate.self)
        sheetStarts = file.section(Section.sheetStarts, of: UInt32.self)
        sheets = file.section(Section.sheets, of: UInt8.self)
        wordStarts = file.section(Section.wordStarts, of: UInt32.self)
        words = file.section(Section.words, of: UInt8.self)
        count = cells.count
        guard let first = cells.baseAddress, keys.count == terms.count, textStarts.count == count + 1, keyOrder.count == count
        else { throw IndexError.damaged(file: file.path) }
        coverCells = first
        facets = Self.readFacets(file)
    }

    private static func readFacets(_ file: SectionFile) -> [FacetValue] {
        let starts = file.section(Section.facetStarts, of: UInt32.self)
        guard let bytes = file.section(Section.facets, of: UInt8.self).baseAddress else { return [] }
        return starts.dropLast().map { start in
            var cursor = ByteCursor(bytes + Int(start))
            return FacetValue(name: cursor.text(), value: cursor.text())
        }
    }

    // MARK: Tokens

    /// The place of a key among the terms, or of the first after it.
    func term(from key: UInt64) -> Int {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The postings of a token, or nil where no passage holds it.
    func list(of key: UInt64) -> PostingList? {
        let place = term(from: key)
        return place < keys.count && keys[place] == key ? list(at: place) : nil
    }

    func list(at term: Int) -> PostingList {
        let entry = terms[term]
        let count = Int(entry.count)
        return PostingList(
            count: count,
            bytes: postings.baseAddress.unsafelyUnwrapped + Int(entry.offset),
            blocks: count < PostingList.block ? nil : blocks.baseAddress.unsafelyUnwrapped + Int(entry.firstBlock)
        )
    }

    // MARK: Passages

    struct Record {
        let key: UnsafeBufferPointer<UInt8>
        let head: UnsafeBufferPointer<UInt8>
        let text: UnsafeBufferPointer<UInt8>
    }

    func record(_ passage: Int) -> Record {
        let start = texts.baseAddress.unsafelyUnwrapped
        var cursor = ByteCursor(start + Int(textStarts[passage]))
        let keySize = cursor.varint()
        let headSize = cursor.varint()
        let key = cursor.bytes(keySize)
        let head = cursor.bytes(headSize)
        let end = start + Int(textStarts[passage + 1])
        return Record(key: key, head: head, text: cursor.bytes(end - cursor.place))
    }

    /// The bytes of passages one after another, as they are copied when segments merge.
    func bytes(of passages: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: texts[Int(textStarts[passages.lowerBound])..<Int(textStarts[passages.upperBound])])
    }

    func cover(of passage: Int) -> Int { CoverCell.cover(coverCells[passage]) }

    var textBytes: Int { texts.count }

    // MARK: Covers

    /// The bytes of title and number, and the facets.
    func sheet(_ cover: Int) -> (title: UnsafeBufferPointer<UInt8>, number: UnsafeBufferPointer<UInt8>, facets: [Int]) {
        var cursor = ByteCursor(sheets.baseAddress.unsafelyUnwrapped + Int(sheetStarts[cover]))
        let title = cursor.bytes(cursor.varint())
        let number = cursor.bytes(cursor.varint())
        let facets = (0..<cursor.varint()).map { _ in cursor.varint() }
        return (title, number, facets)
    }

    func coverValue(_ cover: Int) -> Cover {
        let sheet = sheet(cover)
        return Cover(
            title: String(decoding: sheet.title, as: UTF8.self),
            number: String(decoding: sheet.number, as: UTF8.self),
            facets: sheet.facets.map { facets[$0] },
            gate: gates[cover]
        )
    }

    // MARK: Words and keys

    var wordCount: Int { max(wordStarts.count - 1, 0) }

    /// A word that some passage holds, as written but folded; ascending.
    func word(_ place: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: words[Int(wordStarts[place])..<Int(wordStarts[place + 1])])
    }

    static func hash(of key: String) -> UInt32 {
        var sum: UInt64 = 0x2545_F491_4F6C_DD1D
        for byte in key.utf8 { sum = TokenKey.mix(sum ^ UInt64(byte) &+ 0x9E37) }
        return UInt32(truncatingIfNeeded: sum ^ sum >> 32)
    }

    /// The passage of a key; a key that was replaced inside a segment has several, of which all but one are deleted.
    func passages(of key: String) -> [Int] {
        let hash = UInt64(Self.hash(of: key))
        var low = 0
        var high = keyOrder.count
        while low < high {
            let middle = (low + high) / 2
            if keyOrder[middle] >> 32 < hash { low = middle + 1 } else { high = middle }
        }
        var found: [Int] = []
        while low < keyOrder.count, keyOrder[low] >> 32 == hash {
            let passage = Int(keyOrder[low] & 0xFFFF_FFFF)
            if record(passage).key.elementsEqual(key.utf8) { found.append(passage) }
            low += 1
        }
        return found
    }

    /// The hashes of all keys with their passages, ascending.
    var hashes: UnsafeBufferPointer<UInt64> { keyOrder }
}
