/// A protocol data unit of any kind but the v1 trap (RFC 1157 §4.1.1, RFC 3416 §3).
///
///     +------+------------+--------------------------------+--------------------------------+----------+
///     | kind | request-id | error-status or non-repeaters  | error-index or max-repetitions | bindings |
///     +------+------------+--------------------------------+--------------------------------+----------+
package struct PDU: Equatable, Sendable {
    package enum Kind: UInt8, Sendable, CaseIterable {
        case get = 0xA0
        case getNext = 0xA1
        case response = 0xA2
        case set = 0xA3
        case getBulk = 0xA5
        case inform = 0xA6
        case trapV2 = 0xA7
        case report = 0xA8
    }

    package var kind: Kind
    package var requestID: Int32
    /// In a GETBULK: non-repeaters.
    package var errorStatus: ErrorStatus
    /// The binding at fault, from 1; 0 if none is. In a GETBULK: max-repetitions.
    package var errorIndex: Int32
    package var bindings: [VariableBinding]

    package init(
        _ kind: Kind, requestID: Int32 = 0, errorStatus: ErrorStatus = .noError, errorIndex: Int32 = 0, bindings: [VariableBinding] = []
    ) {
        self.kind = kind
        self.requestID = requestID
        self.errorStatus = errorStatus
        self.errorIndex = errorIndex
        self.bindings = bindings
    }

    /// A request for the values of `names`, or of what follows them.
    package init(_ kind: Kind, requestID: Int32 = 0, names: [OID]) {
        self.init(kind, requestID: requestID, bindings: names.map { VariableBinding($0) })
    }

    /// A GETBULK: the first `nonRepeaters` names as in GETNEXT, each of the others up to `maxRepetitions` times.
    package static func getBulk(_ names: [OID], nonRepeaters: Int32 = 0, maxRepetitions: Int32, requestID: Int32 = 0) -> PDU {
        PDU(
            .getBulk, requestID: requestID, errorStatus: ErrorStatus(rawValue: nonRepeaters), errorIndex: maxRepetitions,
            bindings: names.map { VariableBinding($0) })
    }

    /// Meaningful in a GETBULK.
    package var nonRepeaters: Int32 { errorStatus.rawValue }
    /// Meaningful in a GETBULK.
    package var maxRepetitions: Int32 { errorIndex }
}

/// A PDU whose list of bindings is not decoded yet.
struct PDUHead {
    let kind: PDU.Kind
    let requestID: Int32
    let errorStatus: ErrorStatus
    let errorIndex: Int32
    /// Reads the bindings.
    let bindings: BERReader

    init(from reader: inout BERReader) throws(SNMPDecodingError) {
        let tag = try reader.peekTag()
        guard let kind = PDU.Kind(rawValue: tag.rawValue) else { throw reader.error(.unexpectedTag(tag.rawValue)) }
        try self.init(kind, from: &reader)
    }

    init(_ kind: PDU.Kind, from reader: inout BERReader) throws(SNMPDecodingError) {
        var body = try reader.readConstructed(BERTag(rawValue: kind.rawValue))
        self.kind = kind
        requestID = try body.readInt32()
        errorStatus = ErrorStatus(rawValue: try body.readInt32())
        errorIndex = try body.readInt32()
        bindings = try body.readConstructed(.sequence)
        try body.finish()
    }
}

extension PDU {
    init(_ kind: Kind, from reader: inout BERReader) throws(SNMPDecodingError) {
        try self.init(PDUHead(kind, from: &reader))
    }

    init(_ head: PDUHead) throws(SNMPDecodingError) {
        self.init(
            head.kind, requestID: head.requestID, errorStatus: head.errorStatus, errorIndex: head.errorIndex,
            bindings: try [VariableBinding](in: head.bindings))
    }

    func encode(into writer: inout BERWriter) {
        let mark = writer.count
        bindings.encode(into: &writer)
        writer.prepend(Int64(errorIndex))
        writer.prepend(Int64(errorStatus.rawValue))
        writer.prepend(Int64(requestID))
        writer.prependHeader(BERTag(rawValue: kind.rawValue), since: mark)
    }

    /// The octets of the whole BER element, if its bindings take `bindingsLength` octets.
    func encodedLength(bindingsLength: Int) -> Int {
        let fields = [requestID, errorStatus.rawValue, errorIndex].reduce(0) {
            $0 + BER.elementLength(contents: BER.contentsLength(Int64($1)))
        }
        return BER.elementLength(contents: fields + BER.elementLength(contents: bindingsLength))
    }
}
