import Core
import Foundation
import LegalText
import WorkCalendar

/// Works, repeals, citations and questions picked from the corpus and checked by eye.
enum NormFixture {
    struct Question: Decodable, Sendable, CustomStringConvertible {
        let title, at, status, document: String
        let article: String?
        var description: String { "\(title) \(at)" }
    }

    struct Repeal: Decodable, Sendable, CustomStringConvertible {
        let document, sentence, kind: String
        let targets: [String]
        var description: String { document }
    }

    struct Citing: Decodable, Sendable, CustomStringConvertible {
        struct One: Decodable, Sendable, Equatable {
            let text, kind: String
            let title, article: String?
        }

        let document, sentence: String
        let citations: [One]
        var description: String { document }
    }

    static func read<T: Decodable>(_ type: [T].Type, _ name: String) throws -> [T] {
        try JSONDecoder().decode([T].self, from: data(name))
    }

    static func library() throws -> NormLibrary {
        let records = try data("works.jsonl").split(separator: 10).map { try JSONDecoder().decode(NormRecord.self, from: Data($0)) }
        return library(records)
    }

    static func library(_ records: [NormRecord]) -> NormLibrary {
        var library = NormLibrary(heads: records.map(NormHead.init))
        library.add(records)
        return library
    }

    /// A work of one text, promulgated on a day.
    static func record(_ title: String, _ promulgated: String, _ text: String, id: String? = nil, issuer: String? = nil) -> NormRecord {
        var record = NormRecord(id: id ?? title, title: title, text: text)
        (record.issued, record.versionDate, record.issuer) = (promulgated, promulgated, issuer)
        return record
    }

    static func standing(_ library: NormLibrary, _ title: String, _ day: String) throws -> NormStanding {
        guard case .work(let place, let number) = library.find(title), let norm = library.norm(place), let at = Day(day) else {
            throw NormFixtureFault.unknown(title)
        }
        let edition = norm.edition(named: title, number: number)
        return NormForce.standing(of: norm, events: library.events(of: place), at: at, edition: edition)
    }

    private static func data(_ name: String) throws -> Data {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try Data(contentsOf: folder.appending(path: "../../../Tests/Fixtures/norms/\(name)"))
    }
}

enum NormFixtureFault: Error { case unknown(String) }
