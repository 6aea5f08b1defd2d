import Glibc
import NetVision

extension LANCardListener {
    /// `run`, with a failure to open the wildcard port told in words.
    func runForCards() async throws {
        do {
            try await run()
        } catch LANError.socket(let code) {
            throw CommandFailure(
                "the LAN protocol can't listen for broadcasts: \(String(cString: strerror(code))). Choose another --port-offset.")
        }
    }
}
