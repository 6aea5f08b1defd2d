import CDatagram
import Glibc
import NIOCore

/// A UDP socket that reads and writes many datagrams with one system call, on memory of its own: the fast path of manager and trap receiver.
///
/// NIO's datagram channels cost some allocations for each datagram, and close when one peer can't be reached. Used by one thread.
final class DatagramPort {
    /// The longest UDP payload: nothing that arrives is cut off.
    static let maximumLength = 65_535

    let descriptor: CInt
    private let isIPv4: Bool
    private let batch: UInt32
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer
    private var unsent: UInt32 = 0
    /// Told of each datagram that the system refuses to send, such as to a network without a route, with the errno.
    var onRefused: (PeerAddress, CInt) -> Void = { _, _ in }

    /// Throws `IOError` where the address can't be bound.
    ///
    /// - Parameters:
    ///   - bufferSize: The octets of the socket's buffers; the system may grant less.
    ///   - batch: The datagrams of one system call.
    init(bound address: SocketAddress, bufferSize: Int, batch: UInt32 = 64) throws {
        isIPv4 = address.protocol == .inet
        self.batch = batch
        descriptor = address.withSockAddr { datagram_open($0, socklen_t($1), CInt(clamping: bufferSize)) }
        guard descriptor >= 0 else { throw IOError(errnoCode: -descriptor, reason: "bind") }
        incoming = batch_make(batch, UInt32(Self.maximumLength))
        outgoing = batch_make(batch, UInt32(Self.maximumLength))
    }

    deinit {
        close(descriptor)
        batch_free(incoming)
        batch_free(outgoing)
    }

    /// Where the socket is bound: tells which port 0 became.
    var localAddress: SocketAddress? {
        var local = peer()
        return datagram_local(descriptor, &local) ? PeerAddress(local).socketAddress : nil
    }

    /// Datagrams that the kernel has dropped because nobody fetched them in time. Wraps at 2³².
    var overflowed: UInt32 { datagram_dropped(descriptor) }

    func canReach(_ peer: PeerAddress) -> Bool { peer.port != 0 && !peer.isMulticast && (peer.ipv4 != nil) == isIPv4 }
}

// MARK: - Receiving

extension DatagramPort {
    /// Hands over what has arrived, at most one batch. The octets are valid during the call only. Returns the number of datagrams.
    func receive(_ body: (UnsafeRawBufferPointer, PeerAddress) -> Void) -> Int {
        // An error is EAGAIN or that of an earlier datagram (ECONNREFUSED …): there is nothing to hand over.
        let count = max(batch_receive(incoming, descriptor), 0)
        var peer = peer()
        for index in 0..<UInt32(count) where batch_peer(incoming, index, &peer) {
            body(UnsafeRawBufferPointer(start: batch_octets(incoming, index), count: Int(batch_length(incoming, index))), PeerAddress(peer))
        }
        return Int(count)
    }
}

// MARK: - Sending

extension DatagramPort {
    /// Puts a datagram in the batch, which leaves when it is full or by `flush()`. Empty ones, and ones that are too long, are left out.
    func send(_ octets: UnsafeRawBufferPointer, to peer: PeerAddress) {
        guard let start = octets.baseAddress, 1...Self.maximumLength ~= octets.count else { return }
        batch_octets(outgoing, unsent).copyMemory(from: start, byteCount: octets.count)
        batch_address(outgoing, unsent, peer.raw, isIPv4, UInt32(octets.count))
        unsent += 1
        if unsent == batch { flush() }
    }

    /// Sends the batch. A datagram that the system refuses is skipped: one dead route must not hold up the others.
    func flush() {
        let count = unsent
        var first: UInt32 = 0
        var refusals: [(peer: PeerAddress, errno: CInt)] = []
        while first < count {
            let sent = batch_send(outgoing, descriptor, first, count - first)
            switch -sent {
            case ..<0: first += UInt32(sent)
            case EAGAIN, ENOBUFS: datagram_await_room(descriptor)
            case EINTR: break
            case let code:
                var peer = peer()
                if batch_peer(outgoing, first, &peer) { refusals.append((PeerAddress(peer), code)) }
                first += 1
            }
        }
        unsent = 0
        // Only now, for who is told may send again.
        for refusal in refusals { onRefused(refusal.peer, refusal.errno) }
    }
}
