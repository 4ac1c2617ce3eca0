import ArgumentParser
import Core
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Records
import Storage
import Web

/// `gongkai serve`: the portal and the desk, on IPv6 and IPv4 at once.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the portal and the desk.")

    @OptionGroup var store: Store
    @OptionGroup var listening: Listening

    func run() async throws {
        try await listening.serve(try await store.house(listening))
    }
}

struct Listening: ParsableArguments {
    @Option(help: "The address to listen on; :: is IPv6 and IPv4 together.")
    var host = "::"

    @Option(help: "The port.")
    var port = 8080

    @Option(help: "The address that the public uses, such as https://www.example.gov.cn.")
    var site: String?

    @Flag(help: "TLS ends in front of us: cookies are marked secure and HSTS is sent.")
    var secure = false

    @Flag(help: "A proxy on this machine stands in front: the visitor's address is the last one in X-Forwarded-For.")
    var behindProxy = false

    var address: String { site ?? "http://localhost:\(port)" }

    func serve(_ house: House) async throws {
        var logger = Logger(label: "gongkai")
        logger.logLevel = .notice
        let application = Application(
            responder: Site(house),
            // A client that says nothing for half a minute is let go.
            server: .http1(configuration: .init(idleTimeout: .seconds(30))),
            configuration: .init(address: .hostname(host, port: port), serverName: nil, backlog: 1024),
            onServerRunning: { _ in
                FileHandle.standardError.write(Data("gongkai: serving on port \(port): \(address)/zh/ and \(address)/en/\n".utf8))
            },
            logger: logger
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await house.watchTheLog() }
            try await application.runService()
            group.cancelAll()
        }
    }
}

/// `gongkai demo`: a house with five persons, the laws and the notice of 2022 in it.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Set up a demo house with real documents, and serve it.",
        discussion: "Loads ../shared/data where it is there, otherwise only the persons. Runs again without harm."
    )

    @OptionGroup var store: Store
    @OptionGroup var listening: Listening

    @Option(help: "The folder with the real data.")
    var corpora = "../shared/data"

    @Option(help: "The password of the demo persons.")
    var password = "gongkai-demo-2022"

    @Flag(help: "Set up only, do not serve.")
    var setUpOnly = false

    func run() async throws {
        let house = try await store.house(listening)
        try await house.people.addDemo(password: password)
        let laws = "\(corpora)/laws-core.jsonl.gz"
        if FileManager.default.fileExists(atPath: laws) {
            try await Corpus(path: laws).release(
                in: house.releases,
                title: "法律法规（核心）",
                reviewer: try await house.people.actor("zhao"),
                leader: try await house.people.actor("wang")
            )
        }
        let notice = "\(corpora)/keypoints/2022-key-points.en.txt"
        if let data = FileManager.default.contents(atPath: notice) {
            try await DemoNotice(house: house).release(String(decoding: data, as: UTF8.self))
        }
        let names = People.demo.map { "\($0.login) (\($0.name.en), \($0.roles.map(\.text.en).joined(separator: " + ")))" }
        let lines = [
            "Portal:  \(listening.address)/zh/   \(listening.address)/en/",
            "Desk:    \(listening.address)/zh/office/sign-in",
            "Persons: \(names.joined(separator: ", "))", "Password of all: \(password)",
        ]
        FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
        if !setUpOnly { try await listening.serve(house) }
    }
}
