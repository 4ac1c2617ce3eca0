import Core
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Every room's pages behind the same doors; the pages that are ready as bytes stand before them.
public struct Site: HTTPResponder {
    public typealias Context = Visit
    private let house: House
    private let responder: any HTTPResponder<Visit>

    public init(_ house: House) {
        let router = Router(context: Visit.self)
        router.addMiddleware { Doors(house: house) }
        SitePages(house: house).add(to: router)
        SearchPages(house: house).add(to: router)
        MachinePages(house: house).add(to: router)
        McpPages(house: house).add(to: router)
        PeoplePages(house: house).add(to: router)
        AccountPages(house: house).add(to: router)
        DocumentPages(house: house).add(to: router)
        ReviewPages(house: house).add(to: router)
        WaiverPages(house: house).add(to: router)
        ReleasePages(house: house).add(to: router)
        MethodPages(house: house).add(to: router)
        LedgerPages(house: house).add(to: router)
        FilingPages(house: house).add(to: router)
        RequestPages(house: house).add(to: router)
        MailPages(house: house).add(to: router)
        LetterPages(house: house).add(to: router)
        ReplyFilePages(house: house).add(to: router)
        MinePages(house: house).add(to: router)
        ReplyPages(house: house).add(to: router)
        RecordPages(house: house).add(to: router)
        StatisticsPages(house: house).add(to: router)
        AppealPages(house: house).add(to: router)
        ReportPages(house: house).add(to: router)
        NormPages(house: house).add(to: router)
        NormDeskPages(house: house).add(to: router)
        NormAuditPages(house: house).add(to: router)
        NormMachine(house: house).add(to: router)
        SuspensionPages(house: house).add(to: router)
        PartPages(house: house).add(to: router)
        PowerPages(house: house).add(to: router)
        PowerDeskPages(house: house).add(to: router)
        DatasetPages(house: house).add(to: router)
        OpenDataPages(house: house).add(to: router)
        OfficeCalls(house: house).add(to: router)
        RedactionPages(house: house).add(to: router)
        AssessmentPages(house: house).add(to: router)
        EmergencyPages(house: house).add(to: router)
        AttachmentPages(house: house).add(to: router)
        LimitedPages(house: house).add(to: router)
        WatermarkPages(house: house).add(to: router)
        RecipientPages(house: house).add(to: router)
        SystemPages(house: house).add(to: router)
        self.house = house
        responder = router.buildResponder()
    }

    public func respond(to request: Request, context: Visit) async throws -> Response {
        house.counts.visit()
        if request.method == .get, request.uri.query == nil, let page = house.cache.page(request.uri.path) {
            var response = page.response(to: request)
            for (name, value) in Doors.headers { response.headers[name] = value }
            response.headers[.requestID] = context.id
            if house.isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
            return response
        }
        guard request.method != .get else { return try await responder.respond(to: request, context: context) }
        // A HEAD is answered as the GET would be, without the body.
        guard request.method != .head else {
            let response = try await read(request, context)
            return Response(status: response.status, headers: response.headers)
        }
        let response = try await responder.respond(to: request, context: context)
        // What can be read but not sent to is there, only not for this method.
        guard response.status == .notFound, try await read(request, context).status != .notFound else { return response }
        var headers = Doors.fields
        headers[.allow] = "GET, HEAD"
        headers[.requestID] = context.id
        return Response(status: .methodNotAllowed, headers: headers)
    }

    private func read(_ request: Request, _ context: Visit) async throws -> Response {
        var head = request.head
        head.method = .get
        return try await responder.respond(to: Request(head: head, body: .init(buffer: .init())), context: context)
    }
}
