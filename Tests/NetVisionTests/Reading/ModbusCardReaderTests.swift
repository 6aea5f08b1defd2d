import Modbus
import PowerDevice
import Synchronization
import Testing

@testable import NetVision

/// A device that has exactly these registers, and counts what it is asked.
private final class Bench: RegisterSource {
    private struct State {
        var words: [UInt16: UInt16] = [:]
        var requests = 0
        var error: ModbusError?
    }

    private let state = Mutex(State())

    init(_ words: [UInt16: UInt16]) { state.withLock { $0.words = words } }

    /// The registers of a file.
    convenience init(_ file: RegisterFile, _ ranges: [RegisterRange]) {
        var words: [UInt16: UInt16] = [:]
        for range in ranges {
            for offset in 0..<range.count {
                let address = range.address + UInt16(offset)
                words[address] = file[address] ?? 0
            }
        }
        self.init(words)
    }

    var requests: Int { state.withLock { $0.requests } }

    func set(_ address: UInt16, _ word: UInt16?) { state.withLock { $0.words[address] = word } }
    func fail(_ error: ModbusError?) { state.withLock { $0.error = error } }

    func readHoldingRegisters(unit: UInt8, address: UInt16, count: Int) async throws(ModbusError) -> [UInt16] {
        let result: Result<[UInt16], ModbusError> = state.withLock { state in
            state.requests += 1
            if let error = state.error { return .failure(error) }
            let words = (0..<count).compactMap { state.words[address &+ UInt16($0)] }
            return words.count == count ? .success(words) : .failure(.exception(.illegalDataAddress))
        }
        return try result.get()
    }
}

struct ModbusCardReaderTests {
    private static let allRanges = DeviceMap.vuMap.readPlan

    /// A MASTERYS whose load is on the inverter, with 61 % of charge.
    private static func vuMap(serial: String = "P1727001") throws -> Bench {
        var file = DeviceMap.vuMap.emptyRegisters
        let map = DeviceMap.vuMap
        file.setText(serial, of: try #require(map["R000"]))
        file[0x0007] = 0x0303
        file[0x000F] = VUMap.models.keys.min()
        file.setRaw(1, of: try #require(map["S000"]))
        file.setRaw(1, of: try #require(map["S032"]))
        file.setRaw(61, of: try #require(map["M022"]))
        return Bench(file, allRanges)
    }

    @Test func identifiesADeviceByItsMap() async throws {
        let card = try await ModbusCardReader(Self.vuMap()).identify()
        #expect(card?.serial == "P1727001")
        #expect(card?.kind == .ups)
        #expect(card?.model != nil)
        #expect(card?.mac == nil)
    }

    @Test func takesNoOtherDeviceForACard() async throws {
        let counter = Bench(Dictionary(uniqueKeysWithValues: (0..<2000).map { (UInt16($0), 0) }))
        let card = try await ModbusCardReader(counter).identify()
        #expect(card == nil)
        let empty = try await ModbusCardReader(Bench([UInt16: UInt16]())).identify()
        #expect(empty == nil)
    }

    @Test func readsStateAndReadings() async throws {
        let bench = try Self.vuMap()
        let reader = ModbusCardReader(bench)
        let plan = try #require(try await reader.plan())
        let whole = try await reader.read(.all, by: plan)
        #expect(whole.state.isCommunicating)
        #expect(whole.state.outputSource == .inverter)
        #expect(whole.state.readings[.batteryCharge] == 61)
        #expect(whole.serial == "P1727001")
        bench.set(VUMap.measurementAddress + 22, 60)
        let status = try await reader.read(.status, by: whole.plan)
        #expect(status.state.readings[.batteryCharge] == 60)
        #expect(status.state.inputLines == 3)
    }

    @Test func tellsWhoAnsweredInPlaceOfTheCard() async throws {
        let reader = ModbusCardReader(try Self.vuMap())
        let plan = try #require(try await reader.plan())
        let other = ModbusCardReader(try Self.vuMap(serial: "X9990002"))
        let reading = try await other.read(.status, by: plan)
        #expect(reading.serial == "X9990002")
    }

    @Test func forgetsWhatTheDeviceDoesNotAnswerAnyMore() async throws {
        let bench = try Self.vuMap()
        let reader = ModbusCardReader(bench)
        let plan = try #require(try await reader.plan())
        let first = try await reader.read(.all, by: plan)
        #expect(first.state.readings[.batteryCharge] == 61)
        for offset in 0..<80 { bench.set(VUMap.measurementAddress + UInt16(offset), nil) }
        let second = try await reader.read(.status, by: first.plan)
        #expect(second.state.readings[.batteryCharge] == nil)
    }

    @Test func saysThatTheCardHasLostItsDevice() async throws {
        let bench = try Self.vuMap()
        let reader = ModbusCardReader(bench)
        let plan = try #require(try await reader.plan())
        bench.fail(.exception(.gatewayTargetFailedToRespond))
        let reading = try await reader.read(.status, by: plan)
        #expect(!reading.state.isCommunicating)
        #expect(reading.state.alarms == [.communicationLost])
        await #expect(throws: ModbusError.exception(.gatewayTargetFailedToRespond)) { _ = try await reader.plan() }
        bench.fail(.noResponse(attempts: 2))
        await #expect(throws: ModbusError.noResponse(attempts: 2)) { _ = try await reader.read(.status, by: plan) }
    }

    @Test func readsADeviceByTheRowsOfAProfile() async throws {
        let text = """
            profile: scada
            title: A foreign UPS
            kind: ups
            generation: RFC1628
            modbus:
              identity: {serial: {register: 100, count: 4}}
              outputSource: {register: 10, values: {0: "off", 1: inverter, 2: bypass}}
              points:
                - {variable: battery.charge, register: 20}
                - {variable: input.voltage, register: 300, scale: "1/10", type: u32}
            """
        let profile = try #require(ProfileFile.resolve([try ProfileFile(text, path: "scada.yaml")]).profiles.first)
        let bench = Bench([10: 1, 20: 77, 100: 0x4142, 101: 0x3132, 102: 0x3334, 103: 0, 300: 0, 301: 2304])
        let reader = ModbusCardReader(bench, profile: profile)
        let plan = try #require(try await reader.plan())
        #expect(plan.identity(as: .rfc1628).serial == "AB1234")
        let reading = try await reader.read(.all, by: plan)
        #expect(reading.state.outputSource == .inverter)
        #expect(reading.state.readings[.batteryCharge] == 77)
        let before = bench.requests
        let status = try await reader.read(.status, by: reading.plan)
        #expect(status.serial == "AB1234")
        #expect(bench.requests - before <= 3)
        let nothing = try await ModbusCardReader(Bench([UInt16: UInt16]()), profile: profile).plan()
        #expect(nothing == nil)
    }
}
