import Testing
import UPSSimulation

@testable import CardAgent

@Suite struct CardFaultsTests {
    @Test func aCardWithoutFaultsAnswersEverything() {
        let faults = CardFaults(seed: 1)
        #expect(CardPort.allCases.allSatisfy { faults.admission(at: $0) == .answer })
        #expect(faults.transferStall == nil)
    }

    @Test func anUnreachableCardIsSilentOnEveryPort() {
        let faults = CardFaults(seed: 1)
        faults.set(.unreachable)
        #expect(CardPort.allCases.allSatisfy { faults.admission(at: $0) == .drop })
        faults.clear(.unreachable)
        #expect(faults.admission(at: .snmp) == .answer)
    }

    @Test func aDeadAgentIsSilentOnItsOwnPortOnly() {
        let faults = CardFaults(seed: 1)
        faults.set(.snmpDead)
        #expect(faults.admission(at: .snmp) == .drop)
        #expect(faults.admission(at: .lan) == .answer)
    }

    @Test func aThirdOfTheDatagramsIsLost() {
        let faults = CardFaults(seed: 1)
        faults.set(.packetLoss(percent: 30))
        let lost = (0..<10_000).count { _ in faults.admission(at: .snmp) == .drop }
        #expect((2700...3300).contains(lost))
    }

    @Test func aSlowCardAnswersLater() {
        let faults = CardFaults(seed: 1)
        faults.set(.slow(milliseconds: 200))
        #expect(faults.admission(at: .modbus) == .answerAfter(.milliseconds(200)))
    }
}
