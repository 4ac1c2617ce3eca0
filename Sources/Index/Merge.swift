/// Several segments to be made one, without what is gone from them; may run while the index is written and read.
public struct Merge: Sendable {
    let folder: String
    let name: String
    let inputs: [Input]

    struct Input: Sendable {
        let segment: Segment
        let deletions: Deletions?

        var live: Int { segment.count - (deletions?.count ?? 0) }
    }

    /// Writes the merged segment; the index holds it once the writer adopts it.
    ///
    /// Postings are decoded and packed again; impacts are copied, since they do not depend on the collection.
    public func run() throws {
        var file = try SectionFileWriter("\(folder)/\(name)")
        let places = relocation
        try mergePostings(places, to: &file)
        try mergeRecords(to: &file)
        try mergeKeys(places, to: &file)
        try mergeCovers(to: &file)
        try file.finish()
    }

    var count: Int { inputs.reduce(0) { $0 + $1.live } }

    /// The first place of each input in the merged segment.
    var bases: [Int] {
        var base = 0
        return inputs.map { input in
            defer { base += input.live }
            return base
        }
    }

    /// The new place of each passage of each input; nil for an input of which none is gone.
    private var relocation: [[UInt32]?] {
        zip(inputs, bases).map { input, base in input.deletions?.places(of: input.segment.count, from: base) }
    }

    private func mergePostings(_ places: [[UInt32]?], to file: inout SectionFileWriter) throws {
        var keys = Store<UInt64>()
        var terms = Store<TermEntry>()
        var packer = PostingPacker()
        var passages = Store<UInt32>()
        var impacts = Store<UInt8>()
        var next = [Int](repeating: 0, count: inputs.count)
        let bases = bases
        try file.begin(Section.postings)
        while let key = leastKey(next) {
            passages.removeAll()
            impacts.removeAll()
            for index in inputs.indices {
                let segment = inputs[index].segment
                guard next[index] < segment.keys.count, segment.keys[next[index]] == key else { continue }
                let list = segment.list(at: next[index])
                next[index] += 1
                let shift = UInt32(bases[index])
                if let moved = places[index] {
                    moved.withUnsafeBufferPointer {
                        list.appendAll(to: &passages, &impacts, shift: shift, places: $0.baseAddress)
                    }
                } else {
                    list.appendAll(to: &passages, &impacts, shift: shift, places: nil)
                }
            }
            guard passages.count > 0 else { continue }
            keys.append(key)
            terms.append(try packer.add(passages.pointer, impacts.pointer, count: passages.count))
            if packer.bytes.count > 1 << 20 { try packer.pass(to: &file) }
        }
        try packer.pass(to: &file)
        try file.begin(Section.blocks)
        try file.append(packer.blocks.buffer)
        try file.begin(Section.keys)
        try file.append(keys.buffer)
        try file.begin(Section.terms)
        try file.append(terms.buffer)
        try mergeWords(keys, to: &file)
    }

    private func leastKey(_ next: [Int]) -> UInt64? {
        var least: UInt64?
        for index in inputs.indices where next[index] < inputs[index].segment.keys.count {
            let key = inputs[index].segment.keys[next[index]]
            if least.map({ key < $0 }) ?? true { least = key }
        }
        return least
    }

    private func mergeWords(_ keys: borrowing Store<UInt64>, to file: inout SectionFileWriter) throws {
        var words: Set<String> = []
        for input in inputs {
            for place in 0..<input.segment.wordCount { words.insert(String(decoding: input.segment.word(place), as: UTF8.self)) }
        }
        var table = TextTable()
        for word in words.sorted() {
            let key = TokenKey.word(word.unicodeScalars.map(\.value))
            guard Self.holds(keys, key) else { continue }
            table.add { (bytes: inout Store<UInt8>) in bytes.append(text: word) }
        }
        try table.write(to: &file, starts: Section.wordStarts, bytes: Section.words)
    }

    private static func holds(_ keys: borrowing Store<UInt64>, _ key: UInt64) -> Bool {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < keys.count && keys[low] == key
    }

    private func mergeRecords(to file: inout SectionFileWriter) throws {
        var starts = Store<UInt32>(capacity: count + 1)
        var written = 0
        try file.begin(Section.texts)
        for input in inputs {
            var passage = 0
            while passage < input.segment.count {
                guard !(input.deletions?.contains(passage) ?? false) else {
                    passage += 1
                    continue
                }
                // Copied in stretches, whose pages are let go of: memory stays bounded.
                let first = passage
                var size = 0
                while passage < input.segment.count, !(input.deletions?.contains(passage) ?? false), size < 1 << 20 {
                    starts.append(UInt32(truncatingIfNeeded: written + size))
                    size += input.segment.bytes(of: passage..<(passage + 1)).count
                    passage += 1
                }
                let bytes = input.segment.bytes(of: first..<passage)
                try file.append(bytes)
                input.segment.file.letGo(of: UnsafeRawBufferPointer(bytes))
                written += size
                guard written < Int(UInt32.max) else { throw IndexError.tooLarge }
            }
        }
        starts.append(UInt32(written))
        try file.begin(Section.textStarts)
        try file.append(starts.buffer)
    }

    private func mergeKeys(_ places: [[UInt32]?], to file: inout SectionFileWriter) throws {
        var order: [UInt64] = []
        order.reserveCapacity(count)
        for (index, input) in inputs.enumerated() {
            let base = UInt64(bases[index])
            for entry in input.segment.hashes {
                let passage = entry & 0xFFFF_FFFF
                let place = places[index].map { UInt64($0[Int(passage)]) } ?? passage + base
                if place != UInt64(UInt32.max) { order.append(entry & ~0xFFFF_FFFF | place) }
            }
        }
        order.sort()
        try file.begin(Section.keyOrder)
        try order.withUnsafeBufferPointer { try file.append($0) }
    }

    private func mergeCovers(to file: inout SectionFileWriter) throws {
        var table = CoverTable()
        var cells = Store<UInt32>(capacity: count)
        for input in inputs {
            var moved = [UInt32?](repeating: nil, count: input.segment.gates.count)
            for passage in 0..<input.segment.count where !(input.deletions?.contains(passage) ?? false) {
                let cell = input.segment.coverCells[passage]
                let former = CoverCell.cover(cell)
                let place = moved[former] ?? table.place(of: input.segment.coverValue(former))
                moved[former] = place
                cells.append(place | cell & CoverCell.plain)
            }
        }
        try file.begin(Section.covers)
        try file.append(cells.buffer)
        try table.write(to: &file)
    }
}
