import Core
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A file as it was signed: kept by the browser under its name, never shown in the page's place, never guessed at.
    static func attachment(_ name: String, _ type: String, _ bytes: [UInt8]) -> Response {
        let plain = String(name.unicodeScalars.map { $0.isASCII && $0 != "\"" && $0 != "\\" ? Character($0) : "_" })
        let coded = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(.ascii)) ?? plain
        return Response(
            status: .ok,
            headers: [
                .contentType: type,
                .contentDisposition: "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(coded)",
                .xContentTypeOptions: "nosniff",
                .contentSecurityPolicy: "default-src 'none'; sandbox",
                .cacheControl: "no-cache",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}

extension CharacterSet {
    fileprivate static let ascii = CharacterSet(charactersIn: "\u{21}"..."\u{7E}")
}
