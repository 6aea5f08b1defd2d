package import NIOCore

/// A message of the network layer (ASHRAE 135, 6.2).
///
/// ```
///  0         1         2
/// +---------+---------+--------------------------+--------------------------+-----------+------------------------------+
/// | version | control | destination, if bit 5:   | source, if bit 3:        | hop count | bit 7: message type …        |
/// | 1       |         | net 2 · length 1 · MAC   | net 2 · length 1 · MAC   | if bit 5  | else: the APDU               |
/// +---------+---------+--------------------------+--------------------------+-----------+------------------------------+
/// ```
package struct NPDU: Equatable, Sendable {
    package struct Address: Equatable, Sendable {
        /// All networks.
        package static let everywhere = Address(network: 0xFFFF, station: [])

        package let network: UInt16
        /// The station's address in that network; empty means all stations.
        package let station: [UInt8]

        package init(network: UInt16, station: [UInt8]) {
            self.network = network
            self.station = station
        }
    }

    static let version: UInt8 = 1
    /// Longer station addresses exist in no network (Table 6-1 ff.).
    static let maximumStationLength = 18

    package var destination: Address?
    /// Where it came from, if a router has passed it on.
    package var source: Address?
    package var expectsReply: Bool
    /// The network layer's own message type; nil if there is an APDU.
    package var messageType: UInt8?
    package var payload: ByteBuffer

    package init(
        apdu: ByteBuffer, destination: Address? = nil, source: Address? = nil, expectsReply: Bool = false
    ) {
        self.destination = destination
        self.source = source
        self.expectsReply = expectsReply
        messageType = nil
        payload = apdu
    }

    package init(decoding octets: ByteBuffer) throws(BACnetDecodingError) {
        var buffer = octets
        guard let (version, control) = buffer.readMultipleIntegers(as: (UInt8, UInt8).self) else {
            throw BACnetDecodingError(.truncated, at: 0)
        }
        guard version == Self.version else { throw BACnetDecodingError(.unknownVersion, at: 0) }
        expectsReply = control & 0x04 != 0
        destination = control & 0x20 != 0 ? try Self.readAddress(&buffer, of: octets) : nil
        source = control & 0x08 != 0 ? try Self.readAddress(&buffer, of: octets) : nil
        if let source, source.network == 0xFFFF || source.station.isEmpty {
            throw BACnetDecodingError(.badValue, at: octets.readableBytes - buffer.readableBytes)
        }
        if destination != nil, buffer.readInteger(as: UInt8.self) == nil {
            throw BACnetDecodingError(.truncated, at: octets.readableBytes)
        }
        messageType = nil
        if control & 0x80 != 0 {
            guard let type = buffer.readInteger(as: UInt8.self) else { throw BACnetDecodingError(.truncated, at: octets.readableBytes) }
            messageType = type
        }
        payload = buffer
    }

    private static func readAddress(_ buffer: inout ByteBuffer, of octets: ByteBuffer) throws(BACnetDecodingError) -> Address {
        let offset = octets.readableBytes - buffer.readableBytes
        guard let (network, length) = buffer.readMultipleIntegers(as: (UInt16, UInt8).self) else {
            throw BACnetDecodingError(.truncated, at: offset)
        }
        guard length <= Self.maximumStationLength else { throw BACnetDecodingError(.badLength, at: offset) }
        guard let station = buffer.readBytes(length: Int(length)) else { throw BACnetDecodingError(.truncated, at: offset) }
        return Address(network: network, station: station)
    }

    package func encoded() -> ByteBuffer {
        var buffer = ByteBuffer()
        var control: UInt8 = expectsReply ? 0x04 : 0
        if messageType != nil { control |= 0x80 }
        if destination != nil { control |= 0x20 }
        if source != nil { control |= 0x08 }
        buffer.writeMultipleIntegers(Self.version, control)
        for address in [destination, source].compactMap(\.self) {
            buffer.writeMultipleIntegers(address.network, UInt8(clamping: address.station.count))
            buffer.writeBytes(address.station)
        }
        if destination != nil { buffer.writeInteger(UInt8.max) }
        if let messageType { buffer.writeInteger(messageType) }
        buffer.writeImmutableBuffer(payload)
        return buffer
    }
}
