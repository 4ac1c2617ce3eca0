import ArgumentParser
import Core
import Foundation
import Index
import MerkleLog
import Records
import Storage
import Web
import WorkCalendar

/// Where the house keeps its records: a folder (embedded), or a PostgreSQL server.
struct Store: ParsableArguments {
    @Option(help: "A folder for everything (embedded SQLite). Made when it is not there.")
    var data: String?

    @Option(help: "A PostgreSQL address, such as postgresql://gongkai@localhost/gongkai.")
    var database: String?

    @Option(help: "The file with the log's secret key; default: `key` in the data folder, or ./gongkai.key.")
    var key: String?

    @Option(help: "The log's name in its signed heads; default: gongkai.local/log.")
    var origin: String?

    mutating func validate() throws {
        let settings = try Settings.read.get()
        if data == nil, database == nil { (data, database) = (settings["data"], settings["database"]) }
        (key, origin) = (key ?? settings["key"], origin ?? settings["origin"])
        guard (data == nil) != (database == nil) else { throw ValidationError("Give either --data DIR or --database URL.") }
    }

    static let world = World(
        now: { Moment(milliseconds: Int((Date().timeIntervalSince1970 * 1000).rounded(.down))) },
        bytes: { count in
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
    )

    /// Where this node keeps its search index.
    var indexFolder: String { data.map { "\($0)/search" } ?? "gongkai.search" }

    func open() throws -> any Database {
        if let database { return try Postgres(database, connections: 8) }
        let folder = data ?? "."
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        return try SQLite(path: "\(folder)/gongkai.sqlite", readers: 4)
    }

    /// The open log, its tables made when they are not there.
    func log() async throws -> TransparencyLog {
        let database = try open()
        try await database.migrate(HouseSchema.all)
        guard let key = SigningKey(seed: try seed()) else { throw Refused("The key file is damaged: it holds 32 bytes.") }
        return TransparencyLog(database, world: Self.world, key: key, origin: origin ?? "gongkai.local/log")
    }

    func house(_ listening: Listening) async throws -> House {
        let log = try await log()
        let secret = Hash(of: try seed() + Array("forms".utf8)).hex
        let calendar = WorkCalendar(notices: try HolidayNotice.read(ComesWith.text("cn-workdays", "csv")))
        var house = try House(
            log: log,
            calendar: calendar,
            secret: secret,
            site: listening.address,
            isSecure: listening.secure,
            isBehindProxy: listening.behindProxy,
            scanTable: try listening.scanTable.map { try ScanCommand.table(in: $0) },
            emergencyHours: try Self.emergencyHours()
        )
        if let folder = data { house.openFolder = "\(folder)/open" }
        try await house.loadCalendar()
        do { house.index = try PublicIndex(house.releases, folder: indexFolder) } catch let error as IndexError {
            // The database's own search answers then.
            FileHandle.standardError.write(Data("gongkai: no search index: \(error)\n".utf8))
        }
        return house
    }

    private static func emergencyHours() throws -> Int {
        guard let text = try Settings.read.get()["emergency-hours"] else { return 24 }
        guard let hours = Int(text), (1...720).contains(hours) else { throw Refused("emergency-hours is a number from 1 to 720.") }
        return hours
    }

    /// The secret key's seed: read, or made and written for its owner alone.
    private func seed() throws -> [UInt8] {
        let path = key ?? data.map { "\($0)/key" } ?? "gongkai.key"
        if let bytes = FileManager.default.contents(atPath: path) { return Array(bytes) }
        let seed = Self.world.bytes(32)
        guard FileManager.default.createFile(atPath: path, contents: Data(seed), attributes: [.posixPermissions: 0o600]) else {
            throw Refused("The key file \(path) can not be written.")
        }
        return seed
    }
}
