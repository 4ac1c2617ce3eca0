import Foundation

/// The paths that a room's api.yaml describes, and those that its routers take: the two must be the same.
public enum Described {
    /// - Parameter room: the room's folder.
    public static func paths(of room: URL) throws -> [String] {
        try lines(room.appending(path: "api.yaml")).filter { $0.hasPrefix("  /") }.map { String($0.dropFirst(2).dropLast()) }
    }

    /// What files of a room route: `router.get("api/v1/powers/:code", …)` is `/api/v1/powers/{code}`.
    public static func routes(in files: [String], of room: URL) throws -> [String] {
        try files.flatMap { try lines(room.appending(path: $0)) }.compactMap { line -> String? in
            guard let start = line.range(of: "router.get(\"") else { return nil }
            let path = "/" + line[start.upperBound...].prefix { $0 != "\"" }
            return path.split(separator: "/", omittingEmptySubsequences: false)
                .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
        }
    }

    private static func lines(_ file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }
}
