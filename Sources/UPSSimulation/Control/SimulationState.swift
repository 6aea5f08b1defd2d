import PowerDevice

/// What `GET /state` answers.
struct SimulationState: Encodable, Sendable {
    let model: String
    let map: String
    let serial: String
    /// How the system is built, and its units and modules.
    let topology: String
    /// What the device has been told to do: a UPS's mode, or `automatic`, `bypass1`, `bypass2` of a transfer system.
    let mode: String
    /// What feeds the load: a UPS's supply, or `source1`, `source2`, `off` of a transfer system.
    let supply: String
    let mains: Supply
    /// What arrives at the bypass; absent of a transfer system.
    let bypass: Supply?
    /// Both sources of a transfer system.
    let sources: [Source]?
    let transfer: Transfer?
    let load: Load
    let battery: Battery?
    let temperature: Temperature
    let genset: Generator?
    let plugs: [Plug]?
    /// The units of a parallel system, and those of them that are there.
    let units: [Unit]?
    let modules: [Module]?
    let remoteControl: Bool
    let clock: Clock
    /// The raw value of every point by its code, as the registers answer it.
    let points: [String: Int]
    /// The codes that are held, in order.
    let forced: [String]
    let faults: [String]
    let firmware: ControlledCard.FirmwareState?
    let traps: ControlledCard.TrapState?
    let emd: EnvironmentState?

    struct Supply: Encodable, Sendable {
        let present: Bool
        /// V line to neutral, while the supply is present.
        let voltage: Double
        let frequency: Double
        /// The lines without voltage, from 1.
        let lost: [Int]
        let phase: Double

        init(_ mains: Mains) {
            present = mains.isPresent
            voltage = mains.voltage
            frequency = mains.frequency
            lost = mains.lostLines.map { $0 + 1 }.sorted()
            phase = mains.phase
        }
    }

    struct Source: Encodable, Sendable {
        let supply: Supply
        let quality: String

        func encode(to encoder: any Encoder) throws {
            try supply.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(quality, forKey: .quality)
        }

        private enum Key: CodingKey { case quality }
    }

    struct Transfer: Encodable, Sendable {
        let preferred: Int
        let locked: Bool
        /// Locked by too many detections, until acknowledged.
        let lockedByDetections: Bool
        /// Degrees.
        let phaseShift: Double
        let interaction: String
    }

    struct Load: Encodable, Sendable {
        /// What the load takes, in percent of the rating.
        let percent: Double
        /// What the device gives, in VA and W.
        let power: Double
        let realpower: Double
    }

    struct Battery: Encodable, Sendable {
        /// Percent.
        let charge: Double
        /// Percent of the capacity that is left.
        let health: Double
        let connected: Bool
        let voltage: Double
        /// A; positive into the battery.
        let current: Double
        /// Seconds of backup at this load.
        let runtime: Double
        let onBattery: Bool
        let secondsOnBattery: Double
        let charging: Bool
        let temperature: Double
        /// Whether a test runs, and how the last one ended.
        let testing: Bool
        let lastTest: String

        init(_ unit: UPSPhysics) {
            charge = unit.battery.charge * 100
            health = unit.battery.health * 100
            connected = unit.battery.isConnected
            voltage = unit.battery.voltage
            current = unit.battery.current
            runtime = unit.runtime
            onBattery = unit.isOnBattery
            secondsOnBattery = unit.secondsOnBattery
            charging = unit.battery.isCharging
            temperature = unit.battery.temperature
            testing = unit.batteryTest.isRunning
            lastTest = unit.batteryTest.result.rawValue
        }
    }

    struct Temperature: Encodable, Sendable {
        let ambient: Double
        let internalTemperature: Double?
        let battery: Double?

        enum CodingKeys: String, CodingKey {
            case ambient, battery
            case internalTemperature = "internal"
        }
    }

    struct Generator: Encodable, Sendable {
        let present: Bool
        let running: Bool
        let failed: Bool
    }

    struct Plug: Encodable, Sendable {
        let number: Int
        let closed: Bool
    }

    struct Unit: Encodable, Sendable {
        let number: Int
        let present: Bool
        let failed: Bool
        let serial: String
        let supply: UPSPhysics.Supply
        /// Percent of its own rating.
        let load: Double
        let battery: Battery?
        /// The raw values of its own registers; none where it is not there.
        let points: [String: Int]
    }

    struct Module: Encodable, Sendable {
        let number: Int
        let failed: Bool
    }

    struct Clock: Encodable, Sendable {
        /// Simulated seconds since the start.
        let elapsed: Double
        let speed: Double
        /// Events of the scenario that are still to come.
        let pendingEvents: Int
    }
}

extension SimulationState {
    init(
        _ layout: SystemLayout, _ unit: UPSUnit, _ state: borrowing UPSSimulator.State, faults: [String],
        firmware: ControlledCard.FirmwareState?, traps: ControlledCard.TrapState?, emd: EnvironmentState?
    ) {
        let (system, sts) = (state.plant.ups, state.plant.sts)
        let first = system?.first
        model = unit.model.name
        map = unit.model.map.name
        serial = unit.serial
        topology = layout.topology.kind.rawValue
        mode = system?.mode.rawValue ?? sts?.manualBypass.map { "bypass\($0)" } ?? "automatic"
        supply = first?.supply.rawValue ?? sts?.feeding.map { "source\($0)" } ?? "off"
        mains = Supply(system?.rectifierMains ?? sts?.sources[0] ?? Mains())
        bypass = system.map { Supply($0.bypassMains) }
        sources = sts.map { sts in (1...2).map { Source(supply: Supply(sts.sources[$0 - 1]), quality: "\(sts.quality(of: $0))") } }
        transfer = sts.map(Transfer.init)
        load = Load(system, sts)
        battery = layout.hasBattery ? first.map(Battery.init) : nil
        temperature = Temperature(
            ambient: system?.ambient ?? sts?.ambient ?? 0, internalTemperature: first?.internalTemperature,
            battery: first?.battery.temperature)
        genset = system.map { Generator(present: $0.genset.isPresent, running: $0.genset.isRunning, failed: $0.genset.hasFailed) }
        plugs = system.map { system in system.plugs.enumerated().map { Plug(number: $0.offset + 1, closed: $0.element.isClosed) } }
        units = system.flatMap { Self.units(of: $0, state.registers) }
        modules = system.flatMap(Self.modules)
        remoteControl = state.plant.isRemoteControlEnabled
        clock = Clock(elapsed: state.plant.elapsed, speed: state.speed, pendingEvents: state.pending.count)
        points = state.registers[Topology.systemSlave].map { Self.points(of: unit.model.map, $0) } ?? [:]
        forced = state.forced.keys.sorted().map(\.rawValue)
        self.faults = faults
        self.firmware = firmware
        self.traps = traps
        self.emd = emd
    }

    private static func units(of system: UPSSystem, _ registers: [UInt8: RegisterFile]) -> [Unit]? {
        guard system.units.count > 1 else { return nil }
        return system.units.enumerated().map { index, unit in
            let file = system.present[index] ? registers[Topology.slave(ofUnit: index + 1)] : nil
            return Unit(
                number: index + 1, present: system.present[index], failed: unit.isFailed, serial: unit.unit.serial, supply: unit.supply,
                load: unit.measuredLoad, battery: system.layout.hasBattery ? Battery(unit) : nil,
                points: file.map { points(of: system.layout.model.map, $0) } ?? [:])
        }
    }

    private static func modules(of system: UPSSystem) -> [Module]? {
        let numbers = system.layout.topology.modules
        guard !numbers.isEmpty else { return nil }
        return numbers.enumerated().map { position, number in
            let (unit, module) = position.quotientAndRemainder(dividingBy: system.layout.modules)
            return Module(number: number, failed: system.units[unit].failedModules.contains(module))
        }
    }

    private static func points(of map: DeviceMap, _ registers: RegisterFile) -> [String: Int] {
        var points: [String: Int] = [:]
        for point in map.points {
            guard let raw = registers.raw(point) else { continue }
            points[point.code.rawValue] = Int(raw)
        }
        return points
    }
}

extension SimulationState.Transfer {
    init(_ sts: STSPhysics) {
        preferred = sts.preferred
        locked = sts.isTransferLocked
        lockedByDetections = sts.isLockedByDetections
        phaseShift = sts.phaseShift
        interaction = sts.interaction.rawValue
    }
}

extension SimulationState.Load {
    init(_ system: UPSSystem?, _ sts: STSPhysics?) {
        percent = system?.load ?? sts?.load ?? 0
        power = system?.units.reduce(0) { $0 + $1.outputPower } ?? sts?.outputPower ?? 0
        realpower = system?.units.reduce(0) { $0 + $1.outputRealpower } ?? sts.map { $0.outputPower * $0.unit.powerFactor } ?? 0
    }
}
