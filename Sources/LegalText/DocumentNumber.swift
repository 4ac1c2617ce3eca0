/// The number of an official document (发文字号), read in every spelling people type and printed in the one form
/// of GB/T 9704-2012: agency code, year in 〔〕, serial without leading zeros, 号.
public struct DocumentNumber: Hashable, Sendable {
    public enum Form: Hashable, Sendable {
        /// 国知办函办字〔2022〕495号
        case yearly
        /// 国家知识产权局令第73号
        case order
        /// 国家知识产权局公告第510号
        case announcement
    }

    public let form: Form
    /// The agency code or name before the year, or before 令 and 公告.
    public let agency: String
    /// Nil for orders and announcements, which run through the years.
    public let year: Int?
    public let serial: Int
    /// As it stood in the text.
    public let printed: String

    /// Whether only a romanised spelling was found ("Guozhiban Hanbanzi [2022] No. 495"): to be typed by an officer.
    public var isRomanised: Bool { agency.utf8.allSatisfy { $0 < 0x80 } }

    /// The form to store and print; a romanised number stays as it was read.
    public var normalised: String {
        if isRomanised { return printed }
        return switch form {
        case .yearly: "\(agency)〔\(year ?? 0)〕\(serial)号"
        case .order: "\(agency)令第\(serial)号"
        case .announcement: "\(agency)公告第\(serial)号"
        }
    }

    /// Reads a text that is a document number and nothing else; nil where it is none.
    public init?(_ printed: String) {
        let bytes = Array(printed.utf8)
        guard bytes.count <= 300 else { return nil }
        let whole = trimmed(bytes, 0..<bytes.count)
        guard let read = Self.yearly(whole) ?? Self.order(whole) else { return nil }
        self = read
    }

    private init(form: Form, agency: String, year: Int?, serial: Int, printed: String) {
        self.form = form
        self.agency = agency
        self.year = year
        self.serial = serial
        self.printed = printed
    }

    private static func yearly(_ whole: String) -> DocumentNumber? {
        let bytes = Array(whole.utf8)
        for start in bytes.indices.dropFirst() {
            var cursor = Cursor(bytes, at: start)
            guard cursor.takeOne(of: opening) != nil else { continue }
            cursor.takeBlanks()
            guard let year = cursor.takeNumber(), (1900...2099).contains(year) else { return nil }
            _ = cursor.take(Array("年".utf8))
            cursor.takeBlanks()
            guard cursor.takeOne(of: closing) != nil else { return nil }
            cursor.takeBlanks()
            let saysNo = cursor.takeOne(of: serialWords) != nil
            cursor.takeBlanks()
            guard let serial = cursor.takeNumber(), (1...99_999).contains(serial) else { return nil }
            cursor.takeBlanks()
            let saysHao = cursor.take(hao)
            let agency = trimmed(bytes, 0..<start)
            guard cursor.isAtEnd, saysNo || saysHao, isAgency(agency, upTo: 20) else { return nil }
            return DocumentNumber(form: .yearly, agency: agency, year: year, serial: serial, printed: whole)
        }
        return nil
    }

    private static func order(_ whole: String) -> DocumentNumber? {
        let bytes = Array(whole.utf8)
        for start in bytes.indices.dropFirst(6).reversed() {
            var cursor = Cursor(bytes, at: start)
            guard let word = cursor.takeOne(of: orderWords) else { continue }
            cursor.takeBlanks()
            _ = cursor.takeOne(of: [opening[0], opening[2]])
            _ = cursor.take(Array("第".utf8))
            cursor.takeBlanks()
            guard let serial = cursor.takeNumber(), (1...99_999).contains(serial) else { return nil }
            cursor.takeBlanks()
            guard cursor.take(hao) else { return nil }
            _ = cursor.takeOne(of: [closing[0], closing[2]])
            let agency = trimmed(bytes, 0..<start)
            guard cursor.isAtEnd, isAgency(agency, upTo: 30), !agency.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
            let form: Form = word == 0 ? .order : .announcement
            return DocumentNumber(form: form, agency: agency, year: nil, serial: serial, printed: whole)
        }
        return nil
    }

    /// Letters of one script only: no stops, no brackets, no figures of a sentence.
    private static func isAgency(_ agency: String, upTo limit: Int) -> Bool {
        let scalars = agency.unicodeScalars
        if scalars.allSatisfy({ isHan($0) }) { return (1...limit).contains(scalars.count) }
        let isLatinName = scalars.allSatisfy { $0 == " " || $0 == "-" || $0.isASCII && $0.properties.isAlphabetic }
        return isLatinName && scalars.count <= 60 && scalars.contains { $0 != " " && $0 != "-" }
    }

    private static let opening = ["(", "[", "（", "［", "〔", "【", "﹝", "〖"].map { Array($0.utf8) }
    private static let closing = [")", "]", "）", "］", "〕", "】", "﹞", "〗"].map { Array($0.utf8) }
    private static let serialWords = ["第", "no.", "no", "№"].map { Array($0.utf8) }
    private static let orderWords = ["令", "公告"].map { Array($0.utf8) }
    private static let hao = Array("号".utf8)
}

/// A character of the Chinese script.
func isHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0x3007: true
    default: false
    }
}
