package import NIOCore

/// Who-Is: asks all devices, or those with an instance within limits, to announce themselves (ASHRAE 135, 16.10).
package struct WhoIs: Equatable, Sendable {
    package var instances: ClosedRange<UInt32>?

    package init(_ instances: ClosedRange<UInt32>? = nil) { self.instances = instances }

    package init(decoding parameters: ByteBuffer) throws(BACnetDecodingError) {
        guard parameters.readableBytes > 0 else { return }
        var buffer = parameters
        let low = try buffer.readContextNumber(0)
        let high = try buffer.readContextNumber(1)
        guard low <= high, high <= ObjectIdentifier.anyInstance else { throw BACnetDecodingError(.badValue, at: 0) }
        instances = low...high
    }

    package var apdu: APDU {
        var parameters = ByteBuffer()
        if let instances {
            parameters.writeContextNumber(0, instances.lowerBound)
            parameters.writeContextNumber(1, instances.upperBound)
        }
        return .unconfirmedRequest(service: .whoIs, parameters: parameters)
    }
}

/// I-Am: a device announces itself (ASHRAE 135, 16.10).
package struct IAm: Equatable, Sendable {
    package var device: ObjectIdentifier
    package var maximumAPDULength: UInt64
    /// 0 both ways, 1 sends, 2 receives, 3 none.
    package var segmentation: UInt32
    package var vendor: UInt16

    package init(device: ObjectIdentifier, maximumAPDULength: UInt64 = 1476, segmentation: UInt32 = 3, vendor: UInt16) {
        self.device = device
        self.maximumAPDULength = maximumAPDULength
        self.segmentation = segmentation
        self.vendor = vendor
    }

    package init(decoding parameters: ByteBuffer) throws(BACnetDecodingError) {
        var buffer = parameters
        guard case .objectIdentifier(let device) = try PropertyValue(readingFrom: &buffer),
            case .unsigned(let length) = try PropertyValue(readingFrom: &buffer),
            case .enumerated(let segmentation) = try PropertyValue(readingFrom: &buffer),
            case .unsigned(let number) = try PropertyValue(readingFrom: &buffer)
        else { throw BACnetDecodingError(.unexpectedTag, at: 0) }
        guard device.type == ObjectIdentifier.deviceType, let vendor = UInt16(exactly: number) else {
            throw BACnetDecodingError(.badValue, at: 0)
        }
        self.init(device: device, maximumAPDULength: length, segmentation: segmentation, vendor: vendor)
    }

    package var apdu: APDU {
        var parameters = ByteBuffer()
        PropertyValue.objectIdentifier(device).encode(into: &parameters)
        PropertyValue.unsigned(maximumAPDULength).encode(into: &parameters)
        PropertyValue.enumerated(segmentation).encode(into: &parameters)
        PropertyValue.unsigned(UInt64(vendor)).encode(into: &parameters)
        return .unconfirmedRequest(service: .iAm, parameters: parameters)
    }
}

/// ReadProperty: asks for one property of an object (ASHRAE 135, 15.5).
package struct ReadProperty: Equatable, Sendable {
    package var object: ObjectIdentifier
    package var property: PropertyIdentifier

    package init(_ property: PropertyIdentifier, of object: ObjectIdentifier) {
        self.object = object
        self.property = property
    }

    package init(decoding parameters: ByteBuffer) throws(BACnetDecodingError) {
        var buffer = parameters
        try self.init(readingFrom: &buffer)
    }

    init(readingFrom buffer: inout ByteBuffer) throws(BACnetDecodingError) {
        object = ObjectIdentifier(rawValue: try buffer.readContextNumber(0))
        property = PropertyIdentifier(rawValue: try buffer.readContextNumber(1))
    }

    func encode(into parameters: inout ByteBuffer) {
        Tag(0, isContext: true, .length(4)).encode(into: &parameters)
        parameters.writeInteger(object.rawValue)
        parameters.writeContextNumber(1, property.rawValue)
    }

    package func apdu(invokeID: UInt8) -> APDU {
        var parameters = ByteBuffer()
        encode(into: &parameters)
        return .confirmedRequest(invokeID: invokeID, service: .readProperty, parameters: parameters)
    }
}

/// The answer to ReadProperty: the property's first value. Arrays and lists have more, which nobody here reads.
package struct ReadPropertyAck: Equatable, Sendable {
    package var request: ReadProperty
    package var value: PropertyValue

    package init(_ request: ReadProperty, value: PropertyValue) {
        self.request = request
        self.value = value
    }

    package init(decoding parameters: ByteBuffer) throws(BACnetDecodingError) {
        var buffer = parameters
        request = try ReadProperty(readingFrom: &buffer)
        let tag = try Tag(readingFrom: &buffer)
        guard tag == Tag(3, isContext: true, .opening) else {
            throw BACnetDecodingError(.unexpectedTag, at: parameters.readableBytes - buffer.readableBytes)
        }
        value = try PropertyValue(readingFrom: &buffer)
    }

    package func apdu(invokeID: UInt8) -> APDU {
        var parameters = ByteBuffer()
        request.encode(into: &parameters)
        Tag(3, isContext: true, .opening).encode(into: &parameters)
        value.encode(into: &parameters)
        Tag(3, isContext: true, .closing).encode(into: &parameters)
        return .complexAck(invokeID: invokeID, service: .readProperty, parameters: parameters)
    }
}

extension ByteBuffer {
    /// A number of up to four octets below a context tag.
    fileprivate mutating func readContextNumber(_ number: UInt8) throws(BACnetDecodingError) -> UInt32 {
        let tag = try Tag(readingFrom: &self)
        guard tag.isContext, tag.number == number, case .length(let length) = tag.content, 1...4 ~= length,
            let octets = readBytes(length: Int(length))
        else { throw BACnetDecodingError(.unexpectedTag, at: 0) }
        return octets.reduce(0) { $0 << 8 | UInt32($1) }
    }

    fileprivate mutating func writeContextNumber(_ number: UInt8, _ value: UInt32) {
        let octets = PropertyValue.octets(UInt64(value))
        Tag(number, isContext: true, .length(UInt32(clamping: octets.count))).encode(into: &self)
        writeBytes(octets)
    }
}
