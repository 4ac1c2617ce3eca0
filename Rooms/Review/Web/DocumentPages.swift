import Core
import Extract
import Hummingbird
import LegalText
import MerkleLog
import Records
import WorkCalendar

/// The desk's pages on which a document is taken in, corrected and submitted.
struct DocumentPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/documents/new") { request, visit in
                _ = try visit.actor
                return try newPage(request, visit, fault: nil, text: "")
            }
            pages.post("office/documents/new", use: read)
            pages.post("office/documents", use: add)
            pages.get("office/documents/:key", use: show)
            pages.post("office/documents/:key", use: revise)
            pages.post("office/documents/:key/submit", use: submit)
        }
    }

    private func newPage(_ request: Request, _ visit: Visit, fault: Text?, text: String) throws -> Response {
        struct View {
            let text, fault: String
            let hasFault: Bool
        }
        let it = View(text: text, fault: fault?.in(visit.language) ?? "", hasFault: fault != nil)
        let title = Text("新建文件", "New document").in(visit.language)
        return try house.desk(
            "newdocument",
            it,
            title: title,
            words: .documents,
            request,
            visit,
            status: fault == nil ? .ok : .unprocessableContent
        )
    }

    /// Reads a pasted or uploaded text, and offers what was read for correction. Nothing is stored yet.
    @Sendable private func read(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        let pasted = visit.form.fields["text"]?.first ?? ""
        var text = pasted
        var beyond: [Piece] = []
        if let file = visit.form.files["file"] {
            guard pasted.allSatisfy(\.isWhitespace) else {
                let both = Text("请只用一种方式：粘贴正文，或者上传文件。", "Use one way only: paste the text, or upload a file.")
                return try newPage(request, visit, fault: both, text: pasted)
            }
            do { text = try await Extract.text(from: file.bytes).text } catch let refused as Extract.Refused {
                return try newPage(request, visit, fault: Text(refused.zh, refused.en), text: pasted)
            }
            let parts: [Part]
            do { parts = try await Upload.parts(of: file) } catch let refusal as Refusal {
                return try newPage(request, visit, fault: refusal.text, text: pasted)
            }
            // What is hidden in the file counts as much as what it shows.
            try await house.incidents.refuseMarked([file.name] + parts.map(\.text), unit: actor.unit, by: actor)
            beyond = Upload.pieces(parts, of: file.name).filter { !$0.isShown }
        }
        guard !text.allSatisfy(\.isWhitespace) else {
            return try newPage(request, visit, fault: Text("请粘贴正文或者上传文件。", "Paste the text, or upload a file."), text: pasted)
        }
        try await house.incidents.refuseMarked([text], unit: actor.unit, by: actor)
        let read = DocumentText.read(text)
        var fields = Document.Fields(unit: actor.unit)
        fields.language = read.language == .zh ? .zh : .en
        fields.title = read.title?.value ?? ""
        fields.documentNumber = read.documentNumber?.value.normalised
        fields.issuer = read.issuer?.value
        if case .day(let day)? = read.written?.value { fields.writtenOn = day }
        fields.body = read.withoutFurniture(text)
        let same = try await house.documents.same(as: fields)
        var hints: [DocumentForm.Hint] = []
        func hint(_ field: String, _ line: Int?) {
            guard let line else { return }
            hints.append(.init(field: field, line: line))
        }
        hint("title", read.title?.line)
        hint("documentNumber", read.documentNumber?.line)
        hint("issuer", read.issuer?.line)
        hint("writtenOn", read.written?.line)
        let left = read.furniture.map { "\($0.lines.lowerBound)–\($0.lines.upperBound)" }.joined(separator: ", ")
        return try page(fields, .init(same: same, hints: hints, left: left, beyond: beyond), request, visit)
    }

    private func fields(_ visit: Visit) throws -> Document.Fields {
        let form = visit.form
        var fields = Document.Fields(unit: try visit.actor.unit)
        fields.language = Language(rawValue: form.text("language")) ?? .zh
        fields.kind = Content.Kind(rawValue: form.text("kind")) ?? .notice
        fields.title = form.text("title")
        fields.documentNumber = form.filled("documentNumber").map { DocumentNumber($0)?.normalised ?? $0 }
        fields.indexNumber = form.filled("indexNumber")
        fields.issuer = form.filled("issuer")
        fields.topic = form.filled("topic")
        fields.body = form.fields["body"]?.first ?? ""
        fields.writtenOn = try form.day("writtenOn")
        return fields
    }

    @Sendable private func add(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        do {
            let document = try await house.documents.add(try fields(visit), another: visit.form.text("another") == "yes", by: actor)
            return .redirect(to: "/\(visit.language.rawValue)/office/documents/\(document.key)", type: .normal)
        } catch Refusal.invalidForm(let faults) {
            return try await shown(again: faults, document: nil, request, visit)
        }
    }

    @Sendable private func show(_ request: Request, _ visit: Visit) async throws -> Response {
        let document = try await opened(visit)
        try await house.audit.write(.see, on: "document/\(document.key)", by: try visit.actor)
        return try page(document.fields, try await state(of: document), request, visit)
    }

    /// The document at the address, where this person may open it.
    private func opened(_ visit: Visit) async throws -> Document {
        let actor = try visit.actor
        let document = try await house.documents.document(try visit.parameters.require("key"))
        try actor.open(unit: document.unit)
        return document
    }

    private func state(of document: Document) async throws -> DocumentForm.State {
        let review = try await house.reviews.newest(of: document.key)
        var steps = try await house.documents.steps(of: document.key)
        if let review { steps += try await house.reviews.review(review.key).steps }
        return .init(document: document, review: review, steps: steps)
    }

    /// Saves a change; where somebody else saved first, the person is told and nothing typed is lost.
    @Sendable private func revise(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        let document = try await opened(visit)
        let key = document.key
        do {
            guard let version = Int(visit.form.filled("sameVersion") ?? visit.form.text("version")) else { throw Refusal.stale }
            _ = try await house.reviews.revise(key, version: version, try fields(visit), by: actor)
            return .redirect(to: "/\(visit.language.rawValue)/office/documents/\(key)", type: .normal)
        } catch Refusal.invalidForm(let faults) {
            return try await shown(again: faults, document: document, request, visit)
        } catch Refusal.stale {
            return try await shown(again: ["stale": Refusal.stale.text], document: document, request, visit)
        }
    }

    private func shown(again faults: [String: Text], document: Document?, _ request: Request, _ visit: Visit) async throws -> Response {
        var visit = visit
        let day = visit.form.fields["writtenOn"]?.first ?? ""
        visit.form.fields["writtenOn"] = nil
        let typed = try fields(visit)
        visit.form.fields["writtenOn"] = [day]
        var state = DocumentForm.State()
        if let document { state = try await self.state(of: document) }
        if faults["same"] != nil { state.same = try await house.documents.same(as: typed) }
        state.faults = faults
        return try page(typed, state, request, visit)
    }

    @Sendable private func submit(_ request: Request, _ visit: Visit) async throws -> Response {
        let review = try await house.reviews.submit(try visit.parameters.require("key"), by: try visit.actor)
        return .redirect(to: "/\(visit.language.rawValue)/office/reviews/\(review.key)", type: .normal)
    }

    private func page(
        _ fields: Document.Fields,
        _ state: DocumentForm.State,
        _ request: Request,
        _ visit: Visit
    ) throws -> Response {
        let it = DocumentForm(fields, state, visit: visit)
        return try house.desk(
            "draft",
            it,
            title: fields.title.isEmpty ? Text("新建文件", "New document").in(visit.language) : fields.title,
            words: .documents,
            request,
            visit,
            status: it.isStale ? .conflict : state.faults.isEmpty ? .ok : .unprocessableContent
        )
    }
}
