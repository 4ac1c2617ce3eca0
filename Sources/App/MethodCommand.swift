import ArgumentParser
import Core
import Foundation

/// `gongkai method`: the questions of the law on how to disclose, and what a set of answers comes to.
struct MethodCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "method",
        abstract: "Choose how to disclose, by the questions of arts 10 to 23.",
        discussion: """
            Example:  gongkai method --answers answers.json --json
            The file is JSON, each question with "yes", "no" or "unsure" (true and false are taken too):
              {"madeOrHeldByUs": "yes", "stateSecret": "no", …}
            Without --answers the questions are listed, each with its article.
            """
    )

    @Option(help: "A file with the answers, as JSON.")
    var answers: String?

    @Flag(help: "Print JSON: {\"method\", \"path\": [{\"question\", \"answer\", \"article\"}], \"articles\", \"duties\", \"open\"}.")
    var json = false

    func run() throws {
        guard let answers else { return try questions() }
        let outcome = try MethodQuestions.outcome(try read(answers))
        if json { return try outcome.printAsJSON() }
        let language = Language.ofTerminal
        for step in outcome.path { print("\(language == .zh ? step.zh : step.en)  \(step.answer.rawValue)  \(step.article)") }
        if let method = outcome.method { print("→ \(method.text.in(language))") }
        if let open = outcome.open { print("? \(open.rawValue)") }
        for duty in outcome.duties { print("! \(language == .zh ? duty.zh : duty.en) (\(duty.article))") }
    }

    private func read(_ file: String) throws -> [MethodQuestions.Question: MethodQuestions.Answer] {
        guard let data = FileManager.default.contents(atPath: file) else { throw Refused("\(file) can not be read.") }
        let told: [String: Any]
        do {
            guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
                throw Refused("\(file) is not a JSON object of questions and answers.")
            }
            told = object
        } catch let error as CocoaError { throw Refused("\(file) is not JSON: \(error.localizedDescription)") }
        return try MethodQuestions.answers(told)
    }

    private func questions() throws {
        struct Line: Encodable {
            let question, zh, en, article: String
        }
        let lines = MethodQuestions.rows.map {
            Line(question: $0.question.rawValue, zh: $0.text.zh, en: $0.text.en, article: $0.law.citation.zh)
        }
        if json { return try lines.printAsJSON() }
        for line in lines { print("\(line.question)\t\(Language.ofTerminal == .zh ? line.zh : line.en)\t\(line.article)") }
    }
}
