import FoundationEssentials
import Testing

@testable import FleetServer

struct LoginAttemptsTests {
    private let now = Date(timeIntervalSince1970: 0)

    @Test func aFewMistakesAreFree() {
        var attempts = LoginAttempts()
        for _ in 1..<LoginAttempts.freeTries { attempts.failed("a", now: now) }
        #expect(attempts.wait(for: "a", now: now) == nil)
    }

    @Test func thenEachMistakeCostsMore() {
        var attempts = LoginAttempts()
        for _ in 1...LoginAttempts.freeTries { attempts.failed("a", now: now) }
        #expect(attempts.wait(for: "a", now: now) == 5)
        attempts.failed("a", now: now)
        #expect(attempts.wait(for: "a", now: now) == 10)
        for _ in 0..<100 { attempts.failed("a", now: now) }
        #expect(attempts.wait(for: "a", now: now) == LoginAttempts.longestWait)
        #expect(attempts.wait(for: "b", now: now) == nil)
    }

    @Test func theRightPasswordClearsTheRecord() {
        var attempts = LoginAttempts()
        for _ in 1...LoginAttempts.freeTries { attempts.failed("a", now: now) }
        attempts.succeeded("a")
        #expect(attempts.wait(for: "a", now: now) == nil)
    }

    @Test func remembersOnlySoMany() {
        var attempts = LoginAttempts()
        for number in 0...LoginAttempts.capacity { attempts.failed("\(number)", now: now.addingTimeInterval(Double(number))) }
        for _ in 1..<LoginAttempts.freeTries { attempts.failed("0", now: now.addingTimeInterval(1e6)) }
        #expect(attempts.wait(for: "0", now: now.addingTimeInterval(1e6)) == nil)
    }
}
