import PowerDevice
import Testing

/// Holds a map's conditions to printed ones: with no bit set, with each bit alone, and with random sets of bits.
func expectConditions(
    of map: DeviceMap, _ wellKnown: [Printed.Condition], _ rfc1628: [Printed.Condition], _ traps: [Int32: Printed.Condition]
) {
    #expect(map.wellKnownAlarms.count == wellKnown.count && map.wellKnownAlarms.map(\.number) == Array(1...wellKnown.count))
    #expect(map.rfc1628Alarms.count == rfc1628.count)
    #expect(Set(map.traps.keys) == Set(traps.keys))
    for (condition, printed) in zip(map.wellKnownAlarms + map.rfc1628Alarms, wellKnown + rfc1628) {
        #expect(condition.expression?.codes == printed.alternatives.map { _ in printed.codes }, "\(condition.alarm)")
    }
    let known = Set(map.bits)
    for condition in wellKnown + rfc1628 + traps.values { #expect(condition.codes.isSubset(of: known)) }

    var generator = SeededGenerator(4)
    let interesting = Array(Set((wellKnown + rfc1628 + traps.values).flatMap(\.codes))).sorted()
    var sets: [Set<PointCode>] = [[]] + map.bits.map { [$0] }
    for _ in 0..<200 { sets.append(Set(interesting.filter { _ in generator.next() % 3 == 0 })) }
    for set in sets {
        let registers = map.registers(set)
        let snapshot = map.snapshot(of: registers)
        let expected = zip(map.wellKnownAlarms, wellKnown).filter { $0.1.holds(set) }.map(\.0.alarm)
        let expectedStandard = zip(map.rfc1628Alarms, rfc1628).filter { $0.1.holds(set) }.map(\.0.alarm)
        #expect(snapshot.state.alarms == Set(expected), "\(set.sorted())")
        #expect(snapshot.rfc1628Alarms == Set(expectedStandard), "\(set.sorted())")
        let told = Set(map.traps.filter { map.holds($0.value, in: registers) }.keys)
        #expect(told == Set(traps.filter { $0.value.holds(set) }.keys), "\(set.sorted())")
    }
}
