import Core
import MerkleLog
import Records
import WorkCalendar

/// A document's form as its page shows it: what was read or typed, what is wrong, where the matter stands.
struct DocumentForm {
    let title, documentNumber, indexNumber, issuer, topic, writtenOn, body, version, action, faultText, staleText, sameHref,
        sameTitle: String
    let titleFault, bodyFault, dayFault, sameFault, left, state, submitAction, reviewHref, sameVersion, sameAction: String
    let titleHint, numberHint, issuerHint, dayHint: String
    let hasTitleFault, hasBodyFault, hasDayFault, hasSameFault, hasFaults, isStale, isNew, hasSame, hasHints, hasLeft,
        hasReview, maySubmit,
        hasSteps: Bool
    let kinds, languages: [Choice]
    let steps: [StepLine]
    let attachments: Int
    let beyond: [Beyond]
    let hasBeyond, mayRelease: Bool

    struct Beyond {
        let place, text: String
    }

    /// Where a field was read from.
    struct Hint {
        let field: String
        let line: Int
    }

    /// What the page knows besides the fields: the stored document and its review, or what was read and found beside it.
    struct State {
        var document: Document?
        var review: Review?
        var steps: [StepLog.Entry] = []
        var same: Document?
        var hints: [Hint] = []
        var left = ""
        /// What the uploaded file holds besides the text that is shown.
        var beyond: [Piece] = []
        var faults: [String: Text] = [:]
    }

    init(_ fields: Document.Fields, _ known: State, visit: Visit) {
        let (document, review, same, faults) = (known.document, known.review, known.same, known.faults)
        let language = visit.language
        let office = "/\(language.rawValue)/office"
        (title, body) = (fields.title, fields.body)
        (documentNumber, indexNumber) = (fields.documentNumber ?? "", fields.indexNumber ?? "")
        (issuer, topic) = (fields.issuer ?? "", fields.topic ?? "")
        writtenOn = fields.writtenOn?.description ?? visit.form.text("writtenOn")
        version = document.map { "\($0.version)" } ?? ""
        isNew = document == nil
        action = document.map { "\(office)/documents/\($0.key)" } ?? "\(office)/documents"
        func fault(_ name: String) -> String { faults[name]?.in(language) ?? "" }
        func hint(_ field: String) -> String {
            known.hints.first { $0.field == field }.map { Text("读自第\($0.line)行", "read from line \($0.line)").in(language) } ?? ""
        }
        (titleHint, numberHint) = (hint("title"), hint("documentNumber"))
        (issuerHint, dayHint) = (hint("issuer"), hint("writtenOn"))
        sameFault = fault("same")
        hasSameFault = !sameFault.isEmpty
        sameVersion = same.map { "\($0.version)" } ?? ""
        sameAction = same.map { "\(office)/documents/\($0.key)" } ?? ""
        (titleFault, bodyFault, dayFault) = (fault("title"), fault("body"), fault("writtenOn"))
        (hasTitleFault, hasBodyFault, hasDayFault) = (!titleFault.isEmpty, !bodyFault.isEmpty, !dayFault.isEmpty)
        staleText = fault("stale")
        isStale = !staleText.isEmpty
        hasFaults = !faults.isEmpty && !isStale && sameFault.isEmpty
        faultText = Refusal.invalidForm([:]).text.in(language)
        hasSame = same != nil
        sameHref = same.map { "\(office)/documents/\($0.key)" } ?? ""
        sameTitle = same.map { "\($0.title) (v\($0.version))" } ?? ""
        (left, hasHints, hasLeft) = (known.left, !known.hints.isEmpty, !known.left.isEmpty)
        let draft = Text("草稿：待承办人送审", "Draft: the drafter submits it")
        let isChanged = review.map { $0.state == .released && $0.hash != document?.content.hash.hex } ?? false
        state = (document != nil && review != nil && !isChanged ? review?.state.text : draft)?.in(language) ?? ""
        hasReview = review != nil
        reviewHref = review.map { "\(office)/reviews/\($0.key)" } ?? ""
        submitAction = document.map { "\(office)/documents/\($0.key)/submit" } ?? ""
        attachments = document?.attachments.count ?? 0
        beyond = known.beyond.prefix(30).map { Beyond(place: $0.place, text: String($0.text.prefix(120))) }
        hasBeyond = !known.beyond.isEmpty
        let roles = visit.session?.actor.roles ?? []
        mayRelease = document != nil && roles.contains(.leader)
        maySubmit =
            document != nil && roles.contains(.drafter) && (review.map { [.returned, .void].contains($0.state) } ?? true || isChanged)
        steps = known.steps.map { StepLine($0, in: language) }
        hasSteps = !steps.isEmpty
        kinds = Content.Kind.allCases.map { .init(value: $0.rawValue, label: $0.text.in(language), selected: $0 == fields.kind) }
        languages = [
            .init(value: "zh", label: "中文", selected: fields.language == .zh),
            .init(value: "en", label: "English", selected: fields.language == .en),
        ]
    }
}

// The columns are the point.
// swift-format-ignore
extension Words {
    static let documents: Words = [
        "newDocument": Text("新建文件",   "New document"),
        "paste":     Text("粘贴正文",     "Paste the text"),
        "pasteHint": Text("网页上的导航、版权等页面杂项会被识别并略去。", "Furniture of a web page, such as navigation and copyright lines, is recognised and left out."),
        "upload":    Text("或者上传文件", "Or upload a file"),
        "uploadHint": Text("文本、HTML、DOCX、ODT或者PDF，至多20 MB。", "Text, HTML, DOCX, ODT or PDF, at most 20 MB."),
        "read":      Text("读取",         "Read it"),
        "check":     Text("请核对读出的要素，有误的直接改正，然后保存。", "Check what was read, correct what is wrong, then save."),
        "leftOut":   Text("已略去的页面杂项（行）：", "Left out as page furniture (lines): "),
        "same":      Text("这份文件已经有了：", "This document is here already: "),
        "sameHint":  Text("请把下面的内容作为它的新版本保存，不要重复建立。", "Save what stands below as a new version of it; do not make it twice."),
        "title":     Text("标题",         "Title"),
        "documentNumber": Text("发文字号", "Document number"),
        "numberHint": Text("形如 国知办函办字〔2022〕495号", "Such as 国知办函办字〔2022〕495号"),
        "indexNumber": Text("索引号",     "Index number"),
        "issuer":    Text("发文机关",     "Issuer"),
        "topic":     Text("主题分类",     "Topic"),
        "writtenOn": Text("成文日期",     "Date written"),
        "dayHint":   Text("形如 2022-05-26", "Such as 2022-05-26"),
        "kind":      Text("类别",         "Type"),
        "language":  Text("语言",         "Language"),
        "body":      Text("正文",         "Text"),
        "save":      Text("保存",         "Save"),
        "effects":   Text("发布后的影响", "What it would do to others"),
        "asVersion": Text("作为它的新版本保存", "Save as a new version of it"),
        "another":   Text("确是另一份文件", "This is another document"),
        "submit":    Text("送审",         "Submit for review"),
        "toReview":  Text("查看审查",     "See the review"),
        "urgent":    Text("紧急公开",     "Release in an emergency"),
        "attachments": Text("附件",       "Attachments"),
        "beyond":    Text("上传的文件里还有打开时看不到的内容（批注、修订、隐藏内容、属性、内嵌文件）。它们没有读入正文，但原文件不得原样外发：", "The uploaded file holds more than is seen on opening it: comments, tracked changes, hidden content, properties, embedded files. None of it was read into the text, but the file itself must not go out as it is:"),
        "makeLedger": Text("建立工作台账", "Make the ledger from it"),
        "trail":     Text("办理经过",     "What has been done"),
    ]
}
