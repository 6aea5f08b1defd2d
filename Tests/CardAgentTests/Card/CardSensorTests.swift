import Modbus
import NetVision
import PowerDevice
import SNMP
import Testing
import UPSSimulation

@testable import CardAgent

@Suite struct CardSensorTests {
    private static let newer: OID = "1.3.6.1.4.1.4555.1.1.7.1.10"
    private static let older: OID = "1.3.6.1.4.1.4555.1.1.1.1.11"

    private func values(_ card: DirectCard) async throws -> [Int64?] {
        let names = (1...4).map { Self.newer.appending(UInt32($0), 0) } + (1...2).map { Self.older.appending(UInt32($0), 0) }
        return try await card.manager.get(names, from: card.target()).map(\.value.number)
    }

    private let nothing: [Int64?] = [65535, 65535, 1, 1, 65535, 65535]

    @Test func aCardWithoutASensorShowsNone() async throws {
        try await withCard(.vuMap()) { card async throws in
            #expect(try await values(card) == nothing)
        }
    }

    @Test func theSensorIsShownInBothBranchesAndComesAndGoes() async throws {
        let sensor = EnvironmentSimulator()
        try sensor.apply(temperature: -3.5, humidity: 41.2, inputs: [true, true], isPresent: true)
        try await withCard(
            .vuMap(), sensor: CardSensor(.direct(sensor)),
            settings: {
                $0.sensor.temperature.offset = 0.5
                $0.sensor.inputs[0].mode = .normallyOpen
                $0.sensor.inputs[1].mode = .normallyClosed
            }
        ) { card async throws in
            let present: [Int64?] = [-30, 412, 3, 2, -30, 412]
            #expect(try await eventually { try await values(card) == present })
            try sensor.apply(isPresent: false)
            #expect(try await eventually { try await values(card) == nothing })
            try sensor.apply(isPresent: true)
            #expect(try await eventually { try await values(card) == present })
        }
    }

    /// The UPS is another device: without it the sensor is still there.
    @Test func theSensorIsShownWhileTheUPSIsLost() async throws {
        let sensor = EnvironmentSimulator()
        try sensor.apply(temperature: 22, humidity: 35.2, inputs: [false, false], isPresent: true)
        let device = RecordingDevice.vuMap()
        try await withCard(device, sensor: CardSensor(.direct(sensor))) { card async throws in
            #expect(try await eventually { try await values(card)[0] == 220 })
            device.behave(.silent)
            #expect(try await eventually { !card.card.device.contents.snapshot.state.isCommunicating })
            #expect(try await values(card)[0] == 220)
        }
    }

    /// The same conditions, by the numbers of a UPS card and of a card in a transfer switch. What is found at first is no news.
    @Test(arguments: [DeviceMap.vuMap.name, DeviceMap.sts.name])
    func theConditionsAreTrapsByTheNumbersOfTheDevice(_ map: String) async throws {
        let isUPS = map == DeviceMap.vuMap.name
        let device = isUPS ? RecordingDevice.vuMap() : RecordingDevice(.sts, .nvfleetSTS)
        let enterprise = isUPS ? TrapFamily.netVision7.enterprise : TrapFamily.sts.enterprise
        let sensor = EnvironmentSimulator()
        try sensor.apply(temperature: 3, humidity: 45, inputs: [true, false], isPresent: true)
        try await withTrapListener { log, address in
            try await withCard(
                device, sensor: CardSensor(.direct(sensor)), trapReceivers: [.test(address)],
                settings: { $0.sensor.inputs[1].mode = .disabled }
            ) { card async throws in
                let record = try #require(card.card.sensor?.record)
                #expect(try await eventually { record.contents.monitor.conditions.count == 2 })
                let changes: [(temperature: Double, humidity: Double, inputs: [Bool])] = [
                    (22, 45, [false, false]), (55, 45, [false, false]), (22, 80, [false, false]), (22, 45, [true, true]),
                ]
                let told = {
                    log.all.map(\.notification).filter { $0.enterprise == enterprise }.compactMap(\.specificTrap).filter(
                        Set(Int32(9)...20).union(28...39).contains)
                }
                for (index, change) in changes.enumerated() {
                    try sensor.apply(temperature: change.temperature, humidity: change.humidity, inputs: change.inputs)
                    #expect(try await eventually { told().count >= [2, 3, 5, 7][index] })
                }
                let first: Int32 = isUPS ? 28 : 9
                // Not low, input 1 at rest; high; not high, humid; not humid, input 1.
                #expect(told().map { $0 - first } == [1, 9, 2, 3, 6, 7, 8])
            }
        }
    }

    @Test func aFarmHasASensorInEveryFourthPlace() throws {
        let plan = try farmPlan(count: 12)
        #expect(plan.members.filter(\.hasSensor).map(\.card.number) == [4, 8, 12])
    }
}
