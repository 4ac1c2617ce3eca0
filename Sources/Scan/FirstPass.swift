import CVectorscan
import Glibc
import Synchronization

/// The first pass: all patterns of a table in one run of vectorscan over the bytes; it tells which pattern ends where.
final class FirstPass: @unchecked Sendable {
    struct Hit {
        let kind: Int32
        let end: Int32
    }

    // Read only once made; what a run changes is the scratch, one for each run.
    private let database: OpaquePointer
    private let prototype: OpaquePointer
    private let idle = Mutex<[Int]>([])

    /// - Throws: `Refused` naming the pattern that vectorscan does not take.
    init(_ kinds: [Kind], nodes: [Pattern.Node]) throws(Refused) {
        // Patterns are read caseless already where they are so.
        let patterns = nodes + [SpelledDigits.pattern.node]
        let expressions = patterns.map { UnsafePointer(strdup(BytePattern.text(of: $0))!) as UnsafePointer<CChar>? }
        defer { for expression in expressions { free(UnsafeMutablePointer(mutating: expression)) } }
        var made: OpaquePointer?
        var fault: UnsafeMutablePointer<hs_compile_error_t>?
        let code = hs_compile_multi(
            expressions,
            nil,
            (0..<UInt32(expressions.count)).map { $0 },
            UInt32(expressions.count),
            UInt32(HS_MODE_BLOCK),
            nil,
            &made,
            &fault
        )
        guard code == HS_SUCCESS, let made else {
            defer { hs_free_compile_error(fault) }
            let place = Int(fault?.pointee.expression ?? -1)
            let message = fault.flatMap { $0.pointee.message }.map { String(cString: $0) } ?? ""
            throw Refused(rule: kinds.indices.contains(place) ? kinds[place].rule.rawValue : "", message: message)
        }
        database = made
        var scratch: OpaquePointer?
        guard hs_alloc_scratch(made, &scratch) == HS_SUCCESS, let scratch else {
            throw Refused(rule: "", message: "no memory for a scratch")
        }
        prototype = scratch
    }

    struct Refused: Error {
        let rule: String
        let message: String
    }

    deinit {
        for scratch in idle.withLock({ $0 }) { hs_free_scratch(OpaquePointer(bitPattern: scratch)) }
        hs_free_scratch(prototype)
        hs_free_database(database)
    }

    /// Every pattern's ends in the bytes; the number after the last kind's is the row of spelled digits.
    func hits(in bytes: UnsafeBufferPointer<UInt8>) -> [Hit] {
        var hits: [Hit] = []
        // A pointer to the array itself: `&hits` would point to its elements.
        withUnsafeMutablePointer(to: &hits) { hits in
            run(over: bytes, hits) { id, _, end, _, context in
                let hit = Hit(kind: Int32(bitPattern: id), end: Int32(truncatingIfNeeded: end))
                context!.assumingMemoryBound(to: [Hit].self).pointee.append(hit)
                return 0
            }
        }
        return hits
    }

    /// The number of ends: what vectorscan alone does, for the measure.
    func count(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        run(over: bytes, &count) { _, _, _, _, context in
            context!.assumingMemoryBound(to: Int.self).pointee += 1
            return 0
        }
        return count
    }

    private func run(over bytes: UnsafeBufferPointer<UInt8>, _ context: UnsafeMutableRawPointer, _ heard: match_event_handler) {
        guard bytes.count > 0 else { return }
        let scratch = take()
        defer { idle.withLock { $0.append(Int(bitPattern: scratch)) } }
        bytes.withMemoryRebound(to: CChar.self) { bytes in
            _ = hs_scan(database, bytes.baseAddress, UInt32(bytes.count), 0, scratch, heard, context)
        }
    }

    private func take() -> OpaquePointer? {
        if let idle = idle.withLock({ $0.popLast() }) { return OpaquePointer(bitPattern: idle) }
        var scratch: OpaquePointer?
        guard hs_clone_scratch(prototype, &scratch) == HS_SUCCESS else { fatalError("no memory for a scratch") }
        return scratch
    }
}
