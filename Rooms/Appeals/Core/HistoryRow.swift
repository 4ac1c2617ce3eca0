import WorkCalendar

/// One case of an earlier register, as a row of CSV: `number,kind,channel,received,subject,events,outcome,closed,review,suit`.
///
/// `events` are `kind@date`, an extension `extended@date+N`, separated by `;`. `review` and `suit` hold a result of table 4 with
/// its days, `corrected@filed/decided`, or `pending@filed`.
public struct HistoryRow: Equatable, Sendable {
    public let number: String
    public let kind: ApplicantKind
    public let channel: Channel
    public let received: Day
    public let subject: String
    public let events: [ClockEvent]
    public let outcome: Outcome?
    public let closed: Day?
    public let appeals: [Appealed]

    /// A review or a lawsuit about the case.
    public struct Appealed: Equatable, Sendable {
        public let isSuit: Bool
        public let result: RemedyTable.Result
        public let filed: Day
        public let decided: Day?
    }

    public static let header = "number,kind,channel,received,subject,events,outcome,closed,review,suit"

    /// - Throws: `Refusal.invalid` whose sentence says what is wrong with the row.
    public init(_ cells: [String]) throws(Refusal) {
        guard cells.count == 10 else {
            throw .invalid("row", "应当有10列，实有\(cells.count)列", "there should be 10 columns, there are \(cells.count)")
        }
        func bad(_ column: String, _ value: String) -> Refusal {
            .invalid(column, "\(column)列无法识别：“\(value)”", "the column \(column) can not be read: “\(value)”")
        }
        let parts = cells[0].split(separator: "-")
        guard parts.count == 2, let year = Int(parts[0]), (1990...2100).contains(year), let serial = Int(parts[1]), serial > 0 else {
            throw bad("number", cells[0])
        }
        number = "\(year)-\(serial)"
        guard let kind = ApplicantKind(rawValue: cells[1]) ?? ApplicantKind.allCases.first(where: { $0.text.zh == cells[1] }) else {
            throw bad("kind", cells[1])
        }
        guard let channel = Channel(rawValue: cells[2]) ?? Channel.allCases.first(where: { $0.text.zh == cells[2] }) else {
            throw bad("channel", cells[2])
        }
        guard let received = Day(cells[3]) else { throw bad("received", cells[3]) }
        guard !cells[4].allSatisfy(\.isWhitespace) else { throw bad("subject", cells[4]) }
        (self.kind, self.channel, self.received, subject) = (kind, channel, received, cells[4])
        var events: [ClockEvent] = []
        for piece in cells[5].split(separator: ";") {
            let parts = piece.split(separator: "@").map(String.init)
            guard parts.count == 2, let kind = ClockEvent.Kind(rawValue: parts[0]) else { throw bad("events", String(piece)) }
            let days = parts[1].split(separator: "+").map(String.init)
            guard let on = Day(days[0]), days.count == 1 || Int(days[1]) != nil else { throw bad("events", String(piece)) }
            events.append(ClockEvent(kind, on: on, workingDays: days.count > 1 ? Int(days[1]) : nil))
        }
        if cells[6].isEmpty {
            outcome = nil
        } else {
            guard let found = Outcome(rawValue: cells[6]) ?? Outcome.allCases.first(where: { $0.text.zh == cells[6] }) else {
                throw bad("outcome", cells[6])
            }
            outcome = found
        }
        if cells[7].isEmpty {
            closed = nil
        } else {
            guard let day = Day(cells[7]), day >= received else { throw bad("closed", cells[7]) }
            closed = day
        }
        guard (outcome == nil) == (closed == nil) else {
            throw .invalid("closed", "outcome和closed应当同时填写或者同时为空", "outcome and closed stand together or not at all")
        }
        // The reply is an event of the clock, too.
        if let closed, let outcome, !events.contains(where: { [.answered, .withdrawn].contains($0.kind) }), outcome.group != .other {
            events.append(ClockEvent(.answered, on: closed))
        }
        self.events = events
        var appeals: [Appealed] = []
        for (isSuit, cell) in [(false, cells[8]), (true, cells[9])] where !cell.isEmpty {
            let parts = cell.split(separator: "@").map(String.init)
            let days = parts.count == 2 ? parts[1].split(separator: "/").compactMap { Day(String($0)) } : []
            guard let result = RemedyTable.Result(rawValue: parts[0]), let filed = days.first,
                (result == .pending) == (days.count == 1), days.count == 1 || days[1] >= filed
            else { throw bad(isSuit ? "suit" : "review", cell) }
            appeals.append(Appealed(isSuit: isSuit, result: result, filed: filed, decided: days.count > 1 ? days[1] : nil))
        }
        self.appeals = appeals
    }

    /// Where the case stands.
    public func state(_ clock: ReplyClock) -> DisclosureRequest.State {
        guard let outcome, closed != nil else {
            return switch clock.state {
            case .awaitingConfirmation: .awaitingConfirmation
            case .awaitingCorrection: .awaitingCorrection
            case .awaitingFee: .awaitingFee
            default: .received
            }
        }
        if outcome == .notCorrected || outcome == .feeNotPaid { return .abandoned }
        return outcome == .other ? .withdrawn : .answered
    }
}
