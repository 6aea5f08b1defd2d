import NIOCore
import Testing

@testable import SNMP

struct LearnedLimitsTests {
    private let limits = LearnedLimits()
    private let agent: SocketAddress

    init() throws { agent = try SocketAddress(ipAddress: "10.0.0.1", port: 161) }

    private func answer(_ names: Int, times: Int) { for _ in 0..<times { limits.answered(names, by: agent) } }

    @Test func aLostRequestCutsTheSizeForAWhile() {
        answer(10, times: 1)
        #expect(limits.mayAnswerLess(than: 40, agent))
        #expect(limits.names(for: agent) == 20)
        answer(20, times: 31)
        #expect(limits.names(for: agent) == 20)
        answer(20, times: 1)
        #expect(limits.names(for: agent) == 40)
        answer(40, times: 1)
        #expect(!limits.mayAnswerLess(than: 40, agent), "it was the network")
    }

    @Test func anAgentThatTakesNoMoreIsTriedLessAndLess() {
        answer(10, times: 1)
        #expect(limits.mayAnswerLess(than: 20, agent))
        answer(10, times: 32)
        #expect(limits.names(for: agent) == 20)
        #expect(limits.mayAnswerLess(than: 20, agent))
        #expect(limits.names(for: agent) == 10)
        answer(10, times: 63)
        #expect(limits.names(for: agent) == 10)
        answer(10, times: 1)
        #expect(limits.names(for: agent) == 20)
    }

    @Test func whatAnAgentRefusedIsNotTriedAgain() {
        limits.refused(40, by: agent)
        answer(20, times: 10_000)
        #expect(limits.names(for: agent) == 20)
    }
}
