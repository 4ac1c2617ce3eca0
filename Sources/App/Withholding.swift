import Core
import Extract
import Foundation
import Redact
import Scan
import Web

/// What is to be withheld from a file: what the scan finds in it, or what a list names.
enum Withholding {
    /// Every finding of the scan in everything that a recipient could recover from the file.
    static func all(in bytes: [UInt8], name: String, article: String) async throws -> [Withheld] {
        let found: [FileScan.Found]
        do {
            found = try await FileScan(file: name, bytes: bytes).findings { Scan.results(in: $0) }.found
        } catch { throw Refused(Language.ofTerminal == .zh ? error.zh : error.en) }
        var seen: Set<String> = []
        return found.map(\.result).filter { seen.insert($0.printed).inserted }.map { result in
            Withheld(text: result.printed, reason: result.rule, article: article)
        }
    }

    /// A list in JSON: strings, findings with their value, or boxes on pages.
    static func listed(in file: String, article: String) throws -> [Withheld] {
        guard let data = FileManager.default.contents(atPath: file) else { throw Refused("\(file) can not be read.") }
        let list: [Any]
        do {
            guard let read = try JSONSerialization.jsonObject(with: data) as? [Any] else {
                throw Refused("\(file) is not a list of findings.")
            }
            list = read
        } catch let error as CocoaError { throw Refused("\(file) is not JSON: \(error.localizedDescription)") }
        return try list.enumerated().map { number, each in
            if let text = each as? String { return Withheld(text: text, reason: "", article: article) }
            guard let table = each as? [String: Any] else {
                throw Refused("Entry \(number + 1) of \(file) is neither a text nor a finding.")
            }
            let own = table["article"] as? String ?? article
            let reason = (table["reason"] ?? table["kind"]) as? String ?? ""
            if let text = (table["value"] ?? table["text"]) as? String, !text.isEmpty {
                return Withheld(text: text, reason: reason, article: own)
            }
            func measure(_ name: String) -> Double? { ((table["box"] as? [String: Any])?[name] as? NSNumber)?.doubleValue }
            guard let x = measure("x"), let y = measure("y"), let width = measure("width"), let height = measure("height") else {
                throw Refused("Entry \(number + 1) of \(file) has neither a value nor a page with a box.")
            }
            let box = Withheld.Box(x: x, y: y, width: width, height: height)
            return Withheld(page: (table["page"] as? NSNumber)?.intValue ?? 1, box: box, reason: reason, article: own)
        }
    }
}
