/// How grave a message is (RFC 5424 §6.2.1): the lower, the graver.
package enum SyslogSeverity: UInt8, Sendable, CaseIterable {
    case emergency, alert, critical, error, warning, notice, informational, debug
}
