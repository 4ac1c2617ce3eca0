import Foundation

/// Two files are read at a time; whoever comes third waits.
package enum Reader {
    private static let queue = DispatchQueue(label: "extract", attributes: .concurrent)
    private static let places = DispatchSemaphore(value: 2)

    /// Does blocking work on a thread where it may block.
    /// - Throws: what the work throws, as a `Refused`.
    package static func work<Value: Sendable>(_ task: @escaping @Sendable () throws -> Value) async throws(Extract.Refused) -> Value {
        let result: Result<Value, Extract.Refused> = await withCheckedContinuation { continuation in
            queue.async {
                places.wait()
                defer { places.signal() }
                do { continuation.resume(returning: .success(try task())) } catch {
                    continuation.resume(returning: .failure(error as? Extract.Refused ?? .broken))
                }
            }
        }
        return try result.get()
    }

    static func run(_ command: [String], on bytes: [UInt8], output: String? = nil) async throws -> String {
        try await work {
            let bench = try Workbench()
            try bench.put(bytes, as: "file")
            let text = try bench.run(command + ["file"] + [output].compactMap { $0 })
            guard let read = String(validating: text, as: UTF8.self) else { throw Extract.Refused.notText }
            return read
        }
    }
}
