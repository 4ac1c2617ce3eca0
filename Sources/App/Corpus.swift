import CZlib
import Core
import Foundation
import LegalText
import MerkleLog
import Records
import WorkCalendar

/// A collection of legal texts, a JSON object a line, gzip: read line by line in bounded memory.
struct Corpus {
    let path: String

    /// Releases the whole collection as one signed batch, with progress on a terminal; goes on where it was stopped.
    func release(in releases: Releases, title: String, reviewer: Actor, leader: Actor) async throws {
        var manifest: [String] = []
        try lines { manifest.append(try content($0).hash.hex) }
        let batch = try await releases.open(
            title: title,
            manifest: Hash(of: manifest.joined(separator: "\n")),
            works: manifest.count,
            reviewer: reviewer,
            leader: leader
        )
        guard batch.done < batch.works else { return }
        let progress = Progress("works", of: manifest.count)
        var number = 0
        var waiting: [Content] = []
        let reader = try GzipLines(path: path)
        while let line = try reader.next() {
            waiting.append(try content(line))
            number += 1
            if waiting.count == 100 {
                try await releases.put(waiting, in: batch)
                waiting = []
                progress.show(number)
            }
        }
        try await releases.put(waiting, in: batch)
        progress.show(number)
        progress.finish()
    }

    /// Keeps every work as its source records it, older texts and history too: what status and citations are computed from.
    func keep(in records: NormRecords) async throws {
        let progress = Progress("records")
        let reader = try GzipLines(path: path)
        var waiting: [NormRecord] = []
        var number = 0
        while let line = try reader.next() {
            do { waiting.append(try JSONDecoder().decode(NormRecord.self, from: Data(line))) } catch {
                throw Refused("\(path): a line is no work of the expected shape: \(error)")
            }
            number += 1
            if waiting.count == 100 {
                try await records.put(waiting)
                waiting = []
                progress.show(number)
            }
        }
        try await records.put(waiting)
        progress.finish()
    }

    private func lines(_ body: ([UInt8]) throws -> Void) throws {
        let reader = try GzipLines(path: path)
        while let line = try reader.next() { try body(line) }
    }

    private struct Work: Decodable {
        let id, title: String
        let docNumber, issuer, type, issued, versionDate, status, effective, indexNo, preamble: String?
        let text: String
    }

    private func content(_ line: [UInt8]) throws -> Content {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let work: Work
        do { work = try decoder.decode(Work.self, from: Data(line)) } catch {
            throw Refused("\(path): a line is no work of the expected shape: \(error)")
        }
        return Content(
            kind: Content.Kind(label: work.type ?? ""),
            language: .zh,
            title: work.title,
            documentNumber: work.docNumber,
            indexNumber: work.indexNo,
            issuer: work.issuer,
            topic: work.type,
            writtenOn: (work.versionDate ?? work.issued).flatMap { Day($0) },
            unit: People.office,
            column: "laws",
            body: work.text,
            status: work.status,
            inForceFrom: work.effective.flatMap { Day($0) },
            sourceID: work.id
        )
    }
}

/// Reads the lines of a gzip file, one after another.
final class GzipLines {
    private let file: gzFile
    private var held: [UInt8] = []
    private var start = 0
    private var isOver = false

    init(path: String) throws {
        guard let file = gzopen(path, "rb") else { throw Refused("\(path) can not be read.") }
        self.file = file
        gzbuffer(file, 1 << 18)
    }

    deinit { gzclose(file) }

    func next() throws -> [UInt8]? {
        while true {
            if let end = held[start...].firstIndex(of: 10) {
                defer { start = end + 1 }
                return Array(held[start..<end])
            }
            if isOver {
                defer { start = held.count }
                return start < held.count ? Array(held[start...]) : nil
            }
            held.removeFirst(start)
            start = 0
            var piece = [UInt8](repeating: 0, count: 1 << 18)
            let count = gzread(file, &piece, UInt32(piece.count))
            guard count >= 0 else { throw Refused("The file is damaged: it can not be unpacked.") }
            isOver = count == 0
            held += piece.prefix(Int(count))
        }
    }
}
