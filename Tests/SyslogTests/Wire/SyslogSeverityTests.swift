import Testing

@testable import Syslog

@Suite struct SyslogSeverityTests {
    @Test func countsFromTheGravest() { #expect(SyslogSeverity.critical.rawValue == 2) }
}
