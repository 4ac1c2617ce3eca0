import Core
import LegalText
import Records
import WorkCalendar

/// A release in a list: plain words, nothing left to work out.
struct ReleaseLine {
    let href, title, number, kind, published, status, statusClass: String

    init(_ release: Release, in language: Language) {
        href = "/\(language.rawValue)/releases/\(release.key)"
        title = release.title
        number = release.documentNumber ?? ""
        kind = release.kind.text.in(language)
        published = (release.writtenOn ?? release.publishedOn).description
        status = Validity.text(of: release.status).in(language)
        statusClass = Validity.tone(of: release.status)
    }
}

/// What is said of a text's validity: the source's claim, or that there is no evidence.
enum Validity {
    static func text(of status: String?) -> Text {
        switch status {
        case nil: Text("无依据", "No evidence of status")
        case "现行有效"?, "有效"?, "in_force"?, "current"?, "effective"?: Text("现行有效", "In force")
        case "已废止"?, "废止"?, "repealed"?: Text("已废止", "Repealed")
        case "失效"?, "已失效"?, "expired"?: Text("已失效", "Expired")
        case "尚未施行"?, "not_yet_effective"?: Text("尚未施行", "Not yet in force")
        case "已修改"?, "已被修改"?, "amended"?: Text("已修改", "Amended")
        case let other?: Text(other, other)
        }
    }

    static func tone(of status: String?) -> String {
        switch text(of: status).en {
        case "In force": "good"
        case "Repealed", "Expired": "bad"
        default: "warn"
        }
    }
}

/// A document as its page shows it.
struct DocumentView {
    let title, indexNumber, topic, issuer, writtenOn, number, published, validity, validityTone: String
    /// The body as HTML, escaped piece by piece.
    let body: String
    let contents: [Heading]
    let hasContents: Bool
    let base, language, hash, newerHref, normHref: String
    let isNorm, isSuperseded, isParted, isSuspended, hasFiles: Bool
    /// Provisions that a review has suspended.
    let suspended: [Mark]
    let files: [FileLine]
    /// The parts of a long text, one of which is this page.
    let parts: [Part]

    struct Heading {
        let href, text: String
    }

    struct Mark {
        let text, reason: String
    }

    struct Part {
        let href, label: String
        let isHere: Bool
    }

    /// - Parameter norm: the work's name in the library, where it holds the text on any day.
    init(
        _ release: Release,
        _ content: Content,
        _ text: TextParts,
        part: Int,
        norm: String? = nil,
        suspended: [SuspendedProvision],
        in language: Language
    ) {
        isSuspended = !suspended.isEmpty
        self.suspended = suspended.map {
            let what = $0.provision.isEmpty ? Text("本文件", "This document") : Text($0.provision, $0.provision)
            let text = Text(
                "\(what.zh)自\($0.since)起停止执行（行政复议法第五十九条）。",
                "\(what.en) is suspended since \($0.since) (Administrative Review Law, art. 59)."
            )
            return Mark(text: text.in(language), reason: $0.reason)
        }
        title = content.title
        indexNumber = content.indexNumber ?? "—"
        topic = content.topic ?? content.kind.text.in(language)
        issuer = content.issuer ?? "—"
        writtenOn = content.writtenOn?.description ?? "—"
        number = content.documentNumber ?? "—"
        published = release.publishedOn.description
        validity = Validity.text(of: release.status).in(language)
        validityTone = Validity.tone(of: release.status)
        let base = "/\(language.rawValue)/releases/\(release.key)"
        body = BodyHTML.write(text.all[part - 1], title: content.title)
        contents = text.headings(from: part, base)
        hasContents = contents.count > 2
        self.base = base
        isParted = text.all.count > 1
        parts = text.all.indices.map { place in
            Part(href: place == 0 ? base : "\(base)/\(place + 1)", label: "\(place + 1)", isHere: place + 1 == part)
        }
        isSuperseded = release.supersededBy != nil
        newerHref = release.supersededBy.map { "/\(language.rawValue)/releases/\($0)" } ?? ""
        self.language = content.language.tag
        normHref = norm.map { "/\(language.rawValue)/norms/\($0)" } ?? ""
        isNorm = norm != nil
        hash = release.content
        files = FileLine.all(content, base)
        hasFiles = !files.isEmpty
    }
}

/// A file that goes with a text, in its list.
struct FileLine {
    let href, name, size, hash: String

    static func all(_ content: Content, _ base: String) -> [FileLine] {
        (content.attachments ?? []).enumerated().map { place, file in
            FileLine(href: "\(base)/attachments/\(place + 1)", name: file.name, size: "\((file.size + 1023) / 1024) KB", hash: file.hash)
        }
    }
}

/// A text's blocks as HTML: each piece is escaped, each article and clause has its address.
enum BodyHTML {
    static func write(_ blocks: [Block], title: String) -> String {
        var html = ""
        for block in blocks where !block.text.isEmpty {
            let anchor = HTML.escape(block.anchor)
            let text = HTML.escape(block.text)
            switch block.kind {
            case .title: html += block.text == title ? "" : "<h2 id=\"\(anchor)\">\(text)</h2>\n"
            case .part, .chapter, .section, .heading: html += "<h2 id=\"\(anchor)\">\(HTML.escape(heading(block)))</h2>\n"
            default:
                let number = HTML.escape(block.number ?? "")
                if !number.isEmpty, text.hasPrefix(number) {
                    html += "<p id=\"\(anchor)\"><a class=\"place\" href=\"#\(anchor)\">\(number)</a>\(text.dropFirst(number.count))</p>\n"
                } else if !number.isEmpty {
                    html += "<p id=\"\(anchor)\"><a class=\"place\" href=\"#\(anchor)\">\(number)</a>\(text)</p>\n"
                } else if block.kind == .signature || block.kind == .date {
                    html += "<p class=\"sign\">\(text)</p>\n"
                } else {
                    html += anchor.isEmpty ? "<p>\(text)</p>\n" : "<p id=\"\(anchor)\">\(text)</p>\n"
                }
            }
        }
        return html
    }

    /// A heading as it is printed: its number belongs to the signed text.
    static func heading(_ block: Block) -> String {
        guard let number = block.number, !number.isEmpty, !block.text.hasPrefix(number) else { return block.text }
        let isLatin = block.text.unicodeScalars.first.map { $0.value < 0x2000 } ?? false
        return number + (isLatin || number.hasPrefix("第") ? " " : "") + block.text
    }

    static func isHeading(_ block: Block) -> Bool {
        switch block.kind {
        case .part, .chapter, .section, .heading: true
        default: false
        }
    }
}
