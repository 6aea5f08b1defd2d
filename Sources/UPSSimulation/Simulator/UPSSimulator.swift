package import Modbus
package import PowerDevice
import ServiceLifecycle
import Synchronization

/// A simulated UPS, system of UPS, or transfer system that answers like a real one: physics, registers, and what testers force upon them.
///
/// `run()` lets time pass; whoever keeps time himself calls `advance(by:)` instead. Reads and changes may come from any thread. The
/// registers are made when somebody reads them: time alone costs the physics only.
package final class UPSSimulator: Sendable, Service {
    package let unit: UPSUnit
    package let layout: SystemLayout
    let panel: DevicePanel
    let state: Mutex<State>

    /// What changes; always as a whole under the lock.
    struct State {
        var plant: Plant
        /// By slave number.
        var registers: [UInt8: RegisterFile]
        /// The physics went on since the registers of these slaves were made.
        var stale: Set<UInt8> = []
        var forced: [PointCode: ForcedPoint] = [:]
        /// The events to come, the last one first, at times of `plant.elapsed`.
        var pending: [Scenario.Event] = []
        var speed: Double
        /// Seconds by which the simulated time is before the real one.
        var lead = 0.0
        var isLinkDown = false
    }

    /// - Parameters:
    ///   - layout: how many units and modules there are; by default the model as it comes.
    ///   - speed: simulated seconds in a second.
    ///   - clock: what the device's own clock says at the start.
    package init(_ unit: UPSUnit, layout: SystemLayout? = nil, speed: Double = 1, clock: DeviceClock = SimulatedCalendar.start) {
        let layout = layout ?? SystemLayout(unit.model)
        let panel = DevicePanel(layout)
        let plant: Plant =
            layout.model.kind == .sts ? Plant(STSPhysics(unit, clock: clock)) : Plant(UPSSystem(unit, layout: layout, clock: clock))
        var files: [UInt8: RegisterFile] = [:]
        for slave in panel.slaves {
            var registers = panel.emptyRegisters
            panel.writePlate(of: plant, slave: slave, to: &registers)
            files[slave] = registers
        }
        self.unit = unit.built(as: layout)
        self.layout = layout
        self.panel = panel
        state = Mutex(State(plant: plant, registers: files, stale: Set(panel.slaves), speed: speed))
    }

    package var map: DeviceMap { unit.model.map }

    /// Lets `duration` of real time pass, times the clock's speed.
    package func advance(by duration: Duration) {
        let (seconds, attoseconds) = duration.components
        state.withLock { state in
            let real = Double(seconds) + Double(attoseconds) / 1e18
            advance(&state, seconds: real * state.speed)
            state.lead += real * (state.speed - 1)
        }
    }

    /// Lets the physics run up to each event of the scenario that falls into these simulated seconds.
    private func advance(_ state: inout State, seconds: Double) {
        let end = state.plant.elapsed + seconds
        while let event = state.pending.last, event.at <= end {
            state.pending.removeLast()
            state.plant.advance(by: event.at - state.plant.elapsed)
            for occurrence in event.occurrences { apply(occurrence, to: &state) }
        }
        state.plant.advance(by: end - state.plant.elapsed)
        markStale(&state)
    }

    private func markStale(_ state: inout State) {
        guard state.stale.count < state.registers.count else { return }
        state.stale = Set(state.registers.keys)
    }

    /// Lets something happen now; the registers show it when this returns.
    package func apply(_ occurrence: Occurrence) throws(SimulationError) {
        try occurrence.validate(layout)
        state.withLock { state in
            apply(occurrence, to: &state)
            markStale(&state)
        }
    }

    /// Starts a scenario, in place of any other: its initial state is there at once. An empty one stops it.
    package func start(_ scenario: Scenario) {
        state.withLock { state in
            for occurrence in scenario.initial { apply(occurrence, to: &state) }
            let now = state.plant.elapsed
            state.pending = scenario.events.reversed().map { Scenario.Event(at: now + $0.at, occurrences: $0.occurrences) }
            markStale(&state)
        }
    }

    /// Simulated seconds in a second; 0 stops the clock.
    package func setSpeed(_ speed: Double) throws(SimulationError) {
        guard Self.speeds.contains(speed) else { throw .outOfRange(field: "speed", value: speed, allowed: Self.speeds) }
        state.withLock { $0.speed = speed }
    }

    /// Whole seconds by which the simulated time is before the real one, as of the last `advance(by:)`; below 0 where it has been stopped.
    package var secondsAhead: Int64 { state.withLock { Int64($0.lead.rounded(.down)) } }

    package static let speeds = 0.0...3600.0

    /// Cuts the serial link: the UPS goes on, but answers nobody.
    package func setLinkDown(_ isDown: Bool) { state.withLock { $0.isLinkDown = isDown } }
    package var isLinkDown: Bool { state.withLock { $0.isLinkDown } }

    /// For the servers in front of this UPS: while the link is cut a request is as good as never sent.
    package var admit: Admit { { [self] in isLinkDown ? .drop : .answer } }

    /// What `read` of the state gives, with its registers up to date.
    func withState<Result: Sendable>(_ read: (borrowing State) -> Result) -> Result {
        state.withLock { state in
            for slave in state.stale { show(slave, &state) }
            return read(state)
        }
    }

    private func apply(_ occurrence: Occurrence, to state: inout State) {
        switch occurrence {
        case .point(let code, nil):
            if state.forced.removeValue(forKey: code) != nil {
                for slave in panel.slaves { restore(slave, &state) }
            }
        case .point(let code, .some(let value)): state.forced[code] = try? ForcedPoint(code, value: value, of: map)
        default:
            state.plant.ups?.apply(occurrence)
            state.plant.sts?.apply(occurrence)
        }
    }

    /// Writes what does not change by itself anew, after somebody let it go.
    private func restore(_ slave: UInt8, _ state: inout State) {
        var registers = panel.emptyRegisters
        panel.writePlate(of: state.plant, slave: slave, to: &registers)
        state.registers[slave] = registers
    }

    /// Brings the registers of one slave up to date: the physics, and over it what is forced, which is the system's.
    func show(_ slave: UInt8, _ state: inout State) {
        guard state.stale.remove(slave) != nil, var registers = state.registers.removeValue(forKey: slave) else { return }
        panel.writeLive(state.plant, slave: slave, to: &registers)
        if slave == Topology.systemSlave {
            // Words first: a bit that is held counts more than the word around it.
            for forced in state.forced.values where forced.point.bit == nil { registers.setRaw(forced.value, of: forced.point) }
            for forced in state.forced.values where forced.point.bit != nil { registers.setRaw(forced.value, of: forced.point) }
        }
        state.registers[slave] = registers
    }
}

// MARK: - Time

extension UPSSimulator {
    /// Lets time pass, four times a second, until the service stops.
    package func run() async throws { try await run(clock: ContinuousClock()) }

    package func run(clock: some Clock<Duration>) async throws {
        do {
            try await cancelWhenGracefulShutdown { [self] in
                var last = clock.now
                while true {
                    try await clock.sleep(for: .milliseconds(250))
                    let now = clock.now
                    advance(by: last.duration(to: now))
                    last = now
                }
            }
        } catch is CancellationError {
            return
        }
    }
}
