import Modbus
import PowerDevice
import Testing
import UPSSimulation

@testable import CardAgent

@Suite struct CardModbusTests {
    @Test func theRegistersAreThoseOfTheUPS() async throws {
        try await withFarm { farm async throws in
            #expect(try await eventually { farm.card.device.contents.snapshot.state.isCommunicating })
            try farm.simulator.apply(.point("M022", 55))
            let registers = farm.card.device
            #expect(try await eventually { (try? registers.read(unit: 1, address: 0x0056, count: 1)) == [55] })
            try await ModbusConnection.withConnection(link(farm), timeout: .seconds(10)) { connection async throws in
                let charge = try await connection.readHoldingRegisters(unit: 7, address: 0x0056, count: 1)
                let measurements = try await connection.readInputRegisters(unit: 1, address: 0x0040, count: 80)
                #expect(charge == [55])
                #expect(measurements[0x0056 - 0x0040] == 55)
            }
        }
    }

    @Test func nothingCanBeWritten() async throws {
        try await withFarm { farm async throws in
            try await ModbusConnection.withConnection(link(farm), timeout: .seconds(10)) { connection async throws in
                _ = await #expect(throws: ModbusError.exception(.illegalFunction)) {
                    try await connection.writeRegister(unit: 1, address: 0x0040, value: 1)
                }
            }
        }
    }

    @Test func whatTheMapDoesNotHaveIsAnIllegalAddress() async throws {
        try await withFarm { farm async throws in
            try await ModbusConnection.withConnection(link(farm), timeout: .seconds(10)) { connection async throws in
                _ = await #expect(throws: ModbusError.exception(.illegalDataAddress)) {
                    try await connection.readHoldingRegisters(unit: 1, address: 0x4000, count: 1)
                }
            }
        }
    }

    @Test func theRegistersOfASilentUPSAreATargetThatDoesNotRespond() async throws {
        try await withFarm { farm async throws in
            #expect(try await eventually { farm.card.device.contents.snapshot.state.isCommunicating })
            farm.simulator.setLinkDown(true)
            #expect(try await eventually { !farm.card.device.contents.snapshot.state.isCommunicating })
            try await ModbusConnection.withConnection(link(farm), timeout: .seconds(10)) { connection async throws in
                _ = await #expect(throws: ModbusError.exception(.gatewayTargetFailedToRespond)) {
                    try await connection.readHoldingRegisters(unit: 1, address: 0x0040, count: 1)
                }
            }
        }
    }

    private func link(_ farm: TestFarm) -> ModbusConnection.Link {
        .tcp(host: farm.card.address, port: CardPort.modbus.number(farm.offset))
    }
}
