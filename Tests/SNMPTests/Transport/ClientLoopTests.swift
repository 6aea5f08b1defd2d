import NIOCore
import Testing

@testable import SNMP

/// The manager's loop, which does not run here: its requests are put into its table by hand.
struct ClientLoopTests {
    /// An agent says how long a message it takes, also one that wishes a manager ill: what is queued for it ends, one after the other.
    @Test func anyNumberOfRequestsMayBeTooBigForAnAgent() throws {
        let count = 10_000
        let port = try DatagramPort(bound: SocketAddress(ipAddress: "127.0.0.1", port: 0), bufferSize: 65_536)
        let address = try #require(port.localAddress)
        let loop = ClientLoop(port: port, mailbox: ClientMailbox(capacity: 1), capacity: count)
        let target = SNMPTarget(address, credentials: .v3(try LocalEngineTests.plain.get(), contextName: ""))
        let peer = try #require(target.peer)
        let names = (1...60 as ClosedRange<UInt32>).map { ("1.3.6.1.4.1.4555" as OID).appending($0) }
        let request = OutstandingRequest(EncodedPDU(PDU(.get, names: names)), to: target) { _ in }
        let agent = loop.agent(of: peer)
        _ = agent.heard(LocalEngineTests.engineID, boots: 3, time: 0, now: loop.now)
        agent.maximumSize = Int(SecureMessage.minimumMaximumSize)
        for _ in 1...count { _ = loop.table.submitted(request, id: 1, to: peer, retry: target.retry, now: loop.now) }

        loop.finish(peer, .tooBig)

        #expect(loop.finished.count == count)
        #expect(loop.table.count == 0)
        let isAllTooBig = loop.finished.allSatisfy {
            guard case .success(.response(let response)) = $0.result else { return false }
            return response.errorStatus == .tooBig
        }
        #expect(isAllTooBig)
    }
}
