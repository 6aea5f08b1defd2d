import FoundationEssentials
import Testing

@testable import FleetServer

struct LoginAttemptsTests {
    private let now = Date(timeIntervalSince1970: 0)

    private func attempts(_ count: Int, _ name: String = "admin", from address: String = "a") -> LoginAttempts {
        var attempts = LoginAttempts()
        for _ in 0..<count { _ = attempts.failed(name, from: address, now: now) }
        return attempts
    }

    @Test func aFewMistakesAreFree() {
        #expect(attempts(LoginAttempts.freeTries - 1).wait(for: "admin", from: "a", now: now) == nil)
    }

    @Test func thenEachMistakeCostsMore() throws {
        var attempts = attempts(LoginAttempts.freeTries)
        var time = now
        var waits: [TimeInterval] = []
        for _ in 0..<10 {
            let wait = try #require(attempts.wait(for: "admin", from: "a", now: time))
            waits.append(wait)
            time += wait
            #expect(attempts.wait(for: "admin", from: "a", now: time) == nil)
            _ = attempts.failed("admin", from: "a", now: time)
        }
        #expect(waits == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900])
        #expect(attempts.wait(for: "other", from: "a", now: time) == nil)
    }

    @Test func theRightPasswordClearsTheRecord() {
        var attempts = attempts(LoginAttempts.freeTries)
        attempts.succeeded("admin", from: "a")
        #expect(attempts.wait(for: "admin", from: "a", now: now) == nil)
    }

    @Test func anAddressThatGoesThroughTheNamesIsSlowedDownToo() {
        var attempts = LoginAttempts()
        for number in 0..<Int(LoginAttempts.triesOfAddress) {
            #expect(attempts.wait(for: "user\(number)", from: "a", now: now) == nil)
            _ = attempts.failed("user\(number)", from: "a", now: now)
        }
        #expect(attempts.wait(for: "user", from: "a", now: now) == LoginAttempts.forgiveness)
        #expect(attempts.wait(for: "user", from: "a", now: now + LoginAttempts.forgiveness) == nil)
        #expect(attempts.wait(for: "user", from: "b", now: now) == nil)
    }

    @Test func wrongOnesAreCountedUntilTheAddressHasBeenQuiet() {
        var attempts = LoginAttempts()
        let counts = (0..<3).map { attempts.failed("user\($0)", from: "a", now: now) }
        #expect(counts == [1, 2, 3])
        let later = attempts.failed("admin", from: "a", now: now + 60)
        #expect(later == 1)
    }

    @Test func remembersOnlySoMany() {
        var attempts = attempts(LoginAttempts.freeTries, from: "0")
        for number in 1...LoginAttempts.capacity { _ = attempts.failed("admin", from: "\(number)", now: now + 1) }
        #expect(attempts.wait(for: "admin", from: "0", now: now + 2) == nil)
    }
}
