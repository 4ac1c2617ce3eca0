import Core
import Records
import Scan

/// The page of redactions as its template reads it.
struct RedactionView {
    let title, back, action, fault, before, after: String
    let hasFault, mayRedact, hasText, hasFiles: Bool
    let places: [Place]
    let files: [FileView]

    struct Place {
        let printed, spot, reason, ground: String
    }

    struct Pick {
        let id, printed, kind, spot: String
        let isPicked: Bool
    }

    struct FileView {
        let number: Int
        let name, href, action, more, areas, reason, before, after, madeHref, how: String
        let picks: [Pick]
        let grounds: [Choice]
        let isMade, hasPicks, isRedacted: Bool
    }

    init(
        _ review: Review,
        _ document: Document,
        findings: [Reviews.Found],
        held: [Documents.Held],
        proposals: [Reviews.Proposal],
        mayRedact: Bool,
        fault: Refusal?,
        typed: Form,
        in language: Language
    ) throws {
        let base = "/\(language.rawValue)/office/reviews/\(review.key)"
        (title, back, action) = (document.title, base, "\(base)/redact")
        (self.fault, hasFault, self.mayRedact) = (fault?.text.in(language) ?? "", fault != nil, mayRedact)
        let own = findings.filter { found in
            found.place == nil && found.decided?.decision == .redact && found.finding.range.upperBound <= document.body.utf8.count
        }
        places = own.map { found in
            Place(
                printed: found.finding.printed,
                spot: Text("第\(found.finding.line)行", "line \(found.finding.line)").in(language),
                reason: found.decided?.reason ?? "",
                ground: (found.decided?.ground ?? .privacy).law.citation.in(language)
            )
        }
        hasText = !own.isEmpty
        before = own.isEmpty ? "" : document.body
        after = own.isEmpty ? "" : Blackening.apply(own.map { ($0.finding.range, $0.decided?.ground ?? .privacy) }, to: document.body)
        let picked = Set(typed.fields["pick"] ?? [])
        files = try held.map { held in
            let made = proposals.first { $0.number == held.number }
            var seen: Set<String> = []
            let mine = findings.filter { $0.attachment == held.number && seen.insert($0.finding.printed).inserted }
            let chosen = typed.text("ground")
            return FileView(
                number: held.number,
                name: held.attachment.name,
                href: "/\(language.rawValue)/office/documents/\(document.key)/attachments/\(held.number)",
                action: "\(base)/redact/\(held.number)",
                more: typed.fields["more"]?.first ?? "",
                areas: typed.fields["areas"]?.first ?? "",
                reason: typed.text("reason"),
                before: held.pieces.recovered,
                after: try made?.read().recovered ?? "",
                madeHref: "\(base)/redact/\(held.number)/made",
                how: made?.how ?? "",
                picks: mine.enumerated().map { place, found in
                    Pick(
                        id: "pick-\(held.number)-\(place)",
                        printed: found.finding.printed,
                        kind: Text(found.finding.rule.zh, found.finding.rule.en).in(language),
                        spot: found.place ?? "",
                        isPicked: picked.isEmpty ? found.decided?.decision == .redact : picked.contains(found.finding.printed)
                    )
                },
                grounds: Ground.allCases.map { ground in
                    let label = "\(ground.text.in(language)) · \(ground.law.citation.in(language))"
                    return Choice(value: ground.rawValue, label: label, selected: ground.rawValue == chosen)
                },
                isMade: made != nil,
                hasPicks: !mine.isEmpty,
                isRedacted: held.original != nil
            )
        }
        hasFiles = !held.isEmpty
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let redaction: Words = [
        "redact":    Text("遮盖",           "Redact"),
        "back":      Text("返回审查",       "Back to the review"),
        "notNow":    Text("现在不能遮盖：由保密审核人在保密审核环节办理。", "Not now: the confidentiality reviewer redacts while the review is theirs."),
        "hint":      Text("遮盖会改变内容哈希：已有的签字作废，由承办人重新送审。原件留在系统内，不对外提供。", "Redacting changes the content hash: what was signed is void, and the drafter submits anew. The original stays inside."),
        "text":      Text("正文",           "The text"),
        "noText":    Text("正文没有决定删改的结果。在审查页选择“须删改”后，在此遮盖。", "No finding in the text was decided to be redacted. Choose “To be redacted” on the review's page first."),
        "before":    Text("遮盖前",         "Before"),
        "after":     Text("遮盖后",         "After"),
        "blackOut":  Text("遮盖正文",       "Black out the text"),
        "fixed":     Text("每处固定五个▇，看不出字数", "Five ▇ for each place, so that nobody can count the letters"),
        "files":     Text("附件",           "Attachments"),
        "pick":      Text("扫描结果",       "Findings"),
        "more":      Text("另外要遮盖的文字", "Further texts to withhold"),
        "moreHint":  Text("每行一处；可以在竖线后写明依据，如 甲公司 | 商业秘密", "A line each; the ground may stand behind a stroke, as in 甲公司 | Trade secret"),
        "areas":     Text("另外要遮盖的区域（PDF、图片）", "Further areas to withhold (PDF, pictures)"),
        "areasHint": Text("每行五个数：页 左 上 宽 高，单位为磅（图片为像素），从左上角起。", "Five numbers a line: page, left, top, width, height, in points (for a picture in pixels) from the top left."),
        "reason":    Text("理由",           "Reason"),
        "ground":    Text("依据",           "Ground"),
        "make":      Text("制作可公开版本", "Build the rendition"),
        "made":      Text("已制作并验证，等待采用", "Built and proved; it waits to be taken"),
        "see":       Text("查看制成的文件", "See the file that was built"),
        "adopt":     Text("采用",           "Take it"),
        "redacted":  Text("已遮盖",         "Redacted"),
    ]
}
