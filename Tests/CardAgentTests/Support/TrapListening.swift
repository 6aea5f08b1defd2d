import Logging
import NIOCore
import NetVision
import SNMP
import Synchronization
import Testing

@testable import CardAgent

/// What a listener has received so far.
final class TrapLog: Sendable {
    private let received = Mutex<[ReceivedNotification]>([])

    var all: [ReceivedNotification] { received.withLock { $0 } }
    /// The numbers of NET VISION's traps, in the order in which they came.
    var numbers: [Int32] {
        all.map(\.notification).filter { $0.enterprise == "1.3.6.1.4.1.4555.1.1.7.2" }.compactMap(\.specificTrap)
    }

    func add(_ notifications: [ReceivedNotification]) { received.withLock { $0 += notifications } }

    /// Waits until a NET VISION trap of this number has come.
    func has(_ number: Int32) async throws -> Bool { try await eventually { numbers.contains(number) } }
}

/// Lends a trap listener on a port of its own to `body`, and ends it.
func withTrapListener(
    users: [USMUser] = [], communities: Set<Community>? = nil, _ body: (TrapLog, TrapAddress) async throws -> Void
) async throws {
    let (bound, binding) = AsyncStream.makeStream(of: Int.self)
    let listener = TrapListener(
        configuration: .init(
            address: try SocketAddress(ipAddress: "127.0.0.1", port: 0), admission: .init(communities: communities, users: users),
            bufferSize: 1 << 20, onBound: { binding.yield($0.port ?? 0) }),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let log = TrapLog()
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { binding.finish() }
            try await listener.run()
        }
        tasks.addTask {
            for await batch in listener.notifications { log.add(batch) }
        }
        for await port in bound.prefix(1) {
            let address = try #require(TrapAddress("127.0.0.1:\(port)"))
            try await body(log, address)
        }
        tasks.cancelAll()
        try await tasks.waitForAll()
    }
}

extension TrapReceiver {
    /// A receiver of NET VISION traps.
    static func test(_ address: TrapAddress, _ change: (inout TrapReceiver) -> Void = { _ in }) -> TrapReceiver {
        var receiver = TrapReceiver()
        receiver.address = address
        receiver.kind = .netVision
        change(&receiver)
        return receiver
    }
}
