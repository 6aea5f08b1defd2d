import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import SNMP

/// Sender and listener over loopback, on ports that the system chose.
@Suite(.timeLimit(.minutes(1))) struct NotificationLoopbackTests {
    private static let notification = TrapReceiverTests.notification

    /// Runs `body` with a listener, its address and a sender; all are gone when it returns.
    private func withListener(
        _ admission: TrapListener.Admission = .init(), host: String = "127.0.0.1", queueCapacity: Int = 65_536,
        _ body: (TrapListener, SocketAddress, NotificationSender) async throws -> Void
    ) async throws {
        let (addresses, continuation) = AsyncStream<SocketAddress>.makeStream()
        let listener = TrapListener(
            configuration: .init(
                address: try SocketAddress(ipAddress: host, port: 0), admission: admission, queueCapacity: queueCapacity,
                bufferSize: 8 << 20, onBound: { continuation.yield($0) }))
        let sender = NotificationSender(
            localAddress: try SocketAddress(ipAddress: host, port: 0),
            engine: EngineIdentity(NotifyingCard().id, clock: EngineClock(boots: 1, startedAt: .now())),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await listener.run() }
            tasks.addTask { try await sender.run() }
            for await address in addresses {
                try await body(listener, address, sender)
                break
            }
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
    }

    private func first(_ count: Int, of listener: TrapListener) async -> [ReceivedNotification] {
        var all: [ReceivedNotification] = []
        for await batch in listener.notifications {
            all += batch
            if all.count >= count { break }
        }
        return all
    }

    @Test(arguments: ["127.0.0.1", "::1"]) func everyVersionArrives(_ host: String) async throws {
        let user = try NotifyingCard.strong.get()
        try await withListener(.init(users: [user]), host: host) { listener, address, sender in
            for credentials in [SNMPCredentials.v1("public"), .v2c("public"), .v3(user)] {
                sender.send(Self.notification, to: NotificationReceiver(address, credentials: credentials))
            }
            let received = await first(3, of: listener)
            #expect(received.map(\.version) == [.v1, .v2c, .v3])
            #expect(received.allSatisfy { $0.notification.trapOID == Self.notification.trapOID && !$0.isInform })
            #expect(received.allSatisfy { $0.notification.bindings == Self.notification.bindings })
            #expect(received.allSatisfy { $0.source.ipAddress == host })
            #expect(listener.statistics.delivered == 3)
            #expect(listener.statistics.engines == 1)
        }
    }

    @Test func informsAreAcknowledged() async throws {
        let user = try NotifyingCard.signing.get()
        try await withListener(.init(users: [user])) { listener, address, sender in
            for credentials in [SNMPCredentials.v2c("public"), .v3(user)] {
                sender.send(Self.notification, to: NotificationReceiver(address, credentials: credentials, isConfirmed: true, retries: 9))
            }
            let received = await first(2, of: listener)
            #expect(received.count == 2 && received.allSatisfy(\.isInform))
            while sender.statistics.acknowledged < 2 { await Task.yield() }
            #expect(sender.statistics.losses.isEmpty)
            #expect(listener.statistics.reports >= 1)
        }
    }

    @Test func oneSocketServesBothFamilies() async throws {
        try await withListener(host: "::") { listener, address, _ in
            let sender = NotificationSender(
                localAddress: try SocketAddress(ipAddress: "127.0.0.1", port: 0),
                engine: EngineIdentity(NotifyingCard().id, clock: EngineClock(boots: 1, startedAt: .now())),
                eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
            let receiver = NotificationReceiver(
                try SocketAddress(ipAddress: "127.0.0.1", port: address.port ?? 0), credentials: .v2c("public"), isConfirmed: true,
                retries: 9)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await sender.run() }
                sender.send(Self.notification, to: receiver)
                #expect(await first(1, of: listener).map(\.source.ipAddress) == ["127.0.0.1"])
                while sender.statistics.acknowledged < 1 { await Task.yield() }
                tasks.cancelAll()
                try await tasks.waitForAll()
            }
        }
    }

    @Test func everyOneOfManyArrivesInOrder() async throws {
        try await withListener { listener, address, sender in
            let receiver = NotificationReceiver(address, credentials: .v2c("public"))
            for number in 0..<500 as Range<UInt32> { sender.send(SNMPNotification("1.3.6.1.4.1.4555.0.1", uptime: number), to: receiver) }
            let received = await first(500, of: listener)
            #expect(received.map(\.notification.uptime) == Array(0..<500))
            while sender.statistics.sent < 500 { await Task.yield() }
        }
    }

    @Test func aFullQueueDropsAndCounts() async throws {
        try await withListener(queueCapacity: 10) { listener, address, sender in
            let receiver = NotificationReceiver(address, credentials: .v2c("public"))
            for number in 0..<100 as Range<UInt32> { sender.send(SNMPNotification("1.3.6.1.4.1.4555.0.1", uptime: number), to: receiver) }
            while listener.statistics.received < 100 { await Task.yield() }
            #expect(listener.statistics.drops == [.queueFull: 90])
            #expect(await first(10, of: listener).map(\.notification.uptime) == Array(0..<10))
        }
    }

    @Test func whoIsLetInCanBeChanged() async throws {
        try await withListener(.init(communities: ["one"])) { listener, address, sender in
            sender.send(Self.notification, to: NotificationReceiver(address, credentials: .v2c("two")))
            while listener.statistics.drops[.unknownCommunity] != 1 { await Task.yield() }
            listener.admission = .init(communities: ["two"], users: [try NotifyingCard.signing.get()])
            sender.send(Self.notification, to: NotificationReceiver(address, credentials: .v2c("two")))
            sender.send(Self.notification, to: NotificationReceiver(address, credentials: .v3(try NotifyingCard.signing.get())))
            #expect(await first(2, of: listener).map(\.version) == [.v2c, .v3])
        }
    }

    @Test func theSequenceEndsWithTheListener() async throws {
        let listener = TrapListener(configuration: .init(address: try SocketAddress(ipAddress: "127.0.0.1", port: 0)))
        await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await listener.run() }
            tasks.cancelAll()
            #expect(await first(1, of: listener).isEmpty)
        }
    }

    @Test func anAddressThatCannotBeHadIsAnError() async throws {
        let listener = TrapListener(configuration: .init(address: try SocketAddress(ipAddress: "192.0.2.1", port: 0)))
        await #expect(throws: IOError.self) { try await listener.run() }
        #expect(await first(1, of: listener).isEmpty)
    }

    @Test func aConsumerThatIsCancelledGetsTheEnd() async throws {
        try await withListener { listener, _, _ in
            let consumer = Task { await first(1, of: listener) }
            consumer.cancel()
            #expect(await consumer.value.isEmpty)
        }
    }

    @Test func whatCannotBeSentIsCounted() async throws {
        try await withListener { _, _, sender in
            sender.send(Self.notification, to: NotificationReceiver(try SocketAddress(ipAddress: "::1", port: 162), credentials: .v2c("x")))
            while sender.statistics.losses[.unreachable] != 1 { await Task.yield() }
            #expect(sender.statistics.sent == 0)
        }
    }

    @Test func aSenderThatHasEndedCountsWhatItIsGiven() async throws {
        let sender = NotificationSender(
            localAddress: try SocketAddress(ipAddress: "127.0.0.1", port: 0),
            engine: EngineIdentity(NotifyingCard().id, clock: EngineClock(boots: 1, startedAt: .now())),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await sender.run() }
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
        let receiver = NotificationReceiver(try SocketAddress(ipAddress: "127.0.0.1", port: 9), credentials: .v2c("public"))
        while sender.statistics.losses[.closed] == nil { sender.send(Self.notification, to: receiver) }
        #expect(sender.statistics.submitted >= 1)
    }
}
