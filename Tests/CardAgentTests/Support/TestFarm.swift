import Logging
import NIOCore
import NIOPosix
import NetVision
import SNMP
import Synchronization
import Testing
import UPSSimulation

@testable import CardAgent

/// A running farm on loopback addresses that nobody else uses, and a manager to ask it.
struct TestFarm: Sendable {
    let farm: Farm
    let manager: SNMPClient
    let group: any EventLoopGroup

    var card: Card { farm.members[0].card }
    var simulator: UPSSimulator { farm.members[0].simulator }
    var offset: PortOffset { card.plan.portOffset }
    var lan: LANClient { LANClient(on: group, port: CardPort.lan.number(offset)) }

    func target(
        _ address: String? = nil, community: Community = "public", version: SNMPVersion = .v2c, isPatient: Bool = true
    ) throws -> SNMPTarget {
        let address = try SocketAddress(ipAddress: address ?? card.address, port: CardPort.snmp.number(offset))
        return SNMPTarget(
            address, version: version, community: community, timeout: .milliseconds(isPatient ? 500 : 100), retries: isPatient ? 4 : 0)
    }

    /// The first card as a user of SNMPv3 asks it.
    func target(_ user: USMUser) throws -> SNMPTarget {
        let address = try SocketAddress(ipAddress: card.address, port: CardPort.snmp.number(offset))
        return SNMPTarget(address, credentials: .v3(user), timeout: .milliseconds(500), retries: 4)
    }

    /// The value of one object, or nil where the card does not answer.
    func value(_ name: OID, at address: String? = nil) async throws -> SNMPValue? {
        do {
            return try await manager.get([name], from: target(address)).first?.value
        } catch is SNMPError {
            return nil
        }
    }

    /// Whether a card does not answer SNMP at once.
    func isSilent(at address: String? = nil) async throws -> Bool {
        do {
            return try await manager.get([SystemObjects.name], from: target(address, isPatient: false)).isEmpty
        } catch is SNMPError {
            return true
        }
    }

    /// Asks `addresses` until as many cards have announced themselves as the farm has.
    func discover(_ addresses: [String]) async throws -> [Announcement] {
        struct Enough: Error {}
        var found: [Announcement] = []
        do {
            try await lan.discover(addresses, rounds: 20, patience: .milliseconds(500)) { finding in
                found.append(finding.announcement)
                if found.count == farm.members.count { throw Enough() }
            }
        } catch is Enough {}
        return found
    }

    func unlock() async throws {
        try await lan.order(.unlock, card: card.plan.mac, at: card.address, password: card.plan.mac.firstPassword)
    }
}

extension CardTiming {
    /// For tests: the same order of things in less time.
    static let quick: CardTiming = {
        var timing = CardTiming()
        timing.pollSecond = .milliseconds(25)
        timing.sensorInterval = .milliseconds(50)
        timing.closing = .milliseconds(200)
        timing.restart = .milliseconds(300)
        timing.trapReminder = .milliseconds(500)
        return timing
    }()
}

/// Lends a running farm to `body`, and ends it.
func withFarm(
    count: Int = 1, trustedKeys: [FirmwarePublicKey] = [], directory: String? = nil, users: [CardUser] = [],
    trapReceivers: [TrapReceiver] = [], _ body: (TestFarm) async throws -> Void
) async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    var plan = try farmPlan(count: count, trustedKeys: trustedKeys, directory: directory)
    plan.preload(users: users, trapReceivers: trapReceivers)
    let farm = try Farm(plan, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, eventLoopGroup: group)
    let manager = SNMPClient()
    let (running, started) = AsyncStream.makeStream(of: Void.self)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await manager.run() }
        tasks.addTask {
            defer { started.finish() }
            try await farm.run { started.yield() }
        }
        var isRunning = false
        for await _ in running.prefix(1) {
            isRunning = true
            try await body(TestFarm(farm: farm, manager: manager, group: group))
        }
        tasks.cancelAll()
        try await tasks.waitForAll()
        #expect(isRunning, "the farm did not start")
    }
}

/// A plan of quick cards on a random loopback network, with a port offset that is free there.
func farmPlan(count: Int, trustedKeys: [FirmwarePublicKey] = [], directory: String? = nil) throws -> FarmPlan {
    let subnet = try #require(AddressRange("127.\(Int.random(in: 80...120)).\(Int.random(in: 0...255)).0/\(count > 250 ? 22 : 24)"))
    var offset = PortOffset.none
    repeat {
        offset = try #require(PortOffset(rawValue: FreeOffsets.next()))
    } while PortProbe.firstFailure(at: subnet.first, offset: offset) != nil
    var plan = FarmPlan(
        count: count, subnet: subnet, portOffset: offset, seed: 1, layouts: FarmProfile.mixed, directory: directory,
        trustedKeys: trustedKeys)
    for index in plan.members.indices { plan.members[index].card.timing = .quick }
    return plan
}

/// Port offsets that no two farms of this process share: the LAN protocol's broadcasts reach every card on its port.
///
/// 3000 to 6999, where no other port of a card is one of the LAN protocol's, which are bound on the wildcard address.
private enum FreeOffsets {
    private static let last = Mutex(Int.random(in: 3000...6999))

    static func next() -> Int {
        last.withLock { last in
            last = last < 6999 ? last + 1 : 3000
            return last
        }
    }
}

/// Waits until the condition holds, at most 15 s; then it is looked at for the last time.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(15)
    while ContinuousClock.now < deadline {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(20))
    }
    return try await condition()
}
