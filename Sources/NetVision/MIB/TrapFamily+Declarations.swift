import PowerDevice
import SNMP

extension TrapFamily {
    /// The family's traps as a module declares them: below the zero that makes v1 traps of them (RFC 3584 §3.1).
    var declarations: [NotificationType] {
        traps.map { trap in
            NotificationType(
                trap.name, enterprise.appending(0, UInt32(bitPattern: trap.number)), objects: objects(of: trap),
                description: "\(trap.title). Severity: \(trap.severity.rawValue).")
        }
    }

    private func objects(of trap: TrapDefinition) -> [ObjectType] {
        if self == .sts, trap.variables == .text { return [TransferModule.standard.declarations.trapString] }
        return trap.variables.names.compactMap(object)
    }

    private func object(named name: String) -> ObjectType? { module?.declarations.all.first { $0.name == name } }
}

extension TrapDefinition.Variables {
    /// What a NET VISION 7 puts into its traps, in this order.
    fileprivate var names: [String] {
        switch self {
        case .battery: ["upsEstimatedMinutesRemaining", "upsSecondsOnBattery"]
        case .alarmEntry: ["upsAlarmId", "upsAlarmDescr"]
        // Of these, the module has no objects.
        case .none, .test, .text: []
        }
    }
}
