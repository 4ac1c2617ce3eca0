import Foundation
import WorkCalendar

/// The documents that tests of legal text read, beside this folder.
enum LegalTextFixture {
    static func text(_ name: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try String(contentsOf: folder.appending(path: "../../Fixtures/\(name)"), encoding: .utf8)
    }
}

/// Random numbers that come again in every run (SplitMix64).
struct LegalTextDice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The working days of 2018 to 2026.
enum LegalTextCalendar {
    static func of2022() throws -> WorkCalendar {
        WorkCalendar(notices: try HolidayNotice.read(LegalTextFixture.text("cn-workdays.csv")))
    }
}
