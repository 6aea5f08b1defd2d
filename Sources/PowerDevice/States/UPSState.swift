/// The typed state of a UPS, a system or a unit, whichever map it comes from. What the map or the device cannot tell is absent.
///
/// Tables and synoptic derive from it (manual 12.1, 12.2).
package struct UPSState: Sendable, Equatable {
    package var status: UPSStatus
    package var output: OutputState
    /// Nil for a converter, which has no battery.
    package var battery: BatteryState?
    package var rectifier: RectifierState?
    package var inverter: InverterState?
    /// Nil for a module or converter without bypass.
    package var bypass: BypassState?
    /// Nil where no generator set is managed.
    package var genset: GensetState?
    package var rectifierSupply: SupplyState?
    package var bypassSupply: SupplyState?
    package var transfer: TransferAbility
    package var facts: Set<Fact>
    package var hasMaintenanceBypass: Bool
    /// The gravest of the active alarms.
    package var alarmLevel: Severity?

    package enum Fact: String, Sendable, CaseIterable {
        case onBattery
        case onBypass
        case ecoMode
        case energySaver
        case maintenanceBypassClosed
        case imminentStop
        case maintenanceAlarm
        case batteryRoomAlarm
        case batteryTemperatureAlarm
        case batteryTestFailed
        case batteryAlarm
        case batteryCharged
        /// The load is fed through this device.
        case operating
    }

    package init(
        status: UPSStatus = .unknown, output: OutputState = .unknown, battery: BatteryState? = nil, rectifier: RectifierState? = nil,
        inverter: InverterState? = nil, bypass: BypassState? = nil, genset: GensetState? = nil, rectifierSupply: SupplyState? = nil,
        bypassSupply: SupplyState? = nil, transfer: TransferAbility = .possible, facts: Set<Fact> = [],
        hasMaintenanceBypass: Bool = false, alarmLevel: Severity? = nil
    ) {
        self.status = status
        self.output = output
        self.battery = battery
        self.rectifier = rectifier
        self.inverter = inverter
        self.bypass = bypass
        self.genset = genset
        self.rectifierSupply = rectifierSupply
        self.bypassSupply = bypassSupply
        self.transfer = transfer
        self.facts = facts
        self.hasMaintenanceBypass = hasMaintenanceBypass
        self.alarmLevel = alarmLevel
    }

    package func has(_ fact: Fact) -> Bool { facts.contains(fact) }
}

extension DeviceMap {
    /// The typed state of a UPS, or nil for an STS. `snapshot` is that of the same registers.
    package func upsState(of registers: RegisterFile, snapshot: DeviceSnapshot) -> UPSState? {
        guard kind == .ups else { return nil }
        guard snapshot.state.isCommunicating else {
            return UPSState(battery: snapshot.plate.hasBattery ? .unknown : nil)
        }
        let rules = stateRules
        let holds = { (expression: AlarmExpression) in self.holds(expression, in: registers) }
        let hasFeature = { (feature: StateRules.Feature) in rules.features[feature]?.holds(in: registers) ?? false }
        let topology = Topology(of: registers, map: self)
        let hasBypass = !hasFeature(.withoutBypass) && topology.kind != .module
        let facts = Set(rules.facts.filter { holds($0.value) }.keys)
        return UPSState(
            status: StateRules.first(rules.statuses, holds) ?? .unknown, output: StateRules.first(rules.outputs, holds) ?? .unknown,
            battery: topology.kind == .converter || !snapshot.plate.hasBattery ? nil : StateRules.first(rules.batteries, holds) ?? .ok,
            rectifier: StateRules.first(rules.rectifier, holds) ?? .off, inverter: StateRules.first(rules.inverter, holds) ?? .off,
            bypass: hasBypass ? StateRules.first(rules.bypass, holds) ?? .off : nil,
            genset: StateRules.first(rules.genset, holds) ?? (hasFeature(.genset) ? .off : nil),
            rectifierSupply: StateRules.first(rules.rectifierSupply, holds),
            bypassSupply: hasBypass ? StateRules.first(rules.bypassSupply, holds) : nil,
            transfer: StateRules.first(rules.transfer, holds) ?? .possible, facts: facts,
            hasMaintenanceBypass: facts.contains(.maintenanceBypassClosed)
                || !(hasFeature(.withoutMaintenanceBypass) || lacksMaintenanceBypass(snapshot.plate)),
            alarmLevel: snapshot.conditions.map(\.level).max())
    }
    /// NETYS and ITYS: their column of the JBUSP tables has no maintenance bypass.
    private func lacksMaintenanceBypass(_ plate: RatingPlate) -> Bool {
        family == .jbusp && plate.deviceCode.flatMap { DeviceRange.jbusp($0) }?.column == .netys
    }
}
