import NIOCore
import Testing

@testable import CardAgent

@Suite struct AccountAttemptsTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    /// Whether it was compared.
    private func fail(_ attempts: inout AccountAttempts, _ host: String, _ now: NIODeadline, account: String = "admin")
        -> [AccountAttempts.LockOut]?
    {
        guard attempts.begin(account, from: host, now: now) == .proceed else { return nil }
        return attempts.ended(account, from: host, isRight: false, now: now)
    }

    @Test func manyHostsThatGuessLockEverybodyOut() {
        var attempts = AccountAttempts()
        var now = start
        for number in 0..<50 {
            now = now + .seconds(2)
            #expect(fail(&attempts, "10.1.0.\(number)", now) == (number < 49 ? [] : [.everybody]))
        }
        let admission = attempts.begin("admin", from: "10.2.0.1", now: now)
        #expect(admission == .locked(.seconds(300)))
        let other = attempts.begin("reader", from: "10.2.0.1", now: now)
        #expect(other == .proceed)
    }

    @Test func aRightPasswordForgivesTheHostItsWrongOnes() {
        var attempts = AccountAttempts()
        for _ in 0..<3 {
            for _ in 0..<4 { #expect(fail(&attempts, "h", start) == []) }
            let admission = attempts.begin("admin", from: "h", now: start)
            #expect(admission == .proceed)
            let began = attempts.ended("admin", from: "h", isRight: true, now: start)
            #expect(began.isEmpty)
        }
    }

    @Test func oldFailuresAreForgotten() {
        var attempts = AccountAttempts()
        for _ in 0..<4 { _ = fail(&attempts, "h", start) }
        #expect(fail(&attempts, "h", start + .seconds(301)) == [])
    }

    @Test func triesUnderWayCountAsWrongOnes() {
        var attempts = AccountAttempts()
        for _ in 0..<3 { _ = fail(&attempts, "h", start) }
        let admissions = (0..<3).map { _ in attempts.begin("admin", from: "h", now: start) }
        #expect(admissions == [.proceed, .proceed, .busy])
        attempts.withdrawn("admin", from: "h")
        let again = attempts.begin("admin", from: "h", now: start)
        #expect(again == .proceed)
    }

    @Test func onlySoManyAreComparedAtOnce() {
        var attempts = AccountAttempts()
        let admissions = (0...AccountAttempts.concurrent).map { attempts.begin("admin", from: "h\($0)", now: start) }
        #expect(admissions == Array(repeating: .proceed, count: AccountAttempts.concurrent) + [.busy])
    }

    @Test func aFloodOfHostsAndNamesDoesNotOpenALock() {
        var attempts = AccountAttempts()
        for _ in 0..<5 { _ = fail(&attempts, "guesser", start) }
        for number in 0..<1000 { _ = fail(&attempts, "host\(number)", start + .seconds(1), account: "name\(number)") }
        let admission = attempts.begin("admin", from: "guesser", now: start + .seconds(1))
        #expect(admission == .locked(.seconds(299)))
    }
}
