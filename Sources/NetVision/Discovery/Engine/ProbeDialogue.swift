import NIOCore

/// What one method asks by UDP, and what it makes of the answers. Pure: a `ProbeLoop` does the sending and the receiving.
protocol ProbeDialogue {
    var method: DiscoveryMethod { get }
    /// The port that is asked.
    var port: UInt16 { get }
    /// The port that answers come to, besides that of the question; nil if they don't.
    var answersPort: UInt16? { get }
    /// Where a question to everybody goes besides the broadcast addresses.
    var multicastGroup: UInt32? { get }
    var usesBroadcast: Bool { get }

    /// The question to one address.
    mutating func question(_ index: Int, pass: Int) -> ByteBuffer
    /// The question to everybody that is in reach, for the so manieth time; nil if the method has none.
    mutating func broadcastQuestion(round: Int) -> ByteBuffer?
    mutating func received(_ datagram: ByteBuffer, from source: ProbePeer, now: NIODeadline) -> ProbeReaction
    /// What is due to be sent again or told. Called many times a second.
    mutating func elapsed(now: NIODeadline) -> ProbeReaction
    /// Whether answers are awaited that the schedule knows nothing of.
    var isBusy: Bool { get }
}

extension ProbeDialogue {
    var answersPort: UInt16? { nil }
    var multicastGroup: UInt32? { nil }
    var usesBroadcast: Bool { true }
    var isBusy: Bool { false }
    mutating func elapsed(now: NIODeadline) -> ProbeReaction { ProbeReaction() }
}

/// An IPv4 address, in host order, and a port.
struct ProbePeer: Hashable, Sendable {
    let address: UInt32
    let port: UInt16
}

/// What follows from a datagram.
struct ProbeReaction: Equatable, Sendable {
    /// The address has answered: it is not asked again.
    var answered: UInt32?
    /// The pass whose question was answered; nil if the datagram does not tell.
    var pass: Int?
    var news: [ProbeNews] = []
    /// To be sent by the same socket.
    var replies: [Reply] = []

    struct Reply: Equatable, Sendable {
        let datagram: ByteBuffer
        let peer: ProbePeer
    }
}

/// What a method has seen.
enum ProbeNews: Equatable, Sendable {
    case sighting(Sighting)
    /// An SNMP agent, by the question of a pass.
    case agent(address: UInt32, pass: Int)
    /// A UPnP device whose description is to be fetched.
    case device(address: UInt32, location: String, evidence: String)
}
