/// A value that may be there, changed by work that waits.
extension Optional where Wrapped: Sendable {
    /// The same as `map`, for what takes its time.
    func mapAsync<T>(_ body: (Wrapped) async throws -> T) async rethrows -> T? {
        guard let self else { return nil }
        return try await body(self)
    }
}
