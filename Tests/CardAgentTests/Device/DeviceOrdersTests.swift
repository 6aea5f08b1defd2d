import Modbus
import PowerDevice
import Testing

@testable import CardAgent

@Suite struct DeviceOrdersTests {
    @Test func aWriteReachesTheDeviceAndIsFollowedByAPoll() async throws {
        let device = TestDevice.parallel([1])
        // Without the order, the next poll would be due in some minutes.
        try await PolledCard.polling(DeviceLink(.direct(device)), second: .seconds(100)) { card async throws in
            #expect(try await eventually { card.word(0x0056, unit: 2) == 10 })
            try await card.orders.write(ControlProfile.Write(0x0056, [99]), unit: 1)
            #expect(device.writes.map(\.slave) == [1])
            #expect(device.writes.first?.write.values == [99])
            #expect(try await eventually { card.word(0x0056) == 99 })
            try await card.orders.write(ControlProfile.Write(0x0056, [1, 2, 3]), unit: 2)
            let words = try await card.orders.read(RegisterRange(0x0056, count: 3), unit: 2)
            #expect(words == [1, 2, 3])
        }
    }

    @Test func theDevicesRefusalIsTold() async throws {
        try await PolledCard.polling(DeviceLink(.direct(TestDevice(.vuMap)))) { card async throws in
            #expect(try await eventually { card.isCommunicating })
            await #expect(throws: ModbusError.exception(.illegalDataAddress)) {
                try await card.orders.write(ControlProfile.Write(0x7000, [1]), unit: 1)
            }
        }
    }

    @Test func nothingIsOrderedOfALostDevice() async throws {
        let device = TestDevice(.vuMap)
        try await PolledCard.polling(DeviceLink(.direct(device))) { card async throws in
            #expect(try await eventually { card.isCommunicating })
            device.silence([1])
            #expect(try await eventually { !card.isCommunicating })
            await #expect(throws: ModbusError.linkFailed(.lost)) {
                try await card.orders.write(ControlProfile.Write(0x0056, [1]), unit: 1)
            }
        }
    }

    @Test func theMailboxIsBounded() async throws {
        let orders = DeviceOrders(bell: Doorbell())
        orders.open()
        try await withThrowingTaskGroup(of: ModbusError?.self) { tasks in
            for _ in 0...DeviceOrders.capacity {
                tasks.addTask {
                    do throws(ModbusError) {
                        try await orders.write(ControlProfile.Write(1, [1]), unit: 1)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            let refused = try await tasks.next()
            #expect(refused == .some(.exception(.serverDeviceBusy)))
            orders.close()
            for try await failure in tasks { #expect(failure == .linkFailed(.lost)) }
        }
    }

    @Test func anOrderThatIsCancelledIsNotCarriedOut() async throws {
        let orders = DeviceOrders(bell: Doorbell())
        orders.open()
        try await withThrowingTaskGroup(of: ModbusError?.self) { tasks in
            tasks.addTask {
                do throws(ModbusError) {
                    try await orders.write(ControlProfile.Write(1, [1]), unit: 1)
                    return nil
                } catch {
                    return error
                }
            }
            tasks.cancelAll()
            let failure = try await tasks.next()
            #expect(failure == .some(.cancelled))
        }
        #expect(orders.next().map(\.unit) == nil)
    }
}
