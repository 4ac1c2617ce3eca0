import Foundation

/// A message taken apart: who wrote it, when, about what, what it says, and the files it carries.
public struct MailLetter: Equatable, Sendable {
    /// The sender's address, in small letters.
    public let sender: String
    /// The name beside the address; empty where there is none.
    public let senderName: String
    /// Milliseconds since 1970 in UTC; nil where the header has no date that can be read.
    public let sentAt: Int?
    public let subject: String
    /// As in the header, without its brackets; empty where there is none.
    public let messageID: String
    public let text: String
    public let files: [File]

    public struct File: Equatable, Sendable {
        public let name: String
        public let bytes: [UInt8]
    }

    /// Why a message is not taken.
    public enum Refused: Error, Equatable, Sendable {
        case tooLarge
        case noSender
        /// A header twice, with a line end in it, or far too long: what one reader sees another does not.
        case forgedHeader
        /// Marks that turn the direction of the text, or control characters.
        case hiddenMarks
        case tooDeep
        case letterInside
        case tooManyFiles
        case unreadable
    }

    public static let mostBytes = 25 << 20
    public static let (mostDepth, mostFiles) = (5, 20)
    static let (mostHeaderBytes, mostHeaders) = (65_536, 200)

    /// - Throws: `Refused`; the text of a message in HTML alone is read by a limited subprocess.
    public static func read(_ bytes: [UInt8]) async throws(Refused) -> MailLetter {
        guard bytes.count <= mostBytes else { throw .tooLarge }
        var letter = Opened()
        try letter.open(bytes, depth: 0, isOutermost: true)
        if letter.text.allSatisfy(\.isWhitespace), !letter.html.isEmpty {
            do { letter.text = try await Extract.text(from: letter.html).text } catch { throw .unreadable }
        }
        guard !letter.text.unicodeScalars.contains(where: Self.isHidden) else { throw .hiddenMarks }
        return MailLetter(
            sender: letter.sender,
            senderName: letter.senderName,
            sentAt: letter.sentAt,
            subject: letter.subject,
            messageID: letter.messageID,
            text: letter.text.replacing("\r\n", with: "\n"),
            files: letter.files
        )
    }

    /// Marks of direction, and control characters other than those of lines.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value) || scalar.value == 0x7F
            || (scalar.value < 32 && ![9, 10, 13, 12].contains(scalar.value))
    }
}

/// One way through a message and its parts.
private struct Opened {
    var (sender, senderName, subject, messageID, text) = ("", "", "", "", "")
    var sentAt: Int?
    var html: [UInt8] = []
    var files: [MailLetter.File] = []

    /// Headers of which a message has one (RFC 5322 §3.6).
    private static let single: Set = ["from", "subject", "date", "message-id", "content-type", "content-transfer-encoding"]

    mutating func open(_ bytes: [UInt8], depth: Int, isOutermost: Bool = false) throws(MailLetter.Refused) {
        guard depth <= MailLetter.mostDepth else { throw .tooDeep }
        try Self.checkHead(bytes)
        let (fields, body) = Walk.split(bytes)
        guard fields.count <= MailLetter.mostHeaders else { throw .forgedHeader }
        for name in Self.single where fields.count(where: { $0.0 == name }) > 1 { throw .forgedHeader }
        func field(_ name: String) -> String { fields.first { $0.0 == name }?.1 ?? "" }
        if isOutermost { try head(field) }
        let type = MailField(field("content-type"))
        let disposition = MailField(field("content-disposition"))
        if type.value.hasPrefix("multipart/"), let boundary = type["boundary"] {
            let (pieces, isClosed) = Walk.pieces(body, boundary)
            let parts = pieces.dropFirst().dropLast(isClosed ? 1 : 0)
            guard !parts.isEmpty, parts.count <= 100 else { throw parts.isEmpty ? .unreadable : .tooManyFiles }
            for part in parts { try open(part, depth: depth + 1) }
            return
        }
        guard type.value != "message/rfc822" else { throw .letterInside }
        let content: [UInt8]
        switch field("content-transfer-encoding").lowercased().trimmingCharacters(in: .whitespaces) {
        case "base64": content = MailWord.base64(body)
        case "quoted-printable": content = MailWord.quoted(body[...], isHeader: false)
        default: content = body
        }
        let name = disposition["filename"] ?? type["name"]
        if let name {
            guard files.count < MailLetter.mostFiles else { throw .tooManyFiles }
            guard !name.unicodeScalars.contains(where: { MailLetter.isHidden($0) || $0 == "\n" || $0 == "\r" }) else { throw .hiddenMarks }
            if !content.isEmpty { files.append(.init(name: name, bytes: content)) }
            return
        }
        switch type.value {
        case "", "text/plain":
            let words = MailWord.text(content, type["charset"])
            text += text.isEmpty ? words : "\n" + words
        case "text/html": if html.isEmpty { html = Array("<!doctype html>".utf8) + Array(MailWord.text(content, type["charset"]).utf8) }
        // A picture in the text, without a name: it is a file all the same.
        default:
            guard files.count < MailLetter.mostFiles else { throw .tooManyFiles }
            if !content.isEmpty { files.append(.init(name: "part-\(files.count + 1)", bytes: content)) }
        }
    }

    /// A head without NUL and without a lone CR, of a length that a person could have caused.
    private static func checkHead(_ bytes: [UInt8]) throws(MailLetter.Refused) {
        var (last, place): (UInt8, Int) = (0, 0)
        while place < bytes.count {
            let byte = bytes[place]
            if byte == 0 { throw .forgedHeader }
            if last == 0x0D, byte != 0x0A { throw .forgedHeader }
            if byte == 0x0A {
                let next = bytes[(place + 1)...].prefix(2)
                if next.first == 0x0A || next.elementsEqual([0x0D, 0x0A]) || next.isEmpty { return }
            }
            last = byte
            place += 1
            guard place <= MailLetter.mostHeaderBytes else { throw .forgedHeader }
        }
    }

    private mutating func head(_ field: (String) -> String) throws(MailLetter.Refused) {
        func shown(_ name: String) throws(MailLetter.Refused) -> String {
            let text = MailWord.decode(field(name)).trimmingCharacters(in: .whitespaces)
            guard !text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" }) else { throw .forgedHeader }
            guard !text.unicodeScalars.contains(where: MailLetter.isHidden) else { throw .hiddenMarks }
            return text
        }
        let from = try shown("from")
        if let open = from.lastIndex(of: "<"), let close = from.lastIndex(of: ">"), open < close {
            sender = String(from[from.index(after: open)..<close])
            senderName = from[..<open].trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
        } else {
            sender = from
        }
        sender = sender.trimmingCharacters(in: .whitespaces).lowercased()
        guard sender.split(separator: "@", omittingEmptySubsequences: false).count == 2, sender.utf8.count <= 254,
            !sender.contains(where: { $0.isWhitespace || $0 == "," })
        else { throw .noSender }
        (subject, sentAt) = (try shown("subject"), Self.moment(field("date")))
        messageID = try shown("message-id").trimmingCharacters(in: CharacterSet(charactersIn: "<> \t"))
        guard messageID.utf8.count <= 998 else { throw .forgedHeader }
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// `Mon, 30 May 2022 10:00:00 +0800` (RFC 5322 §3.3).
    private static func moment(_ text: String) -> Int? {
        var words = text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\t" }).map(String.init)
        if let first = words.first, Int(first) == nil { words.removeFirst() }
        guard words.count >= 4, let day = Int(words[0]), let year = Int(words[2]), (1970...9999).contains(year), (1...31).contains(day),
            let month = months.firstIndex(of: words[1].lowercased())
        else { return nil }
        let clock = words[3].split(separator: ":").compactMap { Int($0) }
        guard clock.count >= 2, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]) else { return nil }
        var parts = DateComponents()
        (parts.year, parts.month, parts.day, parts.hour, parts.minute) = (year, month + 1, day, clock[0], clock[1])
        parts.second = clock.count > 2 ? clock[2] : 0
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: zone(words.count > 4 ? words[4] : "")) ?? .gmt
        return calendar.date(from: parts).map { Int($0.timeIntervalSince1970 * 1000) }
    }

    /// Seconds east of Greenwich; 0 for a zone that is no number.
    private static func zone(_ text: String) -> Int {
        guard text.count == 5, text.hasPrefix("+") || text.hasPrefix("-"), let number = Int(text.dropFirst()), number < 1500 else {
            return 0
        }
        return (text.hasPrefix("-") ? -1 : 1) * (number / 100 * 3600 + number % 100 * 60)
    }
}

// The columns are the point.
// swift-format-ignore
extension MailLetter.Refused {
    public var zh: String {
        switch self {
        case .tooLarge:     "邮件超过25 MB，请申请人改用网上申请或者邮寄。"
        case .noSender:     "邮件没有可以识别的发件人地址。"
        case .forgedHeader: "邮件头重复、过长或者含有换行，可能是伪造的，已拒绝。"
        case .hiddenMarks:  "邮件含有改变文字方向或者不可见的字符，已拒绝。"
        case .tooDeep:      "邮件层层嵌套，已拒绝。"
        case .letterInside: "邮件里附有另一封邮件，请把那封邮件另存后单独登记。"
        case .tooManyFiles: "邮件的附件过多，已拒绝。"
        case .unreadable:   "邮件无法读取，请确认是.eml文件。"
        }
    }

    public var en: String {
        switch self {
        case .tooLarge:     "The message is over 25 MB; ask the applicant to file on the web or by post."
        case .noSender:     "The message has no sender's address that can be read."
        case .forgedHeader: "A header stands twice, is too long, or holds line ends; it may be forged and is refused."
        case .hiddenMarks:  "The message holds marks that turn the text round or can not be seen; it is refused."
        case .tooDeep:      "The message is nested too deep; it is refused."
        case .letterInside: "Another message is attached; save that one by itself and register it."
        case .tooManyFiles: "The message carries too many files; it is refused."
        case .unreadable:   "The message can not be read; is it an .eml file?"
        }
    }
}
