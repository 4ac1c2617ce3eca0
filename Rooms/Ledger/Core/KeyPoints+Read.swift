import LegalText
import WorkCalendar

extension KeyPoints {
    /// Reads a notice into tasks. Tasks are its （一） clauses; where it has none, its `1.` clauses; where it has no
    /// numbers, the paragraphs that name who is responsible. `issued` is the day terms run from (印发之日), and its year
    /// completes 年底前.
    public static func read(
        _ document: DocumentText,
        issued: Day,
        calendar: WorkCalendar,
        units: UnitNames
    ) -> KeyPoints {
        let reading = Reading(document: document, issued: issued, calendar: calendar, names: units)
        let drafts = reading.drafts()
        let numbers = reading.numbers(of: drafts)
        let tasks = zip(drafts, numbers).map { draft, number in reading.task(draft, number.number, number.flags) }
        return KeyPoints(tasks: tasks + reading.closing(after: drafts.last?.end))
    }

    /// One task before its number is settled.
    struct Draft {
        let block: Block
        let heading: Block?
        var text: String
        var responsibility: Responsibility
        /// The place of its last block.
        var end: Int
    }

    struct Reading {
        let document: DocumentText
        let issued: Day
        let calendar: WorkCalendar
        let names: UnitNames

        func drafts() -> [Draft] {
            let opens = opener()
            let lastOpener = document.blocks.lastIndex(where: opens) ?? 0
            var drafts: [Draft] = []
            var heading: Block?
            for (place, block) in document.blocks.enumerated() {
                if case .heading(level: 1) = block.kind {
                    heading = block
                } else if opens(block) {
                    let (text, who) = Responsibility.split(block.text, names, document.language)
                    drafts.append(Draft(block: block, heading: heading, text: text, responsibility: who, end: place))
                } else if let last = drafts.last, continues(last, block, place, lastOpener) {
                    let (text, who) = Responsibility.split(block.text, names, document.language)
                    drafts[drafts.count - 1].text += (text.isEmpty ? "" : "\n") + text
                    drafts[drafts.count - 1].responsibility = who
                    drafts[drafts.count - 1].end = place
                }
            }
            return drafts
        }

        /// Which blocks open a task in this notice.
        private func opener() -> (Block) -> Bool {
            let blocks = document.blocks
            func isBracketed(_ block: Block) -> Bool { block.number.map { "(（".contains($0.first ?? " ") } ?? false }
            func isClause(_ block: Block) -> Bool {
                block.kind == .clause || block.kind == .heading(level: 2) || block.kind == .item
            }
            let isTask = { (block: Block) in isClause(block) && isBracketed(block) }
            if blocks.contains(where: isTask) { return isTask }
            if blocks.contains(where: { $0.kind == .clause || $0.kind == .subitem }) {
                return { $0.kind == .clause || $0.kind == .subitem }
            }
            let names = names
            let language = document.language
            return { $0.kind == .paragraph && Responsibility.split($0.text, names, language).1.printed != nil }
        }

        /// A paragraph below a clause belongs to it until the clause has said who is responsible; the paragraph that
        /// closes the notice does not.
        private func continues(_ last: Draft, _ block: Block, _ place: Int, _ lastOpener: Int) -> Bool {
            guard last.responsibility.printed == nil, last.end == place - 1 else { return false }
            guard block.kind == .paragraph || block.kind == .subitem else { return false }
            let saysWho = Responsibility.split(block.text, names, document.language).1.printed != nil
            return saysWho || place < lastOpener || !isDuty(block.text)
        }

        /// The printed numbers, or "2.1" where every heading begins anew, or our own count; with what is odd about them.
        func numbers(of drafts: [Draft]) -> [(number: String, flags: [Flag])] {
            let restarts = beginsAnew(drafts)
            var seen: Set<String> = []
            var expected = 1
            var heading: Int?
            return drafts.enumerated().map { place, draft in
                guard let ordinal = draft.block.ordinal else { return ("\(place + 1)", [.unnumbered]) }
                if restarts, draft.heading?.ordinal != heading { (expected, heading) = (1, draft.heading?.ordinal) }
                let prefix = restarts ? draft.heading?.ordinal.map { "\($0)." } ?? "" : ""
                let number = prefix + "\(ordinal)"
                var flags: [Flag] = []
                // A number mistyped as 200 does not fill the page with what it skips.
                if ordinal > expected {
                    flags += (expected..<min(ordinal, expected + 20)).map { .missingNumber(prefix + "\($0)") }
                }
                if !seen.insert(number).inserted { flags.append(.duplicateNumber(number)) }
                expected = max(expected, ordinal + 1)
                return (number, flags)
            }
        }

        /// Whether the first task of every heading after the first is numbered 1.
        private func beginsAnew(_ drafts: [Draft]) -> Bool {
            let firsts = drafts.indices.dropFirst().filter { place in
                drafts[place].heading?.lines != drafts[place - 1].heading?.lines
            }
            return !firsts.isEmpty && firsts.allSatisfy { drafts[$0].block.ordinal == 1 }
        }

        func task(_ draft: Draft, _ number: String, _ numberFlags: [Flag]) -> Task {
            let limits = limits(in: draft.text)
            let who = draft.responsibility
            var flags = numberFlags
            if who.lead == nil, who.units.isEmpty, who.roles.isEmpty { flags.append(.noResponsible) }
            flags += who.unknown.map { .unknownUnit($0) } + limits.flags
            return Task(
                number: number,
                heading: draft.heading?.text,
                title: firstSentence(draft.text),
                text: draft.text,
                responsibility: who.printed,
                lead: who.lead,
                units: who.units,
                roles: who.roles,
                due: limits.due,
                dueText: limits.printed,
                kind: .task,
                flags: flags,
                anchor: draft.block.anchor
            )
        }

        /// The first day a text sets and how it is printed; else its first unread date, term or word.
        func limits(in text: String) -> (due: Day?, printed: String?, flags: [Flag]) {
            var days: [(day: Day, printed: String)] = []
            var others: [Deadline] = []
            var flags: [Flag] = []
            for limit in Deadline.find(in: text, year: issued.year) {
                do {
                    if let day = try limit.due(issued: issued, calendar: calendar) {
                        days.append((day, limit.printed))
                    } else {
                        if limit.meaning == .unreadable { flags.append(.unreadableDate(limit.printed)) }
                        others.append(limit)
                    }
                } catch {
                    flags.append(.beyondCalendar(limit.printed))
                    others.append(limit)
                }
            }
            if let first = days.min(by: { $0.day < $1.day }) { return (first.day, first.printed, flags) }
            let isWord = { (limit: Deadline) in if case .word = limit.meaning { true } else { false } }
            return (nil, (others.first { !isWord($0) } ?? others.first)?.printed, flags)
        }

        /// Up to the first full stop, without it.
        func firstSentence(_ text: String) -> String {
            let bytes = Array(text.utf8)
            for at in bytes.indices {
                let isLatinStop = bytes[at] == 0x2E && (at + 1 == bytes.count || bytes[at + 1] == 0x20)
                let isChineseStop = bytes[at] == 0xE3 && bytes[at...].prefix(3).elementsEqual([0xE3, 0x80, 0x82])
                if isLatinStop || isChineseStop || bytes[at] == 0x0A {
                    return String(decoding: bytes[..<at], as: UTF8.self)
                }
            }
            return text
        }
    }
}
