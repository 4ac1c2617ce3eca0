import Foundation

/// All that somebody who gets a file could recover from it, attachments of attachments too.
extension Extract {
    /// The largest file that is opened for review, in bytes.
    public static let mostBytesInReview = 200 << 20

    /// How far the reading goes.
    public struct Effort: Sendable {
        /// Whether pictures are read by optical recognition.
        public var recognises: Bool
        /// Seconds after which no further picture is recognised; those left are named as unread.
        public var seconds: Double
        /// Pictures recognised at most.
        public var pictures: Int

        public init(recognises: Bool = true, seconds: Double = 600, pictures: Int = 400) {
            (self.recognises, self.seconds, self.pictures) = (recognises, seconds, pictures)
        }
    }

    /// Everything in a file: what is shown, hidden, deleted, commented, attached, recognised, with its place.
    ///
    /// A file inside that can not be read is a part of the kind `unread` whose text says why.
    /// - Throws: `Refused` when the file itself can not be read, or when anything in it is a bomb.
    public static func everything(
        in bytes: [UInt8],
        name: String,
        effort: Effort = Effort()
    ) async throws(Refused) -> [Part] {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= mostBytesInReview else { throw .tooLargeToReview }
        return try await Reader.work { try parts(in: bytes, name: name, effort: effort) }
    }

    /// The same on the calling thread, which blocks.
    package static func parts(in bytes: [UInt8], name: String, effort: Effort = Effort()) throws -> [Part] {
        let walk = Walk(effort: effort)
        try walk.open(bytes, at: name, depth: 0)
        return walk.parts
    }
}

/// One way through a file and all that is in it, with what is left of time and room.
final class Walk {
    private(set) var parts: [Part] = []
    let effort: Extract.Effort
    let started = Date()
    private var bytesLeft = 512 << 20
    private var filesLeft = 10_000
    private var lettersLeft = 128 << 20
    var picturesLeft: Int
    /// Fingerprints of pictures already read: a letterhead on 300 pages is read once.
    var seenPictures: Set<Int> = []
    var seenProperties: Set<Int> = []

    /// - Parameter former: the walk whose limits and knowledge this one shares.
    init(effort: Extract.Effort, after former: Walk? = nil) {
        self.effort = effort
        picturesLeft = former?.picturesLeft ?? effort.pictures
        guard let former else { return }
        (bytesLeft, filesLeft, lettersLeft) = (former.bytesLeft, former.filesLeft, former.lettersLeft)
        (seenPictures, seenProperties) = (former.seenPictures, former.seenProperties)
    }

    var isLate: Bool { Date().timeIntervalSince(started) > effort.seconds }

    func add(_ file: String, _ place: String, _ kind: Part.Kind, _ text: some StringProtocol) throws {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { return }
        lettersLeft -= text.utf8.count + 32
        guard lettersLeft > 0 else { throw Extract.Refused.bomb }
        parts.append(Part(file: file, place: place, kind: kind, text: text))
    }

    /// How much one more file may unfold to.
    func room() throws -> Int {
        filesLeft -= 1
        guard filesLeft > 0, bytesLeft > 0 else { throw Extract.Refused.bomb }
        return min(bytesLeft, 256 << 20)
    }

    func spend(_ count: Int) { bytesLeft -= count }

    /// Opens a file found in another; its trouble is told, and the rest goes on.
    func openInside(_ bytes: [UInt8], at path: String, depth: Int) throws {
        do { try open(bytes, at: path, depth: depth) } catch let refused as Extract.Refused {
            if refused == .bomb { throw refused }
            if refused != .empty { try add(path, "", .unread, refused.zh) }
        }
    }

    /// Does a piece of the work; its trouble is told, and the rest goes on.
    func attempt(_ path: String, _ place: String = "", _ task: () throws -> Void) throws {
        do { try task() } catch let refused as Extract.Refused {
            if refused == .bomb { throw refused }
            try add(path, place, .unread, refused.zh)
        }
    }

    func open(_ bytes: [UInt8], at path: String, depth: Int) throws {
        guard depth <= 12 else { throw Extract.Refused.bomb }
        guard !isLate else { throw Extract.Refused.tooSlow }
        guard !bytes.isEmpty else { throw Extract.Refused.empty }
        let shape = try Shape(of: bytes, name: path)
        switch shape {
        case .text: try add(path, "", .visible, try Encoding.decode(bytes))
        case .html: try webPage(Array(try Encoding.decode(bytes).utf8), at: path, depth: depth)
        case .richText: try richText(bytes, at: path, depth: depth)
        case .mail: try mail(bytes, at: path, depth: depth)
        case .zip: try zip(bytes, at: path, depth: depth)
        case .gzip: try gzip(bytes, at: path, depth: depth)
        case .tar: try tar(bytes, at: path, depth: depth)
        case .compound: try compound(bytes, at: path, depth: depth)
        case .pdf: try pdf(bytes, at: path, depth: depth)
        case .picture: try picture(bytes, at: path)
        case .icon: break
        }
        // A file may be two things at once: what a second program would find in it is read too.
        if shape != .zip, shape != .compound, let end = ZipDirectory.end(of: bytes), end + 22 <= bytes.count {
            do { try zip(bytes, at: path + "/(zip)", depth: depth + 1) } catch Extract.Refused.broken {}
        }
        if shape != .pdf, let start = Shape.hiddenPDF(in: bytes) {
            try openInside(Array(bytes[start...]), at: path + "/(pdf)", depth: depth + 1)
        }
    }
}

/// What a file is, by its bytes; its name decides only what bytes can not tell.
package enum Shape {
    case text
    case html
    case richText
    case mail
    case zip
    case gzip
    case tar
    case compound
    case pdf
    case picture
    /// Fonts and vector icons of office programs: nothing to read.
    case icon

    /// - Throws: `Refused.unknownFormat`.
    package init(of bytes: [UInt8], name: String) throws {
        func begins(_ mark: [UInt8]) -> Bool { bytes.starts(with: mark) }
        func begins(_ mark: String) -> Bool { bytes.starts(with: mark.utf8) }
        let name = name.lowercased()
        if begins("%PDF-") {
            self = .pdf
        } else if begins([0x50, 0x4B, 3, 4]) || begins([0x50, 0x4B, 5, 6]) {
            self = .zip
        } else if begins([0x1F, 0x8B]) {
            self = .gzip
        } else if begins([0xD0, 0xCF, 0x11, 0xE0]) {
            self = .compound
        } else if begins("{\\rtf") {
            self = .richText
        } else if PictureSize(bytes) != nil || begins([0x49, 0x49, 0x2A, 0]) || begins([0x4D, 0x4D, 0, 0x2A]) {
            self = .picture
        } else if bytes.count > 262, bytes[257..<262].elementsEqual("ustar".utf8) {
            self = .tar
        } else if [".odttf", ".ttf", ".otf", ".fntdata"].contains(where: name.hasSuffix) {
            self = .icon
        } else if begins("Rar!") || begins([0x37, 0x7A, 0xBC, 0xAF]) || begins("MZ") || begins([0x7F, 0x45, 0x4C, 0x46]) {
            throw Extract.Refused.unknownFormat
        } else {
            let head = String(decoding: bytes.prefix(2048), as: UTF8.self).lowercased()
            if head.contains("<html") || head.contains("<!doctype html") || name.hasSuffix(".html") || name.hasSuffix(".htm") {
                self = .html
            } else if Self.isMail(head) || name.hasSuffix(".eml") {
                self = .mail
            } else {
                self = .text
            }
        }
    }

    private static func isMail(_ head: String) -> Bool {
        let lines = head.split(whereSeparator: \.isNewline).prefix(40)
        let fields = ["from:", "to:", "subject:", "date:", "received:", "mime-version:", "message-id:", "return-path:"]
        return fields.filter { field in lines.contains { $0.hasPrefix(field) } }.count >= 3
            && lines.first.map { line in line.prefix { $0 != ":" }.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "-") } } == true
    }

    static func hiddenPDF(in bytes: [UInt8]) -> Int? {
        let mark = Array("%PDF-".utf8)
        guard bytes.count > 1024 else { return nil }
        let ends = bytes.suffix(2048)
        guard ends.indices.contains(where: { ends[$0...].starts(with: "%%EOF".utf8) }) else { return nil }
        return bytes.indices.prefix(4096).first { bytes[$0...].starts(with: mark) }
    }
}
