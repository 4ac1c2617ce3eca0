import Core
import Extract
import HTTPTypes
import Hummingbird
import Records

/// The desk's page that tells from a text that came back whose copy it was.
struct WatermarkPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/watermarks") { request, visit in
                _ = try visit.actor
                return try page(request, visit, sources: nil, fault: nil)
            }
            pages.post("office/watermarks", use: look)
        }
    }

    private struct View {
        let back, text, fault: String
        let hasFault, isEmpty, hasSources: Bool
        let sources: [Line]

        struct Line {
            let title, href, name, agreement: String
            let number: Int
        }
    }

    private func page(_ request: Request, _ visit: Visit, sources: [LimitedReleases.Source]?, fault: Text?) throws -> Response {
        let language = visit.language
        let base = "/\(language.rawValue)/office/limited"
        let it = View(
            back: base,
            text: visit.form.fields["text"]?.first ?? "",
            fault: fault?.in(language) ?? "",
            hasFault: fault != nil,
            isEmpty: sources?.isEmpty ?? false,
            hasSources: !(sources ?? []).isEmpty,
            sources: (sources ?? []).map { source in
                View.Line(
                    title: source.release.title,
                    href: "\(base)/\(source.release.key)",
                    name: source.recipient.name,
                    agreement: "\(source.agreement)/64",
                    number: source.recipient.number
                )
            }
        )
        let title = Text("查验水印", "Read a watermark").in(language)
        let status: HTTPResponse.Status = fault == nil ? .ok : .unprocessableContent
        return try house.desk("watermark", it, title: title, words: .limited, request, visit, status: status)
    }

    @Sendable private func look(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        var text = visit.form.fields["text"]?.first ?? ""
        if let file = visit.form.files["file"] {
            do { text += try await Extract.text(from: file.bytes).text } catch let refused as Extract.Refused {
                return try page(request, visit, sources: nil, fault: Text(refused.zh, refused.en))
            }
        }
        guard !text.isEmpty else {
            let both = Text("请粘贴文字或者上传文件。", "Paste the text, or upload a file.")
            return try page(request, visit, sources: nil, fault: both)
        }
        return try page(request, visit, sources: try await house.limited.sources(of: text, by: actor), fault: nil)
    }
}
