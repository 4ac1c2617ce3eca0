import Foundation
import Testing

@testable import Index

@Suite("An index on disk")
struct IndexFilesTests {
    private func passage(_ number: Int) -> Passage {
        Passage(key: "p\(number)", title: "专利法", head: "第\(number)条", text: "申请专利应当提交请求书第\(number)份。", facets: ["kind": ["law"]])
    }

    private func write(_ folder: Folder, _ numbers: Range<Int>) throws {
        let writer = try IndexWriter(folder.path)
        for number in numbers { try writer.add(passage(number)) }
        try writer.commit(position: numbers.upperBound)
    }

    private func count(_ folder: Folder) throws -> Int? {
        try IndexReader(folder.path).search(Query("请求书", mode: .all)).total
    }

    @Test("is read again as it was written")
    func reopens() throws {
        let folder = try Folder()
        try write(folder, 0..<200)
        try write(folder, 100..<300)
        let reader = try IndexReader(folder.path)
        #expect(reader.count == 300)
        #expect(reader.position == 300)
        #expect(reader.passage("p299") == passage(299))
        #expect(reader.passage("p300") == nil)
        #expect(try count(folder) == 300)
    }

    @Test("is refused with a sentence when any byte of it changed, and opens when it is as before")
    func refusesChanges() throws {
        let folder = try Folder()
        try write(folder, 0..<150)
        try write(folder, 0..<3)
        var random = SystemlessRandom(state: 4)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name != "lock" {
            let path = "\(folder.path)/\(name)"
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            let padded = padding(of: whole, isManifest: name == "manifest")
            for _ in 0..<60 {
                let place = Int.random(in: 0..<whole.count, using: &random)
                guard !padded.contains(place) else { continue }
                var changed = whole
                changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                try changed.write(to: URL(fileURLWithPath: path))
                #expect(throws: IndexError.self, "\(name) at \(place)") { try IndexReader(folder.path) }
            }
            for size in [0, 1, whole.count / 2, whole.count - 1] {
                try whole.prefix(size).write(to: URL(fileURLWithPath: path))
                #expect(throws: IndexError.damaged(file: path), "\(name) cut to \(size)") { try IndexReader(folder.path) }
            }
            try whole.write(to: URL(fileURLWithPath: path))
        }
        #expect(try count(folder) == 150)
        #expect(IndexError.damaged(file: "a/b").description == "a/b is not as it was written; the index must be rebuilt.")
    }

    /// The zeros between sections, which nobody reads as anything.
    private func padding(of file: Data, isManifest: Bool) -> Set<Int> {
        guard !isManifest else { return [] }
        let tail = 24
        let sections = file.dropLast(12).suffix(4)
        let count = sections.enumerated().reduce(0) { $0 + Int($1.element) << ($1.offset * 8) }
        let directory = file.count - tail - count * 32
        var read: Set<Int> = Set(directory..<file.count)
        for section in 0..<count {
            let entry = directory + section * 32
            let number = { (at: Int) in (0..<8).reduce(0) { $0 + Int(file[entry + at + $1]) << ($1 * 8) } }
            read.formUnion(number(8)..<(number(8) + number(16)))
        }
        return Set(0..<file.count).subtracting(read)
    }

    @Test("that a commit left half done shows the former state, whatever had been written by then")
    func halfCommits() throws {
        let folder = try Folder()
        try write(folder, 0..<100)
        let manager = FileManager.default
        let before = Set(try manager.contentsOfDirectory(atPath: folder.path))
        let manifest = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/manifest"))
        let copy = try Folder()
        try manager.removeItem(atPath: copy.path)
        try manager.copyItem(atPath: folder.path, toPath: copy.path)
        try write(folder, 50..<160)
        let new = try manager.contentsOfDirectory(atPath: folder.path).filter { !before.contains($0) }.sorted()
        #expect(new.count == 2)
        for (name, size) in new.flatMap({ name in [(name, 0.3), (name, 1.0)] }) {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)"))
            let whole = size == 1
            try bytes.prefix(Int(Double(bytes.count) * size)).write(to: URL(fileURLWithPath: "\(copy.path)/\(name)\(whole ? "" : ".part")"))
            #expect(try count(copy) == 100)
            #expect(try IndexReader(copy.path).position == 100)
        }
        let later = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/manifest"))
        try later.prefix(20).write(to: URL(fileURLWithPath: "\(copy.path)/manifest.part"))
        #expect(try count(copy) == 100)
        #expect(try Data(contentsOf: URL(fileURLWithPath: "\(copy.path)/manifest")) == manifest)
        try later.write(to: URL(fileURLWithPath: "\(copy.path)/manifest"))
        #expect(try count(copy) == 160)
    }

    @Test("forgets what a crashed commit left, and goes on")
    func goesOn() throws {
        let folder = try Folder()
        try write(folder, 0..<10)
        try Data("torn".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/00000002.segment"))
        try Data("torn".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/00000003.segment.part"))
        try write(folder, 10..<20)
        #expect(try count(folder) == 20)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".part") } == [])
    }

    @Test("has one writer at a time")
    func isLocked() throws {
        let folder = try Folder()
        let writer = try IndexWriter(folder.path)
        try writer.commit()
        #expect(throws: IndexError.locked(folder: folder.path)) { try IndexWriter(folder.path) }
        withExtendedLifetime(writer) {}
    }

    @Test("keeps showing a reader its state while the writer replaces every file")
    func readersKeepTheirState() throws {
        let folder = try Folder()
        try write(folder, 0..<50)
        let reader = try IndexReader(folder.path)
        let writer = try IndexWriter(folder.path)
        for number in 0..<50 { writer.remove("p\(number)") }
        try writer.add(passage(77))
        try writer.commit()
        try writer.merge(all: true)
        #expect(reader.search(Query("请求书")).total == 50)
        #expect(try reader.refresh())
        #expect(reader.search(Query("请求书")).hits.map(\.passage.key) == ["p77"])
        #expect(try !reader.refresh())
    }

    @Test("merges beside a writer that goes on, and loses nothing that was removed meanwhile")
    func mergesBeside() throws {
        let folder = try Folder()
        for round in 0..<3 { try write(folder, (round * 20)..<(round * 20 + 20)) }
        let writer = try IndexWriter(folder.path)
        let plan = try #require(writer.planFullMerge())
        try plan.run()
        writer.remove("p5")
        try writer.add(passage(100))
        try writer.commit()
        try writer.adopt(plan)
        try writer.commit()
        let reader = try IndexReader(folder.path)
        #expect(reader.count == 60)
        #expect(reader.passage("p5") == nil)
        #expect(reader.passage("p59") == passage(59))
    }
}
