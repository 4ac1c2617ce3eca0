// swift-tools-version: 6.2
import PackageDescription

// Times the disclosure measures apart from the house: swift run -c release mosaic-bench
let package = Package(
    name: "mosaic-bench",
    platforms: [.macOS(.v15)],
    targets: [
        .systemLibrary(name: "CGLPK"),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium"),
        .target(name: "Mosaic", dependencies: ["CGLPK", "CSodium"]),
        .executableTarget(name: "mosaic-bench", dependencies: ["Mosaic"]),
    ]
)
