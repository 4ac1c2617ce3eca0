import Core
import Hummingbird
import WorkCalendar

/// What a query asks, read the same way by every page: nothing that can not be read passes as the default.
extension Request {
    /// A value of the query; nil where it is empty or not there.
    func value(_ name: Substring) -> String? {
        let text = uri.queryParameters[name].map { String($0).replacing("+", with: " ") } ?? ""
        return text.isEmpty ? nil : text
    }

    func asks(_ name: Substring) -> Bool { uri.queryParameters[name] != nil }

    /// A day of the query; one that does not exist, or lies outside 1900 to 2199, is refused.
    func day(_ name: Substring) throws(Refusal) -> Day? {
        guard let text = value(name) else { return nil }
        guard let day = Day(text), (1900...2199).contains(day.year) else {
            throw .invalid(
                String(name),
                "没有“\(text.prefix(40))”这个日期，请按2022-05-26的格式填写（1900年至2199年）。",
                "There is no date “\(text.prefix(40))”. Write it as 2022-05-26 (1900 to 2199)."
            )
        }
        return day
    }

    func number(_ name: Substring, in range: ClosedRange<Int>) throws(Refusal) -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .invalid(
                String(name),
                "\(name)应为\(range.lowerBound)至\(range.upperBound)的整数。",
                "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound)."
            )
        }
        return number
    }

    func page() throws(Refusal) -> Int { try number("page", in: 1...100_000) ?? 1 }
}
