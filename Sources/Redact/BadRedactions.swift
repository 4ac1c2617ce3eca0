import Extract
import Foundation

/// Finds redactions in files that came in which hide nothing.
public enum BadRedactions {
    /// - Throws: `Refused` when the file can not be read.
    public static func find(in bytes: [UInt8], name: String) async throws(Extract.Refused) -> [BadRedaction] {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= Extract.mostBytesInReview else { throw .tooLargeToReview }
        return try await Reader.work {
            let parts = try Extract.parts(in: bytes, name: name, effort: Extract.Effort(recognises: false))
            var found: [BadRedaction] = []
            if bytes.starts(with: "%PDF-".utf8) { found += try marks(in: PDFFile(bytes)) }
            return judge(parts, name, found)
        }
    }

    private static func judge(_ parts: [Part], _ name: String, _ marked: [BadRedaction]) -> [BadRedaction] {
        var found = marked
        var beside: [(BadRedaction.Kind, Part)] = []
        for part in parts {
            if let kind = kind(of: part) {
                // A mark that says that something is withheld there says no more.
                if kind == .blackened, part.text.split(whereSeparator: \.isNewline).allSatisfy({ $0.hasPrefix("▇") }) { continue }
                found.append(BadRedaction(kind, place(part, name), part.text))
            } else if let kind = besideKind(part, name) {
                beside.append((kind, part))
            }
        }
        let visible = Folded(parts.filter { $0.kind == .visible && $0.file == name }.map(\.text).joined(separator: "\n"), joined: true)
        let covered = found.flatMap { $0.text.split(whereSeparator: \.isNewline) }.map { Folded(String($0), joined: true) }.filter {
            $0.scalars.count >= 2
        }
        let isRedacted = !found.isEmpty || visible.scalars.contains { TracedPage.isBlock($0) }
        for (kind, part) in beside {
            let lines = part.text.split(whereSeparator: \.isNewline).map(String.init).filter { line in
                let folded = Folded(line, joined: true)
                if covered.contains(where: { folded.contains($0) || folded.scalars.count >= 2 && $0.contains(folded) }) { return true }
                return isRedacted && kind != .metadata && kind != .attachment && folded.scalars.count >= 2 && !visible.contains(folded)
            }
            if !lines.isEmpty { found.append(BadRedaction(kind, place(part, name), lines.joined(separator: "\n"))) }
        }
        var seen: Set<BadRedaction> = []
        return found.filter { seen.insert($0).inserted }
    }

    private static func place(_ part: Part, _ name: String) -> String {
        let inner = part.file == name ? "" : String(part.file.dropFirst(name.count + 1))
        return [inner, part.place].filter { !$0.isEmpty }.joined(separator: " · ")
    }

    // The columns are the point.
    // swift-format-ignore
    private static let whys: [(why: String, kind: BadRedaction.Kind)] = [
        ("under a rectangle",             .rectangle),
        ("under an image",                .image),
        ("under hatching",                .hatching),
        ("under block characters",        .blocks),
        ("in the colour of its ground",   .sameColour),
        ("invisible text",                .invisibleText),
        ("under a blackened place",       .blackened),
        ("hidden layer",                  .hiddenLayer),
        ("under a black highlight",       .highlight),
        ("under black shading",           .shading),
        ("hidden text",                   .hiddenText),
        ("tracked deletion",              .trackedDeletion),
        ("beside a dark shape",           .shape),
        ("hidden sheet",                  .hiddenCells),
        ("hidden row",                    .hiddenCells),
        ("hidden column",                 .hiddenCells),
        ("too small to read",             .hiddenText),
    ]

    private static func kind(of part: Part) -> BadRedaction.Kind? {
        switch part.kind {
        case .deleted: return .trackedDeletion
        case .earlierRevision: return .earlierRevision
        case .hidden: return whys.first { part.place.contains($0.why) }?.kind ?? (part.place == "hidden elements" ? .hiddenText : nil)
        default: return nil
        }
    }

    /// What stands beside the pages: bad only when it says what they no longer show.
    private static func besideKind(_ part: Part, _ name: String) -> BadRedaction.Kind? {
        if part.file != name { return [.visible, .hidden, .attachment, .image].contains(part.kind) ? .attachment : nil }
        switch part.kind {
        case .comment: return .annotation
        case .property: return part.place.contains("bookmark") ? .bookmark : .metadata
        default: return nil
        }
    }
}

extension TracedPage {
    static func isBlock(_ scalar: Unicode.Scalar) -> Bool { (0x2585...0x2593).contains(scalar.value) || scalar == "■" || scalar == "⬛" }
}
