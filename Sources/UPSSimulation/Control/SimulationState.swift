import PowerDevice

/// What `GET /state` answers.
struct SimulationState: Encodable, Sendable {
    let model: String
    let map: String
    let serial: String
    /// What the UPS has been told to do, and what feeds the load.
    let mode: UPSPhysics.Mode
    let supply: UPSPhysics.Supply
    let mains: Mains
    let load: Load
    let battery: Battery
    let temperature: Temperature
    let clock: Clock
    /// The raw value of every point by its code, as the registers answer it.
    let points: [String: Int]
    /// The codes that are held, in order.
    let forced: [String]
    let faults: [String]
    let firmware: ControlledCard.FirmwareState?
    let traps: ControlledCard.TrapState?

    struct Mains: Encodable, Sendable {
        let present: Bool
        /// V line to neutral, while the mains are present.
        let voltage: Double
        let frequency: Double
    }

    struct Load: Encodable, Sendable {
        /// What the load takes, in percent of the rating.
        let percent: Double
        /// What the UPS gives, in VA and W.
        let power: Double
        let realpower: Double
    }

    struct Battery: Encodable, Sendable {
        /// Percent.
        let charge: Double
        let voltage: Double
        /// A; positive into the battery.
        let current: Double
        /// Seconds of backup at this load.
        let runtime: Double
        let onBattery: Bool
        let secondsOnBattery: Double
        let charging: Bool
        let temperature: Double
    }

    struct Temperature: Encodable, Sendable {
        let ambient: Double
        let internalTemperature: Double
        let battery: Double

        enum CodingKeys: String, CodingKey {
            case ambient, battery
            case internalTemperature = "internal"
        }
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
        _ unit: UPSUnit, _ state: borrowing UPSSimulator.State, faults: [String], firmware: ControlledCard.FirmwareState?,
        traps: ControlledCard.TrapState?
    ) {
        let physics = state.physics
        model = unit.model.name
        map = unit.model.map.name
        serial = unit.serial
        mode = physics.mode
        supply = physics.supply
        mains = Mains(present: physics.mains.isPresent, voltage: physics.mains.voltage, frequency: physics.mains.frequency)
        load = Load(percent: physics.load, power: physics.outputPower, realpower: physics.outputRealpower)
        battery = Battery(
            charge: physics.battery.charge * 100, voltage: physics.battery.voltage, current: physics.battery.current,
            runtime: physics.runtime, onBattery: physics.isOnBattery, secondsOnBattery: physics.secondsOnBattery,
            charging: physics.battery.isCharging, temperature: physics.battery.temperature)
        temperature = Temperature(
            ambient: physics.ambient, internalTemperature: physics.internalTemperature, battery: physics.battery.temperature)
        clock = Clock(elapsed: physics.elapsed, speed: state.speed, pendingEvents: state.pending.count)
        points = Self.points(of: unit.model.map, state.registers)
        forced = state.forced.keys.sorted().map(\.rawValue)
        self.faults = faults
        self.firmware = firmware
        self.traps = traps
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
