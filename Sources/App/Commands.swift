import ArgumentParser
import Core
import Foundation
import MerkleLog
import Records
import Storage
import Web
import WorkCalendar

/// `gongkai import norms FILE`.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Load collections of documents.", subcommands: [Norms.self])

    struct Norms: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Release a collection of legal texts as one signed batch.",
            discussion: """
                Reads a JSON object a line, packed with gzip. The manifest of all hashes is signed once, by a confidentiality
                reviewer and a leader; each work gets its leaf in the log. Stopped half-way, it goes on when called again.
                """
        )

        @Argument(help: "The file, such as laws.jsonl.gz.")
        var file: String
        @OptionGroup var store: Store
        @Option(help: "The login of the confidentiality reviewer who signs.")
        var reviewer = "zhao"
        @Option(help: "The login of the leader who signs.")
        var leader = "wang"
        @Option(help: "The batch's title.")
        var title = "法律法规"

        func run() async throws {
            let log = try await store.log()
            let people = People(log.database, world: log.world)
            let signers: (Actor, Actor)
            do { signers = (try await people.actor(reviewer), try await people.actor(leader)) } catch Refusal.notFound {
                throw Refused("There is no person with the login \(reviewer) or \(leader). `gongkai demo --set-up-only` makes five.")
            }
            try await Corpus(path: file).release(in: Releases(log), title: title, reviewer: signers.0, leader: signers.1)
            try await Corpus(path: file).keep(in: NormRecords(log.database))
            let progress = Progress("works in the library")
            try await Library(Releases(log)).rebuild { progress.show($0) }
            progress.finish()
            print("\(try await log.size()) leaves in the log")
        }
    }
}

/// `gongkai search QUESTION`, `gongkai search rebuild`.
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Search everything public.",
        subcommands: [Ask.self, Rebuild.self],
        defaultSubcommand: Ask.self
    )
}

/// `gongkai search rebuild`.
struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make this node's search index anew from what is public.",
        discussion:
            "`gongkai serve` and `gongkai search --index` bring the index up to date by themselves; stop the first before this command."
    )

    @OptionGroup var store: Store

    func run() async throws {
        let index = try PublicIndex(Releases(try await store.log()), folder: store.indexFolder)
        let count = try await index.rebuild()
        print("\(count) passages in \(store.indexFolder)")
    }
}

/// `gongkai search QUESTION`; a question that is the name of a subcommand: `gongkai search ask QUESTION`.
struct Ask: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Search everything public (this word may be left out).")

    @Argument(help: "Words, a \"phrase\", or a whole question.")
    var question: String
    @OptionGroup var store: Store
    @Option(help: "What was public and newest on that day, YYYY-MM-DD.")
    var at: String?
    @Option(help: "How many results, at most 1000.")
    var limit = 10
    @Flag(help: "Ask this node's search index, brought up to date first, instead of the database's own.")
    var index = false
    @Flag(help: "Print JSON: {\"results\": [{\"title\", \"article\", \"url\", \"excerpt\", \"status\"}], \"total\"}.")
    var json = false

    func validate() throws {
        guard at.map({ Day($0) != nil }) ?? true else { throw ValidationError("--at takes a date of the form 2022-05-26.") }
        guard (1...1000).contains(limit) else { throw ValidationError("--limit is 1 to 1000.") }
    }

    func run() async throws {
        let releases = Releases(try await store.log())
        let day = at.flatMap { Day($0) }
        let found = index ? try await indexed(releases, day) : try await releases.search(question, at: day, limit: limit)
        if json { return try SearchJSON(found, question: question, at: day).printAsJSON() }
        for each in found.results { print("\(each.title) \(each.article)\n  \(each.excerpt(around: [question]))") }
        print("\(found.total) results")
        if let meant = found.didYouMean { print("Did you mean: \(meant)") }
    }

    private func indexed(_ releases: Releases, _ day: Day?) async throws -> Findings {
        let index = try PublicIndex(releases, folder: store.indexFolder)
        try await index.follow()
        return try await index.search(question, at: day ?? Store.world.now().beijingDay, limit: limit)
    }
}

/// `gongkai log verify|head`.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "The transparency log.",
        subcommands: [Verify.self, Head.self]
    )

    struct Head: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the newest signed head; keep it to verify later.")
        @OptionGroup var store: Store

        func run() async throws { print(try await store.log().head(), terminator: "") }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Check the log against every stored content, and against an older head.")
        @OptionGroup var store: Store
        @Option(help: "A file with a head that was kept.")
        var older: String?
        @Flag(help: "Print JSON: {\"size\", \"root\", \"faults\": []}.")
        var json = false

        func run() async throws {
            var head: SignedHead?
            if let older {
                guard let data = FileManager.default.contents(atPath: older) else { throw Refused("\(older) can not be read.") }
                do { head = try SignedHead(note: String(decoding: data, as: UTF8.self)) } catch {
                    throw Refused("\(older) holds no signed head: \(error)")
                }
            }
            let verdict = try await store.log().verify(against: head)
            if json { try verdict.printAsJSON() } else { print("\(verdict.size) leaves, root \(verdict.root)") }
            guard verdict.faults.isEmpty else { throw Refused(verdict.faults.joined(separator: "\n")) }
            if !json { print("everything agrees") }
        }
    }
}

/// `gongkai migrate`.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Bring the store's tables up to this program.")
    @OptionGroup var store: Store

    func run() async throws {
        let names = try await store.open().migrate(HouseSchema.all)
        print(names.isEmpty ? "nothing to do" : names.joined(separator: "\n"))
    }
}

/// `gongkai check`: the store's own integrity.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Read every page of the store and every reference.")
    @OptionGroup var store: Store

    func run() async throws {
        let faults = try await store.open().integrityFaults()
        guard faults.isEmpty else { throw Refused(faults.joined(separator: "\n")) }
        print("the store is whole")
    }
}
