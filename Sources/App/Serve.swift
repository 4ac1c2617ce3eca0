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

#if TLS
import HummingbirdTLS
import NIOSSL
#endif

/// `gongkai serve`: the portal and the desk, on IPv6 and IPv4 at once.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the portal and the desk.")

    @OptionGroup var store: Store
    @OptionGroup var listening: Listening

    @Flag(help: "Leave the jobs to `gongkai work` in another process.")
    var withoutWork = false

    func run() async throws {
        try await listening.serve(try await store.house(listening), withoutWork: withoutWork)
    }
}

struct Listening: ParsableArguments {
    @Option(name: .customLong("host"), help: "The address to listen on; default :: is IPv6 and IPv4 together.")
    var chosenHost: String?

    @Option(name: .customLong("port"), help: "The port; default 8080.")
    var chosenPort: Int?

    @Option(help: "The address that the public uses, such as https://www.example.gov.cn.")
    var site: String?

    @Flag(help: "TLS ends in front of us: cookies are marked secure and HSTS is sent.")
    var secure = false

    @Flag(help: "A proxy on this machine stands in front: the visitor's address is the last one in X-Forwarded-For.")
    var behindProxy = false

    @Option(help: "The office's own rules of the scan, as JSON; see gongkai scan --help.")
    var scanTable: String?

    #if TLS
    @Option(help: "A PEM file with the certificate chain: TLS in process.")
    var certificate: String?

    @Option(help: "A PEM file with the certificate's private key.")
    var certificateKey: String?
    #endif

    var host: String { chosenHost ?? "::" }
    var port: Int { chosenPort ?? 8080 }
    var address: String { site ?? "http://localhost:\(port)" }

    mutating func validate() throws {
        let settings = try Settings.read.get()
        (chosenHost, site) = (chosenHost ?? settings["host"], site ?? settings["site"])
        scanTable = scanTable ?? settings["scan-table"]
        if chosenPort == nil, let told = settings["port"] {
            guard let port = Int(told) else { throw ValidationError("The setting port is a number, not \(told).") }
            chosenPort = port
        }
        guard (0...65535).contains(port) else { throw ValidationError("A port is 0 to 65535.") }
        if settings.isOn("secure") { secure = true }
        if settings.isOn("behind-proxy") { behindProxy = true }
        #if TLS
        (certificate, certificateKey) = (certificate ?? settings["certificate"], certificateKey ?? settings["certificate-key"])
        guard (certificate == nil) == (certificateKey == nil) else {
            throw ValidationError("Give --certificate and --certificate-key together.")
        }
        if certificate != nil { secure = true }
        #endif
    }

    /// A client that says nothing for half a minute is let go.
    private func server() throws -> HTTPServerBuilder {
        let http = HTTPServerBuilder.http1(configuration: .init(idleTimeout: .seconds(30)))
        #if TLS
        if let certificate, let certificateKey {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate).map { NIOSSLCertificateSource.certificate($0) }
            let key = try NIOSSLPrivateKey(file: certificateKey, format: .pem)
            return try .tls(http, tlsConfiguration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
        }
        #endif
        return http
    }

    func serve(_ house: House, withoutWork: Bool = false) async throws {
        var logger = Logger(label: "gongkai")
        logger.logLevel = .notice
        let application = Application(
            responder: Site(house),
            server: try server(),
            configuration: .init(address: .hostname(host, port: port), serverName: nil, backlog: 1024),
            onServerRunning: { _ in
                FileHandle.standardError.write(Data("gongkai: serving on port \(port): \(address)/zh/ and \(address)/en/\n".utf8))
            },
            logger: logger
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await house.watchTheLog() }
            group.addTask { try await house.followChanges() }
            if !withoutWork { group.addTask { try await house.keepWorking() } }
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
        let records = NormRecords(house.database)
        if FileManager.default.fileExists(atPath: laws), try await records.heads().isEmpty {
            try await Corpus(path: laws).keep(in: records)
        }
        if let data = FileManager.default.contents(atPath: notice) {
            try await DemoNotice(house: house).release(String(decoding: data, as: UTF8.self))
        }
        if try await house.library.isEmpty { try await house.library.rebuild() }
        if FileManager.default.fileExists(atPath: laws) { try await DemoPowers(house: house).publish(password: password) }
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

/// `gongkai work`: the effects that steps left behind.
struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Do the jobs that steps left behind: anchors of the logs, printed files.",
        discussion: """
            `gongkai serve` works too, unless it is told --without-work. A job that fails comes again after 10 s, then four
            times as long each time; after the sixth attempt it waits for the administrator on the desk's page of jobs.
            """
    )

    @OptionGroup var store: Store
    @Flag(help: "Stop when nothing is due.")
    var once = false
    @Flag(help: "With --once, print JSON: {\"done\": N}.")
    var json = false

    func run() async throws {
        let house = try await store.house(try Listening.parse([]))
        guard once else { return try await house.keepWorking() }
        let done = try await house.work()
        if json { return try ["done": done].printAsJSON() }
        print("\(done) jobs")
    }
}
