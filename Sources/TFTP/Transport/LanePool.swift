import NIOCore
import NIOPosix
import Synchronization

/// The sockets of a client: opened when transfers need them, closed after their last one.
///
/// A lane carries a peer address once in its life. So a late packet of an earlier transfer, or a second transfer with the same host, never
/// meets our port again (RFC 1350 §4 wants fresh transfer identifiers).
final class LanePool: Sendable {
    /// A socket and its place in the pool.
    struct Lane: Sendable {
        let id: Int
        let kind: Kind
        let handler: EventLoopFuture<NIOLoopBound<ClientLane>>
    }

    /// What a transfer needs of its socket.
    struct Kind: Hashable, Sendable {
        let family: NIOBSDSocket.ProtocolFamily
        /// Room for one datagram, in bytes. A longer one would be cut by the kernel, and its rest would look like the end of the file.
        let datagramSize: Int

        /// `blockSize` is the largest block that may come in.
        init(family: NIOBSDSocket.ProtocolFamily, blockSize: Int) {
            self.family = family
            datagramSize = blockSize + TFTPPacket.dataHeaderLength <= Self.small ? Self.small : Self.large
        }

        private static let small = 2048
        private static let large = 65536
    }

    private struct Entry {
        let lane: Lane
        var active = 0
        var carried: Set<HostKey> = []
    }

    private struct State {
        var entries: [Entry] = []
        var nextID = 0
    }

    private let loops: [any EventLoop]
    private let state = Mutex(State())

    /// More acknowledgements at once than this might not fit the socket's receive buffer.
    private static let maximumActive = 256
    private static let maximumCarried = 4096

    init(group: any EventLoopGroup) {
        var loops: [any EventLoop] = []
        for loop in group.makeIterator() { loops.append(loop) }
        self.loops = loops
    }

    /// A lane for one transfer; give it back with `release`.
    func reserve(_ key: HostKey, kind: Kind) throws -> Lane {
        try state.withLock { state in
            let usable = state.entries.indices.filter { index in
                let entry = state.entries[index]
                return entry.lane.kind == kind && entry.active < Self.maximumActive && entry.carried.count < Self.maximumCarried
                    && !entry.carried.contains(key)
            }
            if usable.count < loops.count {
                state.entries.append(Entry(lane: try open(id: state.nextID, kind: kind)))
                state.nextID += 1
                return Self.take(key, at: state.entries.endIndex - 1, in: &state)
            }
            let quietest = usable.min { state.entries[$0].active < state.entries[$1].active }
            return Self.take(key, at: quietest ?? state.entries.startIndex, in: &state)
        }
    }

    func release(_ lane: Lane) {
        let isIdle = state.withLock { state in
            guard let index = state.entries.firstIndex(where: { $0.lane.id == lane.id }) else { return false }
            state.entries[index].active -= 1
            guard state.entries[index].active == 0 else { return false }
            state.entries.remove(at: index)
            return true
        }
        if isIdle { lane.handler.whenSuccess { $0.value.retire() } }
    }

    private static func take(_ key: HostKey, at index: Int, in state: inout State) -> Lane {
        state.entries[index].active += 1
        state.entries[index].carried.insert(key)
        return state.entries[index].lane
    }

    private func open(id: Int, kind: Kind) throws -> Lane {
        let anywhere = try SocketAddress(ipAddress: kind.family == .inet6 ? "::" : "0.0.0.0", port: 0)
        let descriptor = try DatagramSocket.open(boundTo: anywhere)
        let loop = loops[id % loops.count]
        let handler = loop.makePromise(of: NIOLoopBound<ClientLane>.self)
        DatagramSocket.channel(descriptor, on: loop, datagramSize: kind.datagramSize) {
            let lane = ClientLane(descriptor: descriptor)
            handler.succeed(NIOLoopBound(lane, eventLoop: loop))
            return lane
        }.whenFailure { handler.fail($0) }
        return Lane(id: id, kind: kind, handler: handler.futureResult)
    }
}
