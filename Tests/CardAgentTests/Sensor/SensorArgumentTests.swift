import Modbus
import Testing

@testable import CardAgent

@Suite struct SensorArgumentTests {
    @Test func aSensorIsNamedByItsLine() throws {
        guard case .serial("/dev/ttyS1", .baud9600) = try SensorArgument("serial:/dev/ttyS1") else { return #expect(Bool(false)) }
        guard case .serial("/dev/ttyS1", .baud19200) = try SensorArgument("serial:/dev/ttyS1?baud=19200") else {
            return #expect(Bool(false))
        }
        guard case .tcp(Endpoint(argument: "127.0.0.1:502")) = try SensorArgument("tcp:127.0.0.1:502") else { return #expect(Bool(false)) }
        guard case .simulated = try SensorArgument("sim") else { return #expect(Bool(false)) }
    }

    static let bad = ["", "sim:x", "tcp:", "tcp:host", "tcp:host:0", "serial:", "serial:/dev/x?rate=9600", "serial:/dev/x?baud=7", "usb:1"]

    @Test(arguments: bad) func whatIsNoSensorIsRefused(_ argument: String) {
        #expect(throws: SensorArgument.Problem.self) { try SensorArgument(argument) }
    }
}
