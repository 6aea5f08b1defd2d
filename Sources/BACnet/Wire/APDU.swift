package import NIOCore

/// A message of the application layer, unsegmented (ASHRAE 135, 20.1).
///
/// ```
///  0: type << 4 | flags
/// confirmed request   | 0x00 | segments, length | invoke id | service | parameters …
/// unconfirmed request | 0x10 | service | parameters …
/// simple ack          | 0x20 | invoke id | service
/// complex ack         | 0x30 | invoke id | service | parameters …
/// error               | 0x50 | invoke id | service | class, code
/// reject, abort       | 0x60, 0x70 | invoke id | reason
/// ```
package enum APDU: Equatable, Sendable {
    case confirmedRequest(invokeID: UInt8, service: ConfirmedService, parameters: ByteBuffer)
    case unconfirmedRequest(service: UnconfirmedService, parameters: ByteBuffer)
    case simpleAck(invokeID: UInt8, service: ConfirmedService)
    case complexAck(invokeID: UInt8, service: ConfirmedService, parameters: ByteBuffer)
    case error(invokeID: UInt8, service: ConfirmedService, parameters: ByteBuffer)
    case reject(invokeID: UInt8, reason: UInt8)
    case abort(invokeID: UInt8, reason: UInt8)

    /// BACnetConfirmedServiceChoice (clause 21)
    package struct ConfirmedService: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let readProperty = ConfirmedService(rawValue: 12)
    }

    /// BACnetUnconfirmedServiceChoice (clause 21)
    package struct UnconfirmedService: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let iAm = UnconfirmedService(rawValue: 0)
        package static let whoIs = UnconfirmedService(rawValue: 8)
    }

    private static let isSegmented: UInt8 = 0x08
    /// No segments; up to 1476 octets in one message (20.1.2.4, 20.1.2.5).
    private static let acceptance: UInt8 = 0x05

    package init(decoding octets: ByteBuffer) throws(BACnetDecodingError) {
        var buffer = octets
        guard let first = buffer.readInteger(as: UInt8.self) else { throw BACnetDecodingError(.truncated, at: 0) }
        let type = first >> 4
        if type == 0 || type == 3, first & Self.isSegmented != 0 { throw BACnetDecodingError(.segmented, at: 0) }
        if type == 0, buffer.readInteger(as: UInt8.self) == nil { throw BACnetDecodingError(.truncated, at: 1) }
        guard let second = buffer.readInteger(as: UInt8.self) else { throw BACnetDecodingError(.truncated, at: 1) }
        if type == 1 {
            self = .unconfirmedRequest(service: UnconfirmedService(rawValue: second), parameters: buffer)
            return
        }
        guard let third = buffer.readInteger(as: UInt8.self) else { throw BACnetDecodingError(.truncated, at: 2) }
        let service = ConfirmedService(rawValue: third)
        switch type {
        case 0: self = .confirmedRequest(invokeID: second, service: service, parameters: buffer)
        case 2: self = .simpleAck(invokeID: second, service: service)
        case 3: self = .complexAck(invokeID: second, service: service, parameters: buffer)
        case 5: self = .error(invokeID: second, service: service, parameters: buffer)
        case 6: self = .reject(invokeID: second, reason: third)
        case 7: self = .abort(invokeID: second, reason: third)
        default: throw BACnetDecodingError(.unknownFunction, at: 0)
        }
    }

    package func encoded() -> ByteBuffer {
        var buffer = ByteBuffer()
        switch self {
        case .confirmedRequest(let id, let service, let parameters):
            buffer.writeMultipleIntegers(UInt8(0x00), Self.acceptance, id, service.rawValue)
            buffer.writeImmutableBuffer(parameters)
        case .unconfirmedRequest(let service, let parameters):
            buffer.writeMultipleIntegers(UInt8(0x10), service.rawValue)
            buffer.writeImmutableBuffer(parameters)
        case .simpleAck(let id, let service): buffer.writeMultipleIntegers(UInt8(0x20), id, service.rawValue)
        case .complexAck(let id, let service, let parameters):
            buffer.writeMultipleIntegers(UInt8(0x30), id, service.rawValue)
            buffer.writeImmutableBuffer(parameters)
        case .error(let id, let service, let parameters):
            buffer.writeMultipleIntegers(UInt8(0x50), id, service.rawValue)
            buffer.writeImmutableBuffer(parameters)
        case .reject(let id, let reason): buffer.writeMultipleIntegers(UInt8(0x60), id, reason)
        case .abort(let id, let reason): buffer.writeMultipleIntegers(UInt8(0x70), id, reason)
        }
        return buffer
    }

    /// The request that this answers.
    package var answeredID: UInt8? {
        switch self {
        case .confirmedRequest, .unconfirmedRequest: nil
        case .simpleAck(let id, _), .complexAck(let id, _, _), .error(let id, _, _), .reject(let id, _), .abort(let id, _): id
        }
    }
}
