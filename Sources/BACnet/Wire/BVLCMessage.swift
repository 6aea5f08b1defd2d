package import NIOCore

/// The envelope of BACnet/IP (ASHRAE 135, J.2): a virtual link over UDP.
///
/// ```
///  0      1          2        4
/// +------+----------+--------+-----------------------------------------+
/// | 0x81 | function | length | forwarded: originator (4 + 2) · NPDU    |
/// +------+----------+--------+-----------------------------------------+
/// ```
package struct BVLCMessage: Equatable, Sendable {
    package struct Function: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The answer of a broadcast manager (J.2.1).
        package static let result = Function(rawValue: 0x00)
        /// A broadcast that its manager passes on (J.2.5).
        package static let forwardedNPDU = Function(rawValue: 0x04)
        /// J.2.10
        package static let distributeBroadcastToNetwork = Function(rawValue: 0x09)
        /// J.2.11
        package static let originalUnicastNPDU = Function(rawValue: 0x0A)
        /// J.2.12
        package static let originalBroadcastNPDU = Function(rawValue: 0x0B)

        var carriesNPDU: Bool {
            self == .forwardedNPDU || self == .distributeBroadcastToNetwork || self == .originalUnicastNPDU
                || self == .originalBroadcastNPDU
        }
    }

    /// A B/IP address (J.1.2).
    package struct Address: Hashable, Sendable {
        /// In host order.
        package let address: UInt32
        package let port: UInt16

        package init(address: UInt32, port: UInt16) {
            self.address = address
            self.port = port
        }
    }

    static let type: UInt8 = 0x81
    static let headerLength = 4
    /// The UDP port 47808 (J.1.2).
    package static let port: UInt16 = 0xBAC0

    package let function: Function
    /// Who has sent it first; only of a forwarded one.
    package let originator: Address?
    /// The NPDU, or what else the function carries.
    package let payload: ByteBuffer

    package init(_ function: Function, originator: Address? = nil, payload: ByteBuffer) {
        self.function = function
        self.originator = originator
        self.payload = payload
    }

    package init(decoding datagram: ByteBuffer) throws(BACnetDecodingError) {
        var buffer = datagram
        guard let (type, function, length) = buffer.readMultipleIntegers(as: (UInt8, UInt8, UInt16).self) else {
            throw BACnetDecodingError(.truncated, at: 0)
        }
        guard type == Self.type else { throw BACnetDecodingError(.notBACnetIP, at: 0) }
        guard Int(length) == datagram.readableBytes else { throw BACnetDecodingError(.badLength, at: 2) }
        self.function = Function(rawValue: function)
        if self.function == .forwardedNPDU {
            guard let (address, port) = buffer.readMultipleIntegers(as: (UInt32, UInt16).self) else {
                throw BACnetDecodingError(.truncated, at: Self.headerLength)
            }
            originator = Address(address: address, port: port)
        } else {
            originator = nil
        }
        payload = buffer
    }

    package func encoded() -> ByteBuffer {
        var buffer = ByteBuffer()
        let length = Self.headerLength + (originator == nil ? 0 : 6) + payload.readableBytes
        buffer.writeMultipleIntegers(Self.type, function.rawValue, UInt16(clamping: length))
        if let originator { buffer.writeMultipleIntegers(originator.address, originator.port) }
        buffer.writeImmutableBuffer(payload)
        return buffer
    }

    /// The network message, if the function carries one.
    package var network: ByteBuffer? { function.carriesNPDU ? payload : nil }
}
