import Core
import Foundation
import Storage
import WorkCalendar

/// Requests that came as e-mail: each message once, with what it does not say.
extension DisclosureRequests {
    public static let mailSchema = Migration(
        "2026-11-28 63 request mail",
        """
        CREATE TABLE request_mail (
            message TEXT PRIMARY KEY, request TEXT NOT NULL REFERENCES request (number), missing TEXT NOT NULL, at TEXT NOT NULL
        );
        CREATE INDEX request_mail_request ON request_mail (request);
        """
    )

    /// A message whose request is filed.
    public struct Message: Sendable {
        /// Its Message-ID, or the hash of the file where it has none.
        public let id: String
        public let missing: [MailFiling.Missing]

        public init(id: String, missing: [MailFiling.Missing]) { (self.id, self.missing) = (id, missing) }
    }

    /// Refuses a message that was registered before.
    public func requireFresh(_ message: String) async throws { try await database.read { try requireFresh(message, in: $0) } }

    private func requireFresh(_ message: String, in db: any Connection) throws {
        guard let number = try db.scalar(String.self, "SELECT request FROM request_mail WHERE message = \(message)") else { return }
        throw Refusal.invalid("file", "该邮件已经登记为申请\(number)。", "This message is registered already, as request \(number).")
    }

    func keep(_ message: Message?, of number: String, at now: Moment, in db: any Connection) throws {
        guard let message else { return }
        try requireFresh(message.id, in: db)
        let missing = message.missing.map(\.rawValue).joined(separator: ",")
        try db.run(
            "INSERT INTO request_mail (message, request, missing, at) VALUES (\(message.id), \(number), \(missing), \(now))"
        )
    }

    /// What the message of a request does not say; empty for one that came otherwise.
    public func missing(of number: String) async throws -> [MailFiling.Missing] {
        let text = try await database.read { try $0.scalar(String.self, "SELECT missing FROM request_mail WHERE request = \(number)") }
        return (text ?? "").split(separator: ",").compactMap { MailFiling.Missing(rawValue: String($0)) }
    }
}
