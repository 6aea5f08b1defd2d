import Testing

@testable import PowerDevice

/// A device whose bits are set by hand.
private struct Device {
    let map: DeviceMap
    var bits: Set<PointCode>
    var source = DeviceEventSource()

    init(_ map: DeviceMap = .vuMap, _ bits: Set<PointCode> = ["S000"]) {
        self.map = map
        self.bits = bits
    }

    mutating func poll() -> [DeviceEvent] { Self.poll(&source, map, bits) }

    mutating func silence() -> [DeviceEvent] { source.observe(map, map.emptyRegisters, isCommunicating: false) }

    static func poll(_ source: inout DeviceEventSource, _ map: DeviceMap, _ bits: Set<PointCode>) -> [DeviceEvent] {
        var registers = map.emptyRegisters
        for range in map.readPlan { registers.store(Array(repeating: 0, count: range.count), at: range.address) }
        for code in bits { map[code].map { registers.setRaw(1, of: $0) } }
        return source.observe(map, registers, isCommunicating: true)
    }
}

@Suite struct DeviceEventSourceTests {
    @Test func whatIsFoundAtTheFirstPollIsTold() {
        var device = Device(.vuMap, ["S000", "A015", "A001"])
        let events = device.poll()
        #expect(events.map(\.text) == ["Load protected by Inverter", "Overload Alarm", "General Alarm"])
        #expect(events.map(\.severity) == [.information, .warning, .warning])
        #expect(events.map(\.code) == ["S000", "A001", "A015"])
        let again = device.poll()
        #expect(again.isEmpty)
    }

    @Test func comingAndGoingAreToldOnce() {
        var device = Device()
        _ = device.poll()
        device.bits.insert("A059")
        let come = device.poll()
        #expect(come == [DeviceEvent(code: "A059", severity: .critical, text: "UPS Power Off")])
        let again = device.poll()
        #expect(again.isEmpty)
        device.bits.remove("A059")
        let gone = device.poll()
        #expect(gone == [DeviceEvent(code: "A059", severity: .information, text: "UPS Power Off has been removed", isRemoved: true)])
        #expect(device.source.active.map(\.text) == ["Load protected by Inverter"])
    }

    @Test func alarmsWithoutALevelMakeNoEvent() {
        var device = Device()
        _ = device.poll()
        device.bits.formUnion(["A008", "A034", "A068", "A108", "S048", "S011"])
        let events = device.poll()
        #expect(events.isEmpty)
    }

    @Test func plugsAreOnAndOff() {
        var device = Device(.vuMap, ["S060"])
        let first = device.poll()
        #expect(first.map(\.text) == ["Power Plugs 1 ON"])
        device.bits = ["S061"]
        let changed = device.poll()
        #expect(changed.map(\.text) == ["Power Plugs 1 OFF", "Power Plugs 2 ON"])
    }

    @Test func onBypassIsNotToldInEcoMode() {
        var device = Device(.vuMap, ["S002", "S006"])
        let eco = device.poll()
        #expect(eco.map(\.text) == ["UPS in eco mode"])
        device.bits = ["S002"]
        let bypass = device.poll()
        #expect(bypass.map(\.text) == ["Load on bypass", "UPS in eco mode has been removed"])
    }

    @Test func loadOffOfJBUSPIsNeitherInverterNorBypass() {
        var device = Device(.jbusp, ["S03"])
        _ = device.poll()
        device.bits = []
        let off = device.poll()
        #expect(off.map(\.text) == ["Load protected by Inverter has been removed", "Load off"])
        #expect(off.map(\.code) == ["S03", nil])
        #expect(off.last?.severity == .critical)
    }

    @Test func whatWasKnownStandsWhileTheDeviceIsSilent() {
        var device = Device(.vuMap, ["A001"])
        _ = device.poll()
        let lost = device.silence()
        #expect(lost == [DeviceEvent(code: nil, severity: .critical, text: "UPS not connected")])
        let still = device.silence()
        #expect(still.isEmpty)
        #expect(device.source.active.map(\.code) == ["A001"])
        device.bits = ["A000"]
        let back = device.poll()
        #expect(back.map(\.text) == ["UPS connected", "UPS Imminent Stop", "Overload Alarm has been removed"])
    }

    @Test func aDeviceThatNeverAnsweredIsToldOfOnce() {
        var device = Device()
        let lost = device.silence()
        #expect(lost.map(\.text) == ["UPS not connected"])
        let found = device.poll()
        #expect(found.map(\.text) == ["UPS connected", "Load protected by Inverter"])
    }

    /// The manual's list for transfer systems has no line for it.
    @Test func connectionOfATransferSystemIsNotInItsLog() {
        var device = Device(.sts, ["STS:0x0140.0"])
        _ = device.poll()
        let lost = device.silence()
        #expect(lost.isEmpty)
        let back = device.poll()
        #expect(back.isEmpty)
    }

    @Test func anotherDeviceTakesOverWhatBothHave() {
        var device = Device(.vuMap, ["S000", "A015", "A054"])
        _ = device.poll()
        _ = device.silence()
        let events = Device.poll(&device.source, .jbusp, ["S03", "A00", "A44"])
        #expect(events.map(\.text) == ["UPS connected", "FAN Failure has been removed", "Maintenance Alarm"])
        #expect(device.source.active.map(\.code) == ["S03", "A00", "A44"])
    }

    /// A block that could not be read tells neither a beginning nor an end.
    @Test func unknownBitsStandAsTheyWere() {
        var device = Device(.vuMap, ["S000", "A001"])
        _ = device.poll()
        var registers = DeviceMap.vuMap.emptyRegisters
        registers.store([1, 0, 0, 0, 0, 0, 0, 0], at: VUMap.statusAddress)
        let events = device.source.observe(.vuMap, registers, isCommunicating: true)
        #expect(events.isEmpty)
        #expect(device.source.active.map(\.code) == ["S000", "A001"])
    }
}
