import Core
import Foundation
import HTTPTypes
import Hummingbird
import Mosaic
import NIOCore
import Records
import WorkCalendar

/// The desk's pages of requests: the board, the register, and one request with its clock and its next steps.
struct RequestPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.get("office/requests", use: board)
            pages.get("office/requests/new") { request, visit in try await registerForm(request, visit, fault: nil) }
            pages.post("office/requests", use: register)
            pages.get("office/requests.csv", use: csv)
            pages.get("office/requests.ics", use: ics)
            pages.get("office/requests/:number") { request, visit in try await page(request, visit, fault: nil) }
            pages.get("office/requests/:number/letter", use: letter)
            pages.get("office/requests/:number/files/:file", use: file)
            pages.post("office/requests/:number/transfer", use: transfer)
            pages.post("office/requests/:number/party", use: party)
            pages.post("office/requests/:number/search", use: search)
            pages.post("office/requests/:number/split", use: split)
            pages.post("office/requests/:number/merge", use: merge)
            pages.post("office/requests/:number/deliver", use: deliver)
            pages.post("office/requests/:number/correctDay", use: correct)
            pages.post("office/requests/:number/:step", use: take)
        }
    }

    private func filter(_ request: Request, for actor: Actor) -> DisclosureRequests.Filter {
        var filter = DisclosureRequests.Filter()
        let words = request.uri.queryParameters["q"].map { String($0).replacing("+", with: " ") } ?? ""
        if !words.isEmpty {
            filter.text = String(words.prefix(100))
            filter.states = DisclosureRequest.State.allCases
        }
        if actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead, .leader, .administrator]) { filter.unit = actor.unit }
        return filter
    }

    @Sendable private func board(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        let filter = filter(request, for: actor)
        let today = house.world.now().beijingDay
        let last = house.calendar.provisionalDue(after: today, workingDays: 20).due
        let it = RequestBoard(
            try await house.requests.requests(filter),
            counts: try await house.requests.counts(on: today),
            forecast: try await house.requests.forecast(from: today, through: last),
            today: today,
            calendar: house.calendar,
            question: filter.text ?? "",
            mayRegister: actor.roles.contains(.disclosureOfficer),
            in: visit.language
        )
        return try house.desk("requestboard", it, title: Text("依申请公开", "Requests").in(visit.language), words: .requests, request, visit)
    }

    private func registerForm(_ request: Request, _ visit: Visit, fault: Refusal?) async throws -> Response {
        _ = try visit.actor
        let typed = fault == nil ? nil : visit.form
        let faults = fault?.faults ?? [:]
        let it = FilingView(
            FilingPages.fields(typed, faults, channels: Channel.allCases, in: visit.language),
            try await FileTray(house: house).view(typed, FileTray.filing, faults: faults, in: visit.language),
            to: "/\(visit.language.rawValue)/office/requests",
            fault: fault,
            in: visit.language
        )
        let title = Text("登记申请", "Register a request").in(visit.language)
        return try house.desk("register", it, title: title, words: .requests, request, visit, status: fault?.status ?? .ok)
    }

    @Sendable private func register(_ request: Request, _ came: Visit) async throws -> Response {
        var visit = came
        do {
            let faults = try await FileTray(house: house).take(&visit.form, FileTray.filing, by: try visit.actor)
            guard faults.isEmpty else { throw Refusal.invalidForm(faults) }
            guard let channel = Channel(rawValue: visit.form.text("channel")) else {
                throw Refusal.invalid("channel", "请选择提交方式。", "Choose how it came in.")
            }
            let receipt = try await house.requests.file(
                FilingPages.filing(visit.form, channel: channel),
                arrived: try visit.form.day("arrived"),
                basket: visit.form.filled("basket"),
                calendar: house.calendar,
                by: try visit.actor
            )
            return .redirect(to: "/\(visit.language.rawValue)/office/requests/\(receipt.number)", type: .normal)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await registerForm(request, visit, fault: refusal) }
    }

    /// A request that this person may open.
    private func opened(_ visit: Visit) async throws -> DisclosureRequests.Entry {
        let actor = try visit.actor
        let entry = try await house.requests.entry(try visit.parameters.require("number"), calendar: house.calendar)
        if actor.roles.isDisjoint(with: [.disclosureOfficer, .officeHead, .leader]) { try actor.open(unit: entry.request.unit ?? "") }
        return entry
    }

    private func page(_ request: Request, _ visit: Visit, fault: Refusal?, party: DisclosureRequests.Party? = nil) async throws -> Response
    {
        let actor = try visit.actor
        let entry = try await opened(visit)
        let number = entry.request.number
        if request.method == .get { try await house.audit.write(.see, on: "request/\(number)", by: actor) }
        let template = request.uri.queryParameters["outcome"].flatMap { Outcome(rawValue: String($0)) }
        let it = RequestView(
            entry,
            draft: try await house.requests.draft(number),
            letter: try await house.requests.letter(number),
            searches: try await house.requests.searches(of: number),
            alike: entry.request.state.isOpen ? try await house.requests.alike(entry.request) : [],
            steps: try await house.requests.steps(of: number),
            taken: try await house.requests.taken(number),
            party: party,
            month: try await house.requests.month(of: number),
            corrections: try await house.requests.corrections(of: number),
            files: try await house.requests.attachments(of: number, for: actor),
            missing: try await house.requests.missing(of: number),
            transfers: try await house.requests.transfers(of: number),
            template: template,
            typed: fault == nil ? nil : visit.form,
            fault: fault,
            actor: actor,
            in: visit.language
        )
        let title = "\(number) \(entry.request.subject)"
        return try house.desk("request", it, title: title, words: .requests, request, visit, status: fault?.status ?? .ok)
    }

    private func back(_ visit: Visit) throws -> Response {
        .redirect(to: "/\(visit.language.rawValue)/office/requests/\(try visit.parameters.require("number"))", type: .normal)
    }

    /// Does something with the form, and shows the page again with what was typed where it is refused.
    private func doing(_ request: Request, _ visit: Visit, _ work: (DisclosureRequests.Entry) async throws -> Void) async throws -> Response
    {
        do {
            try await work(try await opened(visit))
            return try back(visit)
        } catch let refusal as Refusal where refusal.keepsTheForm { return try await page(request, visit, fault: refusal) }
    }

    @Sendable private func take(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let step = DisclosureRequest.Step(rawValue: try visit.parameters.require("step")) else { throw Refusal.notFound }
        return try await doing(request, visit) { entry in
            let form = visit.form
            guard let version = Int(form.text("version")) else { throw Refusal.stale }
            var detail = DisclosureRequests.Detail()
            detail.on = try form.day("on")
            detail.workingDays = Int(form.text("workingDays"))
            detail.unit = form.filled("unit")
            detail.outcome = Outcome(rawValue: form.text("outcome"))
            (detail.note, detail.body, detail.assessment) = (form.text("note"), form.text("body"), form.text("assessment"))
            if [.sign, .answerAtOnce].contains(step) {
                let body = step == .sign ? try await house.requests.draft(entry.request.number)?.body ?? "" : detail.body
                guard !ReplyTemplate.hasGaps(body) else {
                    throw Refusal.invalid("body", "答复内容里还有没有填写的［…］。", "The reply still holds places ［…］ that nobody has filled in.")
                }
            }
            try await house.requests.take(
                step,
                on: entry.request.number,
                version: version,
                detail,
                calendar: house.calendar,
                by: try visit.actor
            )
        }
    }

    @Sendable private func party(_ request: Request, _ visit: Visit) async throws -> Response {
        let entry = try await opened(visit)
        let actor = try visit.actor
        let party = try await house.requests.party(entry.request.number, for: actor)
        try await house.audit.write(.see, on: "request/\(entry.request.number)/party", by: actor)
        return try await page(request, visit, fault: nil, party: party)
    }

    /// A file that the applicant sent: taken out only as a download, and audited.
    @Sendable private func file(_ request: Request, _ visit: Visit) async throws -> Response {
        let (entry, actor) = (try await opened(visit), try visit.actor)
        let key = try visit.parameters.require("file")
        let (about, bytes) = try await house.requests.attachment(key, of: entry.request.number, for: actor)
        try await house.audit.write(.take, on: "request/\(entry.request.number)/files/\(key)", by: actor)
        return .file(about, bytes, of: entry.request.number)
    }

    @Sendable private func search(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { entry in
            try await house.requests.note(
                visit.form.text("place"),
                found: visit.form.text("found"),
                on: entry.request.number,
                by: try visit.actor
            )
        }
    }

    @Sendable private func transfer(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { entry in
            let form = visit.form
            try await house.requests.transfer(
                entry.request.number,
                to: form.text("agency"),
                contact: form.text("contact"),
                reason: form.text("reason"),
                by: try visit.actor
            )
        }
    }

    @Sendable private func split(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { entry in
            let subjects = visit.form.text("subjects").components(separatedBy: "\n")
            _ = try await house.requests.split(
                entry.request.number,
                into: subjects,
                version: Int(visit.form.text("version")) ?? -1,
                by: try visit.actor
            )
        }
    }

    @Sendable private func merge(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { entry in
            try await house.requests.merge(
                entry.request.number,
                into: visit.form.text("into"),
                version: Int(visit.form.text("version")) ?? -1,
                by: try visit.actor
            )
        }
    }

    @Sendable private func deliver(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { entry in
            let day = try visit.form.day("on") ?? house.world.now().beijingDay
            try await house.requests.deliver(entry.request.number, on: day, by: visit.form.text("way"), try visit.actor)
        }
    }

    @Sendable private func correct(_ request: Request, _ visit: Visit) async throws -> Response {
        try await doing(request, visit) { entry in
            guard let day = try visit.form.day("arrived") else {
                throw Refusal.invalid("arrived", "请填写到达日期。", "Write the day it came in.")
            }
            _ = try await house.requests.correct(
                entry.request.number,
                arrived: day,
                reason: visit.form.text("reason"),
                calendar: house.calendar,
                by: try visit.actor
            )
        }
    }

    @Sendable private func letter(_ request: Request, _ visit: Visit) async throws -> Response {
        let entry = try await opened(visit)
        guard let letter = try await house.requests.letter(entry.request.number) else { throw Refusal.notFound }
        let name = try await house.requests.party(entry.request.number, for: try visit.actor)?.name ?? ""
        try await house.audit.write(.take, on: "request/\(entry.request.number)/letter", by: try visit.actor)
        let html = ReplyLetter.html(
            letter,
            entry.request,
            to: name,
            files: try await house.requests.replyFiles(of: entry.request.number),
            agency: Agency.name
        )
        return try await .letter(html, as: request.uri.queryParameters["as"].map(String.init), name: entry.request.number)
    }

    @Sendable private func csv(_ request: Request, _ visit: Visit) async throws -> Response {
        let requests = try await house.requests.requests(filter(request, for: try visit.actor), limit: 10_000)
        let rows = requests.map { request in
            [
                request.number, request.state.rawValue, request.applicantKind.rawValue, request.channel.rawValue, "\(request.arrived)",
                request.due?.description ?? "", request.unit ?? "", request.outcome?.rawValue ?? "", request.subject,
            ].map { CSV.cell($0) }.joined(separator: ",")
        }
        let text = "\u{feff}number,state,kind,channel,arrived,due,unit,outcome,subject\n" + rows.joined(separator: "\n") + "\n"
        return Response.file(Data(text.utf8), type: "text/csv; charset=utf-8", name: "requests.csv")
    }

    /// What awaits this person as days in a calendar (RFC 5545).
    @Sendable private func ics(_ request: Request, _ visit: Visit) async throws -> Response {
        let turns = try await house.requests.turns(of: try visit.actor)
        let events = turns.compactMap { request -> String? in
            guard let due = request.due else { return nil }
            let day = due.description.replacing("-", with: "")
            let subject = request.subject.replacing("\r", with: "").replacing("\n", with: " ").replacing("\\", with: "\\\\").replacing(
                ",",
                with: "\\,"
            ).replacing(";", with: "\\;")
            return """
                BEGIN:VEVENT\r
                UID:request-\(request.number)@gongkai\r
                DTSTAMP:\(day)T000000Z\r
                DTSTART;VALUE=DATE:\(day)\r
                SUMMARY:\(request.number) \(subject)\r
                END:VEVENT\r

                """
        }
        let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Gongkai//Requests//EN\r\n" + events.joined() + "END:VCALENDAR\r\n"
        return .text(text, type: "text/calendar; charset=utf-8")
    }
}
