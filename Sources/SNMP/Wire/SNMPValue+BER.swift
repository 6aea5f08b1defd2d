extension SNMPValue {
    var tag: BERTag {
        switch self {
        case .integer: .integer
        case .octetString: .octetString
        case .null: .null
        case .objectIdentifier: .objectIdentifier
        case .ipAddress: .ipAddress
        case .counter32: .counter32
        case .gauge32: .gauge32
        case .timeTicks: .timeTicks
        case .opaque: .opaque
        case .counter64: .counter64
        case .noSuchObject: .noSuchObject
        case .noSuchInstance: .noSuchInstance
        case .endOfMibView: .endOfMibView
        }
    }

    init(from reader: inout BERReader) throws(SNMPDecodingError) {
        let start = reader
        let (tag, contents) = try reader.readElement()
        let value: SNMPValue?
        switch tag {
        case .integer: value = BER.int32(contents).map { .integer($0) }
        case .octetString: value = .octetString([UInt8](contents))
        case .objectIdentifier: value = OID(contents: contents).map { .objectIdentifier($0) }
        case .ipAddress: value = contents.count == 4 ? .ipAddress(IPAddress(contents[0], contents[1], contents[2], contents[3])) : nil
        case .counter32: value = BER.uint32(contents).map { .counter32($0) }
        case .gauge32, .uinteger32: value = BER.uint32(contents).map { .gauge32($0) }
        case .timeTicks: value = BER.uint32(contents).map { .timeTicks($0) }
        case .opaque: value = .opaque([UInt8](contents))
        case .counter64: value = BER.uint64(contents).map { .counter64($0) }
        case .null: value = contents.isEmpty ? .null : nil
        case .noSuchObject: value = contents.isEmpty ? .noSuchObject : nil
        case .noSuchInstance: value = contents.isEmpty ? .noSuchInstance : nil
        case .endOfMibView: value = contents.isEmpty ? .endOfMibView : nil
        default: throw start.error(.unexpectedTag(tag.rawValue))
        }
        guard let value else { throw start.error(tag == .objectIdentifier ? .malformedOID : .malformedValue) }
        self = value
    }

    func encode(into writer: inout BERWriter) {
        switch self {
        case .integer(let value): writer.prepend(Int64(value), as: tag)
        case .counter32(let value), .gauge32(let value), .timeTicks(let value): writer.prepend(Int64(value), as: tag)
        case .counter64(let value): writer.prepend(value, as: tag)
        case .octetString(let octets), .opaque(let octets): writer.prepend(octets, as: tag)
        case .ipAddress(let address): writer.prepend(address.octets, as: tag)
        case .objectIdentifier(let oid): writer.prepend(oid)
        case .null, .noSuchObject, .noSuchInstance, .endOfMibView: writer.prependHeader(tag, since: writer.count)
        }
    }

    /// The octets of the whole BER element.
    var encodedLength: Int {
        switch self {
        case .integer(let value): BER.elementLength(contents: BER.contentsLength(Int64(value)))
        case .counter32(let value), .gauge32(let value), .timeTicks(let value):
            BER.elementLength(contents: BER.contentsLength(Int64(value)))
        case .counter64(let value): BER.elementLength(contents: BER.contentsLength(value))
        case .octetString(let octets), .opaque(let octets): BER.elementLength(contents: octets.count)
        case .ipAddress: BER.elementLength(contents: 4)
        case .objectIdentifier(let oid): oid.encodedLength
        case .null, .noSuchObject, .noSuchInstance, .endOfMibView: 2
        }
    }
}
