import Core
import Foundation
import Hummingbird
import Records
import WorkCalendar

/// What a list or a search was asked: words, filters, the day and the page.
struct Asked {
    let question: String
    /// Whether the question was longer than is looked for.
    let isCut: Bool
    let filter: Releases.Filter
    /// The day as of which is asked; nil for today.
    let at: Day?
    let page: Int
    let year: String

    static let longest = 200

    /// - Throws: `Refusal.invalid` for a value that can not be read; none passes as the default.
    init(_ request: Request, today: Day) throws(Refusal) {
        let query = request.uri.queryParameters
        func value(_ name: Substring) -> String? {
            let text = query[name].map { Self.plain(String($0).replacing("+", with: " ")) } ?? ""
            return text.isEmpty ? nil : text
        }
        let asked = value("q") ?? ""
        isCut = asked.unicodeScalars.count > Self.longest
        question = String(String.UnicodeScalarView(asked.unicodeScalars.prefix(Self.longest)))
        var filter = Releases.Filter()
        if let kind = value("kind") {
            guard let known = Content.Kind(rawValue: kind) else {
                throw .invalid("kind", "没有“\(kind)”这个类别。", "There is no type “\(kind)”.")
            }
            filter.kind = known
        }
        if let year = value("year") {
            guard let number = Int(year), (1900...2100).contains(number) else {
                throw .invalid("year", "年份请填写四位数字。", "Write the year as four digits.")
            }
            filter.year = number
        }
        if let column = value("column") {
            guard Column.all.contains(where: { $0.slug == column }) else {
                throw .invalid("column", "没有“\(column)”这个栏目。", "There is no column “\(column)”.")
            }
            filter.column = column
        }
        filter.unit = value("unit")
        at = try Self.day(value("at"), today: today)
        guard let page = Int(value("page") ?? "1"), (1...100_000).contains(page) else {
            throw .invalid("page", "页码不对。", "There is no such page.")
        }
        self.filter = filter
        self.page = page
        year = value("year") ?? ""
    }

    static func day(_ text: String?, today: Day) throws(Refusal) -> Day? {
        guard let text else { return nil }
        guard let day = Day(text) else {
            throw .invalid("at", "没有“\(text)”这个日期，请按2022-05-26的格式填写。", "There is no date “\(text)”. Write it as 2022-05-26.")
        }
        guard day <= today else {
            throw .invalid("at", "“\(text)”还没有到：那一天公开了什么还不知道。", "“\(text)” is yet to come: what is public then is not known.")
        }
        return day
    }

    /// Control characters are blanks: no store and no page takes them.
    static func plain(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        return String(String.UnicodeScalarView(scalars)).trimmingCharacters(in: .whitespaces)
    }

    func units(in language: Language) -> [Choice] {
        UnitNames.units.map { Choice(value: $0.code, label: language == .zh ? $0.zh : $0.en, selected: $0.code == filter.unit) }
    }

    func kinds(in language: Language) -> [Choice] {
        Content.Kind.allCases.map { Choice(value: $0.rawValue, label: $0.text.in(language), selected: $0 == filter.kind) }
    }

    /// The value that a facet is narrowed to; nil where it is not.
    func chosen(_ facet: Findings.Facet) -> String? {
        switch facet {
        case .column: filter.column
        case .unit: filter.unit
        case .kind: filter.kind?.rawValue
        case .year: filter.year.map(String.init)
        }
    }
}

extension Findings.Facet {
    /// A value as people read it.
    func label(_ value: String, in language: Language) -> String {
        switch self {
        case .column: Column.all.first { $0.slug == value }?.name.in(language) ?? value
        case .unit: UnitNames.units.first { $0.code == value }.map { language == .zh ? $0.zh : $0.en } ?? value
        case .kind: Content.Kind(rawValue: value)?.text.in(language) ?? value
        case .year: value
        }
    }

    var name: Text {
        switch self {
        case .column: Text("栏目", "Column")
        case .unit: Text("发布单位", "Unit")
        case .kind: Text("类别", "Type")
        case .year: Text("年份", "Year")
        }
    }
}

extension Request {
    /// This address with one parameter set or left out, and the first page of what it leads to.
    func address(_ name: String, _ value: String?) -> String {
        var parts = (uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("\(name)=") && !$0.hasPrefix("page=") }.map(String.init)
        if let value, let text = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) { parts.append("\(name)=\(text)") }
        return "\(uri.path)?\(parts.joined(separator: "&"))"
    }
}
