/// What the control board of a UPS, or of a whole parallel system, knows at one moment: the same for every register map.
///
/// Values are in V, A, Hz, °C, W, VA, s, Ah and %. A quantity without a sensor is nil, a supply without an input has no lines.
struct Readout: Sendable, Equatable {
    /// One output line.
    struct Line: Sendable, Equatable {
        var voltage = 0.0
        var current = 0.0
        /// VA.
        var power = 0.0
        /// W.
        var realpower = 0.0
        /// Percent of the line's own rating.
        var load = 0.0
    }

    struct BatteryReadout: Sendable, Equatable {
        var voltage: Double
        /// Positive into the battery.
        var current: Double
        /// Percent.
        var charge: Double
        var capacity: Double
        var nominalCapacity: Double
        var runtime: Double
        var secondsOnBattery: Double
        var temperature: Double
    }

    /// A unit of a system or a module of a unit, as its summary bits tell of it.
    struct Part: Sendable, Equatable {
        var isPresent = true
        var isOperating = true
        var isAvailable = true
        var hasGeneralAlarm = false
        var isStopping = false
    }

    var flags: Set<Flag>
    var load: Double
    var power: Double
    var realpower: Double
    var powerFactor: Double
    var crestFactor: Double
    var neutralCurrent: Double
    var outputFrequency: Double
    var output: [Line]
    var input: [Line]
    var inputFrequency: Double
    var bypass: [Line]
    var bypassFrequency: Double?
    var battery: BatteryReadout?
    var ambient: Double
    /// Units or modules one level below, by their position from 0.
    var parts: [Part] = []

    func has(_ flag: Flag) -> Bool { flags.contains(flag) }

    /// Something asks for attention.
    var isTroubled: Bool { !flags.isDisjoint(with: Self.general) || (has(.loadOff) && !has(.standby)) }
}

extension Readout {
    /// A condition that is true or not. The maps' tables say which bit tells of it.
    enum Flag: String, Sendable, CaseIterable {
        // What feeds the load.
        case inverterFeeds, bypassFeeds, maintenanceBypassFeeds, loadOff, eco, lineInteractive, standby
        case operating, available, isolated, starting, stopping
        case outputSwitchClosed, maintenanceBypassClosed, rectifierBreakerClosed, bypassBreakerClosed, singlePhaseInput
        case inputPresent, rectifierOn, chargerOn, rectifierStarting, inverterOn, inverterSwitchClosed
        case bypassPresent, bypassClosed, synchronised, gensetRunning
        case batteryOK, batteryCharged, batteryCharging, batteryTesting, batteryTestScheduled, batteryTestWaiting
        case batteryTestSupported, batteryTestInterrupted, batteryOpen
        case plug1, plug2, plug3, plug4, plugs
        case remoteControlDisabled, buzzer, standbySchedule, permissionTable, parallel, centralBypass, gensetPresent
        // Alarms.
        case imminentStop, overload, ambientHot, transferImpossible, insufficientResources
        case redundancyLost, redundancyThreatened, hourOnBypass, generalAlarm
        case batteryDisconnected, batteryDischarged, batteryLow, onBattery, batteryHot, batteryTestFailed, batteryAlarm
        case inputBad, gensetAlarm, inverterHot, inverterFault, overloadStop, bypassBad, bypassFrequencyBad, rotation
        case maintenanceBypassAlarm

        /// Of power share plug 1…4.
        static let plugFlags: [Flag] = [.plug1, .plug2, .plug3, .plug4]
    }

    /// The alarms that make the general alarm: what asks for attention, and is not just a mains failure. A load that went off does too,
    /// unless it was told to.
    static let general: Set<Flag> = [
        .imminentStop, .overload, .ambientHot, .transferImpossible, .insufficientResources, .redundancyLost,
        .batteryDisconnected, .batteryDischarged, .batteryLow, .batteryHot, .batteryTestFailed, .batteryAlarm, .gensetAlarm, .inverterHot,
        .inverterFault, .rotation,
    ]
}

extension Readout {
    /// What a system is, of which each unit tells its own: powers and currents add up, what one unit has the system has.
    ///
    /// - Parameter load: percent of the system's rating.
    init(combining units: [Readout], load: Double) {
        let live = units.filter { !$0.has(.loadOff) && !$0.has(.standby) }
        let first = live.first ?? units.first
        let count = Double(max(live.count, 1))
        var flags = units.reduce(into: Set<Flag>()) { $0.formUnion($1.flags) }
        for flag in Self.unanimous where !units.allSatisfy({ $0.has(flag) }) { flags.remove(flag) }
        if !live.isEmpty { flags.subtract([.loadOff, .standby, .isolated]) }
        for flag in Self.unanimousOfLive where !live.allSatisfy({ $0.has(flag) }) { flags.remove(flag) }
        self.flags = flags
        self.load = load
        power = units.reduce(0) { $0 + $1.power }
        realpower = units.reduce(0) { $0 + $1.realpower }
        powerFactor = first?.powerFactor ?? 0
        crestFactor = first?.crestFactor ?? 0
        neutralCurrent = units.reduce(0) { $0 + $1.neutralCurrent }
        outputFrequency = first?.outputFrequency ?? 0
        output = Self.sum(units.map(\.output), voltages: first?.output, lineLoad: count)
        input = Self.sum(units.map(\.input), voltages: units.first?.input, lineLoad: count)
        inputFrequency = units.first?.inputFrequency ?? 0
        bypass = Self.sum(units.map(\.bypass), voltages: units.first?.bypass, lineLoad: count)
        bypassFrequency = units.first?.bypassFrequency
        battery = BatteryReadout(combining: units.compactMap(\.battery))
        ambient = units.first?.ambient ?? 0
    }

    /// True of a system when true of every unit.
    private static let unanimous: Set<Flag> = [
        .batteryOK, .batteryCharged, .batteryDischarged, .standby, .loadOff, .batteryTestSupported, .isolated,
    ]
    /// True of a system when true of every unit that feeds the load.
    private static let unanimousOfLive: Set<Flag> = [.imminentStop, .batteryLow, .onBattery, .synchronised]

    private static func sum(_ units: [[Line]], voltages: [Line]?, lineLoad count: Double) -> [Line] {
        (voltages ?? []).indices.map { index in
            var line = Line(voltage: voltages?[index].voltage ?? 0)
            for unit in units where unit.indices.contains(index) {
                line.current += unit[index].current
                line.power += unit[index].power
                line.realpower += unit[index].realpower
                line.load += unit[index].load / Double(units.count)
            }
            return line
        }
    }
}

extension Readout.BatteryReadout {
    /// Several batteries as one; nil of none.
    init?(combining batteries: [Readout.BatteryReadout]) {
        guard let first = batteries.first else { return nil }
        let count = Double(batteries.count)
        self = first
        voltage = batteries.reduce(0) { $0 + $1.voltage } / count
        current = batteries.reduce(0) { $0 + $1.current }
        charge = batteries.reduce(0) { $0 + $1.charge } / count
        capacity = batteries.reduce(0) { $0 + $1.capacity }
        nominalCapacity = batteries.reduce(0) { $0 + $1.nominalCapacity }
        runtime = batteries.reduce(0) { $0 + $1.runtime } / count
        secondsOnBattery = batteries.map(\.secondsOnBattery).max() ?? 0
        temperature = batteries.map(\.temperature).max() ?? first.temperature
    }
}
