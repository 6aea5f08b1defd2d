package import Modbus
package import PowerDevice
import ServiceLifecycle
import Synchronization

/// A simulated UPS that answers like a real one: physics, registers, and what testers force upon them.
///
/// `run()` lets time pass; whoever keeps time himself calls `advance(by:)` instead. Reads and changes may come from any thread.
package final class UPSSimulator: Sendable, Service {
    package let unit: UPSUnit
    private let panel: VUMapPanel
    private let state: Mutex<State>

    /// What changes; always as a whole under the lock.
    struct State {
        var physics: UPSPhysics
        var registers: RegisterFile
        var forced: [PointCode: ForcedPoint] = [:]
        /// The events to come, the last one first, at times of `physics.elapsed`.
        var pending: [Scenario.Event] = []
        var speed: Double
        var isLinkDown = false
    }

    /// - Parameter speed: simulated seconds in a second.
    package init(_ unit: UPSUnit, speed: Double = 1) {
        self.unit = unit
        panel = VUMapPanel(unit.model)
        var registers = unit.model.map.emptyRegisters
        let physics = UPSPhysics(unit)
        panel.writePlate(of: unit, to: &registers)
        panel.writeLive(physics, to: &registers)
        state = Mutex(State(physics: physics, registers: registers, speed: speed))
    }

    package var map: DeviceMap { unit.model.map }

    /// Lets `duration` of real time pass, times the clock's speed.
    package func advance(by duration: Duration) {
        let (seconds, attoseconds) = duration.components
        state.withLock { state in
            advance(&state, seconds: (Double(seconds) + Double(attoseconds) / 1e18) * state.speed)
        }
    }

    /// Lets the physics run up to each event of the scenario that falls into these simulated seconds.
    private func advance(_ state: inout State, seconds: Double) {
        let end = state.physics.elapsed + seconds
        while let event = state.pending.last, event.at <= end {
            state.pending.removeLast()
            state.physics.advance(by: event.at - state.physics.elapsed)
            for occurrence in event.occurrences { apply(occurrence, to: &state) }
        }
        state.physics.advance(by: end - state.physics.elapsed)
        show(&state)
    }

    /// Lets something happen now; the registers show it when this returns.
    package func apply(_ occurrence: Occurrence) throws(SimulationError) {
        try occurrence.validate(map)
        state.withLock { state in
            apply(occurrence, to: &state)
            show(&state)
        }
    }

    /// Starts a scenario, in place of any other. An empty one stops it.
    package func start(_ scenario: Scenario) {
        state.withLock { state in
            let now = state.physics.elapsed
            state.pending = scenario.events.reversed().map { Scenario.Event(at: now + $0.at, occurrences: $0.occurrences) }
        }
    }

    /// Simulated seconds in a second; 0 stops the clock.
    package func setSpeed(_ speed: Double) throws(SimulationError) {
        guard Self.speeds.contains(speed) else { throw .outOfRange(field: "speed", value: speed, allowed: Self.speeds) }
        state.withLock { $0.speed = speed }
    }

    package static let speeds = 0.0...3600.0

    /// Cuts the serial link: the UPS goes on, but answers nobody.
    package func setLinkDown(_ isDown: Bool) { state.withLock { $0.isLinkDown = isDown } }
    package var isLinkDown: Bool { state.withLock { $0.isLinkDown } }

    /// For the servers in front of this UPS: while the link is cut a request is as good as never sent.
    package var admit: Admit { { [self] in isLinkDown ? .drop : .answer } }

    /// What `read` of the state gives, for the control's answers.
    func withState<Result: Sendable>(_ read: (borrowing State) -> Result) -> Result { state.withLock { read($0) } }

    private func apply(_ occurrence: Occurrence, to state: inout State) {
        switch occurrence {
        case .mains(let isPresent, let voltage, let frequency):
            state.physics.mains.isPresent = isPresent ?? state.physics.mains.isPresent
            state.physics.mains.voltage = voltage ?? state.physics.mains.voltage
            state.physics.mains.frequency = frequency ?? state.physics.mains.frequency
        case .load(let percent): state.physics.load = percent
        case .ambient(let celsius): state.physics.ambient = celsius
        case .mode(let mode): state.physics.mode = mode
        case .point(let code, nil):
            if state.forced.removeValue(forKey: code) != nil { panel.writePlate(of: unit, to: &state.registers) }
        case .point(let code, .some(let value)): state.forced[code] = try? ForcedPoint(code, value: value, of: map)
        }
    }

    /// Brings the registers up to date: the physics, and over it what is forced.
    private func show(_ state: inout State) {
        panel.writeLive(state.physics, to: &state.registers)
        for forced in state.forced.values { state.registers.setRaw(forced.value, of: forced.point) }
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

// MARK: - Modbus

extension UPSSimulator: RegisterBank {
    /// The words of the map; an address that it does not describe is refused (exception 02).
    ///
    /// While the link is cut the UPS is a target that does not respond (exception 0B).
    package func read(unit: UInt8, address: UInt16, count: Int) throws(ModbusException) -> [UInt16] {
        guard (1...125).contains(count), Int(address) + count <= 0x1_0000 else { throw .illegalDataAddress }
        let words = state.withLock { state -> Result<[UInt16], ModbusException> in
            guard !state.isLinkDown else { return .failure(.gatewayTargetFailedToRespond) }
            guard let words = state.registers.words(in: RegisterRange(address, count: count)) else { return .failure(.illegalDataAddress) }
            return .success(words)
        }
        return try words.get()
    }

    /// Always refused: no control registers of VU-MAP are public, and the card's own Modbus allows no writing either.
    package func write(unit: UInt8, address: UInt16, values: [UInt16]) throws(ModbusException) { throw .illegalFunction }
}
