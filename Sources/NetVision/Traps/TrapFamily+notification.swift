package import SNMP

extension TrapFamily {
    /// What a card puts in a trap.
    package enum Content: Sendable, Hashable {
        /// Nothing; in families with a string for the operator, the trap's title.
        case plain
        /// - Parameter lowBatteryTime: upsConfigLowBattTime in minutes, a part of RFC 1628's trap only.
        case battery(minutesRemaining: Int32, secondsOnBattery: Int32, lowBatteryTime: Int32? = nil)
        /// - Parameters:
        ///   - id: upsAlarmId, the row of the alarm table.
        ///   - number: The number of the module's well-known alarm.
        case alarm(id: Int32, number: Int)
        case text(String)
    }

    /// The notification that a card of this family sends. Nil if the family has no such trap, or the content is not the trap's.
    ///
    /// - Parameters:
    ///   - number: specific-trap, or generic-trap in the generic family.
    ///   - uptime: sysUpTime now, in hundredths of a second.
    ///   - sender: The card's sysObjectID, which a generic trap names as its enterprise.
    package func notification(_ number: Int32, _ content: Content = .plain, uptime: UInt32, sender: OID? = nil) -> SNMPNotification? {
        guard let trap = trap(number), let bindings = bindings(trap, content) else { return nil }
        return SNMPNotification(
            trapOID(number), uptime: uptime, bindings: bindings, trapEnterprise: self == .generic ? sender : nil)
    }

    /// RFC 1628 is written in SMIv2, where the number follows at once; traps of the vendor's SMIv1 modules have a zero between (RFC 3584 §3.1).
    private func trapOID(_ number: Int32) -> OID {
        switch self {
        case .generic: enterprise.appending(UInt32(bitPattern: number) + 1)
        case .rfc1628: enterprise.appending(UInt32(bitPattern: number))
        case .netVision5, .netVision7, .sts, .adicom: enterprise.appending(0, UInt32(bitPattern: number))
        }
    }

    private func bindings(_ trap: TrapDefinition, _ content: Content) -> [VariableBinding]? {
        switch (trap.variables, content) {
        case (.none, .plain): return []
        case (.text, .plain): return textObject.map { [VariableBinding($0.appending(0), .text(trap.title))] }
        case (.text, .text(let text)): return textObject.map { [VariableBinding($0.appending(0), .text(text))] }
        case (.battery, .battery(let minutes, let seconds, let lowBatteryTime)):
            guard let module else { return nil }
            var bindings = [
                VariableBinding(module.object("2.3.0"), .integer(minutes)), VariableBinding(module.object("2.2.0"), .integer(seconds)),
            ]
            if self == .rfc1628, let lowBatteryTime { bindings.append(VariableBinding(module.object("9.7.0"), .integer(lowBatteryTime))) }
            return bindings
        case (.alarmEntry, .alarm(let id, let number)):
            guard let module, module.alarms.indices.contains(number - 1), id > 0 else { return nil }
            return [
                VariableBinding(module.object("6.2.1.1.\(id)"), .integer(id)),
                VariableBinding(module.object("6.2.1.2.\(id)"), .objectIdentifier(module.alarmDescription(number))),
            ]
        default: return nil
        }
    }
}
