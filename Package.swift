// swift-tools-version: 6.2
import Foundation
import PackageDescription

// One room a capability. Every room holds the same furniture; the compiler sees the layers.
let rooms = [
    "Shared", "People", "Norms", "Review", "Releases", "Ledger", "Requests", "Appeals", "AnnualReport", "Datasets", "Powers", "Sites",
    "Library", "LimitedScope", "Mcp",
]
let furniture = ["Core", "Records", "Web", "Pages", "Tests", "README.md"]
// The rooms that software talks to.
let described = ["Sites", "Powers", "Releases", "Library", "Mcp"]

func layer(_ name: String, with extra: String...) -> (sources: [String], exclude: [String]) {
    let kept = [name] + extra
    return (
        rooms.map { "\($0)/\(name)" }.filter(stands),
        rooms.flatMap { room in furniture.filter { !kept.contains($0) }.map { "\(room)/\($0)" } }.filter(stands)
            + described.map { "\($0)/api.yaml" }
    )
}

/// A room has the furniture it needs, and no empty folders.
func stands(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/Rooms/\(path)")
}

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]
let core = layer("Core")
let records = layer("Records")
let web = layer("Web", with: "Pages")
let tests = layer("Tests")

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "Logging", package: "swift-log"),
]

func engine(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

let engines: [Target.Dependency] = ["WorkCalendar", "LegalText", "Scan", "Mosaic", "MerkleLog", "Index"]

let package = Package(
    name: "gongkai",
    platforms: [.macOS(.v15)],
    traits: [.trait(name: "TLS", description: "TLS in process (NIOSSL); off by default: nginx or HAProxy stands in front.")],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", exact: "2.1.1"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CPQ", path: "Sources/CPQ", pkgConfig: "libpq"),
        .systemLibrary(name: "CSodium", path: "Sources/CSodium", pkgConfig: "libsodium"),
        .systemLibrary(name: "CVectorscan", path: "Sources/CVectorscan", pkgConfig: "libhs"),
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib"),
        .systemLibrary(name: "CGLPK", path: "Sources/CGLPK"),

        engine("WorkCalendar"),
        engine("LegalText", ["WorkCalendar"]),
        engine("Index"),
        engine("Scan", ["CVectorscan"]),
        engine("Mosaic", ["CGLPK", "CSodium"]),
        engine("MerkleLog", ["CSodium"]),
        engine("Extract", ["CZlib"]),
        engine("Sheets", ["Extract"]),
        engine("Redact", ["Extract"]),
        engine("Storage", ["CPQ", .product(name: "GRDB", package: "GRDB.swift")]),

        .target(
            name: "Core",
            dependencies: engines,
            path: "Rooms",
            exclude: core.exclude,
            sources: core.sources,
            swiftSettings: strict
        ),
        .target(
            name: "Records",
            dependencies: ["Core", "Storage", "CSodium"] + engines,
            path: "Rooms",
            exclude: records.exclude,
            sources: records.sources,
            swiftSettings: strict
        ),
        .target(
            name: "Web",
            dependencies: [
                "Core", "Records", "Storage", "Extract", "Redact", "Sheets", "CSodium", hummingbird,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
            ] + engines + nio,
            path: "Rooms",
            exclude: web.exclude,
            sources: web.sources,
            resources: rooms.map { "\($0)/Pages" }.filter(stands).map { .process($0) },
            swiftSettings: strict
        ),
        .executableTarget(
            name: "gongkai",
            dependencies: [
                "Core", "Records", "Web", "Storage", "Extract", "Redact", "Sheets", "CZlib", hummingbird,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "HummingbirdTLS", package: "hummingbird", condition: .when(traits: ["TLS"])),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["TLS"])),
            ] + engines + nio,
            path: "Sources/App",
            resources: [.process("Files")],
            swiftSettings: strict
        ),

        .target(
            name: "TestSupport",
            dependencies: [
                "CPQ", "Storage", "Core", "Records", "Web", hummingbird,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ] + engines + nio,
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "EngineTests",
            dependencies: ["Storage", "Extract", "Redact", "Sheets", "TestSupport"] + engines,
            path: "Tests/EngineTests",
            swiftSettings: strict
        ),
        .testTarget(
            name: "RoomTests",
            dependencies: ["Core", "Records", "Web", "Storage", "Extract", "Sheets", "TestSupport", hummingbird] + engines + nio,
            path: "Rooms",
            exclude: tests.exclude,
            sources: tests.sources,
            swiftSettings: strict
        ),
    ]
)
