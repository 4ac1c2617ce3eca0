import Core
import Records
import WorkCalendar

/// The office's board of requests.
struct RequestBoard {
    let cards: [Card]
    let lines: [Line]
    let bars: [Bar]
    let isEmpty, mayRegister: Bool
    let question, forecastText: String

    struct Card {
        let figure: Int
        let name: String
    }

    struct Line {
        let href, number, subject, unit, state, due, tone, left: String
        let hasLeft: Bool
    }

    /// A working day's bar in the chart of what falls due.
    struct Bar {
        let x, y, height, count: Int
        let day: String
    }

    init(
        _ requests: [DisclosureRequest],
        counts: (states: [DisclosureRequest.State: Int], overdue: Int),
        forecast: [Day: Int],
        today: Day,
        calendar: WorkCalendar,
        question: String,
        mayRegister: Bool,
        in language: Language
    ) {
        var cards = DisclosureRequest.State.allCases.filter { $0.isOpen && counts.states[$0] ?? 0 > 0 }.map {
            Card(figure: counts.states[$0] ?? 0, name: $0.text.in(language))
        }
        cards.append(Card(figure: counts.overdue, name: Text("逾期", "Overdue").in(language)))
        self.cards = cards
        lines = requests.map { Line($0, today: today, calendar: calendar, in: language) }
        var (day, days): (Day, [Day]) = (today, [])
        while days.count < 20 {
            if calendar.isWorked(day) { days.append(day) }
            day = day.adding(1)
        }
        let most = max(1, days.map { forecast[$0] ?? 0 }.max() ?? 1)
        bars = days.enumerated().map { place, day in
            let count = forecast[day] ?? 0
            let height = count * 80 / most
            return Bar(x: place * 30 + 4, y: 90 - height, height: height, count: count, day: String(day.description.suffix(5)))
        }
        forecastText = days.compactMap { day in forecast[day].map { "\(day): \($0)" } }.joined(separator: ", ")
        (isEmpty, self.question, self.mayRegister) = (requests.isEmpty, question, mayRegister)
    }
}

extension RequestBoard.Line {
    init(_ request: DisclosureRequest, today: Day, calendar: WorkCalendar, in language: Language) {
        href = "/\(language.rawValue)/office/requests/\(request.number)"
        (number, subject) = (request.number, request.subject)
        unit = request.unit.map { UnitNames.name(of: $0, in: language) } ?? "—"
        state = request.state.text.in(language)
        due = request.due.map { "\($0)" + (request.isProvisional ? Text("（暂定）", " (provisional)").in(language) : "") } ?? "—"
        guard let day = request.due, request.state.isOpen else {
            (left, tone, hasLeft) = ("", "", false)
            return
        }
        if day < today {
            let days = max(1, calendar.workingDays(after: day, through: today))
            (left, tone) = (Text("逾期\(days)个工作日", "\(days) working days overdue").in(language), "bad")
        } else {
            let days = calendar.workingDays(after: today, through: day)
            (left, tone) = (Text("剩\(days)个工作日", "\(days) working days left").in(language), days <= 5 ? "warn" : "good")
        }
        hasLeft = true
    }
}

/// One request at the desk.
struct RequestView {
    let number, subject, description, kind, channel, arrived, form, unit, state, due, action, fault, version, draft, assessment,
        letterNumber, letter, delivered, name, identity, contact, outcome, law, month: String
    let hasFault, hasDue, isProvisional, hasDraft, hasLetter, isDelivered, mayDeliver, hasParty, mayOpenParty, mayDraft, mayAnswerAtOnce,
        maySplit, mayCorrect, mayNote, hasAlike, hasWarnings, hasLimits, hasSteps, hasSearches, hasOutcome,
        hasMonth, hasCorrections, hasFiles, hasTransfers, mayTransfer: Bool
    let transfers: [Alike]
    let transferFields: [FieldView]
    let others: [Alike]
    let corrections: [Cited]
    let files: [EnclosureLine]
    let why, warnings, limits: [Cited]
    let steps: [Step]
    let searches: [Found]
    let alike: [Alike]
    let trail: [StepLine]
    let outcomes: [Choice]
    let draftAction, draftLabel: String

    struct Step {
        let step, label, law, action: String
        let isPrimary: Bool
        let fields: [FieldView]
    }

    struct Found {
        let place, found, at: String
    }

    struct Alike {
        let href, text, note: String
    }

    init(
        _ entry: DisclosureRequests.Entry,
        draft: DisclosureRequests.Draft?,
        letter: DisclosureRequests.Letter?,
        searches: [DisclosureRequests.Search],
        alike: [(request: DisclosureRequest, share: Double)],
        steps trailed: [StepLog.Entry],
        taken: [Lifecycle<DisclosureRequest.State, DisclosureRequest.Step>.Taken],
        party: DisclosureRequests.Party?,
        month: DisclosureRequests.Month,
        corrections: [DisclosureRequests.Correction],
        files: [Enclosure],
        missing: [MailFiling.Missing],
        transfers: [DisclosureRequests.Transfer],
        template: Outcome?,
        typed: Form?,
        fault: Refusal?,
        actor: Actor,
        in language: Language
    ) {
        let (request, clock) = (entry.request, entry.clock)
        (number, subject, description, form) = (request.number, request.subject, request.description, request.form)
        (kind, channel) = (request.applicantKind.text.in(language), request.channel.text.in(language))
        (arrived, state, version) = ("\(request.arrived)", request.state.text.in(language), "\(request.version)")
        unit = request.unit.map { UnitNames.name(of: $0, in: language) } ?? "—"
        due = clock.due?.description ?? ""
        (hasDue, isProvisional) = (clock.due != nil, clock.isProvisional)
        action = "/\(language.rawValue)/office/requests/\(request.number)"
        (self.fault, hasFault) = (fault?.text.in(language) ?? "", fault != nil)
        func lines(_ reasons: [ReplyClock.Reason]) -> [Cited] {
            reasons.map {
                .init(
                    day: $0.date?.description ?? "",
                    text: language == .zh ? $0.zh : $0.en,
                    article: language == .zh ? $0.article : $0.articleEn
                )
            }
        }
        (why, warnings) = (lines(clock.why), lines(clock.warnings))
        limits = clock.limits.map {
            .init(day: "\($0.due)", text: language == .zh ? $0.zh : $0.en, article: language == .zh ? $0.article : $0.articleEn)
        }
        (hasWarnings, hasLimits) = (!clock.warnings.isEmpty, !clock.limits.isEmpty)
        let open = DisclosureRequest.lifecycle.open(from: request.state, to: actor, taken: taken)
            .filter { !($0.step == .draft && request.unit != actor.unit) && !($0.step == .returnToOffice && request.unit != actor.unit) }
        let base = action
        steps = open.filter { ![.draft, .answerAtOnce].contains($0.step) }.map {
            Step($0.step, $0.law, base, isPrimary: $0.to != request.state, missing: missing, in: language)
        }
        hasSteps = !steps.isEmpty
        mayDraft = open.contains { $0.step == .draft }
        mayAnswerAtOnce = !mayDraft && open.contains { $0.step == .answerAtOnce }
        draftAction = "\(base)/\(mayDraft ? "draft" : "answerAtOnce")"
        draftLabel = (mayDraft ? DisclosureRequest.Step.draft : .answerAtOnce).text.in(language)
        let chosen = typed.flatMap { Outcome(rawValue: $0.text("outcome")) } ?? template ?? draft?.outcome
        outcomes = Outcome.allCases.filter(\.isReply).map { .init(value: $0.rawValue, label: $0.text.in(language), selected: $0 == chosen) }
        let written = typed?.fields["body"]?.first ?? template.map { Self.reply($0, to: request, transfers) } ?? draft?.body ?? ""
        (self.draft, assessment) = (written, typed?.fields["assessment"]?.first ?? draft?.assessment ?? "")
        hasDraft = draft != nil
        (letterNumber, self.letter, hasLetter) = (letter?.number ?? "", letter?.body ?? "", letter != nil)
        delivered = letter.flatMap { letter in letter.deliveredOn.map { "\($0) \(letter.delivery ?? "")" } } ?? ""
        isDelivered = !delivered.isEmpty
        let isOffice = !actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead])
        mayDeliver = letter != nil && !isDelivered && isOffice
        (name, identity, contact, hasParty) = (party?.name ?? "", party?.identity ?? "", party?.contact ?? "", party != nil)
        mayOpenParty = party == nil && (isOffice || actor.roles.contains(.leader))
        maySplit = request.state.isOpen && actor.roles.contains(.disclosureOfficer)
        mayCorrect = actor.roles.contains(.officeHead)
        mayNote = request.state.isOpen && !actor.roles.isDisjoint(with: [.drafter, .unitHead, .disclosureOfficer])
        self.searches = searches.map { .init(place: $0.place, found: $0.found, at: $0.at.beijingMinute) }
        hasSearches = !searches.isEmpty
        self.alike = alike.map {
            .init(
                href: "/\(language.rawValue)/office/requests/\($0.request.number)",
                text: "\($0.request.number) \($0.request.subject)",
                note: "\(Int($0.share * 100)) % · \($0.request.state.text.in(language))"
            )
        }
        hasAlike = !alike.isEmpty
        trail = trailed.map { StepLine($0, in: language) }
        (outcome, law) = (request.outcome?.text.in(language) ?? "", request.outcome?.law.citation.in(language) ?? "")
        hasOutcome = request.outcome != nil
        self.corrections = corrections.map { Cited(day: $0.at.beijingMinute, text: $0.body, article: "") }
        self.files = files.map { EnclosureLine($0, base: base, in: language) }
        mayTransfer = request.state.isOpen && isOffice
        self.transfers = transfers.map {
            .init(href: "\(base)/transfer/\($0.serial)", text: $0.agency, note: "\($0.contact) · \($0.at.beijingMinute)")
        }
        hasTransfers = !transfers.isEmpty
        func ask(_ name: String, _ zh: String, _ en: String) -> FieldView {
            FieldView(name, Text(zh, en), typed: typed, fault: fault?.faults[name], form: "transfer", in: language)
        }
        transferFields = [
            ask("agency", "负责公开的机关", "The agency in charge"), ask("contact", "联系方式", "How it is reached"),
            ask("reason", "不属于本机关负责公开的理由", "Why it is not this agency's"),
        ]
        (hasCorrections, hasFiles) = (!corrections.isEmpty, !files.isEmpty)
        hasMonth = month.count > 1
        self.month = Text(
            "同一申请人当月共\(month.count)件；本件按件计收的信息处理费为\(month.yuan)元（《政府信息公开信息处理费管理办法》）",
            "The same applicant filed \(month.count) requests that month; by items this one would cost \(month.yuan) yuan (Fee Measures)"
        ).in(language)
        others = month.others.prefix(20).map { .init(href: "/\(language.rawValue)/office/requests/\($0)", text: $0, note: "") }
    }
}

extension RequestView {
    /// The template of a reply; the agency that was named last stands in it.
    private static func reply(_ outcome: Outcome, to request: DisclosureRequest, _ transfers: [DisclosureRequests.Transfer]) -> String {
        let text = ReplyTemplate.text(outcome, to: request)
        guard outcome == .notThisAgency, let last = transfers.last else { return text }
        return text.replacing("［名称］", with: last.agency).replacing("［联系方式］", with: last.contact).replacing("［理由］", with: last.reason)
    }
}

extension RequestView.Step {
    /// A step with the fields that it asks for.
    /// - Parameter missing: what the e-mail did not say: the correction notice begins with it.
    init(
        _ step: DisclosureRequest.Step,
        _ law: Law,
        _ base: String,
        isPrimary: Bool,
        missing: [MailFiling.Missing],
        in language: Language
    ) {
        (self.step, label, self.law) = (step.rawValue, step.text.in(language), law.citation.in(language))
        action = "\(base)/\(step.rawValue)"
        self.isPrimary = isPrimary
        var fields: [FieldView] = []
        func ask(_ name: String, _ label: Text, _ kind: FieldView.Kind = .line, value: String = "", isRequired: Bool = true) {
            fields.append(FieldView(name, label, kind, value: value, form: step.rawValue, isRequired: isRequired, in: language))
        }
        if step == .assign {
            let units = UnitNames.units.map { (value: $0.code, label: Text($0.zh, $0.en)) }
            ask("unit", Text("承办处室", "Unit in charge"), .choice(units))
        }
        if step == .extend { ask("workingDays", Text("延长的工作日数（至多20）", "By how many working days (at most 20)")) }
        let hasDay = DisclosureRequest.event(of: step) != nil && ![.sign, .extend].contains(step)
        if hasDay { ask("on", Text("日期（空白为今天）", "Day (today where empty)"), .day, isRequired: false) }
        let needsNote: Set<DisclosureRequest.Step> = [
            .askToCorrect, .sendBack, .returnToOffice, .askThirdParty, .askCoProducer, .noticeFee, .withdraw,
        ]
        if needsNote.contains(step) {
            let isNotice = step == .askToCorrect
            let value = isNotice ? MailFiling.notice(of: missing) : ""
            ask("note", Text("说明", "Note"), isNotice ? .area(4) : .line, value: value, isRequired: step != .withdraw)
        }
        self.fields = fields
    }
}
