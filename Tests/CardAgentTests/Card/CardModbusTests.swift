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
                let charge = try await connection.readHoldingRegisters(unit: 1, address: 0x0056, count: 1)
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

    /// Unit 1 is the system, 0 and 255 the card itself, which is the same; of a device that stands alone there are no other units.
    @Test func unitsAreSlaveNumbers() async throws {
        try await withFarm { farm async throws in
            #expect(try await eventually { farm.card.device.contents.snapshot.state.isCommunicating })
            try await ModbusConnection.withConnection(link(farm), timeout: .seconds(10)) { connection async throws in
                for unit: UInt8 in [0, 1, 255] {
                    let words = try await connection.readInputRegisters(unit: unit, address: 0x0001, count: 15)
                    #expect(words[14] == 0x8200)
                }
                for unit: UInt8 in [2, 7, 247] {
                    _ = await #expect(throws: ModbusError.exception(.gatewayTargetFailedToRespond)) {
                        try await connection.readHoldingRegisters(unit: unit, address: 0x0040, count: 1)
                    }
                }
            }
        }
    }

    /// Tables of the appendix, whole, in parts and word by word.
    @Test(arguments: DeviceMap.all.map(\.name)) func everyTableIsServedInParts(_ name: String) async throws {
        let map = try #require(DeviceMap.named(name))
        let device = TestDevice(map)
        let ranges = map.readPlan + map.optionalRanges
        for range in ranges {
            for offset in 0..<range.count { device.set(range.address + UInt16(offset), range.address &+ UInt16(offset)) }
        }
        try await PolledCard.polling(DeviceLink(.direct(device), map: map)) { card async throws in
            #expect(try await eventually { card.isCommunicating })
            for range in ranges {
                let all = (0..<range.count).map { range.address + UInt16($0) }
                #expect(try card.record.read(unit: 1, address: range.address, count: range.count) == all)
                #expect(try card.record.read(unit: 0, address: range.address + 1, count: range.count - 1) == Array(all.dropFirst()))
                #expect(all.allSatisfy { card.word($0) == $0 })
            }
        }
    }

    private func link(_ farm: TestFarm) -> ModbusConnection.Link {
        .tcp(host: farm.card.address, port: CardPort.modbus.number(farm.offset))
    }
}
