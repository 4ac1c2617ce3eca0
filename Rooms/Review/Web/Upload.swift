import Core
import Extract
import Foundation

/// A file that came in, read to the bottom: archives in archives, tracked changes, comments, hidden text, properties, pictures.
struct Upload {
    let type: String
    let pieces: [Piece]

    /// - Throws: `Refusal.invalid` for a file that can not be read whole, or that holds programs.
    init(_ parts: [Part], of file: Form.File) throws(Refusal) {
        if let script = parts.first(where: { $0.kind == .script }) {
            throw Refusal.invalid(
                "file",
                "文件含有宏或者脚本（\(script.file)），请去除后再上传。",
                "The file holds macros or scripts (\(script.file)). Remove them and upload again."
            )
        }
        if let unread = parts.first(where: { $0.kind == .unread }) {
            throw Refusal.invalid(
                "file",
                "文件里有一部分无法读取，不能审查：\(unread.file) \(unread.place) \(unread.text)",
                "A part of the file can not be read, and so not reviewed: \(unread.file) \(unread.place) \(unread.text)"
            )
        }
        (type, pieces) = (Self.type(of: file), Self.pieces(parts, of: file.name))
    }

    static func parts(of file: Form.File) async throws -> [Part] {
        do {
            return try await Extract.everything(in: file.bytes, name: file.name, effort: Extract.Effort(seconds: 120, pictures: 100))
        } catch { throw Refusal.invalid("file", error.zh, error.en) }
    }

    /// Neighbouring parts are one piece, so that a name in one cell is known by the number in the next.
    static func pieces(_ parts: [Part], of name: String) -> [Piece] {
        var pieces: [Piece] = []
        var last: Part?
        for part in parts where part.kind != .unread {
            if let before = last, before.file == part.file, before.kind == part.kind, before.kind == .visible {
                let piece = pieces.removeLast()
                pieces.append(Piece(place: piece.place, text: piece.text + "\n" + part.text, isShown: piece.isShown))
            } else {
                let inner =
                    part.file == name ? "" : part.file.hasPrefix(name + "/") ? String(part.file.dropFirst(name.utf8.count + 1)) : part.file
                let kind = part.kind == .visible ? "" : part.kind.rawValue
                let place = part.kind == .visible ? "" : part.place
                let label = [inner, kind, place].filter { !$0.isEmpty }.joined(separator: ", ")
                pieces.append(Piece(place: label, text: part.text, isShown: part.kind == .visible && inner.isEmpty))
            }
            last = part
        }
        return pieces
    }

    // The columns are the point.
    // swift-format-ignore
    private static let types = [
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt":  "application/vnd.oasis.opendocument.text",
        "ods":  "application/vnd.oasis.opendocument.spreadsheet",
        "ofd":  "application/ofd",
        "zip":  "application/zip",
        "csv":  "text/csv; charset=utf-8",
        "txt":  "text/plain; charset=utf-8",
    ]

    /// By the bytes where they tell; nothing that a browser would run.
    private static func type(of file: Form.File) -> String {
        if file.bytes.starts(with: "%PDF-".utf8) { return "application/pdf" }
        if file.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if file.bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        let end = file.name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        let isZip = file.bytes.starts(with: [0x50, 0x4B])
        guard let type = types[end], isZip != type.hasPrefix("text/") else { return "application/octet-stream" }
        if type.hasPrefix("text/"), String(validating: file.bytes, as: UTF8.self) == nil { return "application/octet-stream" }
        return type
    }
}
