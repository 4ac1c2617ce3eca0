import Core
import Hummingbird
import Records
import WorkCalendar

/// Letters beside the reply: the applicant's receipt, and the letter to the agency in charge.
struct LetterPages: Sendable {
    let house: House

    func add(to router: Router<Visit>) {
        router.inBothLanguages { pages in
            pages.post("requests/receipt", use: receipt)
            pages.get("office/requests/:number/transfer/:serial", use: transfer)
        }
    }

    /// The receipt as a file, for who holds number and word: the word is printed from the form, it is stored nowhere.
    @Sendable private func receipt(_ request: Request, _ visit: Visit) async throws -> Response {
        let (number, word) = (visit.form.text("number"), visit.form.text("word"))
        let entry = try await house.requests.entry(number, word: word, calendar: house.calendar)
        let body = """
            您提交的政府信息公开申请已经登记。
            登记号：\(number)
            查询密码：\(word)
            登记日期：\(entry.request.arrived)
            所需信息：\(entry.request.subject)
            \(entry.request.state == .awaitingConfirmation ? "本机关将与您确认收到申请，双方确认之日为收到申请之日（《政府信息公开条例》第三十一条）。" : "")
            \(entry.clock.due.map { "答复期限：\($0)（《政府信息公开条例》第三十三条）。" } ?? "")
            凭登记号和查询密码可以在\(house.site)/zh/requests查询办理进度和答复。
            """
        let html = ReplyLetter.letter(
            "政府信息公开申请登记回执",
            number: number,
            to: "申请人",
            body,
            on: house.world.now().beijingDay,
            agency: Agency.name
        )
        return try await .letter(html, as: visit.form.filled("as") ?? "pdf", name: "receipt-\(number)")
    }

    /// To the agency in charge; who asks is not named.
    @Sendable private func transfer(_ request: Request, _ visit: Visit) async throws -> Response {
        let actor = try visit.actor
        _ = try actor.acting(
            as: .disclosureOfficer,
            .officeHead,
            .leader,
            or: Text("由信息公开办办理。", "This is for the disclosure office.")
        )
        let (number, serial) = (try visit.parameters.require("number"), try visit.parameters.require("serial"))
        let entry = try await house.requests.entry(number, calendar: house.calendar)
        guard let told = try await house.requests.transfers(of: number).first(where: { "\($0.serial)" == serial }) else {
            throw Refusal.notFound
        }
        try await house.audit.write(.take, on: "request/\(number)/transfer/\(serial)", by: actor)
        let parts = number.split(separator: "-")
        let body = """
            本机关于\(entry.request.arrived)收到一件政府信息公开申请，申请公开“\(entry.request.subject)”。
            经研究，所申请公开的信息不属于本机关负责公开，理由：\(told.reason)
            根据《政府信息公开条例》第三十六条第五项，本机关将告知申请人该信息由贵机关负责公开，并告知贵机关的联系方式（\(told.contact)）。
            如贵机关认为不属于贵机关负责公开，请在收到本函后及时告知本机关。
            """
        let html = ReplyLetter.letter(
            "政府信息公开申请转办告知函",
            number: parts.count == 2 ? "国知公开函〔\(parts[0])〕\(parts[1])-\(serial)号" : number,
            to: told.agency,
            body,
            on: told.at.beijingDay,
            agency: Agency.name
        )
        return try await .letter(html, as: request.uri.queryParameters["as"].map(String.init), name: "\(number)-\(serial)")
    }
}
