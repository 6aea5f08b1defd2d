import FoundationEssentials
import NetVision
import PowerDevice
import SNMP
import Synchronization
import Testing

@testable import FleetServer

/// What a poll does about a card that changes, against a real agent on the loopback network.
@Suite(.timeLimit(.minutes(1))) struct CardPollTests {
    /// The objects of an agent that can be told to have others.
    private final class Objects: Sendable {
        private let objects: Mutex<ObjectTree>

        init(_ tree: ObjectTree) { objects = Mutex(tree) }

        var tree: ObjectTree { objects.withLock { $0 } }

        func become(_ tree: ObjectTree) { objects.withLock { $0 = tree } }
    }

    private static let identity = [
        ManagedObject("1.3.6.1.2.1.1.1.0", .text("NetVision-8")),
        ManagedObject("1.3.6.1.2.1.1.2.0", .objectIdentifier("1.3.6.1.4.1.4555.1.1.7")),
        ManagedObject(MIBModule.netVision7.object("1.2.0"), .text("P1")),
        ManagedObject(MIBModule.netVision7.object("1.5.0"), .text("Net Vision 8 v8.00")),
    ]
    private static let device = [
        ManagedObject(MIBModule.netVision7.batteryStatusObject, .integer(2)),
        ManagedObject(MIBModule.netVision7.outputSourceObject, .integer(3)),
        ManagedObject(MIBModule.netVision7.alarmsPresentObject, .integer(0)),
    ]

    private static func physicalAddress(_ row: UInt32) -> ManagedObject {
        ManagedObject(SystemObjects.physicalAddresses.appending(row), .octetString([0, 0xE0, 0xD8, 0, 0, 1]))
    }

    @Test func aUPSThatWasAwayAtFirstIsReadWhenItIsBack() async throws {
        let objects = Objects(ObjectTree(Self.identity))
        try await PolledFleet.with(PolledFleet.access(nil), users: [], tree: { objects.tree }) { fleet in
            let events = try #require(fleet.hub.watch())
            let first = try await PolledFleet.events(events) { kind, _ in kind == .readings }
            #expect(first.allSatisfy { $0.kind != .card || $0.data["status"]?.string == "unknown" })
            objects.become(ObjectTree(Self.identity + Self.device))
            _ = try await PolledFleet.events(events) { $0 == .card && $1["status"]?.string == "normal" }
        }
    }

    /// After a restart the card's interface may have another number.
    @Test func aCardThatTellsItsMACElsewhereIsNoStranger() async throws {
        let objects = Objects(ObjectTree(Self.identity + Self.device + [Self.physicalAddress(1)]))
        try await PolledFleet.with(PolledFleet.access(nil), users: [], tree: { objects.tree }) { fleet in
            let events = try #require(fleet.hub.watch())
            _ = try await PolledFleet.events(events) { $0 == .card && $1["status"]?.string == "normal" }
            objects.become(ObjectTree(Self.identity + Self.device + [Self.physicalAddress(2)]))
            var readings = 0
            let seen = try await PolledFleet.events(events) { kind, _ in
                if kind == .readings { readings += 1 }
                return readings == 4
            }
            #expect(!seen.contains { $0.data["status"]?.string == "unreachable" })
        }
    }

    @Test func whoOrdersAPollIsToldWhetherTheCardAnsweredIt() async throws {
        try await PolledFleet.with(PolledFleet.access(nil), users: []) { fleet in
            let events = try #require(fleet.hub.watch())
            _ = try await PolledFleet.events(events) { $0 == .card && $1["status"]?.string == "normal" }
            let answered = try await fleet.poller.poll(fleet.card)
            #expect(answered.isAnswered && answered.status.status == .normal)
        }
    }
}
