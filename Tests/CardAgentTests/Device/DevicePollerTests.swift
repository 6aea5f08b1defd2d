import Modbus
import NIOCore
import PowerDevice
import SNMP
import Synchronization
import Testing

@testable import CardAgent

@Suite struct DevicePollerTests {
    @Test(arguments: DeviceMap.all.map(\.name)) func theMapIsFoundOut(_ name: String) async throws {
        let map = try #require(DeviceMap.named(name))
        try await PolledCard.polling(DeviceLink(.direct(TestDevice(map)))) { card async throws in
            #expect(try await eventually { card.isCommunicating })
            #expect(card.record.contents.map.name == name)
            #expect(card.record.contents.controls == map.controls)
        }
    }

    @Test func theNVFleetProfileIsFoundByItsSignature() async throws {
        let device = TestDevice(.vuMap, further: [RegisterRange(0x0F00, count: 0x23)])
        device.set(0x0F00, 0x4E56)
        device.set(0x0F01, 1)
        device.set(0x0F02, 0xFFFF)
        try await PolledCard.polling(DeviceLink(.direct(device))) { card async throws in
            #expect(try await eventually { card.isCommunicating })
            #expect(card.record.contents.controls.signature.first == ControlProfile.Word(0x0F00, 0x4E56))
            #expect(card.record.contents.registers[0x0F02] == 0xFFFF)
            #expect(card.word(0x0F02) == nil)
        }
    }

    @Test func aProfileThatWasGivenCounts() async throws {
        let profile = ControlProfile(
            name: "own", map: "VU-MAP", readable: [RegisterRange(0x2000, count: 1)], enabled: [RegisterBit(0x2000, 0)])
        let device = TestDevice(.vuMap, further: [RegisterRange(0x2000, count: 1)])
        device.set(0x2000, 7)
        try await PolledCard.polling(DeviceLink(.direct(device), controls: profile)) { card async throws in
            #expect(try await eventually { card.isCommunicating })
            #expect(card.record.contents.controls == profile)
            #expect(card.record.contents.registers[0x2000] == 7)
        }
    }

    /// Ranges of devices differ in how much of a table they have.
    @Test func aDeviceWithShorterTablesIsRead() async throws {
        let device = TestDevice(.jbusp)
        device.lacks(Set(0x10F0...0x10FF).union(0x1024...0x1025).union(0x1360...0x1363))
        device.set(0x1000, 25)
        device.set(0x10EF, 99)
        device.set("M03", 42)
        try await PolledCard.polling(DeviceLink(.direct(device))) { card async throws in
            #expect(try await eventually { card.isCommunicating })
            #expect(card.word(0x1063) == 42)
            #expect(card.word(0x10EF) == 99)
            #expect(card.word(0x10F0) == nil)
        }
    }

    // MARK: - Parallel systems

    @Test func everyUnitIsRead() async throws {
        let device = TestDevice.parallel([1, 2, 3])
        device.set("M022", 77)
        try await PolledCard.polling(DeviceLink(.direct(device))) { card async throws in
            #expect(try await eventually { card.word(0x0056, unit: 4) == 30 })
            #expect(card.record.contents.topology.units == [1, 2, 3])
            #expect((0...5).map { card.word(0x0056, unit: $0) } == [77, 77, 10, 20, 30, nil])
            #expect(card.word(0x0056, unit: 255) == 77)
            device.set("M022", 11, of: 2)
            #expect(try await eventually { card.word(0x0056, unit: 2) == 11 })
        }
    }

    @Test func aUnitThatIsAddedOrTakenAwayIsNoticed() async throws {
        let device = TestDevice.parallel([1, 2])
        try await PolledCard.polling(DeviceLink(.direct(device))) { card async throws in
            #expect(try await eventually { card.word(0x0056, unit: 3) == 20 })
            device.add(4)
            device.set("M022", 30, of: 4)
            device.setUnits([1, 2, 3])
            #expect(try await eventually { card.word(0x0056, unit: 4) == 30 })
            device.setUnits([1])
            #expect(try await eventually { card.record.contents.topology.units == [1] })
            #expect(!card.record.serves(4))
        }
    }

    @Test func aSilentUnitDoesNotStarveTheRest() async throws {
        let device = TestDevice.parallel([1, 2, 3])
        try await PolledCard.polling(DeviceLink(.direct(device))) { card async throws in
            #expect(try await eventually { card.word(0x0056, unit: 4) == 30 })
            device.silence([3])
            #expect(try await eventually { card.record.contents.units[2]?.snapshot.state.isCommunicating == false })
            #expect(card.word(0x0056, unit: 3) == nil)
            device.set("M022", 78)
            device.set("M022", 31, of: 4)
            #expect(try await eventually { card.word(0x0056) == 78 && card.word(0x0056, unit: 4) == 31 })
            #expect(card.isCommunicating)
            device.silence([])
            #expect(try await eventually { card.word(0x0056, unit: 3) == 20 })
        }
    }

    @Test func onlyTheSelectedUnitIsPolledAndShown() async throws {
        let device = TestDevice.parallel([1, 2, 3])
        device.set("M022", 77)
        let charge: OID = "1.3.6.1.4.1.4555.1.1.7.1.2.4.0"
        try await PolledCard.polling(DeviceLink(.direct(device)), change: { $0.dataUnit = 2 }) { card async throws in
            #expect(try await eventually { card.word(0x0056, unit: 3) == 20 })
            #expect(card.tree.object(at: charge)?.value == .integer(20))
            #expect(device.reads.keys.sorted() == [1, 3])
            _ = card.settings.change { $0.dataUnit = 0 }
            #expect(try await eventually { card.word(0x0056, unit: 4) == 30 })
            #expect(card.tree.object(at: charge)?.value == .integer(77))
            _ = card.settings.change { $0.dataUnit = 9 }
            #expect(card.tree.object(at: charge)?.value == .integer(77), "a unit that is not there is the system")
        }
    }

    // MARK: - Communication

    @Test func communicationIsLostOnceAndRestored() async throws {
        let device = TestDevice(.vuMap)
        try await PolledCard.polling(DeviceLink(.direct(device))) { card async throws in
            #expect(try await eventually { card.isCommunicating })
            device.silence([1])
            #expect(try await eventually { !card.isCommunicating })
            #expect(card.word(0x0040) == nil)
            let answer = Result { () throws(ModbusException) in try card.record.read(unit: 1, address: 0x0040, count: 1) }
            #expect(answer == .failure(.gatewayTargetFailedToRespond))
            device.silence([])
            #expect(try await eventually { card.isCommunicating })
            #expect(card.losses.value == 1)
        }
    }

    /// Somebody puts another device on the line.
    @Test func anotherDeviceIsFoundOutAfterALoss() async throws {
        let line = SwappableDevice(TestDevice(.vuMap))
        try await PolledCard.polling(DeviceLink(.direct(line))) { card async throws in
            #expect(try await eventually { card.isCommunicating })
            line.device = TestDevice(.sts)
            #expect(try await eventually { card.isCommunicating && card.record.contents.map.name == "STS" })
            line.device = TestDevice(.jbusp)
            #expect(try await eventually { card.isCommunicating && card.record.contents.map.name == "JBUSP" })
        }
    }

    @Test func theRateIsASetting() async throws {
        let device = TestDevice(.vuMap)
        // A second of 100 s: the next poll is due in some minutes.
        try await PolledCard.polling(DeviceLink(.direct(device)), second: .seconds(100)) { card async throws in
            #expect(try await eventually { card.isCommunicating })
            let before = device.reads[1, default: 0]
            device.set("M022", 5)
            card.bell.ring()
            #expect(try await eventually { card.word(0x0056) == 5 })
            #expect(device.reads[1, default: 0] > before)
        }
    }
}

/// A line on which devices are exchanged.
private final class SwappableDevice: RegisterBank {
    private let shown: Mutex<TestDevice>

    init(_ device: TestDevice) { shown = Mutex(device) }

    var device: TestDevice {
        get { shown.withLock { $0 } }
        set { shown.withLock { $0 = newValue } }
    }

    func serves(_ unit: UInt8) -> Bool { device.serves(unit) }
    func read(unit: UInt8, address: UInt16, count: Int) throws(ModbusException) -> [UInt16] {
        try device.read(unit: unit, address: address, count: count)
    }
    func write(unit: UInt8, address: UInt16, values: [UInt16]) throws(ModbusException) {
        try device.write(unit: unit, address: address, values: values)
    }
}
