import WorkCalendar

/// What is owed in a review or a lawsuit, and by which day.
extension Appeal {
    // In the law of 2023 "三日""五日""七日""十日" are working days (第八十八条); in that of 2017 only "五日""七日" are (第四十条), so that the ten days
    // for the answer were calendar days. Thirty and sixty days, and the court's fifteen, are calendar days in either.
    private enum Length {
        case working(Int)
        case calendar(Int)
    }

    /// What is owed in this matter, the next first.
    /// - Parameters:
    ///   - acceptedOn: the day a review that the agency hears was accepted. Where nil, it counts as accepted when the term for the
    ///     check has ended (行政复议法第三十条).
    ///   - isExtended: the decision's term was lengthened by the most that the law allows, 30 days.
    public func terms(_ calendar: WorkCalendar, acceptedOn: Day? = nil, isExtended: Bool = false) -> [Term] {
        let isEarlier = Appeal.isEarlier(servedOn)
        switch kind {
        case .review: return [answer(calendar)]
        case .suitDirect, .suitAfterReview:
            let what = Text("提交证据、依据和答辩状（15日）", "Evidence and defence (15 days)")
            return [term(what, .calendar(15), after: servedOn, calendar, .litigation(67))]
        case .heard:
            let what = Text("审查是否受理（5个工作日）", "Acceptance check (5 working days)")
            let check = term(what, .working(5), after: servedOn, calendar, isEarlier ? .review2017(17) : .review(30))
            // "除前款规定外，行政复议申请自行政复议机关负责法制工作的机构收到之日起即为受理" (2017, 第十七条).
            let start = acceptedOn ?? (isEarlier ? servedOn : check.due)
            return [check, copy(after: start, calendar), decision(after: start, isExtended: isExtended, calendar)]
        }
    }

    // The columns are the point.
    // swift-format-ignore
    private func answer(_ calendar: WorkCalendar) -> Term {
        let (zh, en) = ("提出书面答复并提交证据、依据", "Written answer with evidence")
        return if Appeal.isEarlier(servedOn) {
            term(Text("\(zh)（10日）",       "\(en) (10 days)"),         .calendar(10), after: servedOn, calendar, .review2017(23))
        } else if isSimplified {
            term(Text("\(zh)（5个工作日）",  "\(en) (5 working days)"),  .working(5),   after: servedOn, calendar, .review(54))
        } else {
            term(Text("\(zh)（10个工作日）", "\(en) (10 working days)"), .working(10),  after: servedOn, calendar, .review(48))
        }
    }

    // The columns are the point.
    // swift-format-ignore
    private func copy(after start: Day, _ calendar: WorkCalendar) -> Term {
        let (zh, en) = ("将申请书副本发送被申请人", "Copy of the application to the respondent")
        return if Appeal.isEarlier(servedOn) {
            term(Text("\(zh)（7个工作日）", "\(en) (7 working days)"), .working(7), after: start, calendar, .review2017(23))
        } else if isSimplified {
            term(Text("\(zh)（3个工作日）", "\(en) (3 working days)"), .working(3), after: start, calendar, .review(54))
        } else {
            term(Text("\(zh)（7个工作日）", "\(en) (7 working days)"), .working(7), after: start, calendar, .review(48))
        }
    }

    // The columns are the point.
    // swift-format-ignore
    private func decision(after start: Day, isExtended: Bool, _ calendar: WorkCalendar) -> Term {
        let (zh, en) = ("作出复议决定", "Decision")
        let law = Appeal.isEarlier(servedOn) ? Law.review2017(31) : .review(62)
        return if isSimplified, !Appeal.isEarlier(servedOn) {
            term(Text("\(zh)（简易程序30日）",               "\(en) (simplified, 30 days)"),                      .calendar(30), after: start, calendar, law)
        } else if isExtended {
            term(Text("\(zh)（60日，已延长30日）",           "\(en) (60 days, and 30 more as approved)"),         .calendar(90), after: start, calendar, law)
        } else {
            term(Text("\(zh)（60日，经批准可延长至多30日）", "\(en) (60 days; at most 30 more with approval)"),   .calendar(60), after: start, calendar, law)
        }
    }

    private func term(_ what: Text, _ length: Length, after start: Day, _ calendar: WorkCalendar, _ law: Law) -> Term {
        let (due, isProvisional): (Day, Bool)
        switch length {
        case .working(let days):
            let counted = calendar.provisionalDue(after: start, workingDays: days)
            (due, isProvisional) = (counted.due, counted.isProvisional)
        case .calendar(let days):
            due = calendar.onOrAfter(start.adding(days))
            isProvisional = due.year > calendar.lastLoadedYear ?? 0
        }
        return Term(what: what, due: due, isProvisional: isProvisional, article: law.citation.zh, articleEn: law.citation.en)
    }
}
