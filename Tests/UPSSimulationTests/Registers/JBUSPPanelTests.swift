import PowerDevice
import Testing

@testable import UPSSimulation

@Suite struct JBUSPPanelTests {
    /// By that NUT's driver for JBUS devices tells battery from mains.
    @Test func theRuntimeIsToldOnBatteryOnly() throws {
        let simulator = try simulator("MASTERYS 3/3 UPS")
        simulator.advance(by: .seconds(1))
        #expect(try simulator.raw("M23") == Measurement.notManaged)
        try simulator.apply(.mains(isPresent: false, voltage: nil, frequency: nil))
        simulator.advance(by: .seconds(2))
        let runtime = try #require(simulator.physics).runtime
        #expect(try simulator.raw("M23") == UInt16(runtime / 60))
    }
}
