import Logging
import Modbus
import PowerDevice
import Testing

@testable import CardAgent

/// A controller in front of a recording device, without a card: the test is the poll loop.
struct ControlledDevice: Sendable {
    let device: RecordingDevice
    let record = DeviceRecord()
    let controller: DeviceController

    init(_ device: RecordingDevice, patience: Duration = .seconds(10)) {
        self.device = device
        controller = DeviceController(
            contents: { [record] in record.contents },
            send: { write, unit async throws(ModbusError) in
                do throws(ModbusException) {
                    try device.write(unit: unit, address: write.address, values: write.values)
                } catch {
                    throw .exception(error)
                }
            }, patience: patience, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        poll()
    }

    func poll() {
        let map = device.map
        record.update(
            device.registers, of: .init(map: map, controls: device.profile, topology: Topology(of: device.registers, map: map)), uptime: 1)
        controller.devicePolled()
    }

    /// Runs `body` while polls go on.
    func polling(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                while !Task.isCancelled {
                    poll()
                    await Task.yield()
                }
            }
            tasks.addTask { try await body() }
            // The polls go on until the body is done.
            try await tasks.next()
            tasks.cancelAll()
        }
    }
}

extension RecordingDevice {
    /// A VU-MAP UPS with the profile of upssim.
    static func vuMap(isPermitted: Bool = true) -> RecordingDevice {
        let device = RecordingDevice(
            .vuMap, .nvfleetVUMap,
            effects: [
                .ecoModeOn: ["S006": 1], .ecoModeOff: ["S006": 0], .transferToBypass: ["S002": 1], .transferToInverter: ["S002": 0],
                .standbyOn: ["S004": 1, "S000": 0], .standbyOff: ["S004": 0, "S000": 1], .startBatteryTest: ["S034": 1],
                .setPlug(2, isClosed: false): ["S061": 0],
            ])
        if isPermitted { device.permitEverything() }
        device.set("S000", 1)
        return device
    }
}

extension CardControls {
    /// Of a card without a device.
    static var idle: CardControls {
        CardControls(controller: ControlledDevice(.vuMap()).controller, uptime: Uptime())
    }
}
