import ArgumentParser
import Core
import Extract
import Foundation
import Scan
import Web
import WorkCalendar

/// `gongkai scan FILE…`: what in a file must not become public unseen.
struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Finds secrecy marks, personal data, work and trade secrets, keys and passwords in files.",
        discussion: """
            Example:  gongkai scan notice.docx annex.pdf --json
            Reads everything that a recipient could recover: text, office files with comments, tracked changes and embedded files, PDF,
            archives, messages, pictures. A file that can not be read is named on standard error, the others are scanned all the
            same, and the exit status is 1. Needs no store; keeps nothing.
            start and end count Unicode scalars of the text, or of the piece that place names; value is what stands between them.
            --rules prints the table of rules in the form that --table takes: {"rows": [{"rule", "kind", "zh", "en", "pattern", "context",
            "weight", "weightInContext", "severity", "basis", "positive", "negative", "allow"}]}. A row without pattern changes the built-in
            rule of that name; {"rule": "hotline", "off": true} takes one out. A table is refused unless each row finds in its positive
            examples and does not in its negative ones.
            """
    )

    @Argument(help: "The files.")
    var files: [String] = []
    @Option(help: "The office's own table of rules, as JSON.")
    var table: String?
    @Option(help: "Leave out what is less sure than this, 0 to 1.")
    var floor = 0.4
    @Option(help: "The day on which ages count, YYYY-MM-DD; default: today.")
    var on: String?
    @Option(help: "A file of document numbers known to be public, one a line: all others are told.")
    var published: String?
    @Flag(help: "Print the table of rules, as JSON.")
    var rules = false
    @Flag(
        help: "Print JSON: [{\"file\", \"kind\", \"value\", \"start\", \"end\", \"place\", \"severity\", \"confidence\", \"rule\"}]."
    )
    var json = false

    func validate() throws {
        guard rules || !files.isEmpty else { throw ValidationError("Name at least one file.") }
        guard (0...1).contains(floor) else { throw ValidationError("--floor is a number from 0 to 1.") }
        guard on.map({ Day($0) != nil }) ?? true else { throw ValidationError("--on takes a date of the form 2022-05-26.") }
    }

    func run() async throws {
        let table = try self.table.map { try Self.table(in: $0) } ?? .house
        if rules {
            let rows = ["rows": OfficeTable.written(table)]
            let data = try JSONSerialization.data(withJSONObject: rows, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
            FileHandle.standardOutput.write(data + Data("\n".utf8))
            return
        }
        let published = try self.published.map {
            Set(String(decoding: try Self.bytes(of: $0), as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init))
        }
        let day = on.flatMap { Day($0) } ?? Store.world.now().beijingDay
        var (found, faults): ([(file: String, FileScan.Found)], [String]) = ([], [])
        for file in files {
            do {
                let read = try await FileScan(file: file, bytes: try Self.bytes(of: file)).findings { text in
                    Scan.results(
                        in: text,
                        by: table,
                        floor: floor,
                        on: day.year * 10_000 + day.month * 100 + day.day,
                        published: published
                    )
                }
                found += read.found.map { (file, $0) }
                faults += read.unread.map { "\(file): \($0)" }
            } catch let refused as Extract.Refused {
                faults.append("\(file): \(Language.ofTerminal == .zh ? refused.zh : refused.en)")
            } catch let refused as Refused { faults.append(refused.sentence) }
        }
        if json { try found.map { FindingJSON($0.1, in: $0.file) }.printAsJSON() } else { show(found) }
        guard faults.isEmpty else { throw Refused(faults.joined(separator: "\ngongkai: ")) }
    }

    /// The house's rules with those of an office's file.
    static func table(in file: String) throws -> Table {
        do { return try OfficeTable.read(Data(try Self.bytes(of: file))) } catch let refused as OfficeTable.Refused {
            throw Refused("\(file): \(refused.words.inTerminal)")
        }
    }

    private static func bytes(of file: String) throws -> [UInt8] {
        let isZh = Language.ofTerminal == .zh
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
            throw Refused(isZh ? "没有\(file)这个文件。" : "\(file) does not exist.")
        }
        guard !isFolder.boolValue else { throw Refused(isZh ? "\(file)是文件夹，请写明其中的文件。" : "\(file) is a folder: name the files in it.") }
        guard let handle = FileHandle(forReadingAtPath: file) else { throw Refused(isZh ? "无法读取\(file)。" : "\(file) can not be read.") }
        defer { do { try handle.close() } catch {} }
        // One byte more than may be, so that a file too large is told as such, whatever its size.
        do { return [UInt8](try handle.read(upToCount: Extract.mostBytesInReview + 1) ?? Data()) } catch {
            throw Refused(isZh ? "无法读取\(file)。" : "\(file) can not be read.")
        }
    }

    /// The findings as a table for people, the columns as wide as what stands in them.
    private func show(_ found: [(file: String, FileScan.Found)]) {
        let isZh = Language.ofTerminal == .zh
        guard !found.isEmpty else { return print(isZh ? "没有发现需要处理的内容。" : "The scan found nothing.") }
        let heads =
            isZh
            ? ["文件", "位置", "程度", "类别", "原文", "把握", "理由", "依据"]
            : ["file", "place", "severity", "kind", "as printed", "sure", "reason", "basis"]
        let rows = found.map { file, found in
            let result = found.result
            return [
                file, found.place, result.severity, isZh ? result.zh : result.en, result.printed.replacingOccurrences(of: "\n", with: "⏎"),
                String(format: "%.2f", result.confidence), result.reason.inTerminal, result.basis.inTerminal,
            ]
        }
        let widths = heads.indices.map { column in ([heads] + rows).map { Self.width($0[column]) }.max() ?? 0 }
        for row in [heads] + rows {
            let cells = row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - Self.width(cell))
            }
            print(cells.joined(separator: "  "))
        }
    }

    /// Chinese takes two columns of a terminal.
    private static func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) } }
}

extension Bilingual {
    fileprivate var inTerminal: String { Language.ofTerminal == .zh ? zh : en }
}
