import Core
import Foundation
import MerkleLog
import Storage

/// Checks the files that go with released contents against the hashes that were signed.
extension TransparencyLog {
    func attachmentFaults(in db: any Connection) throws -> [String] {
        struct File: Decodable {
            let hash: String
            let bytes: [UInt8]
        }
        struct Row: Decodable {
            let key, title, json: String
        }
        var (faults, whole) = ([String](), Set<String>())
        try db.each(File.self, "SELECT hash, bytes FROM attachment_file ORDER BY hash") { file in
            if Hash(of: file.bytes).hex == file.hash { whole.insert(file.hash) } else { faults.append("the file \(file.hash) was changed") }
        }
        let lists = [
            try db.all(
                Row.self,
                """
                SELECT release.key, release.title, content.json FROM release JOIN content ON content.hash = release.content
                WHERE content.json LIKE '{"attachments":%' ORDER BY release.key
                """
            ),
            try db.all(Row.self, "SELECT key, key AS title, json FROM limited_release WHERE json LIKE '{\"attachments\":%' ORDER BY key"),
        ]
        for row in lists.joined() {
            let content = try JSONDecoder().decode(Content.self, from: Data(row.json.utf8))
            for file in content.attachments ?? [] where !whole.contains(file.hash) {
                faults.append("the attachment \(file.name) of \(row.title) (\(row.key)) is not there as it was signed")
            }
        }
        return faults
    }
}
