import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import NetVision

/// Client and listener over loopback sockets.
struct LANClientTests {
    private static let card = HardwareAddress(octets: (0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90))

    private final class CardUnderTest: Sendable {
        let session = Mutex(LANCardSession(card: LANClientTests.card))
        let key = LANKey(password: "FFC190", card: LANClientTests.card)
    }

    /// A card with a session, at 127.88.0.1 on a free port; `body` gets the port.
    private func withCard(_ body: @Sendable @escaping (LANClient) async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let port = try await freePort()
        let listener = LANCardListener(on: group, port: port, logger: Logger(label: "test"))
        let card = CardUnderTest()
        let network = NetworkSettings(address: 0x7F58_0001, mask: 0xFFFF_FF00)
        let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await listener.run() }
            tasks.addTask {
                try await listener.serve(address: "127.88.0.1", ready: { isReady.yield() }) { arrival in
                    let action = card.session.withLock {
                        $0.received(
                            arrival.datagram, from: arrival.peer, now: .now(),
                            announcement: { Announcement(card: Self.card, network: network, firmware: "8.40", model: "X") },
                            random: { UInt64.random(in: .min ... .max) })
                    }
                    switch action {
                    case .reply(let datagram): arrival.reply(datagram, from: network)
                    case .judge(let claim):
                        switch card.session.withLock({ $0.judge(claim, key: card.key, obstacle: nil, now: .now()) }) {
                        case .reply(let datagram, _), .refuse(let datagram), .pass(let datagram?): arrival.reply(datagram, from: network)
                        case .perform(_, let request):
                            arrival.reply(card.session.withLock { $0.answer(request, LANResult(.done, "Done.")) }, from: network)
                        case .pass(nil): break
                        }
                    case .drop: break
                    }
                }
            }
            for await _ in ready { break }
            try await body(LANClient(on: group, port: port))
            tasks.cancelAll()
        }
    }

    private func freePort() async throws -> Int {
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port
        // Closed for certain: else the listener's socket on all addresses finds the port taken.
        try await channel.close()
        return try #require(port)
    }

    @Test func findsACardByUnicastAndByBroadcast() async throws {
        try await withCard { client in
            for address in ["127.88.0.1", "127.255.255.255"] {
                var found: [LANClient.Finding] = []
                try await client.discover([address], patience: .seconds(1)) { found.append($0) }
                #expect(found.map(\.announcement.card) == [Self.card])
                #expect(found.first?.source.ipAddress == "127.88.0.1")
            }
        }
    }

    @Test func ordersACardWithTheRightPasswordOnly() async throws {
        try await withCard { client in
            let result = try await client.order(.unlock, card: Self.card, at: "127.88.0.1", password: "FFC190")
            #expect(result.seconds == 600)
            await #expect(throws: LANError.refused(LANResult(.notAuthentic, "The password is wrong."))) {
                try await client.order(.unlock, card: Self.card, at: "127.88.0.1", password: "wrong")
            }
        }
    }

    @Test func reachesACardAtAnUnknownAddressByBroadcast() async throws {
        try await withCard { client in
            let settings = NetworkSettings(address: 0x7F58_0002, mask: 0xFFFF_FF00)
            let result = try await client.order(
                .setNetwork(settings), card: Self.card, at: "127.88.0.99", password: "FFC190", interval: .milliseconds(400))
            #expect(result.code == .done)
        }
    }

    @Test func saysThatNobodyAnswered() async throws {
        try await withCard { client in
            let other = HardwareAddress(octets: (0, 0xE0, 0xD8, 0, 0, 1))
            await #expect(throws: LANError.noAnswer(attempts: 2)) {
                try await client.order(.restart, card: other, at: "127.88.0.1", password: "x", attempts: 2, interval: .milliseconds(30))
            }
        }
    }
}
