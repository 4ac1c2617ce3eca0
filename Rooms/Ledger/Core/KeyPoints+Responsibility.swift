import LegalText

extension KeyPoints {
    /// Who answers for a task, as its closing parenthesis says.
    struct Responsibility: Equatable {
        var printed: String?
        var lead: String?
        var units: [String] = []
        var roles: [String] = []
        var unknown: [String] = []

        /// Splits the last parenthesis of a clause off, if it speaks of responsibility: the text before it, and who.
        static func split(_ text: String, _ names: UnitNames, _ language: DocumentText.Language) -> (String, Self) {
            guard let (rest, printed) = lastParenthesis(text), said(printed, signs) else {
                return (text, Responsibility())
            }
            var read = Responsibility(of: String(printed.dropFirst().dropLast()), names, language)
            read.printed = printed
            return (rest, read)
        }

        /// Reads what stands between the brackets. The lead is whom the text calls so (of joint leads the first; the
        /// others stand first among the units), or the only one named, when no role stands beside it.
        init(of said: String, _ names: UnitNames, _ language: DocumentText.Language) {
            self.init()
            let parts = Self.cut(Self.unlabelled(said))
            let leads = parts.lead.map { Parties.read($0, names) } ?? []
            let others = Parties.read(parts.rest, names)
            for (place, party) in (leads + others).enumerated() {
                let name = party.name(in: language)
                switch party {
                case .role: if !roles.contains(name) { roles.append(name) }
                case .unit, .unknown:
                    if case .unknown = party { unknown.append(name) }
                    if place < leads.count, lead == nil {
                        lead = name
                    } else if name != lead, !units.contains(name) {
                        units.append(name)
                    }
                }
            }
            if leads.isEmpty, lead == nil, units.count == 1, roles.isEmpty {
                lead = units.removeFirst()
            }
        }

        private init() {}

        /// The balanced parenthesis at the end of a text, a full stop after it left aside; both widths of bracket.
        private static func lastParenthesis(_ text: String) -> (String, String)? {
            let scalars = text.unicodeScalars
            var end = scalars.endIndex
            while end > scalars.startIndex, "。. ；;\u{3000}".unicodeScalars.contains(scalars[scalars.index(before: end)]) {
                end = scalars.index(before: end)
            }
            var (depth, at, length) = (0, end, 0)
            while at > scalars.startIndex, length < 3000 {
                at = scalars.index(before: at)
                length += 1
                if scalars[at] == ")" || scalars[at] == "）" { depth += 1 }
                if scalars[at] == "(" || scalars[at] == "（" { depth -= 1 }
                if depth == 0 { break }
            }
            guard depth == 0, length > 1, at < end else { return nil }
            let rest = Array(text[..<at].utf8)
            return (KeyPoints.trimmed(String(decoding: rest, as: UTF8.self)), String(text[at..<end]))
        }

        /// 牵头单位：A；配合单位：B said as a sentence: A牵头，B负责; and 由A牵头 without its 由.
        private static func unlabelled(_ said: String) -> String {
            var (leads, others): ([String], [String]) = ([], [])
            for piece in said.split(whereSeparator: { "；;".contains($0) }) {
                let parts = piece.split(maxSplits: 1, whereSeparator: { "：:".contains($0) }).map { KeyPoints.trimmed(String($0)) }
                guard parts.count == 2, parts[0].hasSuffix("单位") || parts[0].hasSuffix("部门") else {
                    return said.hasPrefix("由") ? String(said.dropFirst()) : said
                }
                if parts[0].contains("牵头") || parts[0].contains("主办") { leads.append(parts[1]) } else { others.append(parts[1]) }
            }
            let lead = leads.isEmpty ? "" : leads.joined(separator: "、") + "牵头，"
            return lead + (others.isEmpty ? "" : others.joined(separator: "、") + "负责")
        }

        /// What stands before "takes the lead" or 牵头, and what after, without the words of responsibility.
        private static func cut(_ said: String) -> (lead: String?, rest: String) {
            var lead: String?
            var rest = said
            for sign in leadSigns {
                guard let found = rest.firstRange(of: sign) else { continue }
                lead = String(rest[..<found.lowerBound])
                rest = String(rest[found.upperBound...])
                break
            }
            for sign in restSigns {
                if let found = rest.firstRange(of: sign) { rest = String(rest[..<found.lowerBound]) }
            }
            if lead?.allSatisfy({ $0 == " " }) == true { lead = nil }
            return (lead, rest)
        }

        private static func said(_ text: String, _ words: [String]) -> Bool {
            words.contains { text.contains($0) }
        }

        private static let signs = ["responsib", "lead", "负责", "牵头", "责任单位", "责任部门", "承办单位", "配合单位", "Responsib"]
        private static let leadSigns = [
            " takes the lead", " take the lead", " is the lead", " as the lead", " leads", "牵头负责", "牵头",
        ]
        private static let restSigns = [
            " is responsible", " are responsible", " shall be responsible", " responsible",
            " according to the division",
            "按照职责分工", "按职责分工", "按职责", "根据职责", "分工负责", "分别负责", "共同负责", "参与", "配合", "负责",
        ]
    }

    /// One that a parenthesis names.
    enum Party: Equatable {
        case unit(UnitName)
        case role(UnitName)
        case unknown(String)

        func name(in language: DocumentText.Language) -> String {
            switch self {
            case .unit(let unit), .role(let unit): language == .zh ? unit.zh : unit.en
            case .unknown(let name): name
            }
        }
    }

    /// Reads a row of names: "A, B, and C" or A、B和C, where names themselves hold "and" and 和.
    enum Parties {
        static func read(_ row: String, _ names: UnitNames) -> [Party] {
            if let whole = known(row, names) { return [whole] }
            return row.split { ",，、;；".contains($0) }.flatMap { piece -> [Party] in
                var piece = trimmed(String(piece))
                for conjunction in ["and ", "及", "和", "与", "以及"] where piece.hasPrefix(conjunction) {
                    if known(piece, names) == nil { piece = trimmed(String(piece.dropFirst(conjunction.count))) }
                }
                guard !piece.isEmpty, piece != "and" else { return [] }
                return partition(piece, names) ?? [.unknown(withoutThe(piece))]
            }
        }

        /// The names of a piece, cut at conjunctions so that the first is known; "X and Y" of unknowns stays one.
        private static func partition(_ piece: String, _ names: UnitNames, depth: Int = 0) -> [Party]? {
            if let whole = known(piece, names) { return [whole] }
            guard depth < 8 else { return nil }
            for conjunction in [" and ", "以及", "和", "及", "与"] {
                for found in piece.ranges(of: conjunction).prefix(8) {
                    let left = trimmed(String(piece[..<found.lowerBound]))
                    let right = trimmed(String(piece[found.upperBound...]))
                    if let first = known(left, names), !right.isEmpty {
                        return [first] + (partition(right, names, depth: depth + 1) ?? [.unknown(withoutThe(right))])
                    }
                    if let last = known(right, names), !left.isEmpty {
                        return (partition(left, names, depth: depth + 1) ?? [.unknown(withoutThe(left))]) + [last]
                    }
                }
            }
            return nil
        }

        private static func known(_ name: String, _ names: UnitNames) -> Party? {
            names.named(name).map { $0.kind == .role ? .role($0) : .unit($0) }
        }

        private static func withoutThe(_ name: String) -> String {
            for article in ["the ", "The "] where name.hasPrefix(article) { return String(name.dropFirst(4)) }
            return name
        }
    }

    /// A text without blanks around it.
    static func trimmed(_ text: String) -> String {
        let blanks: Set<Unicode.Scalar> = [" ", "\t", "\u{3000}", "\u{A0}", "\n", "\r"]
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !blanks.contains($0) }),
            let last = scalars.lastIndex(where: { !blanks.contains($0) })
        else { return "" }
        return String(text[first...last])
    }
}
