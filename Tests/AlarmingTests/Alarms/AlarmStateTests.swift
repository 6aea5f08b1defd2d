import Testing

@testable import Alarming

@Suite struct AlarmStateTests {
    @Test func isToldByItsName() { #expect(AlarmState.allCases.map(\.rawValue) == ["raised", "acknowledged", "cleared"]) }
}
