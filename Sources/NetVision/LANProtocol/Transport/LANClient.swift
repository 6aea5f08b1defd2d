package import NIOCore
import NIOPosix

/// Finds CardAgents, unlocks them and gives them orders.
package struct LANClient: Sendable {
    /// A card that has announced itself.
    package struct Finding: Sendable, Equatable {
        package let announcement: Announcement
        /// Where the announcement came from.
        package let source: SocketAddress
    }

    private let group: any EventLoopGroup
    /// 4555 plus the fleet's offset.
    private let port: Int

    package init(on group: any EventLoopGroup, port: Int) {
        self.group = group
        self.port = port
    }

    /// Asks all `addresses` (unicast or broadcast) once, and those that may have been missed again; hands over each card once.
    ///
    /// Ends `patience` after the last request.
    package func discover(
        _ addresses: some Sequence<String> & Sendable, packetsPerSecond: Int = 2000, rounds: Int = 2, patience: Duration = .seconds(1),
        found: (Finding) async throws -> Void
    ) async throws {
        let (datagrams, continuation) = AsyncStream.makeStream(
            of: (ByteBuffer, SocketAddress).self, bufferingPolicy: .bufferingNewest(16_384))
        let socket = try await LANSocket.open(on: group, address: "0.0.0.0", port: 0) { continuation.yield(($0, $1)) }
        let transaction = UInt64.random(in: .min ... .max)
        let question = LANMessage(.discover, card: .any, transaction: transaction).encoded()
        let port = port
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                for _ in 0..<rounds {
                    try await Self.ask(addresses, question, port: port, packetsPerSecond: packetsPerSecond, through: socket)
                    try await Task.sleep(for: patience)
                }
            }
            do {
                var seen: Set<HardwareAddress> = []
                for await (datagram, source) in datagrams {
                    guard let message = try? LANMessage(decoding: datagram), message.transaction == transaction,
                        let announcement = try? Announcement(message), seen.insert(announcement.card).inserted
                    else { continue }
                    try await found(Finding(announcement: announcement, source: source))
                }
                try await group.waitForAll()
            } catch {
                group.cancelAll()
                await socket.close()
                throw error
            }
        }
        await socket.close()
    }

    private static func ask(
        _ addresses: some Sequence<String>, _ question: ByteBuffer, port: Int, packetsPerSecond: Int, through socket: LANSocket
    ) async throws {
        let batch = max(1, packetsPerSecond / 50)
        var sent = 0
        for address in addresses {
            guard let destination = try? SocketAddress(ipAddress: address, port: port) else { continue }
            socket.send(question, to: destination)
            sent += 1
            if sent % batch == 0 { try await Task.sleep(for: .milliseconds(20)) }
        }
    }

    /// Gives a card an order, and returns when it has carried it out.
    ///
    /// Asks the card's address, and from the third attempt on by broadcast too: a card with an address of a foreign network hears only that.
    /// Throws `LANError.refused` with the card's result if that is not `done`, and `LANError.noAnswer`.
    @discardableResult
    package func order(
        _ order: LANRequest.Order, card: HardwareAddress, at address: String, password: String, attempts: Int = 6,
        interval: Duration = .milliseconds(500)
    ) async throws -> LANResult {
        let key = try await NIOThreadPool.singleton.runIfActive { LANKey(password: password, card: card) }
        let request = LANRequest(order, card: card, key: key, transaction: UInt64.random(in: .min ... .max))
        let (datagrams, continuation) = AsyncStream.makeStream(of: ByteBuffer.self, bufferingPolicy: .bufferingNewest(256))
        let socket = try await LANSocket.open(on: group, address: "0.0.0.0", port: 0) { datagram, _ in continuation.yield(datagram) }
        defer { continuation.finish() }
        do {
            let result = try await Self.converse(request, datagrams, attempts: attempts, interval: interval) { datagram, attempt in
                for destination in destinations(address, attempt: attempt) { socket.send(datagram, to: destination) }
            }
            await socket.close()
            guard result.code == .done else { throw LANError.refused(result) }
            return result
        } catch {
            await socket.close()
            throw error
        }
    }

    private func destinations(_ address: String, attempt: Int) -> [SocketAddress] {
        let number = AddressRange.number(address) ?? 0
        let hosts = attempt < 3 ? [address] : [address, LANReplyRoute.broadcast(of: number)]
        return hosts.compactMap { try? SocketAddress(ipAddress: $0, port: port) }
    }

    private enum Event: Sendable { case datagram(ByteBuffer), timeout }

    private static func converse(
        _ start: LANRequest, _ datagrams: AsyncStream<ByteBuffer>, attempts: Int, interval: Duration,
        send: (ByteBuffer, _ attempt: Int) -> Void
    ) async throws -> LANResult {
        var request = start
        let (events, continuation) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(512))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for await datagram in datagrams { continuation.yield(.datagram(datagram)) } }
            group.addTask {
                while true {
                    try await Task.sleep(for: interval)
                    continuation.yield(.timeout)
                }
            }
            defer {
                continuation.finish()
                group.cancelAll()
            }
            var attempt = 1
            send(request.datagram, attempt)
            for await event in events {
                switch event {
                case .timeout:
                    attempt += 1
                    guard attempt <= attempts else { throw LANError.noAnswer(attempts: attempts) }
                    send(request.datagram, attempt)
                case .datagram(let datagram):
                    switch request.received(datagram) {
                    case .send(let next): send(next, attempt)
                    case .complete(let result): return result
                    case .ignore: break
                    }
                }
            }
            throw CancellationError()
        }
    }
}
