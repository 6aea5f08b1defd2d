import Testing

@testable import SNMP

struct SNMPErrorTests {
    @Test func namesReportsWithAndWithoutTheirInstance() {
        #expect(SNMPSecurityError(reported: "1.3.6.1.6.3.15.1.1.2.0") == .notInTimeWindow)
        #expect(SNMPSecurityError(reported: "1.3.6.1.6.3.15.1.1.5") == .wrongKey)
        #expect(SNMPSecurityError(reported: "1.3.6.1.6.3.12.1.5.0") == .unknownContext)
        #expect(SNMPSecurityError(reported: "1.3.6.1.6.3.15.1.1.50") == .other("1.3.6.1.6.3.15.1.1.50"))
        let longest = OID("1.3.6.1.6.3.15.1.1.2.0").appending(Array(repeating: 1, count: 117))
        #expect(SNMPSecurityError(reported: longest) == .other(longest))
    }

    @Test func onlyWhatAnotherAttemptCanCureIsCurable() {
        #expect(EngineCounter.allCases.filter(\.isCurable) == [.notInTimeWindows, .unknownEngineIDs])
    }

    @Test(arguments: EngineCounter.allCases)
    func everyReportHasASentence(_ counter: EngineCounter) {
        #expect(SNMPSecurityError(reported: counter.oid).description.hasSuffix("."))
    }
}
