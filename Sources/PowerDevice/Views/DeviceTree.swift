/// The tree of a power system: a row for the device or the system, one for each unit and each module (manual 11.3).
package struct DeviceTree: Sendable, Equatable {
    /// What a row shows of a device.
    package enum Status: String, Sendable, Codable, CaseIterable {
        case unknown
        case onStandby
        case operating
        case operatingWithAlarm
        case critical
        /// Its symbol flashes.
        case imminentStop
    }

    /// What a row shows of a unit's battery.
    package enum Battery: String, Sendable, Codable, CaseIterable {
        case disconnected
        case ok
        case discharging
        case alarm
    }

    package enum Level: Sendable, Hashable {
        /// A device that stands alone.
        case device
        case system
        case unit(Int)
        /// A module by its position; `unit` is nil in a cabinet that stands alone.
        case module(Int, unit: Int?)
    }

    package struct Row: Sendable, Equatable {
        package var level: Level
        package var status: Status
        /// Nil for a system, a module, a converter and an STS.
        package var battery: Battery?
        package var isEnergySaving: Bool

        package init(_ level: Level, _ status: Status, battery: Battery? = nil, isEnergySaving: Bool = false) {
            self.level = level
            self.status = status
            self.battery = battery
            self.isEnergySaving = isEnergySaving
        }

        package var isFlashing: Bool { status == .imminentStop }
    }

    package var rows: [Row]

    package subscript(level: Level) -> Row? { rows.first { $0.level == level } }
}

extension DeviceTree {
    /// The tree of `topology`: `system` are the registers of slave 1, `units` those of the units that were read.
    ///
    /// A unit that was not read shows what the system tells of it. With a `selection` (15.3) other than 0 only that unit is there.
    package init(_ topology: Topology, map: DeviceMap, system: RegisterFile, units: [Int: RegisterFile] = [:], selection: Int = 0) {
        rows = []
        guard !topology.units.isEmpty else {
            rows = [Self.row(.device, map, system)] + topology.modules.map { Self.member(.module($0, unit: nil), $0, map, system) }
            return
        }
        let shown = selection == 0 ? topology.units : topology.units.filter { $0 == selection }
        if selection == 0 {
            var row = Self.row(.system, map, system)
            row.battery = nil
            rows.append(row)
        }
        for unit in shown {
            guard let registers = units[unit] else {
                rows.append(Self.member(.unit(unit), unit, map, system))
                continue
            }
            rows.append(Self.row(.unit(unit), map, registers))
            if topology.kind == .modularParallel {
                rows += topology.modules(ofUnit: unit).map { Self.member(.module($0.number, unit: unit), $0.place, map, registers) }
            }
        }
    }

    private static func row(_ level: Level, _ map: DeviceMap, _ registers: RegisterFile) -> Row {
        let snapshot = map.snapshot(of: registers)
        if let state = map.stsState(of: registers, snapshot: snapshot) {
            return Row(level, Status(state))
        }
        let state = map.upsState(of: registers, snapshot: snapshot) ?? UPSState()
        return Row(level, Status(state), battery: state.battery.flatMap { Battery($0) }, isEnergySaving: state.has(.energySaver))
    }

    /// A unit or module by the bits of the device above it: imminent stop, alarm, operating, else on standby. Where the map has no bit for
    /// its operation, it does what the device above does.
    private static func member(_ level: Level, _ number: Int, _ map: DeviceMap, _ registers: RegisterFile) -> Row {
        let members = map.stateRules.members
        let above = row(.system, map, registers).status
        if above == .unknown { return Row(level, .unknown) }
        guard members.indices.contains(number - 1) else { return Row(level, above == .onStandby ? .onStandby : .operating) }
        let member = members[number - 1]
        let holds = { (expression: AlarmExpression?) in expression.map { map.holds($0, in: registers) } ?? false }
        if holds(member.isAboutToStop) { return Row(level, .imminentStop) }
        if holds(member.hasAlarm) { return Row(level, .operatingWithAlarm) }
        guard let isOperating = member.isOperating else { return Row(level, above == .onStandby ? .onStandby : .operating) }
        return Row(level, holds(isOperating) ? .operating : .onStandby)
    }
}

extension DeviceTree.Status {
    /// The gravest first: imminent stop, a critical alarm, any other alarm; without an alarm, whether the load is fed.
    package init(_ state: UPSState) {
        if state.status == .unknown && state.facts.isEmpty && state.alarmLevel == nil {
            self = .unknown
        } else if state.has(.imminentStop) {
            self = .imminentStop
        } else if state.alarmLevel == .critical {
            self = .critical
        } else if state.alarmLevel == .warning {
            self = .operatingWithAlarm
        } else {
            self = state.has(.operating) ? .operating : .onStandby
        }
    }

    package init(_ state: STSState) {
        if state.status == .unknown && state.facts.isEmpty {
            self = .unknown
        } else if state.has(.imminentStop) {
            self = .imminentStop
        } else if state.alarmLevel == .critical {
            self = .critical
        } else if state.alarmLevel == .warning {
            self = .operatingWithAlarm
        } else {
            self = state.status == .loadOff ? .onStandby : .operating
        }
    }
}

extension DeviceTree.Battery {
    /// Nil where nothing is known of the battery.
    package init?(_ state: BatteryState) {
        switch state {
        case .unknown: return nil
        case .disconnected: self = .disconnected
        case .discharging, .toInput, .testRunning: self = .discharging
        case .discharged, .low, .alarm, .roomAlarm, .temperatureAlarm: self = .alarm
        case .charging, .ok: self = .ok
        }
    }
}

extension Topology {
    /// The modules of a unit of a modular parallel system: their number in the system, and their place in the cabinet.
    package func modules(ofUnit unit: Int) -> [(number: Int, place: Int)] {
        let places = Self.placesInUnit(of: units.last ?? 1)
        return modules.filter { ($0 - 1) / places + 1 == unit }.map { ($0, ($0 - 1) % places + 1) }
    }
}
