/// What a v3 message says of itself, but for the user: the fields of `SecureMessage` that the sender chooses.
package struct SecureHeader: Hashable, Sendable {
    /// 0 … 2³¹ − 1; a response and a report carry that of their request.
    package var messageID: Int32
    /// The longest message that the sender accepts: 484 octets or more.
    package var maximumSize: Int32
    package var level: SecurityLevel
    /// Set in requests and informs, never in responses, traps and reports (RFC 3412 §6.4).
    package var isReportable: Bool
    /// The authoritative engine: the receiver of a request or inform, the sender of anything else. Nil while it has to be discovered.
    package var engineID: EngineID?
    package var boots: Int32
    package var time: Int32

    package init(
        messageID: Int32, maximumSize: Int32 = 65_507, level: SecurityLevel, isReportable: Bool, engineID: EngineID?, boots: Int32 = 0,
        time: Int32 = 0
    ) {
        self.messageID = messageID
        self.maximumSize = maximumSize
        self.level = level
        self.isReportable = isReportable
        self.engineID = engineID
        self.boots = boots
        self.time = time
    }
}

extension SecureHeader {
    /// Where a message has to be signed.
    struct Sealing {
        /// The octets from the start of the authentication parameters to the end of the message.
        let authenticationDistance: Int
    }

    /// Puts the envelope before the scoped PDU, plain or encrypted, that is all of what `writer` holds.
    /// - Parameters:
    ///   - authenticationLength: the octets of the signature, which are zeros for now.
    ///   - privacyParameters: the salt of an encrypted message.
    @discardableResult
    func encode(userName: InlineOctets, authenticationLength: Int, privacyParameters: UInt64?, into writer: inout BERWriter) -> Sealing {
        if privacyParameters != nil { writer.prependHeader(.octetString, since: 0) }
        let scoped = writer.count
        if let salt = privacyParameters { withUnsafeBytes(of: salt.bigEndian) { writer.prepend($0) } }
        writer.prependHeader(.octetString, since: scoped)
        let mark = writer.count
        for _ in 0..<authenticationLength { writer.prepend(0) }
        let sealing = Sealing(authenticationDistance: writer.count)
        writer.prependHeader(.octetString, since: mark)
        userName.withOctets { writer.prepend($0, as: .octetString) }
        writer.prepend(Int64(time))
        writer.prepend(Int64(boots))
        if let engineID {
            engineID.withOctets { writer.prepend($0, as: .octetString) }
        } else {
            writer.prependHeader(.octetString, since: writer.count)
        }
        writer.prependHeader(.sequence, since: scoped)
        writer.prependHeader(.octetString, since: scoped)
        encodeHeader(into: &writer)
        writer.prepend(Int64(SNMPVersion.v3.rawValue))
        writer.prependHeader(.sequence, since: 0)
        return sealing
    }

    private func encodeHeader(into writer: inout BERWriter) {
        let mark = writer.count
        writer.prepend(Int64(SecureMessage.userBasedModel))
        writer.prepend(level.flags | (isReportable ? SecurityLevel.reportableFlag : 0))
        writer.prepend(1)
        writer.prepend(BERTag.octetString.rawValue)
        writer.prepend(Int64(maximumSize))
        writer.prepend(Int64(messageID))
        writer.prependHeader(.sequence, since: mark)
    }
}
