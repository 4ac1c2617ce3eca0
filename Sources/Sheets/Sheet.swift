/// A table of texts: read from and written as CSV, XLSX and DOCX, so that offices can work on it in what they have.
public struct Sheet: Equatable, Sendable {
    public var title: String
    /// The first row holds the heads.
    public var rows: [[String]]

    public init(title: String, rows: [[String]]) {
        (self.title, self.rows) = (title, rows)
    }

    public enum Format: String, CaseIterable, Sendable {
        case csv
        case xlsx
        case docx

        public var mediaType: String {
            switch self {
            case .csv: "text/csv; charset=utf-8"
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
        }
    }

    /// Why a file can not be read, in words that say what to do.
    public enum Unreadable: Error, Equatable, Sendable {
        case unknownFormat
        case broken
        case encrypted
        case tooLarge
        case notText
        case noTable
    }

    /// The most bytes a file may have, packed; and each of its parts, unfolded.
    public static let mostBytes = 20 << 20
    static let mostUnfolded = 100 << 20
    /// The most cells a table may have.
    static let mostCells = 500_000

    public func data(as format: Format) -> [UInt8] {
        switch format {
        case .csv: csv
        case .xlsx: xlsx
        case .docx: docx
        }
    }

    /// Reads the first table of a file, whose format is told by its bytes. Blank rows at the end are left out.
    public static func read(_ bytes: [UInt8]) throws(Unreadable) -> Sheet {
        guard bytes.count <= mostBytes else { throw .tooLarge }
        var sheet: Sheet
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            do { sheet = try readOffice(try Archive(bytes)) } catch { throw Unreadable(error) }
        } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw .encrypted
        } else {
            sheet = try readCSV(bytes)
        }
        while let last = sheet.rows.last, last.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { sheet.rows.removeLast() }
        guard !sheet.rows.isEmpty else { throw .noTable }
        return sheet
    }

    private static func readOffice(_ archive: Archive) throws -> Sheet {
        if archive.holds("xl/workbook.xml") { return try readXLSX(archive) }
        guard archive.holds("word/document.xml") else { throw Unreadable.unknownFormat }
        return try readDOCX(archive)
    }
}

extension Sheet.Unreadable {
    public var zh: String {
        switch self {
        case .unknownFormat: "不认识这种文件格式。请上传CSV、XLSX或者DOCX。"
        case .broken: "文件已损坏，无法读取。请重新导出后再上传。"
        case .encrypted: "文件有密码，或者是旧的XLS、DOC格式。请另存为XLSX或者DOCX。"
        case .tooLarge: "文件过大。请拆分后再上传。"
        case .notText: "文本编码无法识别。请另存为UTF-8的CSV。"
        case .noTable: "文件里没有表格。"
        }
    }

    public var en: String {
        switch self {
        case .unknownFormat: "This kind of file is not known. Use CSV, XLSX or DOCX."
        case .broken: "The file is damaged and can not be read. Export it anew."
        case .encrypted: "The file has a password, or is an old XLS or DOC. Save it as XLSX or DOCX."
        case .tooLarge: "The file is too large. Split it."
        case .notText: "The encoding is not known. Save it as CSV in UTF-8."
        case .noTable: "There is no table in the file."
        }
    }
}
