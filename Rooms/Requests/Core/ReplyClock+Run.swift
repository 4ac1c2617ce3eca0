import WorkCalendar

extension ReplyClock {
    /// Derives the clocks.
    /// - Parameters:
    ///   - arrived: the day the request came in: submitted, signed for, or sent.
    ///   - events: in any order; they are taken by day, and of one day in the order in which they can follow one another.
    ///     Which order they come in changes no date.
    ///   - calendar: where a notice is missing, days are provisional.
    ///   - isRecorded: the events stand in the register already. What a later calendar or a corrected receipt makes too early or too late is
    ///     then warned of, so that one case can not stop the rest from being derived anew.
    /// - Throws: `Refusal.invalid` with the reason for an event that can not follow what came before.
    public static func run(
        arrived: Day,
        by channel: Channel,
        _ events: [ClockEvent],
        calendar: WorkCalendar,
        isRecorded: Bool = false
    ) throws(Refusal) -> ReplyClock {
        let order = Dictionary(uniqueKeysWithValues: ClockEvent.Kind.allCases.enumerated().map { ($1, $0) })
        // Extensions of one day by other lengths must not be told apart by their place in the list.
        func rank(_ event: ClockEvent) -> (Day, Int, Int) { (event.on, order[event.kind] ?? 0, event.workingDays ?? 0) }
        let sorted = events.sorted { rank($0) < rank($1) }
        var run = Run(arrived: arrived, channel: channel, calendar: calendar, isRecorded: isRecorded)
        var taken: [ClockEvent] = []
        var place = 0
        while place < sorted.count {
            let day = Array(sorted[place...].prefix { $0.on == sorted[place].on })
            taken += try run.take(day: day)
            place += day.count
        }
        return run.clock(taken)
    }

    /// The clocks while the events are taken one by one.
    struct Run {
        let arrived: Day
        let channel: Channel
        let calendar: WorkCalendar
        let isRecorded: Bool
        var state: State
        /// Day zero of the reply's term.
        var start: Day?
        /// It ended while the applicant was waited for: no reply was owed by any day.
        var endedWaiting = false
        var extra = 0
        var hasExtended = false
        var hasAskedCorrection = false
        var hasReasons = false
        var asksReasons = false
        var openThird: [Day] = []
        var openCo: [Day] = []
        var hasHeardThird = false
        var closed: [ClosedRange<Day>] = []
        var feeLimit: Day?
        var why: [Reason] = []
        var limits: [Limit] = []
        var warnings: [Reason] = []
        var isProvisional = false

        init(arrived: Day, channel: Channel, calendar: WorkCalendar, isRecorded: Bool) {
            (self.arrived, self.channel, self.calendar, self.isRecorded) = (arrived, channel, calendar, isRecorded)
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

        func refused(_ event: ClockEvent, _ zh: String, _ en: String) -> Refusal {
            .invalid(event.kind.rawValue, "\(event.on) \(event.kind.text.zh)：\(zh)", "\(event.on) \(event.kind.text.en): \(en)")
        }

        /// Takes the events of one day: each time the first that is possible. One that nothing of its day makes possible is refused,
        /// and an answer or a withdrawal makes nothing possible.
        /// - Returns: the events as they were taken.
        mutating func take(day events: [ClockEvent]) throws(Refusal) -> [ClockEvent] {
            var (waiting, taken): ([ClockEvent], [ClockEvent]) = (events, [])
            while !waiting.isEmpty {
                var refusal: Refusal?
                var place = 0
                while place < waiting.count {
                    if refusal != nil, [.answered, .withdrawn].contains(waiting[place].kind) { break }
                    do throws(Refusal) {
                        try take(waiting[place])
                        break
                    } catch { refusal = refusal ?? error }
                    place += 1
                }
                guard place < waiting.count, refusal == nil || ![.answered, .withdrawn].contains(waiting[place].kind) else {
                    throw refusal ?? .outOfTurn
                }
                taken.append(waiting.remove(at: place))
            }
            return taken
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
            case .awaitingCorrection where event.kind != .corrected && !Self.whileWaiting.contains(event.kind):
                throw refused(event, "正在等待申请人补正。", "the applicant's correction is awaited.")
            case .awaitingFee where event.kind != .feePaid && !Self.whileWaiting.contains(event.kind):
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
                endedWaiting = state != .running
                state = .withdrawn
                why.append(Reason(event.on, "申请人撤回", "Withdrawn by the applicant", .house))
            }
        }

        /// What others do does not wait for the applicant.
        private static let whileWaiting: Set<ClockEvent.Kind> = [.thirdPartyAnswered, .coProducerAnswered, .answered, .withdrawn]

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
    }
}
