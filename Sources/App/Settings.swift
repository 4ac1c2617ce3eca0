import ArgumentParser
import Foundation

/// What the operator sets once: a file, then the environment, then the command's flags; the later one holds.
///
/// The file is named by GONGKAI_SETTINGS and holds lines `port = 8080`; the environment says GONGKAI_PORT=8080. The names
/// are those of the flags: data, database, key, origin, host, port, site, secure, behind-proxy, scan-table, emergency-hours (24: within which an emergency release is confirmed).
struct Settings {
    static let names = [
        "data", "database", "key", "origin", "host", "port", "site", "secure", "behind-proxy", "certificate", "certificate-key",
        "scan-table", "emergency-hours",
    ]
    private let values: [String: String]

    /// Read once, when the program starts.
    static let read = Result { try Settings(ProcessInfo.processInfo.environment) }

    init(_ environment: [String: String]) throws {
        var values: [String: String] = [:]
        if let file = environment["GONGKAI_SETTINGS"] {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ValidationError("The settings file \(file) can not be read.")
            }
            values = try Self.parse(String(decoding: data, as: UTF8.self), file: file)
        }
        for name in Self.names {
            let variable = "GONGKAI_" + name.uppercased().replacingOccurrences(of: "-", with: "_")
            if let value = environment[variable] { values[name] = value }
        }
        self.values = values
    }

    private static func parse(_ text: String, file: String) throws -> [String: String] {
        var values: [String: String] = [:]
        for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, names.contains(parts[0]) else {
                throw ValidationError("\(file), line \(place + 1): write NAME = VALUE with one of \(names.joined(separator: ", ")).")
            }
            values[parts[0]] = parts[1]
        }
        return values
    }

    subscript(name: String) -> String? { values[name] }

    /// Whether a switch is on: yes, true or 1.
    func isOn(_ name: String) -> Bool { ["yes", "true", "1"].contains(values[name] ?? "") }
}
