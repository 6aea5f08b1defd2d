import NIOCore
import PowerDevice

extension FuzzTarget {
    /// The registers of a device are bytes from a line, too: whatever they say, they are decoded on every map.
    ///
    /// Of the input, each word that is stored takes three bytes: whether it is known, and what it is. What follows the last one is 0.
    static let devices = DeviceMap.all.map { map in
        FuzzTarget(name: "\(map.name) registers") { input in
            var rest = input
            var registers = map.emptyRegisters
            for range in map.liveRanges + map.configurationRanges + map.optionalRanges {
                for offset in 0..<UInt16(range.count) {
                    guard let (isKnown, word) = rest.readMultipleIntegers(as: (UInt8, UInt16).self) else {
                        registers[range.address + offset] = 0
                        continue
                    }
                    if isKnown & 1 == 1 { registers[range.address + offset] = word }
                }
            }
            judge(map.snapshot(of: registers), of: map)
            for expression in map.traps.values { _ = map.holds(expression, in: registers) }
        }
    }

    private static func judge(_ snapshot: DeviceSnapshot, of map: DeviceMap) {
        let state = snapshot.state
        require(state.kind == map.kind && (state.transfer != nil) == (map.kind == .sts), "a device of another kind")
        require(state.readings.values.allSatisfy { $0.isFinite }, "a reading is no number")
        require([state.inputLines, state.outputLines, state.bypassLines].allSatisfy { (1...3).contains($0) }, "lines out of range")
        require(state.alarms.isSubset(of: Set(map.wellKnownAlarms.map(\.alarm))), "an alarm that the map does not have")
        require(Set(snapshot.conditions.map(\.code)).count == snapshot.conditions.count, "a condition twice")
        _ = OperatingStatus(state)
    }
}
