/// What passages of one version of a document share: title, number, facets, validity and visibility.
///
/// Kept once for all its articles, so that a passage costs four bytes for all of it and "who may see it when" is one
/// look into a small table.
struct Cover: Hashable {
    let title: String
    let number: String
    let facets: [FacetValue]
    let gate: Gate

    init(title: String, number: String, facets: [FacetValue], gate: Gate) {
        self.title = title
        self.number = number
        self.facets = facets
        self.gate = gate
    }

    init(_ passage: Passage) {
        title = passage.title
        number = passage.number
        facets = passage.facets.flatMap { name, values in values.map { FacetValue(name: name, value: $0) } }.sorted()
        gate = Gate(
            from: passage.from.map(Int32.init(clamping:)) ?? .min,
            to: passage.to.map(Int32.init(clamping:)) ?? .max,
            visibility: UInt32(passage.visibility)
        )
    }
}

/// Who may see a passage when.
struct Gate: Hashable {
    /// The first day, or `Int32.min`.
    let from: Int32
    /// The first day no longer, or `Int32.max`.
    let to: Int32
    /// The class of readers.
    let visibility: UInt32
}

struct FacetValue: Hashable, Comparable {
    let name: String
    let value: String

    static func < (one: FacetValue, other: FacetValue) -> Bool {
        (one.name, one.value) < (other.name, other.value)
    }
}

/// The covers of a segment while it is built.
struct CoverTable {
    private(set) var covers: [Cover] = []
    private var places: [Cover: UInt32] = [:]
    private var facets: [FacetValue] = []
    private var facetPlaces: [FacetValue: Int] = [:]

    mutating func place(of cover: Cover) -> UInt32 {
        if let last = covers.last, last == cover { return UInt32(covers.count - 1) }
        if let place = places[cover] { return place }
        let place = UInt32(covers.count)
        places[cover] = place
        covers.append(cover)
        for facet in cover.facets where facetPlaces[facet] == nil {
            facetPlaces[facet] = facets.count
            facets.append(facet)
        }
        return place
    }

    func write(to file: inout SectionFileWriter) throws {
        try file.begin(Section.gates)
        try covers.map(\.gate).withUnsafeBufferPointer { try file.append($0) }
        var sheets = TextTable()
        for cover in covers {
            sheets.add { bytes in
                bytes.append(varint: cover.title.utf8.count)
                bytes.append(text: cover.title)
                bytes.append(varint: cover.number.utf8.count)
                bytes.append(text: cover.number)
                bytes.append(varint: cover.facets.count)
                for facet in cover.facets { bytes.append(varint: facetPlaces[facet] ?? 0) }
            }
        }
        try sheets.write(to: &file, starts: Section.sheetStarts, bytes: Section.sheets)
        var names = TextTable()
        for facet in facets {
            names.add { bytes in
                bytes.append(varint: facet.name.utf8.count)
                bytes.append(text: facet.name)
                bytes.append(varint: facet.value.utf8.count)
                bytes.append(text: facet.value)
            }
        }
        try names.write(to: &file, starts: Section.facetStarts, bytes: Section.facets)
    }
}

/// Pieces of bytes one after another, with where each begins.
struct TextTable: ~Copyable {
    private var bytes = Store<UInt8>()
    private var starts = Store<UInt32>()

    mutating func add(_ body: (inout Store<UInt8>) -> Void) {
        starts.append(UInt32(bytes.count))
        body(&bytes)
    }

    mutating func write(to file: inout SectionFileWriter, starts startsName: UInt32, bytes bytesName: UInt32) throws {
        starts.append(UInt32(bytes.count))
        try file.begin(startsName)
        try file.append(starts.buffer)
        try file.begin(bytesName)
        try file.append(bytes.buffer)
    }
}

/// The names of the sections of a segment's file.
enum Section {
    static let postings: UInt32 = 1
    static let keys: UInt32 = 2
    static let terms: UInt32 = 3
    static let blocks: UInt32 = 4
    static let covers: UInt32 = 5
    static let textStarts: UInt32 = 6
    static let texts: UInt32 = 7
    static let keyOrder: UInt32 = 8
    static let gates: UInt32 = 9
    static let sheetStarts: UInt32 = 10
    static let sheets: UInt32 = 11
    static let facetStarts: UInt32 = 12
    static let facets: UInt32 = 13
    static let wordStarts: UInt32 = 14
    static let words: UInt32 = 15
    static let deleted: UInt32 = 16
}

/// The number of a passage's cover, and whether its bytes may be compared as they are.
enum CoverCell {
    /// No dense character of head and text is compared as another one.
    static let plain: UInt32 = 1 << 31

    @inline(__always)
    static func cover(_ cell: UInt32) -> Int { Int(cell & ~plain) }
}
