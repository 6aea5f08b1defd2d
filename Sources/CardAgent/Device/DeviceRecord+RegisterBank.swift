import Modbus
import PowerDevice

/// The card's own Modbus TCP: the registers as last read from the device, not to be written (manual, appendix "MODBUS TCP access").
///
/// Units 0, 1 and 255 are the system, 1 + n is unit n of a parallel system.
extension DeviceRecord: RegisterBank {
    private static let systemUnits: Set<UInt8> = [0, Topology.systemSlave, 255]

    func serves(_ unit: UInt8) -> Bool {
        Self.systemUnits.contains(unit) || contents.units.keys.contains { Topology.slave(ofUnit: $0) == unit }
    }

    /// A register that the map or the device does not have is an illegal address (02); of a device that does not answer, all others are a
    /// target that failed to respond (0B).
    func read(unit: UInt8, address: UInt16, count: Int) throws(ModbusException) -> [UInt16] {
        let contents = contents
        guard (1...125).contains(count), Int(address) + count <= 0x1_0000 else { throw .illegalDataAddress }
        let range = RegisterRange(address, count: count)
        guard contents.map.covers(range) else { throw .illegalDataAddress }
        let shown: (registers: RegisterFile, snapshot: DeviceSnapshot)
        if Self.systemUnits.contains(unit) {
            shown = (contents.registers, contents.snapshot)
        } else {
            guard let unit = contents.units.first(where: { Topology.slave(ofUnit: $0.key) == unit })?.value else {
                throw .gatewayTargetFailedToRespond
            }
            shown = (unit.registers, unit.snapshot)
        }
        if let words = shown.registers.words(in: range) { return words }
        throw shown.snapshot.state.isCommunicating ? .illegalDataAddress : .gatewayTargetFailedToRespond
    }

    func write(unit: UInt8, address: UInt16, values: [UInt16]) throws(ModbusException) { throw .illegalFunction }
}

extension DeviceMap {
    /// Whether the map has all of these registers.
    fileprivate func covers(_ range: RegisterRange) -> Bool {
        (0..<range.count).allSatisfy { offset in
            let address = range.address &+ UInt16(truncatingIfNeeded: offset)
            return [liveRanges, configurationRanges, optionalRanges].contains { ranges in
                ranges.contains { $0.offset(of: address) != nil }
            }
        }
    }
}
