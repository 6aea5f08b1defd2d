import Modbus
import PowerDevice
import Testing

@testable import UPSSimulation

@Suite struct UPSSystemTests {
    struct Built: Sendable, CustomTestStringConvertible {
        let model: String
        var units = 1
        var modules: Int?
        var bypass: SystemLayout.Bypass?
        var isConverter = false
        var hasNoBypass = false
        let kind: Topology.Kind

        var testDescription: String { "\(model) \(kind)" }

        func simulator() throws -> UPSSimulator {
            try UPSSimulationTests.simulator(
                model, units: units, modules: modules, bypass: bypass, isConverter: isConverter, hasNoBypass: hasNoBypass)
        }
    }

    static let built: [Built] = [
        Built(model: "MASTERYS BC+", kind: .single),
        Built(model: "MASTERYS BC+", units: 2, kind: .parallelDistributedBypass),
        Built(model: "MASTERYS BC+", units: 10, kind: .parallelDistributedBypass),
        Built(model: "DELPHYS XL", units: 4, bypass: .centralised, kind: .parallelCentralisedBypass),
        Built(model: "MASTERYS GP4", isConverter: true, kind: .converter),
        Built(model: "MODULYS XS", modules: 1, hasNoBypass: true, kind: .module),
        Built(model: "MODULYS XM", modules: 8, kind: .modular),
        Built(model: "MODULYS XL", units: 3, modules: 8, kind: .modularParallel),
        Built(model: "MODULYS GP 2.0", units: 4, modules: 6, kind: .modularParallel),
        Built(model: "NETYS RT", kind: .single),
        Built(model: "MASTERYS 3/3 UPS", units: 6, kind: .parallelDistributedBypass),
        Built(model: "MASTERYS 3/3 UPS", hasNoBypass: true, kind: .module),
        Built(model: "MASTERYS 3/1 UPS", isConverter: true, kind: .converter),
        Built(model: "DELPHYS MX SINGLE UNIT", units: 3, bypass: .centralised, kind: .parallelCentralisedBypass),
        Built(model: "MODULYS 3/1 UPS", modules: 4, kind: .modular),
        Built(model: "MODULYS 1/1 UPS", units: 2, modules: 3, kind: .modularParallel),
        Built(model: "STATYS", kind: .transferSystem),
    ]

    @Test(arguments: built) func everyTopologyIsNormalAndIsFound(built: Built) throws {
        let simulator = try built.simulator()
        simulator.advance(by: .seconds(2))
        let expected = simulator.layout.topology
        #expect(expected.kind == built.kind)
        var units: [Int: RegisterFile] = [:]
        for slave in expected.slaves {
            let snapshot = try simulator.snapshot(slave: slave)
            #expect(OperatingStatus(snapshot.state) == .normal, "slave \(slave): \(snapshot.state.alarms)")
            #expect(snapshot.conditions.isEmpty, "\(snapshot.conditions)")
            if slave > 1 { units[Int(slave) - 1] = try simulator.registers(slave: slave) }
        }
        let found = Topology(of: try simulator.registers(), map: simulator.map, units: units)
        #expect(found == expected)
    }

    @Test(arguments: [
        Built(model: "NETYS RT", units: 2, kind: .single), Built(model: "MASTERYS BC+", units: 11, kind: .single),
        Built(model: "MASTERYS 3/3 UPS", units: 7, kind: .single), Built(model: "MASTERYS BC+", modules: 2, kind: .single),
        Built(model: "MODULYS XL", units: 4, modules: 8, kind: .single), Built(model: "MODULYS XL", units: 5, modules: 2, kind: .single),
        Built(model: "MODULYS XL", modules: 9, kind: .single), Built(model: "STATYS", units: 2, kind: .single),
        Built(model: "MASTERYS BC+", bypass: .centralised, kind: .single), Built(model: "STATYS", isConverter: true, kind: .single),
        Built(model: "MASTERYS BC+", units: 2, isConverter: true, kind: .single),
        Built(model: "MODULYS XL", modules: 2, hasNoBypass: true, kind: .single), Built(model: "NETYS", hasNoBypass: true, kind: .single),
        Built(model: "MASTERYS BC+", units: 0, kind: .single),
    ]) func whatDoesNotGoTogetherIsRefused(built: Built) {
        #expect(throws: SimulationError.self) { try built.simulator() }
    }

    @Test func unitsThatAreNotThereDoNotAnswer() throws {
        let simulator = try simulator("MASTERYS BC+", units: 3)
        #expect(simulator.serves(1) && simulator.serves(4) && !simulator.serves(5))
        #expect(throws: ModbusException.gatewayTargetFailedToRespond) { try simulator.read(unit: 5, address: 0x30, count: 1) }
        try simulator.apply(.unit(2, PartChange(present: false)))
        #expect(!simulator.serves(3) && simulator.serves(4))
        #expect(try simulator.raw("T003") == 0b101 && simulator.raw("T002") == 2)
        #expect(throws: SimulationError.self) { try simulator.apply(.unit(4, PartChange(failed: true))) }
    }

    @Test func theSystemIsTheSumOfItsUnits() throws {
        let simulator = try simulator("MASTERYS BC+", units: 4)
        try simulator.apply(.load(60))
        simulator.advance(by: .seconds(2))
        let system = try simulator.snapshot().state.readings
        let units = try (2...5).map { try simulator.snapshot(slave: $0).state.readings }
        for name in ["ups.power", "ups.realpower", "output.L1.current"] {
            let sum = units.reduce(0.0) { $0 + ($1[Variable(name)] ?? 0) }
            let whole = try #require(system[Variable(name)])
            #expect(abs(sum - whole) <= 0.01 * whole + 0.5, "\(name): \(sum), \(whole)")
        }
        #expect(system[.load] == 60 && units.allSatisfy { $0[.load] == 60 })
        #expect(system[.powerNominal] == 160_000 && units[0][.powerNominal] == 40_000)
    }

    @Test func aLostUnitCostsRedundancyThenResources() throws {
        let simulator = try simulator("MASTERYS BC+", units: 3)
        try simulator.apply(.load(55))
        simulator.advance(by: .seconds(2))
        #expect(try simulator.raw("A006") == 0 && simulator.raw("A015") == 0)
        try simulator.apply(.unit(1, PartChange(failed: true)))
        simulator.advance(by: .seconds(3))
        let state = try simulator.snapshot().state
        #expect(state.outputSource == .inverter && state.alarms.contains(Alarm.wellKnown[6]), "\(state.alarms)")
        #expect(try simulator.raw("A006") == 1 && simulator.raw("A096") == 1 && simulator.raw("S096") == 0 && simulator.raw("S097") == 1)
        #expect(try simulator.raw("A005") == 0)
        #expect(try simulator.raw("M000", slave: 3) == 83, "the others carry its load")
        try simulator.apply(.load(80))
        simulator.advance(by: .seconds(3))
        #expect(try simulator.raw("A005") == 1)
    }

    @Test func redundancyIsThreatenedBeforeItIsLost() throws {
        let simulator = try simulator("MODULYS XM", modules: 4)
        try simulator.apply(.load(70))
        simulator.advance(by: .seconds(1))
        #expect(try simulator.raw("A043") == 1 && simulator.raw("A006") == 0)
        try simulator.apply(.load(80))
        #expect(try simulator.raw("A043") == 0 && simulator.raw("A006") == 1)
    }

    @Test func aLostModuleShowsInItsUnit() throws {
        let simulator = try simulator("MODULYS XL", units: 2, modules: 3)
        let number = simulator.layout.topology.modules[4]
        try simulator.apply(.module(number, PartChange(failed: true)))
        simulator.advance(by: .seconds(2))
        #expect(try simulator.raw("A097", slave: 3) == 1 && simulator.raw("S097", slave: 3) == 0 && simulator.raw("A096", slave: 3) == 0)
        #expect(try simulator.raw("A097") == 1 && simulator.raw("A096") == 0)
        #expect(try simulator.raw("A015", slave: 2) == 0)
    }

    @Test func anOverloadedSystemGoesToTheBypassAsAWhole() throws {
        let simulator = try simulator("MASTERYS 3/3 UPS", units: 2)
        try simulator.apply(.load(130))
        simulator.advance(by: .seconds(70))
        for slave in 1...3 as ClosedRange<UInt8> { #expect(try simulator.snapshot(slave: slave).state.outputSource == .bypass) }
        try simulator.apply(.load(50))
        simulator.advance(by: .seconds(20))
        #expect(try simulator.snapshot().state.outputSource == .inverter)
    }

    @Test func centralBypassBelongsToTheSystemOnly() throws {
        let simulator = try simulator("DELPHYS XL", units: 2, bypass: .centralised)
        #expect(try simulator.raw("M039") != 0xFFFF && simulator.raw("M039", slave: 2) == 0xFFFF)
        #expect(try simulator.raw("S056") == 1 && simulator.raw("S056", slave: 2) == 0)
    }

    @Test func aConverterHasNeitherBatteryNorBypass() throws {
        let simulator = try simulator("MASTERYS GP4", isConverter: true)
        let state = try simulator.snapshot().state
        #expect(state.readings[.batteryCharge] == nil && state.readings[.bypassFrequency] == nil && state.readings[.outputFrequency] == 60)
        try simulator.apply(.mains(isPresent: false, voltage: nil, frequency: nil))
        simulator.advance(by: .seconds(1))
        #expect(try simulator.snapshot().state.outputSource == .off)
    }

    @Test func plugsFollowTheirModes() throws {
        let simulator = try simulator("NETYS RT")
        try simulator.apply(.plug(1, PlugChange(mode: .timeOnBattery(30))))
        try simulator.apply(.plug(2, PlugChange(mode: .emergencyLight)))
        simulator.advance(by: .seconds(2))
        func closed() -> [Bool] { simulator.withState { $0.plant.ups?.plugs.map(\.isClosed) ?? [] } }
        #expect(closed() == [true, false])
        try simulator.apply(.mains(isPresent: false, voltage: nil, frequency: nil))
        simulator.advance(by: .seconds(10))
        #expect(closed() == [true, true])
        simulator.advance(by: .seconds(40))
        #expect(closed() == [false, true])
    }
}
