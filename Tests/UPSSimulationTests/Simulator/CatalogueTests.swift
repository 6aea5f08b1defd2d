import PowerDevice
import Testing

@testable import UPSSimulation

/// Physics, registers and decoding agree: for every model of the catalogue.
@Suite struct CatalogueTests {
    @Test(arguments: UPSModel.catalogue.map(\.name)) func everyModelDecodesToItselfInNormalOperation(name: String) throws {
        for seed in 1...5 as ClosedRange<UInt64> {
            let simulator = try simulator(name, seed: seed)
            simulator.advance(by: .seconds(2))
            let snapshot = try simulator.snapshot()
            let model = simulator.unit.model
            #expect(snapshot.plate.model == name && snapshot.plate.serial == simulator.unit.serial)
            #expect(snapshot.state.inputLines == model.inputLines && snapshot.state.outputLines == model.outputLines)
            #expect(OperatingStatus(snapshot.state) == .normal)
            #expect(snapshot.conditions.isEmpty && snapshot.rfc1628Alarms.isEmpty && snapshot.state.alarms.isEmpty)
            #expect(snapshot.state.readings[.load] == simulator.unit.initialLoad)
            guard model.kind == .ups else { continue }
            #expect(snapshot.plate.nominalPower == model.power)
            #expect(snapshot.state.readings[.batteryCharge] == 100)
        }
    }

    /// The names of the type list that mean more or less than one machine.
    @Test(arguments: UPSModel.all.filter { $0.build != .unit }.map(\.name)) func systemsAndModulesAreWhatTheirNamesSay(name: String) throws
    {
        let model = try #require(UPSModel.named(name))
        let simulator = UPSSimulator(UPSUnit(model, seed: 3), layout: SystemLayout(model))
        simulator.advance(by: .seconds(2))
        let snapshot = try simulator.snapshot()
        #expect(snapshot.plate.model == name)
        #expect(OperatingStatus(snapshot.state) == .normal)
        #expect(simulator.serves(Topology.slave(ofUnit: 2)) == (model.build == .system))
        #expect(DeviceRange.all.contains { $0.name == name && $0.level == (model.build == .system ? .system : .module) })
    }

    /// The resolution of a printed word, in the unit of the variable.
    private func resolution(_ measurement: Measurement, isDecimal: Bool) -> Double {
        Double(measurement.unit.multiplier) / Double(measurement.scale.divisor(isDecimal: isDecimal))
    }

    @Test(arguments: UPSModel.catalogue.filter { $0.kind == .ups }.map(\.name))
    func readingsAreThePhysicsWithinTheirResolution(name: String) throws {
        var random = SeededGenerator(seed: 11)
        let simulator = try simulator(name)
        for _ in 0..<12 {
            try simulator.apply(.load(Double.random(in: 0...110, using: &random)))
            try simulator.apply(.mains(isPresent: Double.random(in: 0...1, using: &random) > 0.3, voltage: 226, frequency: 50.1))
            simulator.advance(by: .seconds(20))
            let snapshot = try simulator.snapshot()
            let physics = try #require(simulator.physics)
            let decimals = snapshot.plate.isDecimal ? 0.1 : 1.0
            let expected: [(Variable, Double, Double)] = [
                (.load, physics.measuredLoad, 1), (.batteryCharge, physics.battery.charge * 100, 1),
                (.outputFrequency, physics.outputFrequency, 0.1),
                (.realpower, physics.outputRealpower, 1000 * max(decimals, 0.1)), (.ambientTemperature, physics.ambient, 1),
                (.batteryRuntime, min(physics.runtime, 999 * 60), 60),
            ]
            for (variable, value, step) in expected {
                guard let reading = snapshot.state.readings[variable] else { continue }
                #expect(abs(reading - value) <= step, "\(variable): \(reading), physics \(value)")
            }
            #expect((snapshot.state.batteryStatus == .discharging) == (physics.isOnBattery && !physics.isBatteryLow))
        }
    }

    /// What is done to a UPS, and what its typed state says then.
    static let modes: [(UPSPhysics.Mode, UPSStatus, OutputState)] = [
        (.online, .protectedByInverter, .protectedByInverter), (.eco, .ecoMode, .ecoMode), (.bypass, .onBypass, .onBypass),
        (.maintenanceBypass, .onMaintenanceBypass, .onMaintenanceBypass), (.standby, .onStandby, .onStandby),
    ]

    private func state(_ simulator: UPSSimulator) throws -> UPSState {
        let registers = try simulator.registers()
        return try #require(simulator.map.upsState(of: registers, snapshot: simulator.map.snapshot(of: registers)))
    }

    @Test(arguments: ["MASTERYS BC+", "MASTERYS 3/3 UPS", "DELPHYS BC"]) func typedStatesFollowTheModes(name: String) throws {
        for (mode, status, output) in Self.modes {
            let simulator = try simulator(name)
            try simulator.apply(.mode(mode))
            simulator.advance(by: .seconds(3))
            let state = try state(simulator)
            #expect(state.status == status && state.output == output, "\(mode): \(state.status), \(state.output)")
            #expect(state.battery == .ok && state.rectifier == .on && state.transfer == .possible)
        }
    }

    @Test(arguments: ["MASTERYS BC+", "NETYS RT"]) func typedStatesFollowTheBattery(name: String) throws {
        let simulator = try simulator(name)
        try simulator.apply(.battery(BatteryChange(test: true)))
        simulator.advance(by: .seconds(1))
        var state = try state(simulator)
        #expect(state.status == .batteryTest && state.battery == .testRunning)
        try simulator.apply(.mains(isPresent: false, voltage: nil, frequency: nil))
        simulator.advance(by: .seconds(1))
        state = try self.state(simulator)
        #expect(state.status == .onBattery && state.battery == .discharging && state.rectifierSupply == .notPresent)
        for _ in 0..<40 { simulator.advance(by: .seconds(3600)) }
        state = try self.state(simulator)
        #expect(state.status == .loadOff && state.battery == .discharged && state.output == .loadOff)
    }

    @Test func lineInteractiveModeIsVUMapsOnly() throws {
        let simulator = try simulator("MODULYS XS")
        try simulator.apply(.mode(.lineInteractive))
        simulator.advance(by: .seconds(2))
        #expect(try state(simulator).status == .lineInteractive && simulator.snapshot().state.outputSource == .lineInteractive)
        try simulator.apply(.mains(isPresent: false, voltage: nil, frequency: nil))
        simulator.advance(by: .seconds(2))
        #expect(try state(simulator).status == .onBattery && simulator.snapshot().state.outputSource == .inverter)
        let netys = try UPSSimulationTests.simulator("NETYS RT")
        #expect(throws: SimulationError.self) { try netys.apply(.mode(.lineInteractive)) }
    }

    @Test func jbuspRangesAnswerMinusOneForWhatTheyDoNotHave() throws {
        let netys = try simulator("NETYS RT")
        for code in ["M01", "M05", "M12", "M21", "M24", "M37", "M43", "M25", "M47"] as [PointCode] {
            #expect(try netys.raw(code) == 0xFFFF, "\(code)")
        }
        let masterys = try simulator("MASTERYS 3/3 UPS")
        for code in ["M01", "M05", "M12", "M21", "M24", "M36", "M37", "M43"] as [PointCode] {
            #expect(try masterys.raw(code) != 0xFFFF, "\(code)")
        }
        #expect(try simulator("DELPHYS BC").raw("M36") == 0xFFFF)
        #expect(try simulator("DELPHYS MP SINGLE UNIT").raw("M36") != 0xFFFF)
    }

    @Test(arguments: ["MASTERYS BC+", "NETYS RT", "MASTERYS 3/3 UPS", "STATYS"]) func everyCodeCanBeForced(name: String) throws {
        let simulator = try simulator(name)
        for point in simulator.map.points where point.isForcible {
            let values: [Int] = point.bit == nil ? [0, 1, 0x8000, 0xFFFF, 1234] : [1, 0]
            for value in values {
                try simulator.apply(.point(point.code, value))
                let word = try simulator.read(unit: 1, address: point.address, count: 1)[0]
                #expect(point.bit.map { Int(word >> UInt16($0)) & 1 } ?? Int(word) == value, "\(point.code)")
            }
            try simulator.apply(.point(point.code, nil))
        }
        let fresh = try UPSSimulationTests.simulator(name)
        let (left, right) = (try simulator.registers(), try fresh.registers())
        #expect(left == right, "nothing stays of what was forced")
    }

    @Test func theSameSeedMakesTheSameHistory() throws {
        func history(_ seed: UInt64) throws -> [RegisterFile] {
            let simulator = try simulator("MODULYS XM", seed: seed, units: 2, modules: 3)
            try simulator.play(
                "events: [{at: 20, mains: {present: false}}, {at: 90, units: {2: {failed: true}}}, {at: 300, mains: {present: true}}]")
            return try (0..<40).map { _ in
                simulator.advance(by: .seconds(15))
                return try simulator.registers()
            }
        }
        let (first, twin, other) = (try history(5), try history(5), try history(6))
        #expect(first == twin)
        #expect(first != other)
    }
}
