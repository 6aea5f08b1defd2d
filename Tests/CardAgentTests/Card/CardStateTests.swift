import Logging
import Modbus
import NetVision
import PowerDevice
import SNMP
import Testing

@testable import CardAgent

@Suite struct CardStateTests {
    @Test func settingsOutliveTheProgram() async throws {
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        try await withFarm(directory: scratch.path) { farm async throws in
            try await farm.manager.set(
                [VariableBinding(SystemObjects.contact, .text("Line 1\nLine 2 \\ end"))], on: farm.target(community: "private"))
        }
        try await withFarm(directory: scratch.path) { farm async throws in
            #expect(try await farm.value(SystemObjects.contact)?.text == "Line 1\nLine 2 \\ end")
        }
    }

    /// upsAgentPollRate (9.10) is the setting "Polling Rate".
    @Test func thePollingRateIsSetBySNMPAndOutlivesTheProgram() async throws {
        let rate = AgentGroup.netVision7.upsAgentPollRate.scalar
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        try await withFarm(directory: scratch.path) { farm async throws in
            #expect(try await farm.value(rate) == .integer(2))
            try await farm.manager.set([VariableBinding(rate, .integer(7))], on: farm.target(community: "private"))
            #expect(try await farm.value(rate) == .integer(7))
        }
        try await withFarm(directory: scratch.path) { farm async throws in
            #expect(try await farm.value(rate) == .integer(7))
            #expect(farm.card.settings.settings.polling.rate == 7)
        }
    }

    @Test func modbusTCPHasAPortOfItsOwn() async throws {
        try await withSettings("[modbus-tcp]\nport = 1502") { farm async throws in
            #expect(try await eventually { farm.card.device.contents.snapshot.state.isCommunicating })
            let link = ModbusConnection.Link.tcp(host: farm.card.address, port: 1502 + farm.offset.rawValue)
            try await ModbusConnection.withConnection(link, timeout: .seconds(10)) { connection async throws in
                let words = try await connection.readHoldingRegisters(unit: 1, address: 0x0040, count: 1)
                #expect(words.count == 1)
            }
            #expect(farm.card.portList.contains("Modbus TCP \(1502 + farm.offset.rawValue)"))
        }
    }

    @Test func modbusTCPCanBeDisabled() async throws {
        try await withSettings("[modbus-tcp]\nmodbus = disabled") { farm async throws in
            let link = ModbusConnection.Link.tcp(host: farm.card.address, port: CardPort.modbus.number(farm.offset))
            await #expect(throws: ModbusError.self) {
                try await ModbusConnection.withConnection(link, timeout: .seconds(2), retries: 0) { connection async throws in
                    _ = try await connection.readHoldingRegisters(unit: 1, address: 0x0040, count: 1)
                }
            }
            #expect(try await farm.value(SystemObjects.contact) != nil)
            #expect(!farm.card.portList.contains("Modbus"))
        }
    }

    /// A farm whose first card finds these settings.
    private func withSettings(_ text: String, _ body: (TestFarm) async throws -> Void) async throws {
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        try StateFile.makeDirectory("\(scratch.path)/card-1")
        try StateFile.write(text, to: "\(scratch.path)/card-1/settings.conf")
        try await withFarm(directory: scratch.path, body)
    }

    @Test func aTakenPortIsNamedWithWhatToDo() async throws {
        try await withFarm { first async throws in
            var plan = try farmPlan(count: 1)
            plan.members[0].card.portOffset = first.offset
            plan.members[0].card.network = first.card.plan.network
            let farm = try Farm(plan, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let error = await #expect(throws: CardStartError.self) { try await farm.run() }
            #expect(error?.description.contains("is taken") == true)
            #expect(error?.description.contains("--port-offset") == true)
        }
    }
}
