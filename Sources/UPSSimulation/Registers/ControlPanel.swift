import PowerDevice

/// The registers by which a simulated device tells what it may be told, and its clock: those of its map's control profiles.
struct ControlPanel: Sendable {
    let profiles: [ControlProfile]

    init(_ map: DeviceMap) { profiles = map.controlProfiles }

    /// The blocks that `map` does not have anyway.
    static func ranges(of map: DeviceMap) -> [RegisterRange] {
        let known = map.emptyRegisters
        return map.controlProfiles.flatMap(\.readable).filter { !known.contains($0.address) }
    }

    func write(_ plant: Plant, to registers: inout RegisterFile) {
        switch profiles.first?.map {
        case "JBUSP": registers.store(Self.jbuspClock(plant.clock), at: 0x1360)
        case "VU-MAP":
            registers.store(publicPermissions(plant) + plant.clock.words, at: 0x00C9)
            writeNVFleet(plant, to: &registers)
        default: writeNVFleet(plant, to: &registers)
        }
    }

    /// P000 and the bits of C016, C017, C028, C031.
    private func publicPermissions(_ plant: Plant) -> [UInt16] {
        let controls: [(Int, DeviceControl)] = [
            (16, .ecoModeOn), (17, .ecoModeOff), (28, .startBatteryTest), (31, .acknowledgeAlarms),
        ]
        var words: [UInt16] = [plant.isRemoteControlEnabled ? 1 : 0, 0]
        for (number, control) in controls where plant.obstacle(to: control) == nil { words[number / 16] |= 1 << UInt16(number % 16) }
        return words
    }

    private func writeNVFleet(_ plant: Plant, to registers: inout RegisterFile) {
        var permissions: [UInt16] = [plant.isRemoteControlEnabled ? 1 : 0, 0]
        for kind in DeviceControl.Kind.allCases {
            guard let control = kind.control ?? Self.sample(kind), plant.obstacle(to: control) == nil else { continue }
            permissions[Int(kind.number / 16)] |= 1 << (kind.number % 16)
        }
        registers.store([0x4E56, 1] + permissions, at: 0x0F00)
        registers.store([0] + plant.clock.words, at: 0x0F10)
        guard let system = plant.ups else {
            registers.store([0, 0, 0], at: 0x0F18)
            registers.store([0, 0, 0], at: 0x0F20)
            return
        }
        let test = system.batterySchedule
        let standby = system.standbyTimer.schedule ?? StandbySchedule(kind: .none, delay: 0, standby: 0)
        registers.store([test.weeks, test.weekday, test.hour].map { UInt16(clamping: $0) }, at: 0x0F18)
        registers.store([standby.kind.rawValue, UInt16(clamping: standby.delay), UInt16(clamping: standby.standby)], at: 0x0F20)
    }

    /// A control of a kind that has values, with values that every device takes.
    private static func sample(_ kind: DeviceControl.Kind) -> DeviceControl? {
        switch kind {
        case .scheduleBatteryTest: .scheduleBatteryTest(BatteryTestSchedule(weeks: 0, weekday: 1, hour: 0))
        case .scheduleStandby: .scheduleStandby(StandbySchedule(kind: .none))
        case .setClock: .setClock(SimulatedCalendar.start)
        default: nil
        }
    }

    /// JBUSP tells no weekday.
    private static func jbuspClock(_ clock: DeviceClock) -> [UInt16] {
        var clock = clock
        clock.weekday = 0
        return clock.words
    }

    /// The control that a write asks for; nil where its words mean none.
    func control(of write: ControlProfile.Write) -> DeviceControl? {
        profiles.lazy.compactMap { $0.control(of: write) }.first
    }

    /// Whether some command of the profiles is written at this address.
    func hasCommand(at address: UInt16) -> Bool { profiles.contains { $0.commands.contains { $0.address == address } } }
}
