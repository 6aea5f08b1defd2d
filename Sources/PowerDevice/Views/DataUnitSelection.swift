/// Which unit of a parallel system a card tells of (manual 15.3, data unit selection): 0 the system, else the number of the unit in which the
/// card is plugged.
///
/// It decides over the unit objects of SNMP and BACnet and over the tree. Traps stay those of the system.
package struct DataUnitSelection: Sendable, Hashable {
    package static let range = 0...12
    package static let system = DataUnitSelection(0)

    /// 0 for the system, 1…12 for a unit.
    package let number: Int

    /// What is no unit counts as the system.
    package init(_ number: Int) { self.number = Self.range.contains(number) ? number : 0 }

    /// The data that feed SNMP and BACnet: the system's, or those of the unit. Nil where the unit is not there: it is then as if the card had
    /// lost its UPS. A device that has no units is all there is.
    package func choose<Data>(system: Data, units: [Int: Data]) -> Data? {
        number == 0 || units.isEmpty ? system : units[number]
    }

    /// The slave numbers that a card with this selection polls: the system's always, for the traps; and the units', or the one unit's.
    package func slaves(of topology: Topology) -> [UInt8] {
        if number == 0 { return topology.slaves }
        return [Topology.systemSlave] + topology.units.filter { $0 == number }.map { Topology.slave(ofUnit: $0) }
    }
}
