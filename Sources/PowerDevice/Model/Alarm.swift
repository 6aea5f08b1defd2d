/// A condition that a device reports as an alarm, named by its MIB object (`upsAlarmLowBattery`).
///
/// The 62 well-known alarms of MIB 8.11 are the fleet's vocabulary; what older cards call otherwise is mapped to them where it means the
/// same, and keeps its own name where it does not.
package struct Alarm: Hashable, Sendable, CustomStringConvertible {
    /// The MIB object's name: the alarm's identity.
    package let name: String
    /// What an operator reads.
    package let title: String
    package let severity: Severity

    package init(_ name: String, _ title: String, _ severity: Severity) {
        self.name = name
        self.title = title
        self.severity = severity
    }

    package static func == (left: Alarm, right: Alarm) -> Bool { left.name == right.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
    package var description: String { name }
}
