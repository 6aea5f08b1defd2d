package import PowerDevice

/// A power system of one or more UPS that feed one load together: what happens to it, second by second.
///
/// The units share mains, room and load; each has its own battery. They go to the bypass together, as parallel systems do.
package struct UPSSystem: Sendable {
    package let layout: SystemLayout
    package internal(set) var units: [UPSPhysics]
    /// Which units are there, by their position from 0: one that was taken out answers nobody.
    package internal(set) var present: [Bool]

    // MARK: - What the world does

    /// What the utility gives to the rectifiers and to the bypass.
    package var rectifierMains: Mains
    package var bypassMains: Mains
    package var genset = Genset()
    /// Apparent power that the load takes, in percent of the system's rating (0…200).
    package var load: Double
    package var ambient: Double

    // MARK: - What it was told

    package var mode = UPSPhysics.Mode.online
    package internal(set) var plugs: [PowerSharePlug]
    package internal(set) var standbyTimer = StandbyTimer()
    package internal(set) var batterySchedule = BatteryTestSchedule(weeks: 0, weekday: 1, hour: 0)
    package internal(set) var calendar: SimulatedCalendar
    package var isRemoteControlEnabled = true
    package internal(set) var isBuzzerEnabled = true
    package internal(set) var isBuzzerMuted = false
    /// The day and hour of the calendar in which the last test of the schedule began.
    private var lastScheduledTest: Int?
    package private(set) var elapsed = 0.0

    package init(_ unit: UPSUnit, layout: SystemLayout, clock: DeviceClock = SimulatedCalendar.start) {
        let first = unit.built(as: layout)
        self.layout = layout
        units = (1...max(layout.units, 1)).map { UPSPhysics(first.sibling($0, seed: unit.seed), build: layout.build) }
        present = Array(repeating: true, count: units.count)
        rectifierMains = Mains(voltage: first.initialVoltage)
        bypassMains = rectifierMains
        load = first.initialLoad
        ambient = first.initialAmbient
        plugs = Array(repeating: PowerSharePlug(), count: layout.model.plugs)
        calendar = SimulatedCalendar(clock)
        inform()
    }

    /// The first unit: the only one, of a machine that stands alone.
    package var first: UPSPhysics { units[0] }

    package mutating func advance(by seconds: Double) {
        UPSPhysics.steps(of: seconds) { advanceStep($0) }
    }

    private mutating func advanceStep(_ seconds: Double) {
        elapsed += seconds
        calendar.advance(seconds)
        rectifierMains.advance(seconds)
        bypassMains.advance(seconds)
        genset.advance(
            seconds, areMainsGood: rectifierMains.isWhole(layout.model.inputLines) && (184...265).contains(rectifierMains.voltage))
        standbyTimer.advance(seconds, areMainsGood: feedingMains.isPresent)
        startScheduledTest()
        inform()
        for index in units.indices where present[index] { units[index].advanceStep(seconds) }
        for index in plugs.indices { plugs[index].follow(first) }
        if isBuzzerMuted && !isAlarmed { isBuzzerMuted = false }
    }

    /// Tells each unit what it meets: supplies, its part of the load, what the others do.
    mutating func inform() {
        let feeding = units.indices.map { present[$0] && units[$0].isOutputLive }
        let sharers = max(1, feeding.filter { $0 }.count)
        let live = feeding.contains(true)
        let onBypass = units.indices.contains { feeding[$0] && units[$0].supply == .bypass && units[$0].overload.isTripped }
        let inverters = units.indices.filter { feeding[$0] && units[$0].supply.isFromInverter }
        for index in units.indices {
            units[index].rectifierMains = feedingMains
            units[index].bypassMains = genset.isRunning ? Genset.supply : bypassMains
            units[index].ambient = ambient
            units[index].mode = standbyTimer.isOff ? .standby : mode
            let isSharing = feeding[index] || !live
            units[index].load = isSharing ? effectiveLoad * Double(units.count) / Double(live ? sharers : units.count) : 0
            units[index].others = UPSPhysics.Others(areFeeding: inverters.contains { $0 != index }, areOnBypass: onBypass)
        }
    }

    private var feedingMains: Mains { genset.isRunning ? Genset.supply : rectifierMains }

    /// What is left of the load while plugs are open.
    var effectiveLoad: Double { load * (1 - PowerSharePlug.share * Double(plugs.filter { !$0.isClosed }.count)) }
}

// MARK: - Battery tests

extension UPSSystem {
    package var isBatteryTestPossible: Bool { units.contains(where: \.isBatteryTestPossible) }

    /// Tests the battery of one unit (by its position from 0), or those of all that can be tested now.
    mutating func startBatteryTest(unit: Int? = nil) {
        for index in units.indices where present[index] && (unit ?? index) == index && units[index].isBatteryTestPossible {
            units[index].batteryTest.start()
        }
    }

    mutating func schedule(_ schedule: BatteryTestSchedule) {
        batterySchedule = schedule
        lastScheduledTest = nil
    }

    /// At its weekday and hour, every so many weeks.
    private mutating func startScheduledTest() {
        guard batterySchedule.weeks > 0, calendar.weekday == batterySchedule.weekday, calendar.hour == batterySchedule.hour,
            lastScheduledTest.map({ calendar.day - $0 >= batterySchedule.weeks * 7 }) ?? true, isBatteryTestPossible
        else { return }
        lastScheduledTest = calendar.day
        startBatteryTest()
    }

    mutating func acknowledge() {
        isBuzzerMuted = true
        for index in units.indices { units[index].batteryTest.acknowledge() }
    }
}
