import Foundation
import Storage

/// An empty database of a test's own, on each engine that is there, gone when the test ends.
public enum Engine: String, CaseIterable, Sendable, CustomStringConvertible {
    case sqlite = "SQLite"
    case postgres = "PostgreSQL"

    /// The address of an administrative database whose user may create others, in the environment.
    public static let postgresVariable = "GONGKAI_TEST_POSTGRES"

    public static let postgresAddress = ProcessInfo.processInfo.environment[postgresVariable]

    /// Those that can be tested here: PostgreSQL only where its address is given.
    public static let available: [Engine] = postgresAddress == nil ? [.sqlite] : allCases

    public var description: String { rawValue }
}

public enum FreshDatabase {
    /// Runs a test on an empty database with the migrations in it.
    public static func each<T>(
        _ engine: Engine,
        _ migrations: [Migration] = [],
        _ test: (any Database) async throws -> T
    ) async throws -> T {
        switch engine {
        case .sqlite:
            return try await inFolder { folder in
                let database = try SQLite(path: folder + "/test.sqlite")
                try await database.migrate(migrations)
                return try await test(database)
            }
        case .postgres:
            return try await onServer { address in
                let database = try Postgres(address)
                try await database.migrate(migrations)
                return try await test(database)
            }
        }
    }

    /// A folder that is removed when the test ends.
    public static func inFolder<T>(_ test: (String) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.path + "/gongkai-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        do {
            let value = try await test(folder)
            try FileManager.default.removeItem(atPath: folder)
            return value
        } catch {
            try FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    /// The address of a new database of the test server, which is dropped when the test ends.
    public static func onServer<T>(_ test: (String) async throws -> T) async throws -> T {
        guard let admin = Engine.postgresAddress else {
            throw StorageError(.connection, "\(Engine.postgresVariable) is not set")
        }
        let name = "gongkai_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let server = try PostgresServer(admin)
        try server.create(name)
        do {
            let value = try await test(server.address(of: name))
            try server.drop(name)
            return value
        } catch {
            try server.drop(name)
            throw error
        }
    }
}

extension FreshDatabase {
    /// Ends every connection to the database at an address made by `onServer`.
    public static func disconnect(_ address: String) throws {
        guard let admin = Engine.postgresAddress, let name = address.split(separator: "dbname='").last?.dropLast() else {
            throw StorageError(.connection, "\(Engine.postgresVariable) is not set")
        }
        try PostgresServer(admin).disconnect(String(name))
    }
}
