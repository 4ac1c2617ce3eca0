import Foundation

/// Text out of an uploaded file: told apart by its bytes, never by its name; parsed in a subprocess with limits.
public enum Extract {
    public enum Format: String, Sendable {
        case text
        case html
        case docx
        case odt
        case pdf
    }

    public struct Extracted: Equatable, Sendable {
        public let format: Format
        public let text: String
    }

    /// Why a file can not be taken, in words that say what to do.
    public enum Refused: Error, Equatable, Sendable {
        case tooLarge
        case tooLargeToReview
        case pictureTooLarge
        case unknownFormat
        case broken
        case encrypted
        case bomb
        case tooSlow
        case notText
        case empty
    }

    public static let mostBytes = 20 << 20
    static let mostText = 8 << 20

    /// - Throws: `Refused`.
    public static func text(from bytes: [UInt8]) async throws -> Extracted {
        guard !bytes.isEmpty else { throw Refused.empty }
        guard bytes.count <= mostBytes else { throw Refused.tooLarge }
        let format = try format(of: bytes)
        let text: String
        switch format {
        case .text: text = try Encoding.decode(bytes)
        case .html:
            text = try await Reader.run(["pandoc", "-f", "html", "-t", "plain", "--wrap=none"], on: Array(try Encoding.decode(bytes).utf8))
        case .docx: text = try await Reader.run(["pandoc", "-f", "docx", "-t", "plain", "--wrap=none"], on: bytes)
        case .odt: text = try await Reader.run(["pandoc", "-f", "odt", "-t", "plain", "--wrap=none"], on: bytes)
        case .pdf: text = try await Reader.run(["pdftotext", "-enc", "UTF-8", "-nopgbrk", "-q"], on: bytes, output: "-")
        }
        guard !text.allSatisfy(\.isWhitespace) else { throw Refused.empty }
        return Extracted(format: format, text: text)
    }

    private static func format(of bytes: [UInt8]) throws(Refused) -> Format {
        func begins(_ mark: [UInt8]) -> Bool { bytes.starts(with: mark) }
        if begins(Array("%PDF-".utf8)) { return .pdf }
        if begins([0x50, 0x4B, 0x03, 0x04]) {
            let directory = try ZipDirectory(bytes)
            try directory.check()
            if directory.names.contains("word/document.xml") { return .docx }
            if directory.names.contains("content.xml") { return .odt }
            throw .unknownFormat
        }
        // An encrypted office file is wrapped in an OLE container.
        if begins([0xD0, 0xCF, 0x11, 0xE0]) { throw .encrypted }
        if begins([0x50, 0x4B]) || begins([0x1F, 0x8B]) || begins([0x89, 0x50]) || begins([0xFF, 0xD8]) { throw .unknownFormat }
        let head = String(decoding: bytes.prefix(512), as: UTF8.self).lowercased()
        return head.contains("<html") || head.contains("<!doctype html") ? .html : .text
    }
}

extension Extract.Refused {
    public var zh: String {
        switch self {
        case .tooLarge: "文件超过20 MB，请拆分后再上传。"
        case .tooLargeToReview: "文件超过200 MB，无法审查。请拆分后再提交。"
        case .pictureTooLarge: "图片尺寸过大（每边不超过20000像素，总计不超过1亿像素）。请缩小后再提交。"
        case .unknownFormat: "不认识这种文件格式。请上传文本、HTML、DOCX、ODT或者PDF。"
        case .broken: "文件已损坏，无法读取。请重新导出后再上传。"
        case .encrypted: "文件有密码。请去除密码后再上传。"
        case .bomb: "压缩包展开后过大，已拒绝。"
        case .tooSlow: "读取文件超时。请简化文件或者粘贴文本。"
        case .notText: "文本编码无法识别，或者含有空字符。请另存为UTF-8后再上传。"
        case .empty: "文件里没有文字。如果是扫描件，请先识别成文字。"
        }
    }

    public var en: String {
        switch self {
        case .tooLarge: "The file is over 20 MB. Split it and upload again."
        case .tooLargeToReview: "The file is over 200 MB and can not be reviewed. Split it."
        case .pictureTooLarge: "The picture is too large (at most 20,000 pixels a side, 100 million in all). Scale it down."
        case .unknownFormat: "This kind of file is not known. Upload text, HTML, DOCX, ODT or PDF."
        case .broken: "The file is damaged and can not be read. Export it anew and upload again."
        case .encrypted: "The file has a password. Remove it and upload again."
        case .bomb: "The archive would unfold to more than it may; it is refused."
        case .tooSlow: "Reading the file took too long. Simplify it, or paste its text."
        case .notText: "The encoding is not known, or there are NUL characters. Save it as UTF-8 and upload again."
        case .empty: "There is no text in the file. If it is a scan, recognise its text first."
        }
    }
}
