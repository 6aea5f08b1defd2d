/// A line of the event log of a UPS or a transfer system: something has come, or is over.
package struct DeviceEvent: Equatable, Sendable {
    /// The bit that tells it; nil for what no register tells, such as a lost communication.
    package let code: PointCode?
    package let severity: Severity
    /// The line as the log shows it, the ending of a removal included.
    package let text: String
    /// Whether the line tells an end.
    package let isRemoved: Bool

    package init(code: PointCode?, severity: Severity, text: String, isRemoved: Bool = false) {
        self.code = code
        self.severity = severity
        self.text = text
        self.isRemoved = isRemoved
    }
}
