package import PowerDevice
package import SNMP

/// What a notification means: a trap of a family that we know, with what its variables tell.
package struct CardTrap: Sendable, Hashable {
    package let family: TrapFamily
    package let definition: TrapDefinition
    /// The alarm that upsAlarmDescr names.
    package let alarm: AlarmReference?
    /// upsAlarmId: the row of the alarm table.
    package let alarmID: Int32?
    /// upsEstimatedMinutesRemaining.
    package let minutesRemaining: Int?
    /// upsSecondsOnBattery.
    package let secondsOnBattery: Int?
    /// The string for the operator.
    package let text: String?

    package var name: String { definition.name }
    package var severity: Severity { definition.severity }

    /// The alarms that begin with it.
    package var raises: [Alarm] {
        definition.number == Self.entryAdded && definition.variables == .alarmEntry ? alarm.map { [$0.alarm] } ?? [] : definition.raises
    }

    /// The alarms that are over with it.
    package var clears: [Alarm] {
        definition.number == Self.entryRemoved && definition.variables == .alarmEntry ? alarm.map { [$0.alarm] } ?? [] : definition.clears
    }

    /// upsTrapAlarmEntryAdded and upsTrapAlarmEntryRemoved, in all families that have them.
    private static let entryAdded: Int32 = 3
    private static let entryRemoved: Int32 = 4

    /// Nil if the notification is of none of the families.
    package init?(_ notification: SNMPNotification) {
        guard let (family, definition) = TrapFamily.definition(of: notification) else { return nil }
        self.family = family
        self.definition = definition
        let variables = Variables(notification.bindings, family)
        alarm = variables.first(of: definition, .alarmEntry, "6.2.1.2")?.oid.flatMap(AlarmReference.init)
        alarmID = variables.first(of: definition, .alarmEntry, "6.2.1.1")?.number.flatMap { Int32(exactly: $0) }
        minutesRemaining = variables.measured(definition, "2.3")
        secondsOnBattery = variables.measured(definition, "2.2")
        text = family.textObject.flatMap { variables.value(of: $0) }?.text
    }

    /// The trap's variables by their objects; cards differ in whether they append an instance, and which.
    private struct Variables {
        let bindings: [VariableBinding]
        let root: OID?

        init(_ bindings: [VariableBinding], _ family: TrapFamily) {
            self.bindings = bindings
            root = family.module?.root
        }

        func value(of object: OID) -> SNMPValue? {
            bindings.first { $0.name == object || $0.name.isDescendant(of: object) }?.value
        }

        func first(of definition: TrapDefinition, _ variables: TrapDefinition.Variables, _ tail: String) -> SNMPValue? {
            guard definition.variables == variables, let root else { return nil }
            return value(of: root.appending(tail: tail))
        }

        /// A number of the battery group; nil for the marks that stand for "not managed".
        func measured(_ definition: TrapDefinition, _ tail: String) -> Int? {
            guard let number = first(of: definition, .battery, tail)?.number else { return nil }
            return Int(exactly: number).flatMap { $0 < 0 || ReadingRule.marks.contains($0) ? nil : $0 }
        }
    }
}
