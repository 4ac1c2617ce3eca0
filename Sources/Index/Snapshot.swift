import Foundation

/// A segment as one commit shows it.
struct LivePart: Sendable {
    let segment: Segment
    let deletions: Deletions?
    let deletionsFile: String?

    func contains(_ passage: Int) -> Bool {
        !(deletions?.contains(passage) ?? false)
    }
}

/// What one commit shows: a reader that holds it sees nothing of later ones.
struct Snapshot: Sendable {
    let generation: Int
    let position: Int
    let parts: [LivePart]
    /// The first place of each part among all passages.
    let bases: [Int]
    /// Passages of all parts, those that are gone included: what rarity is measured against.
    let size: Int

    /// Passages that are there.
    var count: Int { parts.reduce(0) { $0 + $1.segment.count - ($1.deletions?.count ?? 0) } }

    /// Reads a folder's last commit; segments that the former snapshot holds already are taken from it.
    init(_ folder: String, former: Snapshot? = nil) throws {
        let manifest = try Manifest.read(folder)
        let known = Dictionary(uniqueKeysWithValues: (former?.parts ?? []).map { ($0.segment.name, $0) })
        generation = manifest.generation
        position = manifest.position
        parts = try manifest.segments.map { entry in
            let before = known[entry.name]
            let segment = try before?.segment ?? Segment(folder: folder, name: entry.name)
            if let before, before.deletionsFile == entry.deletions { return before }
            let deletions = try entry.deletions.map { try Deletions("\(folder)/\($0)") }
            guard deletions.map({ $0.words.count == (segment.count + 63) / 64 }) ?? true else {
                throw IndexError.damaged(file: "\(folder)/\(entry.deletions ?? "")")
            }
            return LivePart(segment: segment, deletions: deletions, deletionsFile: entry.deletions)
        }
        var base = 0
        bases = parts.map { part in
            defer { base += part.segment.count }
            return base
        }
        size = base
    }

    /// The passage of a place among all.
    func passage(at place: UInt32) -> Passage {
        let (part, passage) = locate(place)
        return parts[part].segment.passage(passage)
    }

    private func locate(_ place: UInt32) -> (part: Int, passage: Int) {
        var part = bases.count - 1
        while bases[part] > Int(place) { part -= 1 }
        return (part, Int(place) - bases[part])
    }
}

extension Segment {
    /// A passage as it was added.
    func passage(_ place: Int) -> Passage {
        let record = record(place)
        let cover = coverValue(cover(of: place))
        return Passage(
            key: String(decoding: record.key, as: UTF8.self),
            title: cover.title,
            number: cover.number,
            head: String(decoding: record.head, as: UTF8.self),
            text: String(decoding: record.text, as: UTF8.self),
            from: cover.gate.from == .min ? nil : Int(cover.gate.from),
            to: cover.gate.to == .max ? nil : Int(cover.gate.to),
            visibility: UInt8(truncatingIfNeeded: cover.gate.visibility),
            facets: Dictionary(grouping: cover.facets, by: \.name).mapValues { $0.map(\.value) }
        )
    }
}
