/// A Word file that a test makes itself: its text, a comment in it, and files beside it.
public enum WordFile {
    public static func bytes(_ text: String, comment: String? = nil, beside: [(String, [UInt8])] = []) -> [UInt8] {
        let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        let kinds = "http://schemas.openxmlformats.org/package/2006"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let part = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        let paragraphs = text.split(separator: "\n").map { "<w:p><w:r><w:t>\($0)</w:t></w:r></w:p>" }.joined()
        var files: [(String, [UInt8])] = [
            (
                "[Content_Types].xml",
                Array(
                    "<Types xmlns='\(kinds)/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Override PartName='/word/document.xml' ContentType='\(part).document.main+xml'/><Override PartName='/word/comments.xml' ContentType='\(part).comments+xml'/></Types>"
                        .utf8
                )
            ),
            (
                "_rels/.rels",
                Array(
                    "<Relationships xmlns='\(kinds)/relationships'><Relationship Id='r1' Type='\(office)/officeDocument' Target='word/document.xml'/></Relationships>"
                        .utf8
                )
            ),
            ("word/document.xml", Array("<w:document xmlns:w='\(word)'><w:body>\(paragraphs)</w:body></w:document>".utf8)),
        ]
        if let comment {
            let relation =
                "<Relationships xmlns='\(kinds)/relationships'><Relationship Id='r1' Type='\(office)/comments' Target='comments.xml'/></Relationships>"
            files.append(("word/_rels/document.xml.rels", Array(relation.utf8)))
            let comments =
                "<w:comments xmlns:w='\(word)'><w:comment w:id='0' w:author='x'><w:p><w:r><w:t>\(comment)</w:t></w:r></w:p></w:comment></w:comments>"
            files.append(("word/comments.xml", Array(comments.utf8)))
        }
        return zip(files + beside)
    }

    /// An archive without packing.
    public static func zip(_ files: [(String, [UInt8])]) -> [UInt8] {
        func little(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
        var (out, directory): ([UInt8], [UInt8]) = ([], [])
        for (name, bytes) in files {
            let facts =
                little(20, 2) + little(0x800, 2) + little(0, 6) + little(Int(check(bytes)), 4) + little(bytes.count, 4)
                + little(bytes.count, 4) + little(name.utf8.count, 2) + little(0, 2)
            directory += [0x50, 0x4B, 1, 2] + little(20, 2) + facts + little(0, 10) + little(out.count, 4) + Array(name.utf8)
            out += [0x50, 0x4B, 3, 4] + facts + Array(name.utf8) + bytes
        }
        let end = [0x50, 0x4B, 5, 6] + little(0, 4) + little(files.count, 2) + little(files.count, 2)
        return out + directory + end + little(directory.count, 4) + little(out.count, 4) + little(0, 2)
    }

    /// CRC-32, as archives bear it.
    private static func check(_ bytes: [UInt8]) -> UInt32 {
        var value = UInt32.max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
        return ~value
    }
}
