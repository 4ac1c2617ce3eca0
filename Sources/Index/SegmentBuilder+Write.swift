extension SegmentBuilder {
    /// Writes what was collected as a segment's file.
    mutating func write(to path: String) throws {
        var file = try SectionFileWriter(path)
        var terms = Store<TermEntry>(capacity: vocabulary.keys.count)
        let order = termsByKey()
        try writePostings(order, &terms, to: &file)
        try file.begin(Section.keys)
        try order.map(\.key).withUnsafeBufferPointer { try file.append($0) }
        try file.begin(Section.terms)
        try file.append(terms.buffer)
        try file.begin(Section.covers)
        try file.append(coverCells.buffer)
        textStarts.append(UInt32(texts.count))
        try file.begin(Section.textStarts)
        try file.append(textStarts.buffer)
        try file.begin(Section.texts)
        try file.append(texts.buffer)
        var byHash = UnsafeMutableBufferPointer(start: keyOrder.pointer, count: keyOrder.count)
        byHash.sort()
        try file.begin(Section.keyOrder)
        try file.append(keyOrder.buffer)
        try covers.write(to: &file)
        var words = TextTable()
        for word in vocabulary.words.sorted() {
            words.add { (bytes: inout Store<UInt8>) in bytes.append(text: word) }
        }
        try words.write(to: &file, starts: Section.wordStarts, bytes: Section.words)
        try file.finish()
    }

    private func termsByKey() -> [(key: UInt64, term: Int)] {
        var order: [(key: UInt64, term: Int)] = []
        order.reserveCapacity(vocabulary.keys.count)
        for term in 0..<vocabulary.keys.count { order.append((vocabulary.keys[term], term)) }
        order.sort { $0.key < $1.key }
        return order
    }

    /// Turns postings by passage into postings by term, and packs them.
    private func writePostings(
        _ order: [(key: UInt64, term: Int)],
        _ entries: inout Store<TermEntry>,
        to file: inout SectionFileWriter
    ) throws {
        var next = Store<UInt32>(capacity: order.count)
        next.resize(order.count)
        var total = 0
        for (_, term) in order {
            next[term] = UInt32(total)
            total += vocabulary.passages(of: term)
        }
        var passages = Store<UInt32>(capacity: total)
        passages.resize(total)
        var moved = Store<UInt8>(capacity: total)
        moved.resize(total)
        for passage in 0..<count {
            let end = passage + 1 < count ? Int(postingStarts[passage + 1]) : terms.count
            for posting in Int(postingStarts[passage])..<end {
                let term = Int(terms[posting])
                let place = Int(next[term])
                next[term] += 1
                passages[place] = UInt32(passage)
                moved[place] = impacts[posting]
            }
        }
        var packer = PostingPacker()
        try file.begin(Section.postings)
        for (_, term) in order {
            let size = vocabulary.passages(of: term)
            let start = Int(next[term]) - size
            entries.append(try packer.add(passages.pointer + start, moved.pointer + start, count: size))
            if packer.bytes.count > 1 << 20 { try packer.pass(to: &file) }
        }
        try packer.pass(to: &file)
        try file.begin(Section.blocks)
        try file.append(packer.blocks.buffer)
    }
}
