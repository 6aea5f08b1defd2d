import Modbus
import PowerDevice
import Testing
import UPSSimulation

@testable import CardAgent

@Suite struct DeviceArgumentTests {
    @Test func aSerialLineMayTellItsRate() throws {
        let argument = try DeviceArgument("serial:/dev/ttyUSB0?baud=9600&map=VU-MAP&profile=own.yaml")
        guard case .serial("/dev/ttyUSB0", .baud9600?) = argument.place else {
            Issue.record("no serial line")
            return
        }
        #expect(argument.map?.name == "VU-MAP")
        #expect(argument.profile == "own.yaml")
        let automatic = try DeviceArgument("serial:/dev/ttyS1?baud=auto&map=auto")
        guard case .serial(_, nil) = automatic.place, automatic.map == nil else {
            Issue.record("auto is not found out")
            return
        }
    }

    @Test func aTCPDeviceHasHostAndPort() throws {
        guard case .tcp(let endpoint) = try DeviceArgument("tcp:[::1]:1502?map=STS").place else {
            Issue.record("no TCP device")
            return
        }
        #expect(endpoint.host == "::1")
        #expect(endpoint.port == 1502)
    }

    @Test func aSimulatedDeviceIsAModel() throws {
        guard case .simulated(let layout) = try DeviceArgument("sim:MODULYS XM?units=2&modules=4").place else {
            Issue.record("no model")
            return
        }
        #expect(layout.model.name == "MODULYS XM")
        #expect(layout.units == 2)
        #expect(layout.modules == 4)
    }

    @Test(
        arguments: [
            "", "serial", "serial:", "tcp:host", "tcp:host:0", "tcp:host:99999", "sim:TOASTER", "usb:1", "serial:/dev/x?speed=1",
            "serial:/dev/x?baud=1", "sim:MASTERYS BC+?units=99", "sim:MASTERYS BC+?modules=2", "sim:STATYS?units=2", "sim:NETYS RT?units=x",
            "serial:/dev/x?map=JBUS",
        ]) func whatIsNoDeviceIsRefused(_ argument: String)
    {
        #expect(throws: DeviceArgument.Problem.self) { try DeviceArgument(argument) }
    }
}
