import Extract
import Foundation
import Testing

@Suite("A file that comes in")
struct ExtractTests {
    @Test(
        "is refused by what is wrong with it",
        arguments: [
            ([], Extract.Refused.empty),
            (Array("  \n".utf8), .empty),
            (Array("a\0b".utf8), .notText),
            ([0xD0, 0xCF, 0x11, 0xE0, 1, 2], .encrypted),
            ([0x50, 0x4B, 0x03, 0x04, 0, 0], .broken),
            (Array("%PDF-1.7\nbroken".utf8), .broken),
            ([0x89, 0x50, 0x4E, 0x47], .unknownFormat),
            ([0xFF, 0xFE, 0x00, 0xD8], .notText),
            ([0x81, 0xFF, 0xFF, 0x20], .notText),
        ] as [([UInt8], Extract.Refused)]
    )
    func refused(bytes: [UInt8], refusal: Extract.Refused) async {
        await #expect(throws: refusal) { try await Extract.text(from: bytes) }
    }

    @Test("is refused by its size before anybody reads it")
    func tooLarge() async {
        await #expect(throws: Extract.Refused.tooLarge) { try await Extract.text(from: [UInt8](repeating: 65, count: 21 << 20)) }
    }

    @Test("is read in each encoding of Chinese papers")
    func encodings() async throws {
        let gb18030: [UInt8] = [0xB9, 0xAB, 0xBF, 0xAA, 0x0D, 0x0A]
        let utf16: [UInt8] = [0xFF, 0xFE, 0x6C, 0x51, 0x00, 0x5F]
        for bytes in [gb18030, utf16, Array("\u{FEFF}公开".utf8), Array("公开".utf8)] {
            let text = try await Extract.text(from: bytes).text
            #expect(text.trimmingCharacters(in: .whitespacesAndNewlines) == "公开")
        }
    }

    /// A ZIP whose directory claims one file of `size` bytes.
    private static func zip(_ name: String, claiming size: UInt32, count: UInt16 = 1) -> [UInt8] {
        func little(_ number: UInt32, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) } }
        let head: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 26)
        let entry =
            [0x50, 0x4B, 0x01, 0x02] + [UInt8](repeating: 0, count: 16) + little(100, 4) + little(size, 4)
            + little(UInt32(name.utf8.count), 2) + [UInt8](repeating: 0, count: 16) + Array(name.utf8)
        let end =
            [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0] + little(UInt32(count), 2) + little(UInt32(count), 2) + little(UInt32(entry.count), 4)
            + little(UInt32(head.count), 4) + [0, 0]
        return head + entry + end
    }

    @Test("is refused as a bomb when it claims to unfold to gigabytes, or out of its folder")
    func bombs() async {
        await #expect(throws: Extract.Refused.bomb) { try await Extract.text(from: Self.zip("word/document.xml", claiming: 4_000_000_000)) }
        await #expect(throws: Extract.Refused.broken) { try await Extract.text(from: Self.zip("../../etc/passwd", claiming: 10)) }
        await #expect(throws: Extract.Refused.unknownFormat) { try await Extract.text(from: Self.zip("a.txt", claiming: 10)) }
        await #expect(throws: Extract.Refused.broken) { try await Extract.text(from: Self.zip("word/document.xml", claiming: 10)) }
    }

    @Test("is refused or read, but nothing falls over, however its bytes are damaged", arguments: 0..<100)
    func damaged(seed: Int) async {
        var bytes = Self.zip("a.txt", claiming: 10)
        var state = UInt64(seed + 1) &* 0x9E37_79B9_7F4A_7C15
        for _ in 0..<4 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            bytes[4 + Int(state >> 33) % (bytes.count - 4)] = UInt8(truncatingIfNeeded: state >> 20)
        }
        if seed % 5 == 0 { bytes.removeLast(seed % bytes.count) }
        await #expect(throws: Extract.Refused.self) { try await Extract.text(from: bytes) }
    }
}
