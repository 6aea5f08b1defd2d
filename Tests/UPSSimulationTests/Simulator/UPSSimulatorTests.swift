import Modbus
import PowerDevice
import Testing

@testable import UPSSimulation

@Suite struct UPSSimulatorTests {
    private func simulator(speed: Double = 1) throws -> UPSSimulator {
        UPSSimulator(UPSUnit(try #require(UPSModel.named("MASTERYS BC+")), seed: 1), speed: speed)
    }

    private func raw(_ code: PointCode, _ simulator: UPSSimulator) -> UInt16? {
        simulator.withState { state in state.registers[1].flatMap { simulator.map.raw(code, in: $0) } }
    }

    @Test func forcedPointShowsAtOnceAndStaysUntilReleased() throws {
        let simulator = try simulator()
        try simulator.apply(.point("A001", 1))
        try simulator.apply(.point("M022", 17))
        #expect(try simulator.read(unit: 1, address: 0x0038, count: 1) == [2])
        simulator.advance(by: .seconds(10))
        #expect(raw("A001", simulator) == 1 && raw("M022", simulator) == 17)
        try simulator.apply(.point("A001", nil))
        try simulator.apply(.point("M022", nil))
        #expect(raw("A001", simulator) == 0 && raw("M022", simulator) == 100)
    }

    @Test func forcedBitCanHideTheTruth() throws {
        let simulator = try simulator()
        try simulator.apply(.point("S000", 0))
        #expect(raw("S000", simulator) == 0 && raw("S011", simulator) == 1)
    }

    @Test func forcedConfigurationComesBack() throws {
        let simulator = try simulator()
        try simulator.apply(.point("T014", 0))
        #expect(raw("T014", simulator) == 0)
        try simulator.apply(.point("T014", nil))
        #expect(raw("T014", simulator) == 1 && raw("T015", simulator) == 0x8200)
    }

    @Test(arguments: ["S128", "M080", "R000", "nonsense", ""] as [PointCode]) func unknownCodeNamesWhatThereIs(code: PointCode) throws {
        let simulator = try simulator()
        #expect(
            throws: SimulationError.unknownCode(code, map: "VU-MAP", known: "A000–A127, M000–M079, S000–S127, T001–T015")
        ) { try simulator.apply(.point(code, 1)) }
    }

    @Test(arguments: [("S000", 2), ("A000", -1), ("M000", 65_536), ("T014", -1)] as [(PointCode, Int)])
    func valueOutsideTheWordIsRefused(code: PointCode, value: Int) throws {
        let simulator = try simulator()
        #expect(throws: SimulationError.self) { try simulator.apply(.point(code, value)) }
        #expect(simulator.withState { $0.forced.isEmpty })
    }

    @Test func registersOutsideTheMapAreRefused() throws {
        let simulator = try simulator()
        for (address, count) in [(0x0000, 1), (0x0024, 1), (0x0090, 1), (0x008F, 2), (0x002F, 2), (0xFFFF, 125)] as [(UInt16, Int)] {
            #expect(throws: ModbusException.illegalDataAddress) { try simulator.read(unit: 1, address: address, count: count) }
        }
        #expect(try simulator.read(unit: 1, address: 0x0030, count: 96).count == 96)
        #expect(throws: ModbusException.illegalDataAddress) { try simulator.write(unit: 1, address: 0x0040, values: [1]) }
    }

    @Test func cutLinkAnswersNobody() throws {
        let simulator = try simulator()
        #expect(simulator.admit() == .answer)
        simulator.setLinkDown(true)
        #expect(simulator.admit() == .drop)
        #expect(throws: ModbusException.gatewayTargetFailedToRespond) { try simulator.read(unit: 1, address: 0x0030, count: 1) }
        simulator.setLinkDown(false)
        #expect(try simulator.read(unit: 1, address: 0x0030, count: 1).count == 1)
    }

    @Test func speedCompressesTime() throws {
        let simulator = try simulator(speed: 60)
        simulator.advance(by: .milliseconds(250))
        #expect(simulator.withState { $0.plant.elapsed } == 15)
        try simulator.setSpeed(0)
        simulator.advance(by: .seconds(100))
        #expect(simulator.withState { $0.plant.elapsed } == 15)
        #expect(throws: SimulationError.self) { try simulator.setSpeed(-1) }
        #expect(throws: SimulationError.self) { try simulator.setSpeed(.nan) }
    }

    @Test func scenarioHappensAtItsTimesWhateverTheTick() throws {
        for tick in [1, 7, 400] {
            let simulator = try simulator()
            let json =
                #"{"events":[{"at":60,"load":{"percent":90}},{"at":10,"mains":{"present":false}},{"at":130,"mains":{"present":true}}]}"#
            simulator.advance(by: .seconds(5))
            simulator.start(try Scenario(json, layout: simulator.layout))
            for _ in 0..<(400 / tick) { simulator.advance(by: .seconds(tick)) }
            let state = simulator.withState { state in
                (
                    state.plant.ups?.load ?? 0, state.plant.ups?.rectifierMains.isPresent ?? false, state.pending.count,
                    state.plant.ups?.first.battery.charge ?? 0
                )
            }
            #expect(state.0 == 90 && state.1 && state.2 == 0)
            #expect((0.8..<1).contains(state.3), "the battery fed the load from 10 s to 130 s")
        }
    }

    @Test func runLetsTimePassUntilCancelled() async throws {
        let simulator = try simulator(speed: 3600)
        try await withThrowingTaskGroup { group in
            group.addTask { try await simulator.run() }
            while simulator.withState({ $0.plant.elapsed }) == 0 { await Task.yield() }
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
