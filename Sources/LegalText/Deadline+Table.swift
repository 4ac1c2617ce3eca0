extension Deadline {
    /// What is read, by how it is written: a row a wording. At one place the longest reading wins.
    struct Row: Sendable {
        enum Recipe: Sendable {
            case endOfYear(shift: Int)
            case endOfMonth, day, firstHalf, quarter
            case term(Measure)
            case word(Word)
        }

        let pattern: Pattern
        let recipe: Recipe

        init(_ recipe: Recipe, _ pieces: [Pattern.Piece]) {
            self.pattern = Pattern(pieces: pieces)
            self.recipe = recipe
        }
    }

    // The columns are the point.
    // swift-format-ignore
    static let table: [Row] = [
        // 中文
        Row(.day,                  [.number(.year), t("年"), .number(.month), t("月"), .number(.day), t("日", "号"), zhBefore]),
        Row(.day,                  [.number(.month), t("月"), .number(.day), t("日", "号"), zhBefore]),
        Row(.endOfMonth,           [.number(.year), t("年"), .number(.month), t("月底", "月末"), .maybe(zhBeforeWords)]),
        Row(.endOfMonth,           [.number(.month), t("月底", "月末"), .maybe(zhBeforeWords)]),
        Row(.endOfYear(shift: 0),  [.number(.year), t("年年底", "年底", "年末", "年年末"), .maybe(zhBeforeWords)]),
        Row(.endOfYear(shift: 0),  [.number(.year), t("年内")]),
        Row(.endOfYear(shift: 1),  [t("明年年底", "明年底", "次年年底", "次年底"), .maybe(zhBeforeWords)]),
        Row(.endOfYear(shift: 0),  [t("今年年底", "今年底", "本年底", "年底", "年末"), .maybe(zhBeforeWords)]),
        Row(.endOfYear(shift: 0),  [t("年内")]),
        Row(.firstHalf,            [.number(.year), t("年上半年")]),
        Row(.firstHalf,            [t("上半年")]),
        Row(.endOfYear(shift: 0),  [.number(.year), t("年下半年")]),
        Row(.endOfYear(shift: 0),  [t("下半年")]),
        Row(.quarter,              [t("第"), .number(.count), t("季度"), .maybe(w("末", "底")), .maybe(zhBeforeWords)]),
        Row(.term(.workingDays),   [.maybe(w("自")), .start, .reach(45, b("之日起")), .number(.count), t("个工作日", "工作日"), zhWithin]),
        Row(.term(.days),          [.maybe(w("自")), .start, .reach(45, b("之日起")), .number(.count), t("日", "天"), zhWithin]),
        Row(.term(.months),        [.maybe(w("自")), .start, .reach(45, b("之日起")), .number(.count), t("个月"), zhWithin]),
        Row(.term(.workingDays),   [.start, t("后"), .number(.count), t("个工作日", "工作日"), zhWithin]),
        Row(.term(.days),          [.start, t("后"), .number(.count), t("日", "天"), zhWithin]),
        Row(.term(.workingDays),   [.number(.count), t("个工作日", "工作日"), zhWithin]),
        Row(.term(.days),          [.number(.count), t("日", "天"), zhWithin]),
        Row(.term(.months),        [.number(.count), t("个月"), zhWithin]),
        Row(.word(.yearly),        [t("每年", "年度", "逐年")]),
        Row(.word(.yearly),        [t("每年"), .number(.month), t("月底"), .maybe(zhBeforeWords)]),
        Row(.word(.yearly),        [t("每年"), .number(.month), t("月"), .number(.day), t("日"), .maybe(zhBeforeWords)]),
        Row(.word(.quarterly),     [t("每季度", "按季度")]),
        Row(.word(.monthly),       [t("每月", "按月")]),
        Row(.word(.promptly),      [t("及时", "尽快", "立即", "随时")]),
        Row(.word(.lasting),       [t("持续", "长期坚持")]),
        // English
        Row(.day,                  [enBefore, .month, .blanks, .number(.day), .maybe(WrittenDate.ordinals), .maybe(w(",")), .blanks, .maybeNumber(.year)]),
        Row(.day,                  [enBefore, .maybe(w("the ")), .number(.day), .maybe(WrittenDate.ordinals), .blanks, .maybe(w("of ")), .month, .maybe(w(",")), .blanks, .maybeNumber(.year)]),
        Row(.endOfYear(shift: 0),  [enBefore, .maybe(w("the ")), t("end of "), .maybe(w("year ")), .number(.year)]),
        Row(.endOfYear(shift: 0),  [enBefore, .maybe(w("the ")), t("end of the year", "end of this year", "year-end", "year end")]),
        Row(.endOfYear(shift: 1),  [enBefore, .maybe(w("the ")), t("end of next year")]),
        Row(.endOfMonth,           [enBefore, .maybe(w("the ")), t("end of "), .month, .maybe(w(",")), .blanks, .maybeNumber(.year)]),
        Row(.firstHalf,            [t("first half of "), .maybe(w("the year", "this year")), .maybeNumber(.year)]),
        Row(.endOfYear(shift: 0),  [t("second half of "), .maybe(w("the year", "this year")), .maybeNumber(.year)]),
        Row(.term(.workingDays),   [t("within "), .number(.count), .blanks, enWorkingDays]),
        Row(.term(.workingDays),   [t("within "), .number(.count), .blanks, enWorkingDays, enFrom, enDateOf, .start]),
        Row(.term(.days),          [t("within "), .number(.count), .blanks, enDays]),
        Row(.term(.days),          [t("within "), .number(.count), .blanks, enDays, enFrom, enDateOf, .start]),
        Row(.term(.months),        [t("within "), .number(.count), .blanks, enMonths]),
        Row(.term(.months),        [t("within "), .number(.count), .blanks, enMonths, enFrom, enDateOf, .start]),
        Row(.word(.yearly),        [t("annually", "annual", "every year", "each year", "yearly")]),
        Row(.word(.quarterly),     [t("quarterly", "every quarter", "each quarter")]),
        Row(.word(.monthly),       [t("monthly", "every month", "each month")]),
        Row(.word(.promptly),      [t("timely", "promptly", "in a timely manner", "as soon as possible", "immediately")]),
    ]

    private static let zhBeforeWords = w("之前", "以前", "前")
    private static let zhBefore = Pattern.Piece.word(zhBeforeWords)
    private static let zhWithin = t("内", "之内", "以内")
    private static let enBefore = t("by ", "before ", "no later than ", "not later than ", "on or before ", "prior to ")
    private static let enWorkingDays = t("working days", "working day", "business days", "business day")
    private static let enDays = t("calendar days", "calendar day", "natural days", "days", "day")
    private static let enMonths = t("months", "month")
    private static let enFrom = t(" from ", " of ", " after ")
    private static let enDateOf = Pattern.Piece.maybe(w("the date of ", "the day of ", "date of ", "the "))

    private static func b(_ word: String) -> [UInt8] { Array(word.utf8) }
    private static func w(_ words: String...) -> [[UInt8]] { words.map { Array($0.utf8) } }
    private static func t(_ words: String...) -> Pattern.Piece { .word(words.map { Array($0.utf8) }) }
}
