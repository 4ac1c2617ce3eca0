import Core
import Extract
import Foundation
import Records
import Redact
import Scan

/// Makes what leaves with a reply: the file whole, or without what is withheld, proved before it is kept.
struct Rendering: Sendable {
    let house: House

    /// - Parameters:
    ///   - withheld: a line each, `words | article`; empty where the file is given whole.
    ///   - isChecked: somebody looked at the personal data that the scan still finds, and says that they may leave.
    func file(_ file: Form.File, withholding withheld: String, isChecked: Bool, by actor: Actor) async throws -> DisclosureRequests.Rendered
    {
        let (name, kind) = try Enclosure.check(file.name, file.bytes, after: [], field: "replyFile")
        let parts = try await parts(file.bytes, name)
        try await house.incidents.refuseMarked(parts.map(\.text), unit: actor.unit, by: actor)
        let list = try Self.list(withheld)
        var (bytes, out, places, how, checks) = (file.bytes, name, 0, "", "")
        if !list.isEmpty {
            out = Self.outName(name, kind)
            do {
                let made = try await Redaction.rendition(of: file.bytes, name: name, as: out, withholding: list, fixedWidth: true)
                guard made.withheld > 0 else {
                    throw Refusal.invalid(
                        "withheld",
                        "文件里没有找到要遮盖的内容，请核对。",
                        "None of what is to be withheld was found in the file; check it."
                    )
                }
                (bytes, places, how) = (made.bytes, made.withheld, made.how)
                checks = made.checks.map { "\($0.name): \($0.looked), \($0.found)" }.joined(separator: "; ")
            } catch let fault as Redaction.Fault { throw Refusal.invalid("withheld", fault.zh, fault.en) }
        }
        if !isChecked { try requireClean(try await self.parts(bytes, out)) }
        guard let outKind = Enclosure.kind(of: bytes) else { throw Refusal.invalid("replyFile", "无法生成文件。", "The file could not be made.") }
        var seen: Set<String> = []
        let articles = list.map(\.article).filter { !$0.isEmpty && seen.insert($0).inserted }.joined(separator: "、")
        return .init(
            name: out,
            kind: outKind,
            original: file.bytes,
            bytes: bytes,
            places: places,
            articles: articles,
            how: how,
            checks: checks
        )
    }

    private func parts(_ bytes: [UInt8], _ name: String) async throws -> [Part] {
        do {
            return try await Extract.everything(in: bytes, name: name, effort: .init(recognises: true, seconds: 60, pictures: 20))
        } catch {
            guard error == .empty else { throw Refusal.invalid("replyFile", "“\(name)”：\(error.zh)", "“\(name)”: \(error.en)") }
            return []
        }
    }

    /// Refuses what still shows personal data, until somebody says that it was looked at.
    private func requireClean(_ parts: [Part]) throws {
        let found = parts.flatMap { Scan.findings(in: $0.text) }.filter { $0.severity == .serious }
        guard let first = found.first else { return }
        throw Refusal.invalid(
            "isChecked",
            "文件里还有\(found.count)处个人信息（如\(first.rule.zh)）。请列入遮盖内容，或者核对后勾选“已核对，可以提供”，并重新选择文件。",
            "The file still shows personal data at \(found.count) places (\(first.rule.en)). Withhold them, or look and tick “Checked”, and choose the file again."
        )
    }

    private static func list(_ text: String) throws(Refusal) -> [Withheld] {
        var list: [Withheld] = []
        for line in text.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
            let parts = line.split(whereSeparator: { $0 == "|" || $0 == "｜" }).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
                throw .invalid(
                    "withheld",
                    "“\(line.prefix(40))”：每行写“词句｜条款”，例如：张三｜条例第十五条。",
                    "“\(line.prefix(40))”: write “words | article” on each line."
                )
            }
            list.append(Withheld(text: parts[0], reason: "", article: parts[1]))
        }
        return list
    }

    /// The kind that a redacted file becomes.
    private static func outName(_ name: String, _ kind: Enclosure.Kind) -> String {
        let stem = name.split(separator: ".").first.map(String.init) ?? "file"
        // The columns are the point.
        // swift-format-ignore
        let ends: [Enclosure.Kind: String] = [.pdf: "pdf", .docx: "docx", .xlsx: "csv", .odt: "txt", .png: "png", .jpeg: "jpg", .text: "txt"]
        return "\(stem)-open.\(ends[kind] ?? "txt")"
    }
}
