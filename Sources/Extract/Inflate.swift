import CZlib

/// Packed bytes unfolded, never to more than is allowed; and packed again.
package enum Inflate {
    package enum Wrapping: Int32 {
        case raw = -15
        case zlib = 15
        case gzip = 31
    }

    /// - Parameter lenient: gives what could be unfolded from a damaged stream.
    /// - Throws: `Refused.bomb` above `most`, `.broken` for damage.
    package static func unfold(_ bytes: some Collection<UInt8>, _ wrapping: Wrapping, most: Int, lenient: Bool = false) throws -> [UInt8] {
        var input = Array(bytes)
        var stream = z_stream()
        guard inflateInit2_(&stream, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw Extract.Refused.broken
        }
        defer { inflateEnd(&stream) }
        var output: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        let size = input.count
        return try input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(size)
            while true {
                let (status, got) = piece.withUnsafeMutableBufferPointer { target in
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    let status = inflate(&stream, Z_NO_FLUSH)
                    return (status, target.count - Int(stream.avail_out))
                }
                output += piece[..<got]
                if output.count > most { throw Extract.Refused.bomb }
                if status == Z_STREAM_END { return output }
                if status != Z_OK || (got == 0 && stream.avail_in == 0) {
                    if lenient { return output }
                    throw Extract.Refused.broken
                }
            }
        }
    }

    /// The other way, for what we write.
    /// - Parameter level: from 1, quick, to 9, small.
    package static func fold(_ bytes: [UInt8], _ wrapping: Wrapping = .zlib, level: Int32 = 6) -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(&stream, level, Z_DEFLATED, wrapping.rawValue, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else {
            preconditionFailure("no memory for zlib")
        }
        defer { deflateEnd(&stream) }
        var (input, output) = (bytes, [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count)))))
        let written = input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { into in
                stream.next_in = from.baseAddress
                stream.avail_in = UInt32(from.count)
                stream.next_out = into.baseAddress
                stream.avail_out = UInt32(into.count)
                deflate(&stream, Z_FINISH)
                return Int(stream.total_out)
            }
        }
        return Array(output.prefix(written))
    }
}
