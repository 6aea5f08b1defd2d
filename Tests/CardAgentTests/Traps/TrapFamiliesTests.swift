import NIOCore
import NetVision
import PowerDevice
import SNMP
import Testing

@testable import CardAgent

/// The traps of every map, from the registers on.
@Suite struct TrapFamiliesTests {
    private struct Device {
        let map: DeviceMap
        var registers: RegisterFile
        let record: DeviceRecord
        var source: TrapSource

        /// - Parameter former: the device that was on the line before.
        init(_ map: DeviceMap, sharing former: Device? = nil) {
            self.map = map
            record = former?.record ?? DeviceRecord()
            source = former?.source ?? TrapSource()
            registers = map.emptyRegisters
            for range in map.readPlan { registers.store(Array(repeating: 0, count: range.count), at: range.address) }
        }

        /// Sets bits, and returns what the next poll tells.
        mutating func poll(_ bits: [PointCode: UInt16] = [:]) -> [TrapEvent] {
            for (code, value) in bits { if let point = map[code] { registers.setRaw(value, of: point) } }
            record.update(registers, of: .init(map: map), uptime: 100)
            return source.observe(record.contents, now: .uptimeNanoseconds(1_000_000_000_000))
        }

        mutating func lose() -> [TrapEvent] {
            record.communicationLost(uptime: 200)
            return source.observe(record.contents, now: .uptimeNanoseconds(1_000_000_000_000))
        }
    }

    /// Every trap of each map is sent when its expression becomes true, and not for the state that is found first.
    @Test(arguments: DeviceMap.all.map(\.name)) func everyTrapTellsAnEdge(_ name: String) throws {
        let map = try #require(DeviceMap.named(name))
        #expect(!map.traps.isEmpty)
        for (number, expression) in map.traps.sorted(by: { $0.key < $1.key }) {
            guard let (off, on) = Self.edge(of: expression, map) else {
                Issue.record("trap \(number) of \(name) can't become true by one bit")
                continue
            }
            var device = Device(map)
            let first = device.poll(off)
            #expect(first.isEmpty, "trap \(number)")
            let traps = device.poll(on).filter { $0.alarm == nil && $0.family == map.kind.trapFamily }
            #expect(traps.contains { $0.number == number }, "trap \(number) of \(name)")
        }
    }

    /// Bits with which the expression is false, and one more with which it is true.
    private static func edge(of expression: AlarmExpression, _ map: DeviceMap) -> (off: [PointCode: UInt16], on: [PointCode: UInt16])? {
        let codes = map.points.filter { $0.bit != nil }.map(\.code)
        let none = Dictionary(uniqueKeysWithValues: codes.map { ($0, UInt16(0)) })
        func isTrue(_ bits: [PointCode: UInt16]) -> Bool { expression.isTrue { bits[$0] == 1 } }
        if isTrue(none) {
            // What is true of a device at rest becomes true again when a bit goes.
            for code in codes {
                let off = none.merging([code: 1]) { $1 }
                if !isTrue(off) { return (off, [code: 0]) }
            }
            return nil
        }
        for code in codes where isTrue(none.merging([code: 1]) { $1 }) { return (none, [code: 1]) }
        for first in codes {
            let off = none.merging([first: 1]) { $1 }
            guard !isTrue(off) else { continue }
            for second in codes where isTrue(off.merging([second: 1]) { $1 }) { return (off, [second: 1]) }
        }
        return nil
    }

    @Test func anSTSTellsNeitherRowsNorCommunication() {
        var device = Device(.sts)
        _ = device.poll()
        let lost = device.lose()
        #expect(lost.isEmpty)
        let back = device.poll(["STS:0x0148.0": 1, "STS:0x0148.1": 1, "STS:0x0148.15": 1])
        #expect(back.allSatisfy { $0.family == .sts && $0.alarm == nil })
        #expect(!back.isEmpty)
    }

    @Test func theStateOfAnotherDeviceIsNoNews() {
        var device = Device(.vuMap)
        _ = device.poll(["S000": 1, "S048": 1])
        let other = Device(.sts, sharing: device)
        device = other
        let traps = device.poll(["STS:0x0148.0": 1, "STS:0x0148.1": 1, "STS:0x0148.15": 1])
        #expect(traps.isEmpty)
    }

    @Test func trapsOfTheSTSFamilyCarryTheirString() throws {
        for number in Int32(1)...8 {
            let event = TrapEvent(number, family: .sts)
            let notification = try #require(event.notification(uptime: 1) { _ in nil })
            #expect(notification.bindings.contains { $0.name == "1.3.6.1.4.1.4555.1.1.10.1.7.1.0" })
        }
    }

    @Test func whatTheCardTellsOfItselfHasAnSTSNumberOrNone() {
        #expect(TrapEvent(UPSTrap.test).asTold(of: .sts) == TrapEvent(23, family: .sts))
        #expect(TrapEvent(28).asTold(of: .sts) == TrapEvent(9, family: .sts))
        #expect(TrapEvent(41).asTold(of: .sts) == TrapEvent(22, family: .sts))
        #expect(TrapEvent(UPSTrap.agentRestarting).asTold(of: .sts) == nil)
        #expect(TrapEvent(UPSTrap.test).asTold(of: .ups) == TrapEvent(UPSTrap.test))
    }

    @Test func receiversOfTheCardsOwnTrapsGetThoseOfAnSTS() throws {
        let all = try TrapReceiverArgument("10.0.0.9").receiver
        let standard = try TrapReceiverArgument("10.0.0.9,type=rfc1628").receiver
        let critical = try TrapReceiverArgument("10.0.0.9,severity=critical").receiver
        #expect(all.wants(TrapEvent(4, family: .sts), isTrapFilterEnabled: true))
        #expect(!standard.wants(TrapEvent(4, family: .sts), isTrapFilterEnabled: false))
        #expect(!critical.wants(TrapEvent(4, family: .sts), isTrapFilterEnabled: false))
        #expect(critical.wants(TrapEvent(1, family: .sts), isTrapFilterEnabled: false))
        #expect(critical.wants(TrapEvent(23, family: .sts), isTrapFilterEnabled: false), "the test passes every filter")
    }
}
