import WorkCalendar

/// What moves a term or sets one beside it: opinions asked for, an extension, a fee, the answer.
extension ReplyClock.Run {
    mutating func consult(_ event: ClockEvent) throws(Refusal) {
        let isThird = event.kind == .thirdPartyAsked || event.kind == .thirdPartyAnswered
        let law = Law.openness(isThird ? 32 : 34)
        if event.kind == .thirdPartyAsked || event.kind == .coProducerAsked {
            if isThird { openThird.append(event.on) } else { openCo.append(event.on) }
            let limit = counted(from: event.on, ReplyClock.opinionDays)
            limits.append(
                ReplyClock.Limit(
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
            ReplyClock.Reason(
                end,
                "\(asked)征求\(who.zh)意见，\(how.zh)：\(asked.adding(1))至\(end)不计算在内",
                "The \(who.en) was asked on \(asked); \(how.en): \(asked.adding(1)) to \(end) do not count",
                .openness(33)
            )
        )
    }

    mutating func extend(_ event: ClockEvent) throws(Refusal) {
        guard !hasExtended else { throw refused(event, "答复期限只能延长一次。", "the term is extended once only (art. 33).") }
        guard let days = event.workingDays, days > 0 else {
            throw refused(event, "请写明延长的工作日数。", "say by how many working days.")
        }
        guard days <= ReplyClock.mostExtension || hasReasons else {
            throw refused(event, "延长的期限最长不得超过20个工作日。", "the extension is at most 20 working days (art. 33).")
        }
        guard days <= ReplyClock.mostDelay else {
            throw refused(event, "延迟答复的期限应当合理，至多250个工作日。", "a later term is to be reasonable: at most 250 working days.")
        }
        if let due = due(withOpen: true), event.on > due {
            let late = Text("答复期限已于\(due)届满，不能再延长。", "the term ended on \(due) and can no longer be extended.")
            try refuse(event, late, .openness(33))
        }
        (hasExtended, extra) = (true, days)
        let law = days <= ReplyClock.mostExtension ? Law.openness(33) : Law.openness(35)
        why.append(
            ReplyClock.Reason(
                event.on,
                "经政府信息公开工作机构负责人同意并告知申请人，延长\(days)个工作日",
                "Extended by \(days) working days with the consent of the head of the disclosure office; the applicant was told",
                law
            )
        )
    }

    mutating func fee(_ event: ClockEvent) throws(Refusal) {
        if event.kind == .feeNoticed {
            guard feeLimit == nil else { throw refused(event, "已经发出收费通知。", "a fee notice has been sent already.") }
            if let due = due(withOpen: true), event.on > due {
                let zh = "收费通知应当在答复期限（\(due)）内发出"
                warnings.append(
                    ReplyClock.Reason(
                        event.on,
                        zh,
                        "The fee notice should have been sent by \(due), within the reply's term",
                        Law(.feeMeasures)
                    )
                )
            }
            let limit = counted(from: event.on, ReplyClock.feeDays)
            (feeLimit, state) = (limit, .awaitingFee)
            limits.append(
                ReplyClock.Limit(
                    "C8",
                    limit,
                    "缴费期限（20个工作日）；逾期视为放弃申请",
                    "To pay the fee (20 working days); unpaid, the request counts as given up",
                    Law(.feeMeasures)
                )
            )
            why.append(ReplyClock.Reason(event.on, "发出收费通知，等待缴费", "A fee notice was sent; the payment is awaited", Law(.feeMeasures)))
        } else {
            guard state == .awaitingFee else { throw refused(event, "没有发出收费通知。", "no fee notice has been sent.") }
            if let feeLimit, event.on > feeLimit {
                warnings.append(ReplyClock.Reason(event.on, "缴费晚于\(feeLimit)", "The fee was paid after \(feeLimit)", Law(.feeMeasures)))
            }
            (state, start) = (.running, event.on)
            why.append(
                ReplyClock.Reason(
                    event.on,
                    "缴费完成，答复期限自次日起重新计算",
                    "Fee paid: the reply's term runs anew from the next day",
                    Law(.feeMeasures)
                )
            )
        }
    }

    mutating func answer(_ event: ClockEvent) throws(Refusal) {
        let waits =
            openThird.map { counted(from: $0, ReplyClock.opinionDays) } + openCo.map { counted(from: $0, ReplyClock.opinionDays) }
        if let limit = waits.max(), event.on <= limit {
            let early = Text("正在征求意见，\(limit)届满前不能答复。", "an opinion is being asked for; no answer before its term ends on \(limit).")
            try refuse(event, early, .openness(33))
        }
        endedWaiting = state != .running
        if !endedWaiting, let due = due(withOpen: true), event.on > due {
            warnings.append(ReplyClock.Reason(event.on, "答复晚于期限\(due)", "Answered after the term ended on \(due)", .openness(33)))
        }
        state = .answered
    }

    /// Refuses what the calendar makes too early or too late; of a recorded event it only warns.
    private mutating func refuse(_ event: ClockEvent, _ why: Text, _ law: Law) throws(Refusal) {
        guard isRecorded else { throw refused(event, why.zh, why.en) }
        warnings.append(ReplyClock.Reason(event.on, "\(event.kind.text.zh)：\(why.zh)", "\(event.kind.text.en): \(why.en)", law))
    }

    mutating func counted(from day: Day, _ days: Int) -> Day {
        let due = calendar.provisionalDue(after: day, workingDays: days)
        if due.isProvisional { isProvisional = true }
        return due.due
    }

    func due(withOpen: Bool) -> Day? {
        guard let start else { return nil }
        var copy = self
        if withOpen { copy.closeOpen() }
        return calendar.provisionalDue(after: start, workingDays: ReplyClock.replyDays + extra, excluding: copy.closed).due
    }

    private mutating func closeOpen() {
        for asked in openThird { suspend(asked, until: nil, true) }
        for asked in openCo { suspend(asked, until: nil, false) }
    }

    /// The days of the term that runs now, each once; those before it began anew are of no account.
    private var suspended: [ReplyClock.Suspension] {
        let first = (start ?? arrived).adding(1)
        return closed.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { days, span in
            let from = max(span.lowerBound, days.last.map { $0.to.adding(1) } ?? first, first)
            if from <= span.upperBound { days.append(ReplyClock.Suspension(from: from, to: span.upperBound)) }
        }
    }

    mutating func clock(_ events: [ClockEvent]) -> ReplyClock {
        closeOpen()
        var due: Day?
        if let start, !endedWaiting, ![.awaitingConfirmation, .awaitingCorrection, .awaitingFee].contains(state) {
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
                ReplyClock.Reason(
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
            warnings.append(ReplyClock.Reason(due, zh, en, .house))
        }
        return ReplyClock(
            state: state,
            receipt: start,
            due: due,
            isProvisional: isProvisional,
            events: events,
            suspended: suspended,
            why: why,
            limits: limits,
            warnings: warnings
        )
    }
}
