import Core
import Foundation
import Records
import WorkCalendar

// The columns are the point.
// swift-format-ignore
extension NormStatus {
    var text: Text {
        switch self {
        case .notYetInForce: Text("尚未施行", "Not yet in force")
        case .inForce:       Text("现行有效", "In force")
        case .amended:       Text("已修改",   "Amended")
        case .expired:       Text("已失效",   "Expired")
        case .repealed:      Text("已废止",   "Repealed")
        case .noEvidence:    Text("无依据",   "No evidence of status")
        }
    }

    var tone: String {
        switch self {
        case .inForce:                        "good"
        case .repealed, .expired:             "bad"
        case .notYetInForce, .amended, .noEvidence: "warn"
        }
    }
}

// The columns are the point.
// swift-format-ignore
extension NormEvent.Kind {
    var text: Text {
        switch self {
        case .adopt:          Text("通过",       "Adopted")
        case .promulgate:     Text("公布",       "Promulgated")
        case .commence:       Text("施行",       "Takes effect")
        case .commencePartly: Text("部分施行",   "Takes effect in part")
        case .amend:          Text("修改",       "Amended")
        case .repealOlder:    Text("旧文本废止", "Older text repealed")
        case .repealPartly:   Text("部分废止",   "Repealed in part")
        case .suspend:        Text("中止执行",   "Suspended")
        case .override:       Text("优先适用",   "Overridden")
        case .expire:         Text("期满失效",   "Expires")
        case .repeal:         Text("废止",       "Repealed")
        case .attest:         Text("来源注明",   "Its source says")
        }
    }
}

/// A sentence that proves something, as pages show it.
struct ProofLine {
    let day, document, article, sentence, href: String
    let hasHref: Bool

    init(_ evidence: NormEvent.Evidence, linked: Set<String>, in language: Language) {
        day = evidence.date?.description ?? "—"
        (document, article) = (evidence.document, evidence.article ?? "")
        sentence = evidence.sentence.replacing("\n", with: " ")
        let known = evidence.id.flatMap { linked.contains($0) ? $0 : nil }
        href = known.map { "/\(language.rawValue)/norms/\($0)" } ?? ""
        hasHref = known != nil
    }
}

/// What must be said above a text: that it is not today's, that it ended, that another one comes.
struct NormBanner {
    let tone, text, href, link: String
    let hasLink: Bool

    init(_ tone: String, _ text: Text, _ href: String? = nil, _ link: Text? = nil, in language: Language) {
        (self.tone, self.text) = (tone, text.in(language))
        (self.href, self.link) = (href ?? "", link?.in(language) ?? "")
        hasLink = href != nil
    }

    /// - Parameters:
    ///   - force: how the work stands on the day asked; `texts` are all of its texts, `shown` the one on the page.
    static func all(
        _ base: String,
        at day: Day,
        today: Day,
        force: Library.Force?,
        texts: [Library.Text],
        shown: Library.Text?,
        in language: Language
    ) -> [NormBanner] {
        var banners: [NormBanner] = []
        let now = texts.last { $0.fromDay <= today && $0.effective != nil } ?? texts.first
        if day != today {
            let isOther = shown?.version != now?.version
            let text =
                isOther
                ? Text("这是\(day)的文本，不是今天有效的文本。", "This is the text as of \(day). It is not the text in force today.")
                : Text("这是\(day)的效力状态；今天的文本相同。", "This is how it stood on \(day). Today's text is the same.")
            banners.append(.init(isOther ? "warning" : "", text, base, Text("查看今天的文本", "See today's text"), in: language))
        }
        switch force?.status {
        case .repealed?, .expired?, .amended?, .notYetInForce?, .noEvidence?:
            let status = force?.status ?? .noEvidence
            let from = force.flatMap { $0.sinceDay > NormSpan.firstDay ? $0.sinceDay.description : nil }
            let since = from.map { Text("（自\($0)起）", " from \($0)") } ?? Text("", "")
            let text: Text =
                switch status {
                case .repealed: Text("本件已废止\(since.zh)。原文仅供查阅。", "Repealed\(since.en). The text is kept for reference.")
                case .expired: Text("本件已失效\(since.zh)。原文仅供查阅。", "Expired\(since.en). The text is kept for reference.")
                case .notYetInForce: Text("本件在\(day)尚未施行。", "Not yet in force on \(day).")
                case .amended: Text("本件已有修改，未收录新文本。", "It was amended; the newer text is not held.")
                default: Text("没有依据可以证明本件在\(day)的效力。", "Nothing proves how it stood on \(day).")
                }
            let proof = "\(base)/history\(day == today ? "" : "?at=\(day)")"
            banners.append(.init("warning", text, proof, Text("查看依据", "See the proof"), in: language))
        case .inForce?, nil: break
        }
        if let shown, shown.effective == nil {
            let text = Text(
                "本文本何时施行没有依据；这是截至\(day)最后公布的文本。",
                "Nothing tells when this text took effect; it is the last one promulgated by \(day)."
            )
            banners.append(.init("warning", text, in: language))
        }
        if shown == nil, !texts.isEmpty {
            banners.append(.init("warning", Text("未收录\(day)有效的文本。", "The text in force on \(day) is not held."), in: language))
        }
        if let coming = texts.first(where: { $0.fromDay > today && $0.fromDay > day && $0.effective != nil }) {
            banners.append(
                .init(
                    "",
                    Text(
                        "现行文本施行至\(coming.fromDay.adding(-1))；新文本自\(coming.fromDay)起施行。",
                        "The present text is in force until \(coming.fromDay.adding(-1)); a new text takes effect on \(coming.fromDay)."
                    ),
                    "\(base)?at=\(coming.fromDay)",
                    Text("查看新文本", "See the new text"),
                    in: language
                )
            )
        }
        return banners
    }
}

/// All spans of a work as a bar of links: each leads to its text and status.
struct SpanBar {
    let width = 720
    let spans: [Span]
    let years: [Tick]
    let hasSpans: Bool
    let markX: Int

    struct Span {
        let x, width: Int
        let tone, href, title, label: String
    }

    struct Tick {
        let x: Int
        let label: String
    }

    init(_ forces: [Library.Force], _ base: String, at day: Day, today: Day, in language: Language) {
        let begun = forces.merged.drop { $0.status == .notYetInForce }
        let first = begun.first?.sinceDay ?? today
        let start = max(first, NormSpan.firstDay).adding(-200)
        let last = max(today, forces.last?.sinceDay ?? today, day).adding(400)
        let length = Double(max(1, last.ordinal - start.ordinal))
        func x(_ day: Day) -> Int { Int(max(0, min(1, Double(day.ordinal - start.ordinal) / length)) * 720) }
        spans = begun.map { force in
            let (from, until) = (x(force.sinceDay), x(force.untilDay))
            let status = force.status.text.in(language)
            let end = force.untilDay == NormSpan.never ? "" : force.untilDay.adding(-1).description
            return Span(
                x: from,
                width: max(2, until - from - 1),
                tone: force.status.tone,
                href: "\(base)?at=\(force.sinceDay)",
                title: "\(force.sinceDay) – \(end)：\(status)",
                label: "\(force.sinceDay) \(status)"
            )
        }
        let step = max(1, Int(length / 365 / 8))
        years = stride(from: start.year + 1, through: last.year, by: step).filter { x(Day($0, 1, 1)) < 690 }.map {
            Tick(x: x(Day($0, 1, 1)), label: "\($0)")
        }
        hasSpans = !begun.isEmpty
        markX = x(day)
    }
}
