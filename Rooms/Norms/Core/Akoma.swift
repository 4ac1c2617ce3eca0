import LegalText
import WorkCalendar

/// A work as Akoma Ntoso 3.0 (OASIS LegalDocML): an act of articles, in a collection of acts.
enum Akoma {
    private static let namespace = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

    static let opening = """
        <?xml version="1.0" encoding="UTF-8"?>
        <akomaNtoso xmlns="\(namespace)">
        <documentCollection name="norms">
        \(meta("collection__", uri: "/akn/cn/collection/norms", day: "1949-10-01", language: "zho", expression: "1949-10-01"))
        <collectionBody>

        """

    static let closing = "</collectionBody>\n</documentCollection>\n</akomaNtoso>\n"

    /// One work as a component of the collection: its text in force on the day, or the last known.
    static func work(_ norm: Norm, _ standing: NormStanding, on day: Day) -> String {
        guard let version = norm.version(at: day).map({ norm.versions[$0] }) ?? norm.versions.last else { return "" }
        let promulgated = version.promulgated?.description ?? "1949-10-01"
        let start = version.effective?.description ?? promulgated
        let law = version.reading.text
        let id = norm.id.filter { $0.isLetter || $0.isNumber }
        let status =
            "<proprietary source=\"#\(id)__gongkai\"><status xmlns=\"urn:gongkai\">\(standing.status.rawValue)</status></proprietary>"
        return """
            <component eId="component_\(id)">
            <act name="act">
            \(meta("\(id)__", uri: "/akn/cn/act/\(promulgated)/\(id)", day: promulgated, language: "zho", expression: start, more: status))
            <preface><p><docTitle>\(escaped(norm.title))</docTitle></p></preface>
            \(preamble(law))<body>
            \(body(law, "\(id)__"))</body>
            </act>
            </component>

            """
    }

    private static func meta(_ prefix: String, uri: String, day: String, language: String, expression: String, more: String = "") -> String
    {
        """
        <meta>
        <identification source="#\(prefix)gongkai">
        <FRBRWork><FRBRthis value="\(uri)/!main"/><FRBRuri value="\(uri)"/><FRBRdate date="\(day)" name="promulgation"/>\
        <FRBRauthor href="#\(prefix)issuer"/><FRBRcountry value="cn"/></FRBRWork>
        <FRBRExpression><FRBRthis value="\(uri)/\(language)@\(expression)/!main"/><FRBRuri value="\(uri)/\(language)@\(expression)"/>\
        <FRBRdate date="\(expression)" name="commencement"/><FRBRauthor href="#\(prefix)issuer"/><FRBRlanguage language="\(language)"/></FRBRExpression>
        <FRBRManifestation><FRBRthis value="\(uri)/\(language)@\(expression)/!main.xml"/><FRBRuri value="\(uri)/\(language)@\(expression).xml"/>\
        <FRBRdate date="\(expression)" name="generation"/><FRBRauthor href="#\(prefix)gongkai"/></FRBRManifestation>
        </identification>
        <references source="#\(prefix)gongkai"><TLCOrganization eId="\(prefix)gongkai" href="/ontology/organization/gongkai" showAs="Gongkai"/>\
        <TLCOrganization eId="\(prefix)issuer" href="/ontology/organization/issuer" showAs="issuer"/></references>\(more)
        </meta>
        """
    }

    private static func preamble(_ law: LawText) -> String {
        let text = law.text(law.preamble)
        guard !text.isEmpty, !law.provisions.isEmpty else { return "" }
        return "<preamble>\(paragraphs(text))</preamble>\n"
    }

    private static func paragraphs(_ text: String) -> String {
        text.split(separator: "\n").map { "<p>\(escaped(String($0)))</p>" }.joined()
    }

    /// Headings hold what stands below them; a text without provisions is one container.
    private static func body(_ law: LawText, _ prefix: String) -> String {
        guard !law.provisions.isEmpty else {
            let text = law.text(0..<law.bytes.count)
            return
                "<hcontainer name=\"text\" eId=\"\(prefix)hcontainer_1\"><content>\(paragraphs(text.isEmpty ? " " : text))</content></hcontainer>\n"
        }
        var below: [Int?: [Int]] = [:]
        for (index, provision) in law.provisions.enumerated() { below[provision.parent, default: []].append(index) }
        return (below[nil] ?? []).map { element(law, $0, below, prefix) }.joined()
    }

    private static let names: [Provision.Kind: String] = [
        .part: "part", .subpart: "subpart", .chapter: "chapter", .section: "section", .article: "article", .clause: "clause",
        .paragraph: "paragraph", .item: "point", .subitem: "indent",
    ]

    private static func element(_ law: LawText, _ index: Int, _ below: [Int?: [Int]], _ prefix: String) -> String {
        let provision = law.provisions[index]
        let children = below[index] ?? []
        let id = "eId=\"\(prefix)\(law.anchor(of: index))\""
        guard let name = names[provision.kind] else {
            return
                "<hcontainer name=\"\(provision.kind.rawValue)\" \(id)><content>\(paragraphs(law.text(provision.range)))</content></hcontainer>\n"
        }
        let number = law.number(of: index)
        let num = number.isEmpty ? "" : "<num>\(escaped(number))</num>"
        // The words before the first provision within.
        let end = children.first.map { law.provisions[$0].range.lowerBound } ?? provision.range.upperBound
        let own = law.text(provision.start..<max(end, provision.start))
        let isHead = [.part, .subpart, .chapter, .section].contains(provision.kind)
        if isHead {
            let lines = own.split(separator: "\n", maxSplits: 1).map(String.init)
            let heading = lines.first.map { "<heading>\(escaped($0))</heading>" } ?? ""
            guard !children.isEmpty else {
                return "<\(name) \(id)>\(num)\(heading)<content>\(paragraphs(lines.count > 1 ? lines[1] : " "))</content></\(name)>\n"
            }
            let intro = lines.count > 1 ? "<intro>\(paragraphs(lines[1]))</intro>" : ""
            return "<\(name) \(id)>\(num)\(heading)\(intro)\n" + children.map { element(law, $0, below, prefix) }.joined() + "</\(name)>\n"
        }
        if children.isEmpty { return "<\(name) \(id)>\(num)<content>\(paragraphs(own.isEmpty ? " " : own))</content></\(name)>\n" }
        let intro = own.isEmpty ? "" : "<intro>\(paragraphs(own))</intro>"
        return "<\(name) \(id)>\(num)\(intro)" + children.map { element(law, $0, below, prefix) }.joined() + "</\(name)>\n"
    }

    /// Text as XML has it; signs that XML 1.0 can not hold are left out.
    static func escaped(_ text: String) -> String {
        var out = ""
        out.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "\t", "\n", "\r": out.unicodeScalars.append(scalar)
            default: if scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF { out.unicodeScalars.append(scalar) }
            }
        }
        return out
    }
}
