import Core
import Records
import WorkCalendar

/// A request as its applicant sees it: in plain words, with the day the answer is due and why.
struct OwnView {
    let number, subject, state, due, word, base, letterNumber, letter, remedy, asked, typed, fault: String
    let hasDue, isProvisional, hasLetter, thanks, isAsked, maySuggest, mayCorrect, hasCorrections, hasFiles, hasFault: Bool
    let tray: FileTrayView
    let files: [EnclosureLine]
    let replyFiles: [ReplyFileLine]
    let hasReplyFiles: Bool
    let corrections: [Cited]
    let why: [Cited]
    let scale: [Choice]

    init(
        _ entry: DisclosureRequests.Entry,
        word: String,
        letter: DisclosureRequests.Letter?,
        corrections: [DisclosureRequests.Correction],
        files: [Enclosure],
        replyFiles: [DisclosureRequests.ReplyFile],
        tray: FileTrayView,
        typed: String,
        fault: Refusal?,
        thanks: Bool,
        in language: Language
    ) {
        let (request, clock) = (entry.request, entry.clock)
        (number, subject, self.word, self.thanks) = (request.number, request.subject, word, thanks)
        state = request.state.plain.in(language)
        (self.tray, self.typed, self.fault, hasFault) = (tray, typed, fault?.text.in(language) ?? "", fault != nil)
        maySuggest = request.outcome.map { [.disclosed, .partial].contains($0.group) } ?? false
        self.replyFiles = request.state == .answered ? replyFiles.map { ReplyFileLine($0, base: "", in: language) } : []
        hasReplyFiles = !self.replyFiles.isEmpty
        mayCorrect = request.state == .awaitingCorrection
        self.files = files.map { EnclosureLine($0, base: "", in: language) }
        self.corrections = corrections.map { Cited(day: $0.at.beijingMinute, text: $0.body, article: "") }
        (hasFiles, hasCorrections) = (!files.isEmpty, !corrections.isEmpty)
        base = "/\(language.rawValue)/requests"
        due = request.state.isOpen ? clock.due?.description ?? "" : ""
        (hasDue, isProvisional) = (!due.isEmpty, clock.isProvisional && !due.isEmpty)
        why = clock.why.map {
            .init(
                day: $0.date?.description ?? "",
                text: language == .zh ? $0.zh : $0.en,
                article: language == .zh ? $0.article : $0.articleEn
            )
        }
        (hasLetter, letterNumber, self.letter) = (letter != nil, letter?.number ?? "", letter?.body ?? "")
        asked = clock.limits.last.map { (language == .zh ? $0.zh : $0.en) + " · \($0.due)" } ?? ""
        isAsked = [.awaitingCorrection, .awaitingFee].contains(request.state)
        remedy =
            request.outcome.flatMap { outcome in
                request.closedOn.map { Remedy.text(for: outcome, on: $0, reviewer: Agency.name).text.in(language) }
            } ?? ""
        let words = [Text("很不满意", "Very poor"), Text("不满意", "Poor"), Text("一般", "Fair"), Text("满意", "Good"), Text("很满意", "Very good")]
        scale = words.enumerated().map { .init(value: "\($0 + 1)", label: $1.in(language), selected: $0 == 3) }
    }
}
