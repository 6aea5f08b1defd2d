import CDatagram
import Glibc
import NIOCore

/// A UDP socket of a search. Used by one thread.
///
/// The network's refusals (ICMP: port, host or network unreachable) come back to it with the address they are about: who is known not to be
/// there need not be asked again.
final class ProbeSocket {
    enum SendResult { case sent, refused(errno: CInt), busy }

    static let maximumLength: UInt32 = 4096
    private static let batch: UInt32 = 64
    private static let attempts = 16

    let descriptor: CInt
    private let incoming: OpaquePointer
    private var refusals: [UInt32] = []

    /// - Parameters:
    ///   - interface: the only one by which it sends and hears; nil for what the routes say.
    ///   - port: 0 takes any; another is shared with who else shares it.
    init(interface: String? = nil, port: UInt16 = 0) throws(SearchError) {
        guard let address = try? SocketAddress(ipAddress: "0.0.0.0", port: Int(port)) else { throw SearchError.socket(errno: EINVAL) }
        descriptor = address.withSockAddr { datagram_open_search($0, socklen_t($1), interface, port != 0, 4 << 20) }
        guard descriptor >= 0 else { throw SearchError.socket(errno: -descriptor) }
        incoming = batch_make(Self.batch, Self.maximumLength)
    }

    deinit {
        close(descriptor)
        batch_free(incoming)
    }

    /// Sends, if the system has a way to there. An error of an earlier datagram, which the system tells instead of sending, is put aside.
    func send(_ datagram: ByteBuffer, to peer: ProbePeer) -> SendResult {
        var code: CInt = 0
        for _ in 0..<Self.attempts {
            code = datagram.withUnsafeReadableBytes {
                datagram_send(descriptor, $0.baseAddress, UInt32(clamping: $0.count), peer.address, peer.port)
            }
            switch code {
            case 0: return .sent
            case EAGAIN, ENOBUFS: return .busy
            default: collectRefusals()
            }
        }
        return .refused(errno: code)
    }

    /// Hands over what has arrived, at most one batch. Returns the number of datagrams.
    func receive(_ body: (ByteBuffer, ProbePeer) -> Void) -> Int {
        let count = max(batch_receive(incoming, descriptor), 0)
        var peer = peer()
        for index in 0..<UInt32(count) where batch_peer(incoming, index, &peer) {
            let octets = UnsafeRawBufferPointer(start: batch_octets(incoming, index), count: Int(batch_length(incoming, index)))
            body(ByteBuffer(bytes: octets), ProbePeer(address: UInt32(truncatingIfNeeded: peer.low), port: peer.port))
        }
        return Int(count)
    }

    /// The addresses that the network has refused datagrams for since the last call.
    func takeRefusals() -> [UInt32] {
        collectRefusals()
        defer { refusals.removeAll(keepingCapacity: true) }
        return refusals
    }

    private func collectRefusals() {
        var peer = peer()
        var code: CInt = 0
        while datagram_refusal(descriptor, &peer, &code) {
            switch code {
            case ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EACCES: refusals.append(UInt32(truncatingIfNeeded: peer.low))
            default: break
            }
        }
    }
}
