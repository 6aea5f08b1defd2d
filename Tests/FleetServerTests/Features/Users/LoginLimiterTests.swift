import FoundationEssentials
import HTTPTypes
import Testing

@testable import FleetServer

struct LoginLimiterTests {
    private let limiter = LoginLimiter(patience: 40, now: { Date(timeIntervalSince1970: 0) })

    /// Begins an attempt while `depth` others are under way.
    private func attempt(under depth: Int) async throws -> User? {
        try await limiter.attempt("user\(depth)", from: "10.0.0.\(depth)") {
            depth == 0 ? nil : try await attempt(under: depth - 1)
        }.user
    }

    @Test func onlySoManyPasswordsAreComparedAtOnce() async throws {
        _ = try await attempt(under: LoginLimiter.capacity - 1)
        let refused = await #expect(throws: Problem.self) { try await attempt(under: LoginLimiter.capacity) }
        #expect(refused?.status == .tooManyRequests && refused?.headers[.retryAfter] == "1")
        _ = try await attempt(under: LoginLimiter.capacity - 1)
    }

    @Test func theAddressesOfOneHostCountTogether() async throws {
        for number in 0..<Int(LoginAttempts.triesOfAddress) {
            _ = try await limiter.attempt("user\(number)", from: "2001:db8::\(number)") { nil }
        }
        await #expect(throws: Problem.self) { try await limiter.attempt("user", from: "2001:db8::ffff") { nil } }
        _ = try await limiter.attempt("user", from: "2001:db8:0:1::1") { nil }
    }

    @Test func aDatabaseThatFailsIsNoWrongPassword() async throws {
        struct Lost: Error {}
        for _ in 0..<LoginAttempts.freeTries {
            await #expect(throws: Lost.self) { try await limiter.attempt("admin", from: "a") { throw Lost() } }
        }
        _ = try await limiter.attempt("admin", from: "a") { nil }
    }

    /// Somebody's pages may all log in again at once.
    @Test func manyRightPasswordsAtOnceAreAllTaken() async throws {
        let user = User(id: 1, username: "admin", role: .admin, createdAt: Date(timeIntervalSince1970: 0))
        let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    try await limiter.attempt("admin", from: "a") {
                        try await Task.sleep(for: .milliseconds(2))
                        return user
                    }.user != nil
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 40)
    }
}
