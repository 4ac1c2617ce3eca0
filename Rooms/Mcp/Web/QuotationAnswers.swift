import Core
import Index
import LegalText
import Records
import WorkCalendar

/// Whether quoted words stand in a text, and where; otherwise what is nearest.
extension LawAnswers {
    /// So many documents are looked through when no title is given.
    private static let mostWorks = 10

    func verify(_ words: String, title: String?, at day: Day?) async throws -> McpAnswer.Verification {
        guard let quotation = Quotation(words) else {
            throw RemoteFault(.params, "quotation has at least four characters beside punctuation.")
        }
        let day = day ?? today
        let works = if let title { [try await found(title)] } else { try await likely(quotation) }
        var (places, elsewhere, nearest): ([McpAnswer.Place], [McpAnswer.Place], McpAnswer.Nearest?) = ([], [], nil)
        for work in works {
            let looked = try await look(for: quotation, in: work, at: day)
            places += looked.places
            elsewhere += looked.elsewhere
            if let near = looked.nearest, near.likeness > nearest?.likeness ?? 0 { nearest = near }
        }
        return .init(
            occurs: !places.isEmpty,
            at: day,
            places: places,
            elsewhere: elsewhere,
            nearest: places.isEmpty ? nearest : nil
        )
    }

    /// The works whose passages hold most of the quotation.
    private func likely(_ quotation: Quotation) async throws -> [Meant] {
        let found = try await house.nearest(to: quotation.text, limit: 40)
        var (works, seen): ([Meant], Set<String>) = ([], [])
        for each in found where works.count < Self.mostWorks && seen.insert(each.release).inserted {
            guard let work = try await house.library.work(ofRelease: each.release), seen.insert(work.id).inserted else { continue }
            works.append(try await meant(work))
        }
        return works
    }

    private struct Looked {
        var places: [McpAnswer.Place] = []
        var elsewhere: [McpAnswer.Place] = []
        var nearest: McpAnswer.Nearest?
    }

    private func look(for quotation: Quotation, in work: Meant, at day: Day) async throws -> Looked {
        let library = house.library
        let texts = try await library.texts(of: work.line.id)
        let standing = try await work.standing(at: day, in: library)
        let now = try await work.text(at: day, among: texts, in: library)
        let released = FoldedText(try await house.releases.release(work.line.release).content.body)
        let quoted = FoldedText(quotation.text)
        var looked = Looked()
        // The text in force first, then from the newest to the oldest.
        let order = texts.filter { $0.version == now?.version } + texts.reversed().filter { $0.version != now?.version }
        for text in order {
            let parts = try await library.parts(of: work.line.id, version: text.version).filter { !($0.body + $0.number).isEmpty }
            let pieces = parts.map { Quotation.Piece($0.number + $0.body) }
            let isNow = text.version == now?.version
            guard let place = quotation.place(in: pieces) else {
                guard isNow || looked.nearest == nil, let near = quotation.nearest(in: pieces) else { continue }
                if near.likeness > looked.nearest?.likeness ?? 0 {
                    looked.nearest = self.nearest(near, quotation, parts[near.piece], work, text, standing.status, released)
                }
                continue
            }
            let answer = McpAnswer.Place(
                title: work.line.title,
                id: work.line.id,
                articles: parts[place.pieces].map(\.number).filter { !$0.isEmpty },
                printed: place.printed,
                isExact: place.isExact,
                status: standing.status,
                version: .init(text),
                url: address(ofWork: work.line.id, parts[place.pieces.lowerBound], at: isNow && work.edition == nil ? day : text.fromDay),
                proof: proof(of: work, holdsThisText: released.firstRange(of: quoted) != nil)
            )
            // Of a text without any evidence nobody knows that it ended: its status stands beside the answer.
            let counts = isNow && (standing.status == .inForce || standing.status == .noEvidence)
            if counts { looked.places.append(answer) } else { looked.elsewhere.append(answer) }
        }
        return looked
    }

    private func nearest(
        _ near: Quotation.Nearest,
        _ quotation: Quotation,
        _ part: Library.Part,
        _ work: Meant,
        _ text: Library.Text,
        _ status: NormStatus,
        _ released: FoldedText
    ) -> McpAnswer.Nearest {
        .init(
            title: work.line.title,
            id: work.line.id,
            article: part.number,
            text: near.text,
            likeness: (near.likeness * 1000).rounded() / 1000,
            differences: WordDiff(from: quotation.text, to: near.text).runs.map {
                .init(side: $0.kind == .same ? "same" : $0.kind == .removed ? "quoted" : "law", text: $0.text)
            },
            status: status,
            version: .init(text),
            url: address(ofWork: work.line.id, part, at: text.fromDay),
            proof: proof(of: work, holdsThisText: released.firstRange(of: FoldedText(near.text)) != nil)
        )
    }
}
