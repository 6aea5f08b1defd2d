import ArgumentParser
import NIOCore
import SNMP
import UnixSignals

/// Receives notifications until SIGTERM, and tells how many came.
struct TrapsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "traps", abstract: "Receives traps, and prints its counts at SIGTERM.")

    @Option var port: Int

    func run() async throws {
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        let listener = TrapListener(
            configuration: .init(address: address, admission: .init(communities: [Fleet.community], users: [try Fleet.user()])))
        // Ends when the listener has, and with it has taken what came in before.
        async let tally = NotificationTally(of: listener.notifications)
        try await listen(with: listener)
        let received = await tally
        let statistics = listener.statistics
        print(
            "NVFleet received=\(received.notifications) bindings=\(received.bindings) overflowed=\(statistics.overflowed) "
                + "drops=\(statistics.drops.values.reduce(0, +))")
    }

    /// Runs the listener until a signal comes.
    private func listen(with listener: TrapListener) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            group.addTask { for await _ in signals { break } }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

/// What a consumer has seen that looks at every notification's bindings, as a program would that keeps them.
private struct NotificationTally {
    private(set) var notifications = 0
    private(set) var bindings = 0

    init(of batches: NotificationBatches) async {
        for await batch in batches {
            notifications += batch.count
            bindings += batch.reduce(into: 0) { $0 += $1.notification.bindings.count }
        }
    }
}
