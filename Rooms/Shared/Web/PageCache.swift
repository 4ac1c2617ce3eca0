import Extract
import HTTPTypes
import Hummingbird
import MerkleLog
import NIOCore
import Synchronization

/// Public pages as bytes: rendered once, served until a release or a withdrawal changes what is public.
final class PageCache: Sendable {
    struct Page: Sendable {
        let plain: ByteBuffer
        let packed: ByteBuffer
        let etag: String
        let type: String
        let status: HTTPResponse.Status
        var bytes: Int { plain.readableBytes + packed.readableBytes }
    }

    private struct Shelf {
        var pages: [String: Page] = [:]
        var order: [String] = []
        var bytes = 0
        var generation = 0
    }

    /// At most so many bytes are kept; the oldest page goes first.
    private static let limit = 32 << 20
    private let shelf = Mutex(Shelf())

    func page(_ path: String) -> Page? { shelf.withLock { $0.pages[path] } }

    var bytes: Int { shelf.withLock { $0.bytes } }

    /// Counts the changes: a page rendered before a change must not be kept after it.
    var generation: Int { shelf.withLock { $0.generation } }

    func keep(_ page: Page, at path: String, of generation: Int) {
        shelf.withLock { shelf in
            guard shelf.generation == generation, page.bytes < Self.limit / 8 else { return }
            if let old = shelf.pages.updateValue(page, forKey: path) { shelf.bytes -= old.bytes } else { shelf.order.append(path) }
            shelf.bytes += page.bytes
            while shelf.bytes > Self.limit, let oldest = shelf.order.first {
                shelf.order.removeFirst()
                if let gone = shelf.pages.removeValue(forKey: oldest) { shelf.bytes -= gone.bytes }
            }
        }
    }

    /// Nothing that was rendered is true any longer.
    func empty() {
        shelf.withLock { $0 = Shelf(generation: $0.generation + 1) }
    }

    static func page(_ bytes: [UInt8], type: String, status: HTTPResponse.Status) -> Page {
        Page(
            plain: ByteBuffer(bytes: bytes),
            packed: ByteBuffer(bytes: Inflate.fold(bytes, .gzip, level: 9)),
            etag: "\"\(Hash(of: bytes).hex.prefix(24))\"",
            type: type,
            status: status
        )
    }
}

extension PageCache.Page {
    func response(to request: Request) -> Response {
        var headers: HTTPFields = [.eTag: etag, .cacheControl: "no-cache", .vary: "Accept-Encoding"]
        if status == .ok, let known = request.headers[.ifNoneMatch], known == "*" || known.contains(etag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = type
        guard request.headers[.acceptEncoding]?.contains("gzip") == true else {
            return Response(status: status, headers: headers, body: .init(byteBuffer: plain))
        }
        headers[.contentEncoding] = "gzip"
        return Response(status: status, headers: headers, body: .init(byteBuffer: packed))
    }
}
