/// STS: the register map of SOCOMEC's static transfer systems (STATYS).
///
/// Source: NET VISION 8.4x manual (552370F), appendix "MODBUS addresses table for STS"; levels from its STS events log (18.4). Bit 0 is the
/// first datum of a word; texts carry their first character in the high byte.
///
///     0x0100  10  reference       ASCII
///     0x0116  10  serial number   ASCII
///     0x0120  16  configuration   not described
///     0x0140   4  status          bits; 0x0143 not described
///     0x0148   2  alarms          bits
///     0x0220  64  measurements
///
/// Its data have no acronyms: their codes are made of their addresses (``STS/code(_:)``, ``STS/code(_:bit:)``).
extension DeviceMap {
    package static let sts = DeviceMap(
        family: .sts, kind: .sts,
        liveRanges: [
            RegisterRange(STS.statusAddress, count: 4),
            RegisterRange(STS.alarmAddress, count: 2),
            RegisterRange(STS.measurementAddress, count: 64),
        ],
        configurationRanges: [
            RegisterRange(STS.referenceAddress, count: 10),
            RegisterRange(STS.serialAddress, count: 10),
            RegisterRange(STS.configurationAddress, count: 16),
        ],
        points: STS.texts + STS.configuration + STS.status + STS.alarms + STS.measurements, wellKnownAlarms: STS.wellKnownAlarms,
        traps: STS.traps, plate: STS.plate, transfer: STS.transfer)
}

/// The tables of STS.
package enum STS {
    package static let referenceAddress: UInt16 = 0x0100
    package static let serialAddress: UInt16 = 0x0116
    package static let configurationAddress: UInt16 = 0x0120
    package static let statusAddress: UInt16 = 0x0140
    package static let alarmAddress: UInt16 = 0x0148
    package static let measurementAddress: UInt16 = 0x0220

    /// `STS:0x0220`, the code of a word, or of the text that begins there.
    package static func code(_ address: UInt16) -> PointCode {
        let digits = String(address, radix: 16, uppercase: true)
        return PointCode("STS:0x" + String(repeating: "0", count: 4 - digits.count) + digits)
    }

    /// `STS:0x0140.3`, the code of a bit.
    package static func code(_ address: UInt16, bit: Int) -> PointCode { PointCode("\(code(address)).\(bit)") }

    /// The reference names the model; a device without one is a STATYS.
    ///
    /// It has three lines, or one where it answers -1 for lines 2 and 3 of both sources and of the output.
    @Sendable static func plate(_ map: DeviceMap, _ registers: RegisterFile) -> RatingPlate {
        let reference = map.text(code(referenceAddress), in: registers)
        let isOneLine = ([0x0221, 0x0222, 0x0229, 0x022A, 0x0231, 0x0232] as [UInt16]).allSatisfy {
            registers[$0] == Measurement.notManaged
        }
        let lines = isOneLine ? 1 : 3
        return RatingPlate(
            model: reference ?? DeviceRange.statys.name, serial: map.text(code(serialAddress), in: registers), reference: reference,
            inputLines: lines, outputLines: lines, bypassLines: lines, hasBattery: false)
    }
}
