// Builds an index of many passages and times questions against it, in CPU seconds of this thread.
//
//   index-bench build PASSAGES.tsv FOLDER        index-bench ask FOLDER QUESTIONS.tsv
//   index-bench tokens PASSAGES.tsv OUT          index-bench questions QUESTIONS.tsv OUT   (for another engine)
//   index-bench torture FOLDER                   (kills a writer at random moments and looks at what is left)
import Foundation
import Glibc

@testable import Index

let arguments = CommandLine.arguments
let day = 20_000

func cpu() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func lines(_ path: String, _ body: (String) throws -> Void) rethrows {
    guard let file = fopen(path, "r") else { fatalError("cannot read \(path)") }
    var line: UnsafeMutablePointer<CChar>?
    var room = 0
    while getline(&line, &room, file) > 0 {
        guard let line else { break }
        let size = strcspn(line, "\n")
        let bytes = UnsafeRawBufferPointer(start: line, count: size)
        try body(String(decoding: bytes, as: UTF8.self))
    }
    free(line)
    fclose(file)
}

func passage(_ line: String) -> Passage {
    let columns = line.utf8.split(separator: 9, omittingEmptySubsequences: false).map { String(Substring($0)) }
    return Passage(
        key: columns[0],
        title: columns[1],
        head: columns[2],
        text: columns[6],
        from: Int(columns[3]),
        to: Int(columns[4]),
        visibility: UInt8(columns[5]) ?? 0,
        facets: ["kind": [columns[1].hasSuffix("法") ? "law" : "rule"]]
    )
}

func build(_ passages: String, _ folder: String) throws {
    let writer = try IndexWriter(folder)
    let start = cpu()
    var reading = 0.0
    var text = 0
    var count = 0
    try lines(passages) { line in
        let before = cpu()
        let passage = passage(line)
        reading += cpu() - before
        text += passage.title.utf8.count + passage.head.utf8.count + passage.text.utf8.count
        count += 1
        try writer.add(passage)
    }
    try writer.commit()
    let collected = cpu()
    try writer.merge(all: true)
    let merged = cpu()
    for number in stride(from: 7, to: count, by: 100) { writer.remove("p\(number)") }
    try writer.commit()
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    print("passages \(count), text \(text / 1_000_000) MB, resident at most \(usage.ru_maxrss / 1024) MB")
    print(
        String(
            format: "CPU s: collect %.1f (reading the TSV %.1f beside), merge %.1f, deletes %.2f",
            collected - start - reading,
            reading,
            merged - collected,
            cpu() - merged
        )
    )
}

func sizes(_ folder: String) throws {
    for part in try IndexReader(folder).snapshot.parts {
        let segment = part.segment
        let all = segment.file.size
        print("segment: \(segment.count) passages, file \(all / 1_000_000) MB, of which stored text \(segment.textBytes / 1_000_000) MB")
    }
}

func ask(_ folder: String, _ questions: String) throws {
    try sizes(folder)
    let opening = cpu()
    let reader = try IndexReader(folder)
    print(String(format: "opened and proved whole in %.2f CPU s", cpu() - opening))
    var kinds: [(String, [String])] = []
    lines(questions) { line in
        let columns = line.split(separator: "\t").map(String.init)
        if kinds.last?.0 != columns[0] { kinds.append((columns[0], [])) }
        kinds[kinds.count - 1].1.append(columns[1])
    }
    for (kind, questions) in kinds {
        var times: [Double] = []
        var empty = 0
        for round in 0..<4 {
            for question in questions {
                let query = Query(question, at: day, mode: kind.hasSuffix("question") ? .any : .all, counting: .nothing)
                let start = cpu()
                let answer = reader.search(query)
                let time = cpu() - start
                if round > 0 { times.append(time * 1000) } else if answer.hits.isEmpty { empty += 1 }
            }
        }
        times.sort()
        let part = { (share: Double) in times[Int(share * Double(times.count - 1) + 0.5)] }
        print("ours\t\(kind)\tp50 " + String(format: "%.3f\tp99 %.3f\tmax %.3f\tempty %d", part(0.5), part(0.99), part(1), empty))
    }
}

/// The tokens of a text with a blank between them: 专利 利法 法 patent.
func tokens(_ text: String) -> String {
    var out: [UInt8] = []
    var text = text
    var runs = Runs()
    func add(_ scalar: UInt32) { out += UTF8.encode(Unicode.Scalar(scalar) ?? "?").map(Array.init) ?? [] }
    text.withUTF8 { bytes in
        while runs.next(in: bytes) {
            if runs.isDense {
                for place in 0..<runs.count {
                    add(runs.scalars[place])
                    if place + 1 < runs.count { add(runs.scalars[place + 1]) }
                    out.append(0x20)
                }
                continue
            }
            let word = UnsafeBufferPointer(start: runs.scalars, count: runs.count)
            if word.allSatisfy({ $0 < 0x80 }) { out += EnglishStem.of(word.map { UInt8($0) }) } else { word.forEach(add) }
            out.append(0x20)
        }
    }
    return String(decoding: out.dropLast(), as: UTF8.self)
}

func writeTokens(_ passages: String, _ path: String) {
    guard let out = fopen(path, "w") else { fatalError("cannot write \(path)") }
    lines(passages) { line in
        let passage = passage(line)
        fputs(tokens("\(passage.title) \(passage.head) \(passage.text)") + "\n", out)
    }
    fclose(out)
}

/// On random days no passage is found that does not hold on the day, and none that may not be seen.
func asof(_ folder: String, _ questions: String) throws {
    let reader = try IndexReader(folder)
    var asked: [String] = []
    lines(questions) { asked.append(String($0.split(separator: "\t")[1])) }
    var hits = 0
    for number in 0..<1000 {
        let day = Int.random(in: 6900...21_100)
        let query = Query(asked[number * 7 % asked.count], at: day, mode: number % 2 == 0 ? .any : .all, limit: 50)
        for hit in reader.search(query).hits {
            hits += 1
            let isHolding = day >= hit.passage.from ?? .min && day < hit.passage.to ?? .max && hit.passage.visibility == 0
            guard isHolding else { fatalError("day \(day): \(hit.passage)") }
        }
    }
    print("1000 days, \(hits) hits, none lapsed, none early, none hidden")
}

/// For each question its kind and the tokens: groups by bars, of a phrase its tokens in order.
func writeQuestions(_ questions: String, _ path: String) {
    guard let out = fopen(path, "w") else { fatalError("cannot write \(path)") }
    lines(questions) { line in
        let columns = line.split(separator: "\t").map(String.init)
        let question = Question(columns[1])
        let terms = columns[0].hasSuffix("question") ? question.parts : question.groups.compactMap(\.alternatives.first)
        let groups = terms.map { term in
            let all = tokens(term.runs.map(\.text).joined(separator: " ")).split(separator: " ")
            // The last token of a run is its last character alone, which a longer text does not hold there.
            return (term.runs.last?.isDense ?? false) && all.count > 1 ? all.dropLast().joined(separator: " ") : all.joined(separator: " ")
        }
        fputs("\(columns[0])\t\(groups.joined(separator: "|"))\n", out)
    }
    fclose(out)
}

/// Writes for ever: each commit replaces all hundred passages by those of its number.
func write(_ folder: String) throws {
    let writer = try IndexWriter(folder)
    while true {
        let number = writer.position + 1
        for place in 0..<100 { try writer.add(Passage(key: "p\(place)", text: "第\(number)次提交的正文")) }
        try writer.commit(position: number)
        if number % 5 == 0 { try writer.merge() }
    }
}

func torture(_ folder: String) throws {
    var commits = 0
    for round in 1...40 {
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = ["write", folder]
        try child.run()
        usleep(UInt32.random(in: 20_000...700_000))
        kill(child.processIdentifier, SIGKILL)
        child.waitUntilExit()
        let reader = try IndexReader(folder)
        let hits = reader.search(Query("正文", mode: .all, limit: 200)).hits
        let wanted = reader.position == 0 ? 0 : 100
        guard hits.count == wanted, hits.allSatisfy({ $0.passage.text == "第\(reader.position)次提交的正文" }) else {
            fatalError("round \(round): \(hits.count) passages, position \(reader.position)")
        }
        commits = reader.position
    }
    print("40 writers killed, \(commits) commits: each time the last commit was whole")
}

switch arguments.dropFirst().first {
case "build": try build(arguments[2], arguments[3])
case "ask": try ask(arguments[2], arguments[3])
case "tokens": writeTokens(arguments[2], arguments[3])
case "questions": writeQuestions(arguments[2], arguments[3])
case "asof": try asof(arguments[2], arguments[3])
case "torture": try torture(arguments[2])
case "write": try write(arguments[2])
default: print("build, ask, tokens, questions or torture")
}
