import NetVision
import PowerDevice
import SNMP

/// A trap that has arisen, and is addressed to nobody yet.
struct TrapEvent: Equatable, Sendable {
    /// `netVision7`, `sts` or `rfc1628`: what a receiver's type chooses.
    let family: TrapFamily
    let number: Int32
    /// The row that came or went, of the traps 3 and 4.
    let alarm: AlarmTable.Row?

    init(_ number: Int32, alarm: AlarmTable.Row? = nil, family: TrapFamily = .netVision7) {
        self.family = family
        self.number = number
        self.alarm = alarm
    }

    /// The event as the family of a device's kind tells it; nil where that has no such trap.
    ///
    /// The STS family has the sensor's traps (28 to 39), the sessions' and the test under lower numbers, and nothing else of the card's own.
    func asTold(of kind: DeviceKind) -> TrapEvent? {
        guard kind == .sts, family == .netVision7 else { return self }
        return UPSTrap.sharedWithSTS.contains(number) ? TrapEvent(number - UPSTrap.stsOffset, family: .sts) : nil
    }

    var isTest: Bool { self == TrapEvent(UPSTrap.test) || self == TrapEvent(UPSTrap.test - UPSTrap.stsOffset, family: .sts) }

    var severity: Severity { family.trap(number)?.severity ?? .information }

    /// The trap as it is now. Nil where the family has none of this number.
    ///
    /// - Parameters:
    ///   - uptime: sysUpTime, in hundredths of a second.
    ///   - value: the card's own objects, which trap 1 tells of.
    func notification(uptime: UInt32, value: (OID) -> SNMPValue?) -> SNMPNotification? {
        let content: TrapFamily.Content =
            if let alarm {
                .alarm(id: alarm.id, number: alarm.number)
            } else if number == UPSTrap.onBattery, family != .sts {
                .battery(
                    minutesRemaining: integer("2.3.0", value), secondsOnBattery: integer("2.2.0", value),
                    lowBatteryTime: integer("9.7.0", value))
            } else {
                .plain
            }
        return family.notification(number, content, uptime: uptime)
    }

    /// The card answers all three, also where the UPS does not manage them.
    private func integer(_ tail: String, _ value: (OID) -> SNMPValue?) -> Int32 {
        family.module.flatMap { value($0.object(tail))?.number }.map { Int32(clamping: $0) } ?? -1
    }
}
