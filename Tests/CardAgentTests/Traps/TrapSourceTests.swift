import NIOCore
import NetVision
import PowerDevice
import SNMP
import Testing

@testable import CardAgent

/// A device whose bits are set by hand, and what its card would send.
private struct Device {
    var bits: Set<PointCode>
    private let record = DeviceRecord()
    private var source = TrapSource()
    private var uptime: UInt32 = 100

    /// A UPS in normal operation, and its first complete poll.
    init(_ bits: Set<PointCode> = ["S000", "S048", "S049"], isPolled: Bool = true) {
        self.bits = bits
        if isPolled { #expect(poll().isEmpty) }
    }

    mutating func poll(at seconds: Int64 = 0) -> [TrapEvent] {
        var registers = DeviceMap.vuMap.emptyRegisters
        for range in DeviceMap.vuMap.readPlan { registers.store(Array(repeating: 0, count: range.count), at: range.address) }
        for code in bits { DeviceMap.vuMap[code].map { registers.setRaw(1, of: $0) } }
        uptime += 200
        record.update(registers, of: .init(map: .vuMap), uptime: uptime)
        return look(at: seconds)
    }

    mutating func lose(at seconds: Int64 = 0) -> [TrapEvent] {
        record.communicationLost(uptime: uptime)
        return look(at: seconds)
    }

    private mutating func look(at seconds: Int64) -> [TrapEvent] {
        source.observe(record.contents, now: .uptimeNanoseconds(1_000_000_000_000) + .seconds(seconds))
    }
}

extension [TrapEvent] {
    /// The numbers of one family.
    fileprivate func numbers(_ family: TrapFamily = .netVision7) -> [Int32] { filter { $0.family == family }.map(\.number) }
    /// The alarms of traps 3 or 4 of one family.
    fileprivate func alarms(_ trap: Int32, _ family: TrapFamily = .netVision7) -> [Int?] {
        filter { $0.family == family && $0.number == trap }.map(\.alarm?.number)
    }
}

@Suite struct TrapSourceTests {
    /// What sets a bit, or clears it, and the trap that tells of it; traps 3 and 4 are looked at on their own.
    struct Edge: Sendable, CustomTestStringConvertible {
        let number: Int32
        var before: Set<PointCode> = []
        let after: Set<PointCode>
        var testDescription: String { "trap \(number)" }
    }

    static let edges = [
        Edge(number: 5, after: ["A000"]), Edge(number: 6, after: ["A001"]), Edge(number: 7, after: ["A006"]),
        Edge(number: 8, after: ["A016"]), Edge(number: 9, after: ["A017"]), Edge(number: 10, after: ["A018"]),
        Edge(number: 11, after: ["A027"]), Edge(number: 12, after: ["A032"]), Edge(number: 12, after: ["A040"]),
        Edge(number: 12, after: ["A048"]), Edge(number: 13, after: ["S004"]), Edge(number: 16, after: ["A022"]),
        Edge(number: 17, after: ["A002"]), Edge(number: 18, after: ["S002"]), Edge(number: 19, after: ["A015"]),
        Edge(number: 22, after: ["S000"]), Edge(number: 22, after: ["S001"]), Edge(number: 23, after: ["S048"]),
        Edge(number: 24, before: ["A015"], after: []),
    ]

    @Test(arguments: edges) func anEdgeIsToldOnce(_ edge: Edge) {
        var device = Device(edge.before)
        device.bits = edge.after
        #expect(device.poll().numbers().filter { $0 > 4 } == [edge.number])
        #expect(device.poll().isEmpty)
        device.bits = edge.before
        #expect(!device.poll().numbers().contains(edge.number))
    }

    @Test func aMainsFailureIsToldInTheOrderOfTheNumbers() {
        var device = Device(["S000", "S048", "S056"])
        device.bits = ["S000", "A019", "A035"]
        let traps = device.poll()
        #expect(traps.numbers() == [1, 3, 15])
        #expect(traps.alarms(UPSTrap.alarmEntryAdded) == [22])
        #expect(traps.numbers(.rfc1628) == [1, 3])
        #expect(traps.alarms(UPSTrap.alarmEntryAdded, .rfc1628) == [6])
        device.bits = ["S000", "S048", "S056"]
        let restored = device.poll()
        #expect(restored.numbers() == [4, 23])
        #expect(restored.numbers(.rfc1628) == [4])
    }

    @Test func trapOneComesEveryMinuteOnBattery() {
        var device = Device()
        device.bits = ["S000", "S049", "A019"]
        #expect(device.poll(at: 0).numbers() == [1, 15])
        #expect(device.poll(at: 59).isEmpty)
        #expect(device.poll(at: 61).numbers() == [1])
        #expect(device.poll(at: 119).isEmpty)
        #expect(device.poll(at: 120).numbers() == [1])
        device.bits = ["S000", "S048", "S049"]
        #expect(device.poll(at: 170).numbers() == [23])
        #expect(device.poll(at: 190).isEmpty)
    }

    /// A019 without S000 is the private MIB's alarm 15 only: traps 1 and 15 need an inverter that feeds the load.
    @Test func onBatteryNeedsTheInverter() {
        var device = Device([])
        device.bits = ["A019"]
        #expect(device.poll().isEmpty)
        device.bits = ["A019", "S000"]
        #expect(device.poll().numbers() == [1, 15, 22])
    }

    @Test func whatIsFoundAtTheStartIsNotTold() {
        var device = Device(["A019", "S000", "A018", "A015", "S002"])
        #expect(device.poll(at: 2).isEmpty)
        #expect(device.poll(at: 59).isEmpty)
        // But it lasts, and trap 1 is there to say so.
        #expect(device.poll(at: 60).numbers() == [1])
        device.bits.remove("A018")
        #expect(device.poll(at: 62).numbers() == [4])
    }

    @Test func aDeviceThatNeverAnsweredIsNotLost() {
        var device = Device(isPolled: false)
        #expect(device.lose().isEmpty)
        #expect(device.poll().isEmpty)
        #expect(device.lose().numbers() == [3, 14])
    }

    @Test func aLostDeviceIsToldWithItsAlarms() {
        var device = Device(["S000", "S048", "S049", "A018"])
        let lost = device.lose()
        #expect(lost.numbers() == [3, 4, 14])
        #expect(lost.alarms(UPSTrap.alarmEntryAdded) == [58])
        #expect(lost.alarms(UPSTrap.alarmEntryRemoved) == [14])
        #expect(lost.alarms(UPSTrap.alarmEntryAdded, .rfc1628) == [20])
        #expect(device.lose().isEmpty)
        let found = device.poll()
        #expect(found.numbers() == [3, 4, 25])
        #expect(found.alarms(UPSTrap.alarmEntryAdded) == [14])
    }

    @Test func whatHappenedInTheMeantimeIsToldWhenTheDeviceIsBack() {
        var device = Device()
        _ = device.lose()
        device.bits = ["S000", "S049", "A019"]
        #expect(device.poll().numbers() == [1, 4, 15, 25])
        _ = device.lose(at: 30)
        #expect(device.poll(at: 40).numbers() == [4, 25])
        #expect(device.poll(at: 60).numbers() == [1])
    }

    @Test func everyWellKnownAlarmButTwoIsToldAsItComesAndGoes() throws {
        for condition in DeviceMap.vuMap.wellKnownAlarms {
            guard let expression = condition.expression, let code = expression.codes.max(), condition.number != 57 else { continue }
            var device = Device(["S049"])
            device.bits = ["S049", code == "S006" ? "S002" : code]
            let isTold = ![15, 54].contains(condition.number)
            #expect(device.poll().alarms(UPSTrap.alarmEntryAdded).contains(condition.number) == isTold, "\(condition.alarm)")
            device.bits = ["S049"]
            #expect(device.poll().alarms(UPSTrap.alarmEntryRemoved).contains(condition.number) == isTold, "\(condition.alarm)")
        }
    }

    @Test func aBatteryTestIsNoAlarmOfRFC1628ToTellOf() {
        var device = Device()
        device.bits.insert("S034")
        #expect(device.poll().isEmpty)
    }
}
