import Modbus
import PowerDevice
import Testing
import UPSSimulation

@testable import CardAgent

@Suite struct DeviceArgumentTests {
    @Test func aSerialLineMayTellItsRate() throws {
        guard case .serial("/dev/ttyUSB0", .baud9600?, let map?) = try DeviceArgument("serial:/dev/ttyUSB0?baud=9600&map=VU-MAP") else {
            Issue.record("no serial line")
            return
        }
        #expect(map.name == "VU-MAP")
        guard case .serial(_, nil, nil) = try DeviceArgument("serial:/dev/ttyS1?baud=auto&map=auto") else {
            Issue.record("auto is not found out")
            return
        }
    }

    @Test func aTCPDeviceHasHostAndPort() throws {
        guard case .tcp(let endpoint, nil) = try DeviceArgument("tcp:[::1]:1502") else {
            Issue.record("no TCP device")
            return
        }
        #expect(endpoint.host == "::1")
        #expect(endpoint.port == 1502)
    }

    @Test func aSimulatedDeviceIsAModel() throws {
        guard case .simulated(let model) = try DeviceArgument("sim:MASTERYS BC+") else {
            Issue.record("no model")
            return
        }
        #expect(model.name == "MASTERYS BC+")
    }

    @Test(
        arguments: [
            "", "serial", "serial:", "tcp:host", "tcp:host:0", "tcp:host:99999", "sim:TOASTER", "usb:1", "serial:/dev/x?speed=1",
            "serial:/dev/x?baud=1", "serial:/dev/x?map=JBUSP",
        ]) func whatIsNoDeviceIsRefused(_ argument: String)
    {
        #expect(throws: DeviceArgument.Problem.self) { try DeviceArgument(argument) }
    }
}
