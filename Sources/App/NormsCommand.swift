import ArgumentParser
import Core
import Foundation
import LegalText
import Records
import WorkCalendar

/// `gongkai norms`: what the law was on a day, what changed it, and what rests on it.
struct NormsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "norms",
        abstract: "Laws on any day: text, status with proof, events, citations, differences, impact.",
        discussion: """
            A TITLE is a full title, a short one (商标法) or a document number in any spelling. Where several works bear it the
            command lists them and ends with status 1. Answers come from the imported store (--data or --database), or with
            --corpus FILE from a collection that is not imported.
            """,
        subcommands: [
            Show.self, StatusOf.self, Events.self, Citations.self, Diff.self, ImpactOf.self, Consolidate.self, Export.self, Audit.self,
        ]
    )

    /// What every question about one work is asked with.
    struct Asked: ParsableArguments {
        @Argument(help: "Full title, short title or document number.")
        var title: String
        @OptionGroup var place: NormPlace
        @Flag(help: "Print one JSON value.")
        var json = false
    }

    static func day(_ text: String?, _ option: String) throws -> Day {
        guard let text else { return Store.world.now().beijingDay }
        guard let day = Day(text) else { throw ValidationError("\(option) takes a date of the form 2022-05-26.") }
        return day
    }
}

/// One work that was asked for, with the library around it.
struct AskedNorm {
    let source: NormSource
    var library: NormLibrary
    let place: Int
    /// The day the text was promulgated that the title names, where it names one.
    let edition: Day?

    var norm: Norm {
        get throws {
            guard let norm = library.norm(place) else { throw Refused("\(library.heads[place].title): its text can not be read.") }
            return norm
        }
    }

    init(_ asked: NormsCommand.Asked) async throws {
        source = try await asked.place.open()
        library = NormLibrary(heads: try source.heads())
        let number: String?
        switch library.find(asked.title) {
        case .work(let found, let named): (place, number) = (found, named)
        case .ambiguous(let places): throw try Self.refusal(asked, library, places, "several works bear the title \(asked.title)")
        case .unknown(let near): throw try Self.refusal(asked, library, near, "no work bears the title \(asked.title)")
        }
        library.add(try await source.records([library.heads[place].id]))
        edition = library.norm(place)?.edition(named: asked.title, number: number)
    }

    private struct Candidate: Encodable { let title, id: String, issuer, issued: String? }
    private struct Refusal: Encodable { let error: String, candidates: [Candidate] }

    private static func refusal(_ asked: NormsCommand.Asked, _ library: NormLibrary, _ places: [Int], _ sentence: String) throws -> Refused
    {
        let candidates = places.map { place in
            let head = library.heads[place]
            return Candidate(title: head.title, id: head.id, issuer: head.issuer, issued: head.issued ?? head.versionDate)
        }
        if asked.json { try Refusal(error: sentence, candidates: candidates).printAsJSON() }
        let list = candidates.map { "\n  \($0.title)  \([$0.issuer, $0.issued, $0.id].compactMap(\.self).joined(separator: ", "))" }
        return Refused(sentence + (list.isEmpty ? "." : ":" + list.joined()))
    }

    /// Takes in every text that may speak of the work.
    mutating func takeMentions() async throws {
        library.add(try await source.records(mentioning: library.needles(for: place)))
    }

    /// Takes in works by their places.
    mutating func take(_ places: Set<Int>) async throws {
        library.add(try await source.records(places.map { library.heads[$0].id }))
    }

    func standing(at day: Day) throws -> NormStanding {
        NormForce.standing(of: try norm, events: library.events(of: place), at: day, edition: edition)
    }
}
