import Foundation
import Logging
import Modbus
import PowerDevice
import Testing

@testable import CardAgent

/// A card on a pseudo-terminal that behaves as a wire.
@Suite(.serialized) struct SerialLineTests {
    @Test(arguments: CardSettings.Polling.baudRates) func theRateAndTheMapAreFoundOut(_ rate: BaudRate) async throws {
        try await withLine(TestDevice(.jbusp), rate) { path async throws in
            let link = DeviceLink(.serial(path: path, baudRate: nil))
            try await PolledCard.polling(link) { card async throws in
                #expect(try await patiently { card.isCommunicating })
                #expect(card.record.contents.map.name == "JBUSP")
            }
        }
    }

    @Test func aParallelSystemIsReadAtItsSlaveNumbers() async throws {
        try await withLine(TestDevice.parallel([1, 2]), .baud57600) { path async throws in
            try await PolledCard.polling(DeviceLink(.serial(path: path, baudRate: .baud57600))) { card async throws in
                #expect(try await patiently { card.word(0x0056, unit: 2) == 10 && card.word(0x0056, unit: 3) == 20 })
            }
        }
    }

    /// The cable is pulled, and comes back with another device at another rate.
    @Test func aPulledCableIsNoticedAndTheDeviceThatComesBackIsFound() async throws {
        let place = FileManager.default.temporaryDirectory.appending(component: "line-\(UUID().uuidString)").path()
        try await PolledCard.polling(DeviceLink(.serial(path: place, baudRate: nil))) { card async throws in
            try await withLine(TestDevice(.vuMap), .baud57600, at: place) { _ async throws in
                #expect(try await patiently { card.isCommunicating })
            }
            #expect(try await patiently { !card.isCommunicating })
            try await withLine(TestDevice(.sts), .baud19200, at: place) { _ async throws in
                #expect(try await patiently { card.isCommunicating && card.record.contents.map.name == "STS" })
            }
            #expect(card.losses.value == 1)
        }
    }

    @Test func aWrongRateIsNoAnswerAndAChangedSettingCounts() async throws {
        try await withLine(TestDevice(.vuMap), .baud9600) { path async throws in
            let link = DeviceLink(.serial(path: path, baudRate: nil))
            try await PolledCard.polling(link, change: { $0.polling.baudRate = .baud57600 }) { card async throws in
                #expect(try await patiently { card.losses.value == 1 })
                _ = card.settings.change { $0.polling.baudRate = .baud9600 }
                #expect(try await patiently { card.isCommunicating })
            }
        }
    }

    /// Serves a device on a pseudo-terminal while `body` runs.
    private func withLine(
        _ device: TestDevice, _ rate: BaudRate, at place: String? = nil, _ body: (String) async throws -> Void
    ) async throws {
        let path = place ?? FileManager.default.temporaryDirectory.appending(component: "line-\(UUID().uuidString)").path()
        let (ready, opening) = AsyncStream<Never>.makeStream()
        let server = ModbusRTUServer(
            .init(line: .pseudoTerminal(link: path, baudRate: rate), units: nil), bank: device,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, onRunning: { _ in opening.finish() })
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await server.run() }
            for await _ in ready {}
            try await body(path)
            tasks.cancelAll()
            while let result = await tasks.nextResult() { _ = result }
        }
    }

    /// Detection at a slow rate takes its time.
    private func patiently(_ condition: () -> Bool) async throws -> Bool {
        for _ in 0..<4 where try await !eventually(condition) {}
        return condition()
    }
}
