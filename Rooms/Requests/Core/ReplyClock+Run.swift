import WorkCalendar

extension ReplyClock {
    /// Derives the clocks.
    /// - Parameters:
    ///   - arrived: the day the request came in: submitted, signed for, or sent.
    ///   - events: in any order; they are taken by day, and of one day in the order in which they can follow one another.
    ///   - calendar: where a notice is missing, days are provisional.
    /// - Throws: `Refusal.invalid` with the reason for an event that can not follow what came before.
    public static func run(arrived: Day, by channel: Channel, _ events: [ClockEvent], calendar: WorkCalendar) throws(Refusal) -> ReplyClock
    {
        let order = Dictionary(uniqueKeysWithValues: ClockEvent.Kind.allCases.enumerated().map { ($1, $0) })
        let sorted = events.sorted { ($0.on, order[$0.kind] ?? 0) < ($1.on, order[$1.kind] ?? 0) }
        var run = Run(arrived: arrived, channel: channel, calendar: calendar)
        for event in sorted { try run.take(event) }
        return run.clock(sorted)
    }

    /// The clocks while the events are taken one by one.
    private struct Run {
        let arrived: Day
        let channel: Channel
        let calendar: WorkCalendar
        var state: State
        /// Day zero of the reply's term.
        var start: Day?
        var extra = 0
        var hasExtended = false
        var hasAskedCorrection = false
        var hasReasons = false
        var asksReasons = false
        var openThird: [Day] = []
        var openCo: [Day] = []
        var hasHeardThird = false
        var closed: [ClosedRange<Day>] = []
        var feeNotice: Day?
        var why: [Reason] = []
        var limits: [Limit] = []
        var warnings: [Reason] = []
        var isProvisional = false

        init(arrived: Day, channel: Channel, calendar: WorkCalendar) {
            (self.arrived, self.channel, self.calendar) = (arrived, channel, calendar)
            if channel.waitsForConfirmation {
                state = .awaitingConfirmation
            } else {
                (state, start) = (.running, arrived)
                receipt(arrived)
            }
        }

        private mutating func receipt(_ day: Day) {
            switch channel {
            case .inPerson, .oral:
                why.append(Reason(day, "当面提交，提交之日为收到之日", "Handed in: the day of submission is the day of receipt", .openness(31)))
            case .registeredPost:
                why.append(
                    Reason(day, "邮寄，签收之日为收到之日", "By registered post: the day it was signed for is the day of receipt", .openness(31))
                )
            case .post:
                why.append(
                    Reason(
                        day,
                        "平信，收到当日与申请人确认，确认之日为收到之日",
                        "By ordinary post: confirmed with the applicant on arrival; the day of confirmation is the day of receipt",
                        .openness(31)
                    )
                )
            case .web, .fax, .email:
                why.append(
                    Reason(
                        day,
                        "互联网或者传真，双方确认之日为收到之日",
                        "By internet or fax: the day both sides confirm is the day of receipt",
                        .openness(31)
                    )
                )
            }
        }

        private func refused(_ event: ClockEvent, _ zh: String, _ en: String) -> Refusal {
            .invalid(event.kind.rawValue, "\(event.on) \(event.kind.text.zh)：\(zh)", "\(event.on) \(event.kind.text.en): \(en)")
        }

        mutating func take(_ event: ClockEvent) throws(Refusal) {
            guard event.on >= arrived else { throw refused(event, "早于申请到达之日\(arrived)。", "it lies before the arrival on \(arrived).") }
            if event.kind != .extended, event.workingDays != nil {
                throw refused(event, "只有延长期限才写工作日数。", "only an extension has a number of working days.")
            }
            switch state {
            case .answered: throw refused(event, "申请已经答复。", "the request has been answered.")
            case .withdrawn: throw refused(event, "申请已经撤回。", "the request has been withdrawn.")
            case .awaitingConfirmation where ![.confirmed, .withdrawn].contains(event.kind):
                throw refused(event, "双方尚未确认收到。", "the receipt has not been confirmed by both sides.")
            case .awaitingCorrection where ![.corrected, .withdrawn, .answered].contains(event.kind):
                throw refused(event, "正在等待申请人补正。", "the applicant's correction is awaited.")
            case .awaitingFee where ![.feePaid, .withdrawn, .answered].contains(event.kind):
                throw refused(event, "正在等待申请人缴费。", "the fee is awaited.")
            default: break
            }
            switch event.kind {
            case .confirmed: try confirm(event)
            case .correctionAsked, .corrected: try correct(event)
            case .reasonsAsked, .reasonsGiven: try reasons(event)
            case .thirdPartyAsked, .thirdPartyAnswered, .coProducerAsked, .coProducerAnswered: try consult(event)
            case .overrideNoticed:
                guard hasHeardThird || !openThird.isEmpty else {
                    throw refused(event, "没有征求过第三方意见。", "no third party has been asked.")
                }
                why.append(
                    Reason(
                        event.on,
                        "公共利益：决定公开的内容和理由已书面告知第三方",
                        "Public interest: the third party was told in writing what is disclosed and why",
                        .openness(32)
                    )
                )
            case .extended: try extend(event)
            case .feeNoticed, .feePaid: try fee(event)
            case .answered:
                try answer(event)
            case .withdrawn:
                state = .withdrawn
                why.append(Reason(event.on, "申请人撤回", "Withdrawn by the applicant", .house))
            }
        }

        private mutating func confirm(_ event: ClockEvent) throws(Refusal) {
            if state == .awaitingConfirmation {
                (state, start) = (.running, event.on)
                return receipt(event.on)
            }
            guard channel == .post, why.count == 1, start == arrived else {
                throw refused(event, "收到之日已经确定，不需要再确认。", "the day of receipt is settled and needs no confirmation.")
            }
            start = event.on
            why = []
            receipt(event.on)
            if event.on > arrived {
                warnings.append(
                    Reason(
                        event.on,
                        "应当于收到申请的当日（\(arrived)）与申请人确认",
                        "It should have been confirmed on the day of arrival, \(arrived)",
                        .openness(31)
                    )
                )
            }
        }

        private mutating func correct(_ event: ClockEvent) throws(Refusal) {
            if event.kind == .correctionAsked {
                guard !hasAskedCorrection else { throw refused(event, "补正应当一次性告知。", "a correction is asked for once only (art. 30).") }
                hasAskedCorrection = true
                state = .awaitingCorrection
                let limit = counted(from: start ?? arrived, ReplyClock.correctionNoticeDays)
                limits.append(Limit("C2", limit, "告知补正的期限（7个工作日）", "To ask for a correction (7 working days)", Law.openness(30)))
                if event.on > limit {
                    warnings.append(Reason(event.on, "告知补正晚于\(limit)", "The correction was asked for after \(limit)", .openness(30)))
                }
                why.append(
                    Reason(
                        event.on,
                        "告知补正，等待申请人；答复期限自收到补正之日起计算",
                        "A correction is awaited; the reply's term runs from its receipt",
                        .openness(30)
                    )
                )
            } else {
                guard state == .awaitingCorrection else { throw refused(event, "没有告知过补正。", "no correction has been asked for.") }
                (state, start) = (.running, event.on)
                (closed, openThird, openCo) = ([], [], [])
                why.append(
                    Reason(event.on, "收到补正，答复期限自本日起重新计算", "Correction received: the reply's term runs anew from this day", .openness(30))
                )
            }
        }

        private mutating func reasons(_ event: ClockEvent) throws(Refusal) {
            if event.kind == .reasonsAsked {
                guard !asksReasons else { throw refused(event, "已经要求过说明理由。", "reasons have been asked for already.") }
                asksReasons = true
                why.append(
                    Reason(
                        event.on,
                        "数量、频次明显超过合理范围，要求说明理由；期限照常计算",
                        "Number or frequency beyond reason: reasons asked for; the term runs on",
                        .openness(35)
                    )
                )
            } else {
                guard asksReasons, !hasReasons else { throw refused(event, "没有要求过说明理由。", "no reasons have been asked for.") }
                hasReasons = true
                why.append(
                    Reason(
                        event.on,
                        "收到理由说明；理由合理而不能按期答复的，可以确定延迟答复的合理期限",
                        "Reasons received: where they are sound, a reasonable later term may be set",
                        .openness(35)
                    )
                )
            }
        }

        private mutating func consult(_ event: ClockEvent) throws(Refusal) {
            let isThird = event.kind == .thirdPartyAsked || event.kind == .thirdPartyAnswered
            let law = Law.openness(isThird ? 32 : 34)
            if event.kind == .thirdPartyAsked || event.kind == .coProducerAsked {
                if isThird { openThird.append(event.on) } else { openCo.append(event.on) }
                let limit = counted(from: event.on, ReplyClock.opinionDays)
                limits.append(
                    Limit(
                        isThird ? "C5" : "C6",
                        limit,
                        isThird ? "第三方提出意见的期限（15个工作日）；逾期由行政机关决定是否公开" : "其他机关提出意见的期限（15个工作日）；逾期视为同意公开",
                        isThird
                            ? "For the third party's opinion (15 working days); on silence the agency decides"
                            : "For the other agency's opinion (15 working days); silence is consent",
                        law
                    )
                )
                return
            }
            guard let asked = isThird ? openThird.first : openCo.first else {
                throw refused(event, "没有征求过意见。", "no opinion has been asked for.")
            }
            if isThird {
                openThird.removeFirst()
                hasHeardThird = true
            } else {
                openCo.removeFirst()
            }
            suspend(asked, until: event.on, isThird)
        }

        /// The days after the asking, up to the answer or the end of the 15 working days, do not count.
        private mutating func suspend(_ asked: Day, until answered: Day?, _ isThird: Bool) {
            let limit = counted(from: asked, ReplyClock.opinionDays)
            let end = answered.map { min($0, limit) } ?? limit
            guard end > asked else { return }
            closed.append(asked.adding(1)...end)
            let who = isThird ? Text("第三方", "third party") : Text("其他机关", "other agency")
            let how =
                answered == nil
                ? Text("尚未提出意见，暂按15个工作日届满（\(end)）计算", "no opinion yet, reckoned to the end of its 15 working days, \(end)")
                : answered == end ? Text("\(end)提出意见", "opinion on \(end)") : Text("15个工作日于\(end)届满", "its 15 working days ended on \(end)")
            why.append(
                Reason(
                    end,
                    "\(asked)征求\(who.zh)意见，\(how.zh)：\(asked.adding(1))至\(end)不计算在内",
                    "The \(who.en) was asked on \(asked); \(how.en): \(asked.adding(1)) to \(end) do not count",
                    .openness(33)
                )
            )
        }

        private mutating func extend(_ event: ClockEvent) throws(Refusal) {
            guard !hasExtended else { throw refused(event, "答复期限只能延长一次。", "the term is extended once only (art. 33).") }
            guard let days = event.workingDays, days > 0 else {
                throw refused(event, "请写明延长的工作日数。", "say by how many working days.")
            }
            guard days <= ReplyClock.mostExtension || hasReasons else {
                throw refused(event, "延长的期限最长不得超过20个工作日。", "the extension is at most 20 working days (art. 33).")
            }
            if let due = due(withOpen: true), event.on > due {
                throw refused(event, "答复期限已于\(due)届满，不能再延长。", "the term ended on \(due) and can no longer be extended.")
            }
            (hasExtended, extra) = (true, days)
            let law = days <= ReplyClock.mostExtension ? Law.openness(33) : Law.openness(35)
            why.append(
                Reason(
                    event.on,
                    "经政府信息公开工作机构负责人同意并告知申请人，延长\(days)个工作日",
                    "Extended by \(days) working days with the consent of the head of the disclosure office; the applicant was told",
                    law
                )
            )
        }

        private mutating func fee(_ event: ClockEvent) throws(Refusal) {
            if event.kind == .feeNoticed {
                guard feeNotice == nil else { throw refused(event, "已经发出收费通知。", "a fee notice has been sent already.") }
                (feeNotice, state) = (event.on, .awaitingFee)
                limits.append(
                    Limit(
                        "C8",
                        counted(from: event.on, ReplyClock.feeDays),
                        "缴费期限（20个工作日）；逾期视为放弃申请",
                        "To pay the fee (20 working days); unpaid, the request counts as given up",
                        Law(.feeMeasures, 6)
                    )
                )
                why.append(Reason(event.on, "发出收费通知，等待缴费", "A fee notice was sent; the payment is awaited", Law(.feeMeasures, 6)))
            } else {
                guard state == .awaitingFee else { throw refused(event, "没有发出收费通知。", "no fee notice has been sent.") }
                (state, start) = (.running, event.on)
                (closed, openThird, openCo) = ([], [], [])
                why.append(
                    Reason(event.on, "缴费完成，答复期限自次日起重新计算", "Fee paid: the reply's term runs anew from the next day", Law(.feeMeasures, 6))
                )
            }
        }

        private mutating func answer(_ event: ClockEvent) throws(Refusal) {
            let waits =
                openThird.map { counted(from: $0, ReplyClock.opinionDays) } + openCo.map { counted(from: $0, ReplyClock.opinionDays) }
            if let limit = waits.max(), event.on <= limit {
                throw refused(
                    event,
                    "正在征求意见，\(limit)届满前不能答复。",
                    "an opinion is being asked for; no answer before its term ends on \(limit)."
                )
            }
            if let due = due(withOpen: true), event.on > due {
                warnings.append(Reason(event.on, "答复晚于期限\(due)", "Answered after the term ended on \(due)", .openness(33)))
            }
            state = .answered
        }

        private mutating func counted(from day: Day, _ days: Int) -> Day {
            let due = calendar.provisionalDue(after: day, workingDays: days)
            if due.isProvisional { isProvisional = true }
            return due.due
        }

        private func due(withOpen: Bool) -> Day? {
            guard let start else { return nil }
            var copy = self
            if withOpen { copy.closeOpen() }
            return calendar.provisionalDue(after: start, workingDays: ReplyClock.replyDays + extra, excluding: copy.closed).due
        }

        private mutating func closeOpen() {
            for asked in openThird { suspend(asked, until: nil, true) }
            for asked in openCo { suspend(asked, until: nil, false) }
        }

        mutating func clock(_ events: [ClockEvent]) -> ReplyClock {
            closeOpen()
            var due: Day?
            if let start, ![.awaitingConfirmation, .awaitingCorrection, .awaitingFee].contains(state) {
                let term = calendar.provisionalDue(after: start, workingDays: ReplyClock.replyDays + extra, excluding: closed)
                due = term.due
                if term.isProvisional { isProvisional = true }
                let holidays = term.skipped.compactMap { skipped -> String? in
                    if case .holiday(let name) = skipped.why { name } else { nil }
                }
                let names = holidays.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
                let off =
                    names.isEmpty
                    ? Text("", "") : Text("，跳过\(names.joined(separator: "、"))放假", ", past the holidays \(names.joined(separator: ", "))")
                why.append(
                    Reason(
                        term.due,
                        "自\(start)起（当日不计）第\(ReplyClock.replyDays + extra)个工作日\(off.zh)",
                        "Working day \(ReplyClock.replyDays + extra) after \(start), which is day zero\(off.en)",
                        .openness(33)
                    )
                )
            }
            if isProvisional {
                let zh = "期限跨入尚未公布放假安排的年份，日期为暂定，放假安排载入后重新计算"
                let en = "The term runs into a year whose holiday notice is not loaded: the day is provisional and will be derived again"
                warnings.append(Reason(due, zh, en, .house))
            }
            return ReplyClock(
                state: state,
                receipt: start,
                due: due,
                isProvisional: isProvisional,
                events: events,
                suspended: closed.sorted { $0.lowerBound < $1.lowerBound }.map { Suspension(from: $0.lowerBound, to: $0.upperBound) },
                why: why,
                limits: limits,
                warnings: warnings
            )
        }
    }
}
