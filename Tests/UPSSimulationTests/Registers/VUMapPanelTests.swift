import PowerDevice
import Testing

@testable import UPSSimulation

@Suite struct VUMapPanelTests {
    private func simulator(_ name: String, seed: UInt64 = 1) throws -> UPSSimulator {
        UPSSimulator(UPSUnit(try #require(UPSModel.named(name)), seed: seed))
    }

    private func snapshot(_ simulator: UPSSimulator) throws -> DeviceSnapshot {
        var registers = simulator.map.emptyRegisters
        for range in simulator.map.readPlan {
            registers.store(try simulator.read(unit: 1, address: range.address, count: range.count), at: range.address)
        }
        return simulator.map.snapshot(of: registers)
    }

    @Test func readingsAgreeWithThePhysics() throws {
        let simulator = try simulator("MASTERYS BC+")
        try simulator.apply(.load(80))
        try simulator.apply(.mains(isPresent: nil, voltage: 230, frequency: 50))
        let readings = try snapshot(simulator).state.readings
        let power = try #require(readings[.power])
        let realpower = try #require(readings[.realpower])
        #expect(power == 32_000)
        let expectedRealpower: Double = power * simulator.unit.powerFactor
        #expect(abs(realpower - expectedRealpower) < 100)
        #expect(readings[Variable("output.L2-N.voltage")] == 230)
        #expect(readings[Variable("output.L1-L2.voltage")] == 398)
        let current = try #require(readings[Variable("output.L1.current")])
        let expected: Double = 32_000 * simulator.unit.shares[0] / 230
        #expect(abs(current - expected) < 0.1)
        #expect(readings[.outputFrequency] == 50 && readings[.bypassFrequency] == 50)
    }

    @Test func modelWithoutInstrumentsAnswersNotManaged() throws {
        let simulator = try simulator("ITYS PRO")
        for code in [
            "M002", "M011", "M017", "M020", "M023", "M026", "M028", "M036", "M048", "M054", "M057", "M064", "M073", "M079", "T011",
        ] as [PointCode] {
            let point = try #require(simulator.map[code])
            #expect(try simulator.read(unit: 1, address: point.address, count: 1) == [0xFFFF], "\(code)")
        }
    }

    @Test func mainsFailureShowsAsInverterOnBattery() throws {
        let simulator = try simulator("MODULYS XS")
        try simulator.apply(.mains(isPresent: false, voltage: nil, frequency: nil))
        simulator.advance(by: .seconds(30))
        let snapshot = try snapshot(simulator)
        #expect(snapshot.state.outputSource == .inverter && snapshot.state.batteryStatus == .discharging)
        #expect(snapshot.state.alarms == [.onBattery, .rectifierInputBad, .bypassInputBad])
        #expect(snapshot.conditions.map(\.code) == ["A019", "A035", "A050"])
        #expect(OperatingStatus(snapshot.state) == .onBattery)
        #expect(snapshot.state.readings[.batteryRuntimeElapsed] == 30)
        #expect(snapshot.state.readings[Variable("input.L1-N.voltage")] == 0)
    }

    @Test(
        arguments: [
            (.eco, .eco, .eco), (.bypass, .bypass, .onBypass), (.standby, .standby, .standby),
            (.maintenanceBypass, .maintenanceBypass, .onBypass), (.online, .inverter, .normal),
        ] as [(UPSPhysics.Mode, OutputSource, OperatingStatus)])
    func everyModeHasItsSourceAndStatus(mode: UPSPhysics.Mode, source: OutputSource, status: OperatingStatus) throws {
        let simulator = try simulator("DELPHYS XL")
        try simulator.apply(.mode(mode))
        simulator.advance(by: .seconds(2))
        let state = try snapshot(simulator).state
        #expect(state.outputSource == source)
        #expect(OperatingStatus(state) == status)
    }

    @Test func depletionIsCritical() throws {
        let simulator = try simulator("MASTERYS GP4")
        try simulator.apply(.mains(isPresent: false, voltage: nil, frequency: nil))
        simulator.advance(by: .seconds(40_000))
        let state = try snapshot(simulator).state
        #expect(state.outputSource == .off && state.batteryStatus == .depleted && state.alarms.contains(.outputOff))
        #expect(OperatingStatus(state) == .critical)
    }
}
