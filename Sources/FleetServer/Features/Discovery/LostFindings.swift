/// What a search has found and could not hand on. Its other findings count.
struct LostFindings: Error, CustomStringConvertible {
    private(set) var count = 0
    private var last = ""

    /// Hands a finding on. Throws nothing but `CancellationError`.
    mutating func keeping(_ address: String, _ store: () async throws -> Void) async throws {
        do {
            try await store()
        } catch let error as CancellationError {
            throw error
        } catch {
            count += 1
            last = "\(address): \(error)"
        }
    }

    /// Throws itself if there are any.
    func check() throws(LostFindings) {
        if count > 0 { throw self }
    }

    var description: String { "\(count) of the findings could not be stored, the last one at \(last)" }
}
