import ArgumentParser
import CZlib
import Core
import Foundation
import LegalText
import Records
import Storage
import Web
import WorkCalendar

/// Where a question about law is answered from: the imported database, or a corpus file read for the occasion.
struct NormPlace: ParsableArguments {
    @Option(help: "The folder of the embedded store that the collection was imported into.")
    var data: String?
    @Option(help: "The PostgreSQL address of the store that the collection was imported into.")
    var database: String?
    @Option(help: "Read this collection instead (laws.jsonl, or packed with gzip): a JSON object a line.")
    var corpus: String?

    func open() async throws -> NormSource {
        if let corpus { return .file(try CorpusFile(path: corpus)) }
        var arguments: [String] = []
        if let data { arguments += ["--data", data] }
        if let database { arguments += ["--database", database] }
        let store = try Store.parse(arguments)
        if let folder = store.data, !FileManager.default.fileExists(atPath: "\(folder)/gongkai.sqlite") {
            throw Refused("There is no store in \(folder). Import a collection (gongkai import norms FILE), or give --corpus FILE.")
        }
        let log = try await store.log()
        let records = NormRecords(log.database)
        let heads = try await records.heads()
        let own = try await Releases(log).ownRecords(withCollections: heads.isEmpty)
        guard !heads.isEmpty || !own.isEmpty else {
            throw Refused("The store holds no law. Import a collection (gongkai import norms FILE), or give --corpus FILE.")
        }
        let known = Set(heads.map(\.id))
        return .store(records, heads: heads, own: own.filter { !known.contains($0.id) }, Library(Releases(log)))
    }
}

/// A collection, for the few works a question needs.
enum NormSource {
    case file(CorpusFile)
    case store(NormRecords, heads: [NormHead], own: [NormRecord], Library)

    func heads() throws -> [NormHead] {
        switch self {
        case .file(let file): try file.heads()
        case .store(_, let heads, let own, _): heads + own.map(NormHead.init)
        }
    }

    func records(_ ids: [String]) async throws -> [NormRecord] {
        switch self {
        case .file(let file): try file.records(ids)
        case .store(let records, _, let own, _): try await records.records(ids) + own.filter { ids.contains($0.id) }
        }
    }

    func records(mentioning words: [String]) async throws -> [NormRecord] {
        switch self {
        case .file(let file): return try file.records(mentioning: words)
        case .store(let records, _, let own, _):
            let mine = own.filter { record in words.contains { record.text.contains($0) || record.title.contains($0) } }
            return try await records.records(mentioning: words) + mine
        }
    }

    /// The records that may cite one of some works: as the library knows them, else those in which one of the words stands.
    func records(citing ids: [String], mentioning words: [String]) async throws -> [NormRecord] {
        guard case .store(let records, _, let own, let library) = self, let citers = try await library.citers(of: ids) else {
            return try await self.records(mentioning: words)
        }
        return try await records.records(Array(Set(citers + ids))) + own
    }

    /// Every record, one after another.
    func each(_ body: (NormRecord) throws -> Void) async throws {
        switch self {
        case .file(let file): try file.each(body)
        case .store(let records, _, let own, _):
            try await records.each(body)
            for record in own { try body(record) }
        }
    }
}

/// A JSON-lines file in memory; a line is decoded only when it is needed.
final class CorpusFile {
    private let path: String
    private let bytes: [UInt8]
    private let lines: [Range<Int>]
    private var ids: [String: Int] = [:]

    init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path), let file = gzopen(path, "rb") else { throw Refused("\(path) can not be read.") }
        defer { gzclose(file) }
        gzbuffer(file, 1 << 18)
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = gzread(file, &piece, UInt32(piece.count))
            guard count >= 0 else { throw Refused("\(path) is damaged: it can not be unpacked.") }
            if count == 0 { break }
            bytes += piece.prefix(Int(count))
        }
        self.path = path
        self.bytes = bytes
        lines = Self.lines(of: bytes)
    }

    private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
        bytes.withUnsafeBytes { buffer in
            var lines: [Range<Int>] = []
            var start = 0
            while start < buffer.count, let base = buffer.baseAddress {
                let found = memchr(base + start, 10, buffer.count - start)
                let end = found.map { base.distance(to: UnsafeRawPointer($0)) } ?? buffer.count
                if end > start { lines.append(start..<end) }
                start = end + 1
            }
            return lines
        }
    }

    func heads() throws -> [NormHead] {
        let heads = try lines.map(head)
        for (place, head) in heads.enumerated() { ids[head.id] = place }
        return heads
    }

    /// The fields before `history` where the line is so ordered; else the whole line.
    private func head(_ line: Range<Int>) throws -> NormHead {
        let mark = Array(", \"history\":".utf8)
        let decoder = JSONDecoder()
        if let end = find(mark, in: line.lowerBound..<min(line.upperBound, line.lowerBound + 8192)) {
            let cut = Data(bytes[line.lowerBound..<end]) + Data("}".utf8)
            if let head = try? decoder.decode(NormHead.self, from: cut) { return head }
        }
        do { return try decoder.decode(NormHead.self, from: Data(bytes[line])) } catch {
            throw Refused("\(path): a line is no work of the expected shape: \(error)")
        }
    }

    /// The first place of a word: looks for the third byte, which is rarer in Chinese than the first.
    private func find(_ word: [UInt8], in range: Range<Int>) -> Int? {
        guard !word.isEmpty, range.count >= word.count else { return nil }
        let anchor = min(2, word.count - 1)
        return bytes.withUnsafeBytes { buffer -> Int? in
            guard let base = buffer.baseAddress else { return nil }
            var at = range.lowerBound + anchor
            let end = range.upperBound - word.count + anchor + 1
            while at < end, let found = memchr(base + at, Int32(word[anchor]), end - at) {
                let start = base.distance(to: UnsafeRawPointer(found)) - anchor
                if memcmp(base + start, word, word.count) == 0 { return start }
                at = start + anchor + 1
            }
            return nil
        }
    }

    private func record(_ line: Range<Int>) throws -> NormRecord {
        do { return try JSONDecoder().decode(NormRecord.self, from: Data(bytes[line])) } catch {
            throw Refused("\(path): a line is no work of the expected shape: \(error)")
        }
    }

    func records(_ wanted: [String]) throws -> [NormRecord] {
        if ids.isEmpty { _ = try heads() }
        return try Set(wanted).sorted().compactMap { id in try ids[id].map { try record(lines[$0]) } }
    }

    func records(mentioning words: [String]) throws -> [NormRecord] {
        let words = words.map { Array($0.utf8) }
        return try lines.filter { line in words.contains { find($0, in: line) != nil } }.map(record)
    }

    func each(_ body: (NormRecord) throws -> Void) throws {
        for line in lines { try body(record(line)) }
    }
}
