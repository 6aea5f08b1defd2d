/// The checksum of serial frames: polynomial 0xA001 (reflected 0x8005), start 0xFFFF (MODBUS over Serial Line V1.02 §6.2.2).
package enum CRC16 {
    /// The checksum of each single byte.
    private static let table: [UInt16] = (0..<256).map { byte in
        (0..<8).reduce(UInt16(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xA001 : crc >> 1 }
    }

    /// The checksum; it travels low byte first.
    package static func checksum(of bytes: some Sequence<UInt8>) -> UInt16 {
        bytes.reduce(start) { appending($1, to: $0) }
    }

    /// The checksum of no bytes.
    static let start: UInt16 = 0xFFFF

    /// The checksum of what `crc` is of, and one byte more.
    static func appending(_ byte: UInt8, to crc: UInt16) -> UInt16 {
        crc >> 8 ^ table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)]
    }
}
