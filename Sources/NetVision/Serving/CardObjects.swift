package import PowerDevice
package import SNMP

/// What a card serves by SNMP: the objects of its state and its facts, in the modules' own units.
///
/// The tables that the fleet reads by are served here, so that card and fleet can't disagree.
package struct CardObjects: Sendable {
    package let state: DeviceState
    package let facts: CardFacts

    package init(_ state: DeviceState, of facts: CardFacts) {
        self.state = state
        self.facts = facts
    }

    /// Everything of one module: ident to alarms, and the ratings.
    ///
    /// - Parameter alarms: The rows of the module's alarm table, which its flags and their number follow.
    package func objects(of module: MIBModule, alarms: [AlarmTable.Row]) -> [ManagedObject] {
        identity(of: module) + states(of: module) + measurements(of: module) + lines(of: module) + self.alarms(of: module, alarms)
    }

    /// upsConfig: 8.2 to 8.4 of the NET VISION 7 module, whose 8.1 is among the points, and 9.1 to 9.4 of the NET VISION 6 module.
    package func configuration() -> [ManagedObject] {
        // The MIB says kVA; tenths, as in 8.1 beside it, for there are units of 2.2 kVA.
        let unitPower = facts.unitPower.flatMap(MIBScale.hundreds.raw(value:)) ?? 65535
        return [
            ManagedObject(ConfigGroup.upsConfigNbrUnit, .integer(Int32(clamping: facts.units))),
            ManagedObject(ConfigGroup.upsConfigUnitKva, .integer(unitPower)),
            ManagedObject(ConfigGroup.upsConfigRemoteCtrl, .integer(facts.isRemoteControlEnabled ? 1 : 0)),
            rating(ConfigGroup.upsConfigInputVoltage, Variable("input.voltage.nominal")),
            rating(ConfigGroup.upsConfigInputFreq, Variable("input.frequency.nominal")),
            rating(ConfigGroup.upsConfigOutputVoltage, Variable("output.voltage.nominal")),
            rating(ConfigGroup.upsConfigOutputFreq, Variable("output.frequency.nominal")),
        ]
    }

    private func rating(_ type: ObjectType, _ variable: Variable) -> ManagedObject {
        let value = state.isCommunicating ? state.readings[variable] : nil
        return ManagedObject(type, .integer(value.flatMap(MIBScale.whole.raw(value:)) ?? 65535))
    }

    private func identity(of module: MIBModule) -> [ManagedObject] {
        module.declarations.identity.map { field, type in ManagedObject(type, type.text(facts.text(field))) }
    }

    private func states(of module: MIBModule) -> [ManagedObject] {
        let source = state.isCommunicating ? state.outputSource : .unknown
        let battery = state.isCommunicating ? state.batteryStatus : .unknown
        return [
            ManagedObject(module.declarations.outputSource, .integer(outputSourceCode(source, in: module))),
            ManagedObject(module.declarations.batteryStatus, .integer(module.batteryStatus.code(of: battery))),
        ]
    }

    /// RFC 1628 alone has a number for the battery as a source; a UPS whose battery discharges is served by it there.
    private func outputSourceCode(_ source: OutputSource?, in module: MIBModule) -> Int32 {
        let protected: Set<OutputSource?> = [.inverter, .normal, .lineInteractive, .eco, .flex]
        let isOnBattery = state.batteryStatus == .discharging || state.alarms.contains(.onBattery)
        let namesBattery = module.outputSource.code(of: .battery) != module.outputSource.code(of: .inverter)
        return module.outputSource.code(of: namesBattery && isOnBattery && protected.contains(source) ? .battery : source)
    }

    private func measurements(of module: MIBModule) -> [ManagedObject] {
        let readings = state.isCommunicating ? self.readings(for: module) : [:]
        return module.cells.compactMap { cell in
            let lines = cell.point.lines.map(count) ?? 1
            guard cell.line <= lines else { return nil }
            return ManagedObject(cell.type, named: cell.object, .integer(cell.point.raw(value: readings[cell.variable(of: lines)])))
        }
    }

    /// A module without objects of the whole device tells of it in the only line, if there is one line.
    private func readings(for module: MIBModule) -> [Variable: Double] {
        guard state.outputLines == 1, !module.points.contains(where: { $0.variable == "ups.load" }) else { return state.readings }
        let ofLine: [Variable: Double] = [
            "output.power.percent": .load, "output.power": .power, "output.realpower": .realpower,
        ].reduce(into: [:]) { readings, pair in readings[Variable(pair.key)] = state.readings[pair.value] }
        return state.readings.merging(ofLine) { measured, _ in measured }
    }

    private func lines(of module: MIBModule) -> [ManagedObject] {
        LineGroup.allCases.flatMap { group in
            let count = count(group)
            let total = module.declarations.lineCounts[group].map { [ManagedObject($0, .integer(Int32(clamping: count)))] } ?? []
            let indices = module.declarations.lineIndices[group].map { type in
                (1...count).map { ManagedObject(type, row: UInt32($0), .integer(Int32(clamping: $0))) }
            }
            return total + (indices ?? [])
        }
    }

    func count(_ group: LineGroup) -> Int {
        let lines =
            switch group {
            case .input: state.inputLines
            case .output: state.outputLines
            case .bypass: state.bypassLines
            }
        return min(max(lines, 1), MIBModule.maximumLines)
    }

    private func alarms(of module: MIBModule, _ rows: [AlarmTable.Row]) -> [ManagedObject] {
        let active = Set(rows.map(\.number))
        let flags = module.declarations.alarmFlags.enumerated().map { index, type in
            ManagedObject(type, .integer(active.contains(index + 1) ? 1 : 0))
        }
        let present = module.declarations.alarmsPresent
        let count: SNMPValue =
            present.syntax == .gauge32 ? .gauge32(UInt32(clamping: rows.count)) : .integer(Int32(clamping: rows.count))
        let table = module.declarations.alarmColumns.flatMap { column, type in
            rows.map { ManagedObject(type, row: UInt32(bitPattern: $0.id), cell(column, of: $0, in: module)) }
        }
        return [ManagedObject(present, count)] + table + flags
    }

    private func cell(_ column: MIBModule.AlarmColumn, of row: AlarmTable.Row, in module: MIBModule) -> SNMPValue {
        switch column {
        case .id: .integer(row.id)
        case .description: .objectIdentifier(module.alarmDescription(row.number))
        case .time: .timeTicks(row.time)
        case .text: .text(module.alarms.indices.contains(row.number - 1) ? module.alarms[row.number - 1].title : "")
        }
    }
}
