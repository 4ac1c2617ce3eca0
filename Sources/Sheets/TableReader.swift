import Extract
import Foundation

/// Reads a table out of a file, told apart by its bytes; a workbook is read in a process of its own, within limits of time and memory.
public enum TableReader {
    /// The running program, if it is the one that knows `table`; nil in a test or another program, which reads workbooks itself.
    public static let program: String? = {
        do {
            let path = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return path.hasSuffix("/gongkai") && FileManager.default.isExecutableFile(atPath: path) ? path : nil
        } catch { return nil }
    }()

    private static let limits = Workbench.Limits(time: 60, memory: 2 << 30, file: 512 << 20, output: 1 << 20)

    /// - Throws: `TableRefused`. A text file is not parsed here: its bytes are the table.
    public static func read(_ bytes: [UInt8], program: String? = program) async throws(TableRefused) -> TableReading {
        try check(bytes)
        guard bytes.starts(with: [0x50, 0x4B]) else { return TableReading(csv: bytes) }
        let result: Result<Result<TableReading, TableRefused>, Extract.Refused>
        do throws(Extract.Refused) {
            result = .success(
                try await Reader.work {
                    do { return .success(try program.map { try apart(bytes, $0) } ?? WorkbookTable.read(bytes)) } catch {
                        if case Extract.Refused.tooSlow = error { throw error }
                        return .failure(TableRefused(error))
                    }
                }
            )
        } catch { result = .failure(error) }
        switch result {
        case .success(let read): return try read.get()
        case .failure(let fault): throw TableRefused(fault.zh, fault.en)
        }
    }

    /// The same on the calling thread.
    public static func readHere(_ bytes: [UInt8]) throws(TableRefused) -> TableReading {
        try check(bytes)
        guard bytes.starts(with: [0x50, 0x4B]) else { return TableReading(csv: bytes) }
        do { return try WorkbookTable.read(bytes) } catch { throw TableRefused(error) }
    }

    private static func check(_ bytes: [UInt8]) throws(TableRefused) {
        guard !bytes.isEmpty else { throw TableRefused("文件是空的。", "The file is empty.") }
        guard bytes.count <= Extract.mostBytes else { throw TableRefused(Extract.Refused.tooLarge) }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw TableRefused(Sheet.Unreadable.encrypted) }
        let others: [[UInt8]] = [Array("%PDF-".utf8), [0x1F, 0x8B], [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("Rar!".utf8)]
        if others.contains(where: { bytes.starts(with: $0) }) {
            throw TableRefused("这不是表格。请上传CSV或者XLSX。", "This is no table. Upload CSV or XLSX.")
        }
    }

    private static func apart(_ bytes: [UInt8], _ program: String) throws -> TableReading {
        let bench = try Workbench()
        try bench.put(bytes, as: "book.xlsx")
        try bench.run([program, "table", "book.xlsx", "--out", "."], limits)
        let told = try JSONDecoder().decode(Told.self, from: Data(try bench.take("told.json")))
        if let refused = told.refused { throw TableRefused(refused.zh, refused.en) }
        let aside = String(decoding: try bench.take("aside.txt"), as: UTF8.self)
        return TableReading(csv: try bench.take("table.csv"), notes: told.notes, aside: aside)
    }

    /// What the reading process leaves in its folder beside the table.
    private struct Told: Codable {
        var notes: [TableNote] = []
        var refused: TableNote?
    }

    /// The reading process' own work: the table, the texts beside it, and what is to be told, as files.
    public static func leave(_ result: Result<TableReading, TableRefused>, in folder: URL) throws {
        var told = Told()
        switch result {
        case .success(let read):
            told.notes = read.notes
            try Data(read.csv).write(to: folder.appendingPathComponent("table.csv"))
            try Data(read.aside.utf8).write(to: folder.appendingPathComponent("aside.txt"))
        case .failure(let refused): told.refused = refused.note
        }
        try JSONEncoder().encode(told).write(to: folder.appendingPathComponent("told.json"))
    }
}
