import WorkCalendar

/// What an applicant who disagrees may do, by the class of the decision and its day.
///
/// Since 2024-01-01 a refusal under arts 14 to 16 goes to administrative review first, and the reply must say so (行政复议法第二十三条).
public enum Remedy {
    /// Which of the table's rows speak of an outcome.
    private enum Class {
        /// Arts 14 to 16.
        case withheld
        case withheldInPart
        case any
    }

    // The columns are the point.
    // swift-format-ignore
    private static let rows: [(from: Day, of: Class, zh: String, en: String, law: Law)] = [
        (Day(2024, 1, 1), .withheld, "对本答复不服的，应当自知道本答复之日起六十日内先向%@申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内向人民法院提起行政诉讼。",
            "If you disagree, you must first apply to %@ for administrative review within 60 days; against its decision you may go to court within 15 days of receiving it.", .review(23)),
        (Day(2024, 1, 1), .withheldInPart, "对本答复中不予公开的部分不服的，应当自知道本答复之日起六十日内先向%@申请行政复议；对其他部分不服的，可以申请行政复议，也可以自知道之日起六个月内直接向人民法院提起行政诉讼。",
            "Against what is withheld you must first apply to %@ for administrative review within 60 days; against the rest you may apply for review, or go to court within six months.", .review(23)),
        (Day(2019, 5, 15), .any, "对本答复不服的，可以自知道本答复之日起六十日内向%@申请行政复议，或者自知道之日起六个月内向人民法院提起行政诉讼。",
            "If you disagree, you may apply to %@ for administrative review within 60 days, or go to court within six months.", .openness(51)),
    ]

    /// - Parameter reviewer: the body that reviews the agency's acts; a department of the State Council reviews its own (行政复议法第二十五条).
    public static func text(for outcome: Outcome, on day: Day, reviewer: Text) -> (text: Text, law: Law) {
        let mine: Class = outcome.isWithheld ? .withheld : outcome == .partial ? .withheldInPart : .any
        let row = rows.first { day >= $0.from && ($0.of == mine || $0.of == .any) } ?? rows[rows.count - 1]
        return (
            Text(row.zh.replacing("%@", with: reviewer.zh), row.en.replacing("%@", with: reviewer.en)),
            row.law
        )
    }
}
