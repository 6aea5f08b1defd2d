/// A notification as it came in, with whom it came from.
package struct ReceivedNotification: Hashable, Sendable {
    /// Who the message says it is from, as far as that was checked.
    package enum Principal: Hashable, Sendable {
        /// Of v1 and v2c: a password that travels in the clear.
        case community(Community)
        /// - Parameter engine: The sender's: the authority of a trap, the engine of the objects in an inform. Nil if an inform names none.
        case user(String, SecurityLevel, engine: EngineID?)
    }

    /// The address that the datagram came from: of a sender behind address translation, the translator's.
    let peer: PeerAddress
    package let version: SNMPVersion
    package let principal: Principal
    package let notification: SNMPNotification
    /// Whether it is an inform, which has been acknowledged.
    package let isInform: Bool
}
