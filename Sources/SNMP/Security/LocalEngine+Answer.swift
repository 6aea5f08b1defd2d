package import NIOCore

/// A request, or an inform, that may be answered: what its envelope says.
struct OpenRequest {
    let user: LocalEngine.User
    let localized: LocalizedUser
    let level: SecurityLevel
    let messageID: Int32
    /// The longest response that the sender accepts, in octets.
    let maximumSize: Int
    /// Where in the datagram the scoped PDU is, if it isn't encrypted.
    private let scopedData: Range<Int>

    init(_ message: SecureMessage, _ entry: LocalEngine.Entry) {
        user = entry.user
        localized = entry.localized
        level = message.level
        messageID = message.messageID
        maximumSize = Int(message.maximumSize)
        scopedData = message.scopedData
    }

    /// Lends the scoped PDU, which is in the datagram or, if it came encrypted, in `plaintext`.
    func withScopedPDU<Value, Failure: Error>(
        _ datagram: UnsafeRawBufferPointer, _ plaintext: [UInt8], _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        guard level.isEncrypted else { return try body(UnsafeRawBufferPointer(rebasing: datagram[scopedData])) }
        return try plaintext.withUnsafeBytes { octets in
            Result { () throws(Failure) in try body(octets) }
        }.get()
    }

    /// The octets that a response around a PDU of `pduLength` octets has at most: a dozen less if its numbers are small.
    func messageLength(pduLength: Int) -> Int {
        let scopedLength = ScopedPDU.encodedLength(contextEngineID: localized.engineID, contextNameLength: 0, pduLength: pduLength)
        // A block cipher pads with up to seven octets.
        let data = level.isEncrypted ? BER.elementLength(contents: scopedLength + 7) : scopedLength
        let longestInteger = 6
        let header = BER.elementLength(contents: 2 * longestInteger + 3 + 3)
        let parameters =
            2 * longestInteger + BER.elementLength(contents: localized.engineID.withOctets { $0.count })
            + BER.elementLength(contents: localized.user.nameOctets.count)
            + BER.elementLength(contents: localized.authenticationLength(level))
            + BER.elementLength(contents: level.isEncrypted ? Cipher.parameterLength : 0)
        return BER.elementLength(contents: 3 + header + BER.elementLength(contents: BER.elementLength(contents: parameters)) + data)
    }
}

/// A request, or an inform, that may be answered.
package struct AcceptedRequest {
    let envelope: OpenRequest
    package let scoped: ScopedPDU

    init(_ envelope: OpenRequest, _ scoped: ScopedPDU) {
        self.envelope = envelope
        self.scoped = scoped
    }

    package var user: LocalEngine.User { envelope.user }
    package var level: SecurityLevel { envelope.level }
    package var messageID: Int32 { envelope.messageID }
    /// The longest response that the sender accepts, in octets.
    package var maximumSize: Int { envelope.maximumSize }
    package var pdu: PDU { scoped.pdu }

    /// The octets that a response around a PDU of `pduLength` octets has at most: a dozen less if its numbers are small.
    package func messageLength(pduLength: Int) -> Int { envelope.messageLength(pduLength: pduLength) }
}

extension LocalEngine {
    /// The response message for a request, at the request's level and with its user's keys (RFC 3412 §7.1).
    package mutating func seal(_ response: PDU, for request: AcceptedRequest, now: NIODeadline) -> ByteBuffer {
        // The context is the request's (RFC 3412 §7.1), which in an inform is its sender's.
        let scoped = ScopedPDU(
            contextEngineID: request.scoped.contextEngineID ?? engineID, contextName: request.scoped.contextName, pdu: response)
        return seal(scoped, by: (request.envelope.localized, request.level), messageID: request.messageID, now: now)
    }

    /// Makes the response message of the response PDU that is all of what `writer` holds.
    mutating func seal(_ request: OpenRequest, now: NIODeadline, into writer: inout BERWriter) {
        writer.prependHeader(.octetString, since: writer.count)
        engineID.withOctets { writer.prepend($0, as: .octetString) }
        writer.prependHeader(.sequence, since: 0)
        request.localized.seal(header(request.messageID, request.level, now), salt: salts.next(), into: &writer)
    }

    private mutating func seal(
        _ scoped: ScopedPDU, by signer: (user: LocalizedUser, level: SecurityLevel), messageID: Int32, now: NIODeadline
    ) -> ByteBuffer {
        writer.reset()
        scoped.encode(into: &writer)
        signer.user.seal(header(messageID, signer.level, now), salt: salts.next(), into: &writer)
        return ByteBuffer(bytes: writer.written)
    }

    private func header(_ messageID: Int32, _ level: SecurityLevel, _ now: NIODeadline) -> SecureHeader {
        let reading = clock.reading(at: now)
        return SecureHeader(
            messageID: messageID, maximumSize: maximumSize, level: level, isReportable: false, engineID: engineID, boots: reading.boots,
            time: reading.time)
    }

    /// The response of access control to a user at too low a level (RFC 3413 §3.2: noAccessEntry is authorizationError).
    mutating func denyAccess(_ request: AcceptedRequest, _ now: NIODeadline) -> OpenAction {
        var response = request.pdu
        response.kind = .response
        response.errorStatus = .authorizationError
        response.errorIndex = 0
        if request.messageLength(pduLength: response.encodedLength) > request.maximumSize { response.bindings = [] }
        return .answer(seal(response, for: request, now: now))
    }

    /// Counts, and reports to a sender that asks for it and could be a requester (RFC 3412 §7.1.3 and §7.2 step 6).
    mutating func refuse(_ refusal: Refusal, _ message: SecureMessage, _ octets: UnsafeRawBufferPointer, _ now: NIODeadline)
        -> OpenAction
    {
        statistics[refusal.counter] &+= 1
        let scoped = refusal.scoped ?? readable(message, octets)
        guard message.isReportable, scoped.map(\.pdu.kind.isConfirmed) != false else { return .drop(.refused(refusal.counter)) }
        let report = PDU(
            .report, requestID: scoped?.pdu.requestID ?? 0,
            bindings: [VariableBinding(refusal.counter.oid, .counter32(statistics[refusal.counter]))])
        let answer = ScopedPDU(contextEngineID: engineID, contextName: refusal.scoped?.contextName ?? [], pdu: report)
        if let signer = refusal.signer { return .answer(seal(answer, by: signer, messageID: message.messageID, now: now)) }
        writer.reset()
        answer.encode(into: &writer)
        let name = InlineOctets(UnsafeRawBufferPointer(rebasing: octets[message.userName])) ?? .empty
        header(message.messageID, .noAuthNoPriv, now).encodeUnsecured(userName: name, into: &writer)
        return .answer(ByteBuffer(bytes: writer.written))
    }

    /// What a message that is not encrypted holds, if that can be read.
    private func readable(_ message: SecureMessage, _ octets: UnsafeRawBufferPointer) -> ScopedPDU? {
        guard !message.level.isEncrypted else { return nil }
        return try? ScopedPDU(decoding: UnsafeRawBufferPointer(rebasing: octets[message.scopedData]))
    }
}

extension PDU {
    /// The octets of the whole BER element.
    fileprivate var encodedLength: Int { encodedLength(bindingsLength: bindings.reduce(0) { $0 + $1.encodedLength }) }
}

extension PDU.Kind {
    /// Whether somebody waits for an answer (RFC 3411 §2.8, Confirmed Class).
    fileprivate var isConfirmed: Bool {
        switch self {
        case .get, .getNext, .getBulk, .set, .inform: true
        case .response, .trapV2, .report: false
        }
    }
}
