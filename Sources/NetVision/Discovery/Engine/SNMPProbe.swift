import NIOCore
import SNMP

/// Asks addresses for SNMP agents: a pass for each way, one for all users of version 3 together.
///
/// An answer is matched by its request id alone: the id is the address's place and the pass above a random base. A search of any size needs
/// no table of requests.
struct SNMPProbe: ProbeDialogue {
    let method = DiscoveryMethod.snmp
    let port: UInt16
    let usesBroadcast = false

    private let addresses: AddressList
    private var probes: [AgentProbe]
    private let firstID: Int32

    /// - Parameters:
    ///   - credentials: by which the passes ask, in turn.
    ///   - random: any number; it makes the ids hard to guess.
    init(_ addresses: AddressList, credentials: [SNMPCredentials], port: UInt16, random: UInt32) {
        self.addresses = addresses
        self.port = port
        probes = credentials.map { AgentProbe($0, names: CardIdentity.recognitionObjects) }
        let passes = max(1, credentials.count * ProbeSchedule.maximumCycles)
        let span = AgentProbe.ids.upperBound - AgentProbe.ids.lowerBound - Int32(clamping: passes * addresses.count)
        firstID = AgentProbe.ids.lowerBound + Int32(random % UInt32(max(1, span)))
    }

    mutating func question(_ index: Int, pass: Int) -> ByteBuffer {
        probes[pass % probes.count].question(id: firstID + Int32(clamping: pass * addresses.count + index))
    }

    mutating func broadcastQuestion(round: Int) -> ByteBuffer? { nil }

    mutating func received(_ datagram: ByteBuffer, from source: ProbePeer, now: NIODeadline) -> ProbeReaction {
        guard source.port == port, let answer = AgentProbe.answer(datagram), let (index, pass) = place(of: answer.id),
            addresses[index] == source.address
        else { return ProbeReaction() }
        return ProbeReaction(answered: source.address, pass: pass, news: [.agent(address: source.address, pass: pass)])
    }

    private func place(of id: Int32) -> (index: Int, pass: Int)? {
        let number = Int(id) - Int(firstID)
        guard number >= 0, addresses.count > 0, number / addresses.count < probes.count * ProbeSchedule.maximumCycles else { return nil }
        return (number % addresses.count, number / addresses.count)
    }
}
