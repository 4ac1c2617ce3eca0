import Core
import Extract
import Foundation
import MerkleLog
import Records
import WorkCalendar

/// Takes a message in as a request: its sender, subject and text fill the filing, its files go with it, what is missing is listed.
public struct MailIntake: Sendable {
    let house: House

    public init(_ house: House) { self.house = house }

    /// A message that was taken in.
    public struct Taken: Encodable, Sendable {
        public let number: String
        /// What art. 29 asks for and the message does not say.
        public let missing: [MailFiling.Missing]
        /// Files that were refused, each with its sentence.
        public let refusedFiles: [String]
    }

    /// - Throws: `Refusal` with the sentence where the message is not taken.
    public func take(_ bytes: [UInt8], by actor: Actor) async throws -> Taken {
        _ = try actor.acting(
            as: .disclosureOfficer,
            .officeHead,
            or: Text("由信息公开办登记。", "The disclosure office registers requests.")
        )
        let letter: MailLetter
        do { letter = try await MailLetter.read(bytes) } catch { throw Refusal.invalid("file", error.zh, error.en) }
        let id = letter.messageID.isEmpty ? "sha256:\(Hash(of: bytes).hex)" : letter.messageID
        try await house.requests.requireFresh(id)
        let mail = MailFiling(sender: letter.sender, senderName: letter.senderName, subject: letter.subject, text: letter.text)
        var refused: [String] = []
        var basket: String?
        let tray = FileTray(house: house)
        for file in letter.files {
            let name = basket ?? house.requests.basketName()
            let already = basket == nil ? [] : try await house.requests.attachments(in: name)
            do {
                let sent = try await tray.read(
                    .init(name: file.name, bytes: file.bytes),
                    for: .support,
                    field: "file",
                    after: already,
                    by: actor
                )
                try await house.requests.keep([sent], in: name)
                basket = name
            } catch let refusal as Refusal where !refusal.isQuarantine { refused.append("\(file.name.prefix(80)): \(refusal.text.zh)") }
        }
        let today = house.world.now().beijingDay
        let sent = letter.sentAt.map { Moment(milliseconds: $0).beijingDay }
        let receipt = try await house.requests.file(
            mail.filing,
            // A date that the sender wrote is believed no further than the last month; the day of receipt is the day both sides confirm.
            arrived: sent.flatMap { $0 <= today && $0 > today.adding(-31) ? $0 : nil },
            basket: basket,
            message: .init(id: id, missing: mail.missing),
            calendar: house.calendar,
            by: actor
        )
        return Taken(number: receipt.number, missing: mail.missing, refusedFiles: refused)
    }
}
