import Foundation
import Sheets
import Testing

@Suite("A table of texts")
struct SheetTests {
    private static let table = Sheet(
        title: "权责清单",
        rows: [
            ["职权编码", "职权名称", "设定依据"],
            ["Q-0001", "专利代理机构“执业”许可", "《专利代理条例》第九条\n《专利法》第十八条"],
            ["Q-0002", "a<b>&\"c\", d", ""],
            ["Q-0003", "", "  "],
        ]
    )

    @Test("comes back as it was written, in each format", arguments: Sheet.Format.allCases)
    func roundTrip(format: Sheet.Format) throws {
        let read = try Sheet.read(Self.table.data(as: format))
        #expect(read.rows == Self.table.rows)
    }

    @Test("is written the same way twice", arguments: Sheet.Format.allCases)
    func stable(format: Sheet.Format) { #expect(Self.table.data(as: format) == Self.table.data(as: format)) }

    @Test("is CSV as RFC 4180 has it")
    func csv() {
        let sheet = Sheet(title: "", rows: [["a", "b,c"], ["d\"e", "f\ng"]])
        #expect(String(decoding: sheet.data(as: .csv), as: UTF8.self) == "\u{FEFF}a,\"b,c\"\r\n\"d\"\"e\",\"f\ng\"\r\n")
    }

    @Test("reads CSV with either line end, without the last one, and with line ends in a cell")
    func csvSpellings() throws {
        #expect(try Sheet.read(Array("a,b\nc,d".utf8)).rows == [["a", "b"], ["c", "d"]])
        #expect(try Sheet.read(Array("a,b\r\n\"c\r\nx\",d\r\n\r\n".utf8)).rows == [["a", "b"], ["c\nx", "d"]])
    }

    @Test("refuses what is no table, with words that say what to do")
    func refused() {
        let cases: [([UInt8], Sheet.Unreadable)] = [
            ([], .noTable), (Array("a,\"b".utf8), .broken), ([0x61, 0xFF, 0xFE], .notText), ([0xD0, 0xCF, 0x11, 0xE0, 0], .encrypted),
            ([0x50, 0x4B, 0x03, 0x04, 1, 2], .broken), ([0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 100), .broken),
        ]
        for (bytes, fault) in cases { #expect(throws: fault) { try Sheet.read(bytes) } }
    }

    @Test("refuses an archive that is cut short or changed, and never fails on one", arguments: [Sheet.Format.xlsx, .docx])
    func damaged(format: Sheet.Format) {
        let whole = Self.table.data(as: format)
        for length in stride(from: 5, to: whole.count - 1, by: 37) {
            #expect(throws: Sheet.Unreadable.self) { try Sheet.read(Array(whole.prefix(length))) }
        }
        for place in stride(from: 4, to: whole.count, by: 11) {
            var bytes = whole
            bytes[place] ^= 0x5A
            do { _ = try Sheet.read(bytes) } catch {}
        }
    }

    // A workbook as spreadsheets write it: shared strings in runs, gaps between cells, a formula, a row left out.
    private static let foreign = """
        UEsDBBQAAAAIAAAAIQCCn8NpTQAAAGUAAAAPAAAAeGwvd29ya2Jvb2sueG1ssynPL8pOys/PVqjIzckrtlXKVYKwrIpslYqU7GyKM1JTS4qhtEJeYm6qrVKF\
        kgKY65liq2SspFBklQlkFHmmmCvp29now3Tow4y2AwBQSwMEFAAAAAgAAAAhAEKDwKpSAAAAjQAAABoAAAB4bC9fcmVscy93b3JrYm9vay54bWwucmVsc7MJ\
        Ss1JLMnMzyvOyCwotrNB5ip4ptgqFXmmGCophCQWpaeW2CqV5xdlF2ekppYU6+eXZKQW6VXk5ijpo2mDKdavyNFH0lAMVgwz1BykTR/VdgBQSwMEFAAAAAgA\
        AAAhAMnpetBaAAAAfQAAABQAAAB4bC9zaGFyZWRTdHJpbmdzLnhtbLMpLi6xsynOtLMpsXu+Z9rzBY02+kABfZAICBeBJJ5O6IWIFkEEFCpyc6yKCxKTU22V\
        CopSi1OLylKV7J4v36CAUBaQAdKZm5mXnpyRmpcOlQCJgs3WB9kLAFBLAwQUAAAACAAAACEArJBFAG8AAADQAAAAEwAAAHhsL3dvcmtzaGVldHMvcy54bWxd\
        j0sKgDAMBa8iWbiNtUtjwM9FolgEEaUWvb71X1wlYZIhj7bJDkvfdY7pLLU4YbLTFtkcFDC1R1MoiFwOi59XTghXJmxvVoVMvQy94xXpR1Tqay39OfTlcNZj\
        wyAQyzhn0AChOQ6k+Ykx+Ba/EDtQSwECFAMUAAAACAAAACEAgp/DaU0AAABlAAAADwAAAAAAAAAAAAAAgAEAAAAAeGwvd29ya2Jvb2sueG1sUEsBAhQDFAAA\
        AAgAAAAhAEKDwKpSAAAAjQAAABoAAAAAAAAAAAAAAIABegAAAHhsL19yZWxzL3dvcmtib29rLnhtbC5yZWxzUEsBAhQDFAAAAAgAAAAhAMnpetBaAAAAfQAA\
        ABQAAAAAAAAAAAAAAIABBAEAAHhsL3NoYXJlZFN0cmluZ3MueG1sUEsBAhQDFAAAAAgAAAAhAKyQRQBvAAAA0AAAABMAAAAAAAAAAAAAAIABkAEAAHhsL3dv\
        cmtzaGVldHMvcy54bWxQSwUGAAAAAAQABAAIAQAAMAIAAAAA
        """

    @Test("is read from a workbook of another hand")
    func workbook() throws {
        let bytes = Array(try #require(Data(base64Encoded: Self.foreign)))
        #expect(try Sheet.read(bytes).rows == [["编码", "", "名称 "], [], ["", "12", "ab"]])
    }
}
