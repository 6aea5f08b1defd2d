import Modbus
import PowerDevice
import Testing
import UPSSimulation

@Suite struct EnvironmentSimulatorTests {
    @Test func registersTellTheRoom() throws {
        let emd = EnvironmentSimulator()
        try emd.apply(temperature: -5.5, humidity: 61.2, inputs: [false, true])
        let words = try emd.read(unit: 1, address: 0, count: 6)
        #expect(EnvironmentSensor.reading(of: words) == EnvironmentReading(temperature: -5.5, humidity: 61.2, inputs: [false, true]))
        #expect(words[3] == 0x0100 && words[5] == 1)
        #expect(throws: ModbusException.illegalDataAddress) { try emd.read(unit: 1, address: 5, count: 2) }
        #expect(throws: ModbusException.illegalFunction) { try emd.write(unit: 1, address: 0, values: [1]) }
    }

    @Test func unpluggedItIsSilent() throws {
        let emd = EnvironmentSimulator()
        try emd.apply(isPresent: false)
        #expect(!emd.serves(1) && emd.admit() == .drop)
        try emd.apply(isPresent: true)
        #expect(emd.serves(1) && emd.admit() == .answer)
    }

    @Test func impossibleRoomsAreRefused() {
        let emd = EnvironmentSimulator()
        #expect(throws: SimulationError.self) { try emd.apply(temperature: 200) }
        #expect(throws: SimulationError.self) { try emd.apply(humidity: 101) }
        #expect(throws: SimulationError.self) { try emd.apply(inputs: [true, true, true]) }
    }
}
