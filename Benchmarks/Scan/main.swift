// Scans texts for scan.py: as JSON lines, or against the clock.
import Foundation
import Scan

// `scan-bench results house FLOOR < texts`: a JSON string a line in, a JSON list of findings a line out.
// `scan-bench speed FILE ROUNDS`: CPU seconds of vectorscan alone and of the whole scan, over one text.
let arguments = CommandLine.arguments
let table = Table.house

func cpu(_ work: () -> Void) -> Double {
    let start = clock()
    work()
    return Double(clock() - start) / Double(CLOCKS_PER_SEC)
}

switch arguments.dropFirst().first {
case "results":
    let floor = arguments.count > 3 ? Double(arguments[3]) ?? 0.4 : 0.4
    while let line = readLine() {
        let text = try JSONDecoder().decode(String.self, from: Data(line.utf8))
        let rows = Scan.results(in: text, by: table, floor: floor).map { result -> [String: Any] in
            [
                "kind": result.kind, "value": result.value, "start": result.start, "end": result.end, "rule": result.rule,
                "severity": result.severity, "confidence": result.confidence, "reason": result.reason.zh,
            ]
        }
        print(String(decoding: try JSONSerialization.data(withJSONObject: rows, options: [.sortedKeys]), as: UTF8.self))
    }
case "kinds":
    // What each row costs vectorscan, the dearest first.
    var text = try String(contentsOfFile: arguments[2], encoding: .utf8)
    text.withUTF8 { bytes in
        let costs = Set(table.kinds.map(\.rule.rawValue)).map { rule -> (String, Double, Int) in
            let one = table.only([rule])
            var hits = Scan.rawHits(in: UnsafeBufferPointer(rebasing: bytes.prefix(100)), by: one)
            let seconds = cpu { hits = Scan.rawHits(in: bytes, by: one) }
            return (rule, Double(bytes.count) / seconds / 1e6, hits)
        }
        for cost in costs.sorted(by: { $0.1 < $1.1 }) { print(cost.0, Int(cost.1), "MB/s", cost.2) }
    }
case "speed":
    let text = try String(contentsOfFile: arguments[2], encoding: .utf8)
    let rounds = arguments.count > 3 ? Int(arguments[3]) ?? 3 : 3
    var (raw, hits, findings) = (0.0, 0, 0)
    var pieces: [String] = []
    var piece = ""
    // Whole documents of some 100 kB, as a batch has them.
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        piece += line + "\n"
        if piece.utf8.count > 100_000 {
            pieces.append(piece)
            piece = ""
        }
    }
    pieces.append(piece)
    _ = Scan.findings(in: "", by: table)
    for _ in 0..<rounds {
        for var piece in pieces {
            piece.withUTF8 { bytes in raw += cpu { hits += Scan.rawHits(in: bytes, by: table) } }
        }
    }
    let whole = cpu { for _ in 0..<rounds { for piece in pieces { findings += Scan.findings(in: piece, by: table).count } } }
    let bytes = Double(text.utf8.count * rounds)
    print("{\"bytes\":\(Int(bytes)),\"rawSeconds\":\(raw),\"scanSeconds\":\(whole),\"hits\":\(hits),\"findings\":\(findings)}")
default:
    print("usage: scan-bench results|speed …")
}
