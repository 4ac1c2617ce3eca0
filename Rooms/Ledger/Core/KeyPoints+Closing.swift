import LegalText
import WorkCalendar

extension KeyPoints.Reading {
    /// The duties of the paragraphs below the last task: each limb of a sentence that hands something in by a day.
    func closing(after place: Int?) -> [KeyPoints.Task] {
        guard let place else { return [] }
        let below = document.blocks[(place + 1)...].filter { $0.kind == .paragraph && isDuty($0.text) }
        let duties = below.flatMap { block in limbs(of: block.text).map { (block, $0) } }
        return duties.filter { isDuty($0.1) }.enumerated().map { index, duty in
            closingTask("closing-\(index + 1)", duty.1, duty.0)
        }
    }

    /// Whether a text makes someone hand something in by a day or within a term. A paragraph of more than 4,000 bytes
    /// closes no notice.
    func isDuty(_ text: String) -> Bool {
        text.utf8.count <= 4000 && Self.handsIn.contains { text.contains($0) } && hasLimit(text)
    }

    private func hasLimit(_ text: String) -> Bool {
        Deadline.find(in: text, year: issued.year).contains { limit in
            if case .word = limit.meaning { false } else { true }
        }
    }

    private func closingTask(_ number: String, _ text: String, _ block: Block) -> KeyPoints.Task {
        let limits = limits(in: text)
        let roles = names.all.filter { $0.kind == .role && mentions(block.text, $0) }.prefix(1)
        return KeyPoints.Task(
            number: number,
            heading: nil,
            title: firstSentence(text),
            text: text,
            responsibility: nil,
            lead: nil,
            units: [],
            roles: roles.map { document.language == .zh ? $0.zh : $0.en },
            due: limits.due,
            dueText: limits.printed,
            kind: kind(of: text),
            flags: (roles.isEmpty ? [.noResponsible] : []) + limits.flags,
            anchor: block.anchor
        )
    }

    private func mentions(_ text: String, _ role: UnitName) -> Bool {
        ([role.zh, role.en] + role.aliases).contains { text.hasPrefix($0) || text.hasPrefix("请\($0)") }
    }

    private func kind(of text: String) -> KeyPoints.Task.Kind {
        if Self.contacts.contains(where: { text.contains($0) }) { return .contact }
        return Self.reports.contains { text.contains($0) } ? .report : .task
    }

    /// Cuts a paragraph into its duties. A new one begins with a limb that brings its own time limit, or a
    /// conjunction, once the one before has its limit and says what is handed in.
    private func limbs(of text: String) -> [String] {
        var duties: [String] = []
        var current = ""
        for limb in pieces(of: text) {
            let isNew = isDuty(current) && (hasLimit(limb) || Self.conjunctions.contains { limb.hasPrefix($0) })
            if isNew {
                duties.append(current)
                current = ""
            }
            current += limb
        }
        duties.append(current)
        return duties.map(withoutEnds)
    }

    /// A paragraph cut after each comma and stop; "January 5, 2023" is not cut.
    private func pieces(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        var pieces: [String] = []
        var start = 0
        for at in bytes.indices {
            let next = at + 1 < bytes.count ? bytes[at + 1] : 0x20
            let isFigureAhead = at + 2 < bytes.count && (0x30...0x39).contains(bytes[at + 2])
            let isLatinStop = bytes[at] == 0x2C || bytes[at] == 0x2E || bytes[at] == 0x3B
            let isLatinCut = isLatinStop && next == 0x20 && !isFigureAhead
            let isChineseCut = at >= 2 && Self.cuts.contains(Array(bytes[(at - 2)...at]))
            guard isLatinCut || isChineseCut else { continue }
            pieces.append(String(decoding: bytes[start...at], as: UTF8.self))
            start = at + 1
        }
        if start < bytes.count { pieces.append(String(decoding: bytes[start...], as: UTF8.self)) }
        return pieces
    }

    /// Without stops, blanks and the conjunction around a limb.
    private func withoutEnds(_ limb: String) -> String {
        var limb = KeyPoints.trimmed(limb)
        while let last = limb.last, ",.;，。；".contains(last) { limb = KeyPoints.trimmed(String(limb.dropLast())) }
        for conjunction in Self.conjunctions {
            let conjunction = KeyPoints.trimmed(conjunction) + (conjunction.utf8.last == 0x20 ? " " : "")
            if limb.hasPrefix(conjunction) { return String(limb.dropFirst(conjunction.count)) }
        }
        return limb
    }

    private static let cuts = ["，", "。", "；"].map { Array($0.utf8) }
    private static let conjunctions = [" and ", "and ", "并", "同时", "以及"]
    private static let handsIn = [
        "submit", "Submit", "send", "report ", "报送", "报至", "报办公室", "报我", "提交", "反馈", "上报", "送办公室",
    ]
    private static let contacts = ["contact", "联系人", "联络员", "联络人"]
    private static let reports = ["summary", "report", "总结", "报告", "情况"]
}
