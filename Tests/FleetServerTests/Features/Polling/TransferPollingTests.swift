import FoundationEssentials
import NetVision
import PowerDevice
import SNMP
import Synchronization
import Testing

@testable import FleetServer

/// The poller against the agent of a transfer switch's card, on the loopback network.
@Suite(.timeLimit(.minutes(1))) struct TransferPollingTests {
    /// A switch that can be told to do something else.
    private final class Switch: Sendable {
        private let state: Mutex<DeviceState>

        init(_ state: DeviceState) { self.state = Mutex(state) }

        func change(_ change: (inout DeviceState) -> Void) { state.withLock { change(&$0) } }

        var tree: ObjectTree {
            let facts = CardFacts(model: "STATYS", serial: "P1", firmware: "8.40", systemName: "sts-1")
            let objects = CardObjects(state.withLock { $0 }, of: facts)
            return ObjectTree(objects.system { 1 } + objects.interfaces() + objects.device(alarms: .init()))
        }
    }

    private static let onPreferred = DeviceState(
        kind: .sts, isCommunicating: true,
        readings: [
            Variable("input.1.L1-N.voltage"): 230, Variable("input.2.frequency"): 50.1, .load: 43, Variable("output.L1.crestfactor"): 1.4,
            Variable("output.L1.powerfactor"): 0.92,
        ], inputLines: 3, outputLines: 3,
        transfer: TransferState(
            source1: .ok, source2: .ok, preferredSource: 1, interaction: .synchronised, load: .preferredSource, output: .switch1))

    @Test func aSwitchIsWatchedFromItsPreferredToItsAlternateSource() async throws {
        let device = Switch(Self.onPreferred)
        try await PolledFleet.with(PolledFleet.access(nil), users: [], kind: .sts, tree: { device.tree }) { fleet in
            let events = try #require(fleet.hub.watch())
            let first = try await PolledFleet.events(events) { $0 == .card && $1["status"]?.string == "normal" }
            let item = try #require(first.last?.data["item"])
            #expect(item["kind"]?.string == "sts")
            #expect(item["outputSource"]?.string == nil)
            #expect(item["transfer"]?["load"]?.string == "preferredSource")
            #expect(item["transfer"]?["preferredSource"]?.double == 1)
            #expect(item["summary"]?["ups.load"]?.double == 43)

            device.change { state in
                state.transfer?.load = .alternateSource
                state.transfer?.output = .switch2
                state.transfer?.source1 = .absent
                state.alarms = [.stsString1Alarm]
            }
            let second = try await PolledFleet.events(events) { $0 == .card && $1["status"]?.string == "warning" }
            #expect(second.last?.data["item"]?["transfer"]?["source1"]?.string == "absent")
            #expect(second.last?.data["item"]?["transfer"]?["load"]?.string == "alternateSource")
            #expect(second.last?.data["alarmCount"]?.double == 1)
        }
    }

    /// An announcement on the LAN does not tell what a card watches.
    @Test func aSwitchThatWasTakenForAUPSIsRecognised() async throws {
        let device = Switch(Self.onPreferred)
        try await PolledFleet.with(PolledFleet.access(nil), users: [], kind: .ups, tree: { device.tree }) { fleet in
            let events = try #require(fleet.hub.watch())
            let seen = try await PolledFleet.events(events) { $0 == .card && $1["status"]?.string == "normal" }
            #expect(seen.last?.data["item"]?["kind"]?.string == "sts")

            let announced = CardIdentity(generation: .cardAgent, serial: "P1", name: "sts-1")
            _ = try await fleet.cards.enroll(CardFinding(address: "127.0.0.1", identity: announced), now: Date())
            #expect(try await fleet.cards.card(fleet.card)?.kind == .sts)
        }
    }

    @Test func valuesOfASwitchAreStored() async throws {
        let device = Switch(Self.onPreferred)
        try await PolledFleet.with(PolledFleet.access(nil), users: [], kind: .sts, tree: { device.tree }) { fleet in
            let events = try #require(fleet.hub.watch())
            let seen = try await PolledFleet.events(events) { kind, _ in kind == .readings }
            let values = try #require(seen.last?.data["values"])
            let expected: [String: Double] = [
                "input.1.L1-N.voltage": 230, "input.2.frequency": 50.1, "ups.load": 43, "output.L1.crestfactor": 1.4,
                "output.L1.powerfactor": 0.92,
            ]
            for (name, value) in expected {
                #expect(values[name]?.double == value, "\(name)")
            }
            func stored(_ name: String) async throws -> Double? {
                let now = Date()
                let points = try await fleet.telemetry.history(
                    card: fleet.card, variable: Variable(name), from: now.addingTimeInterval(-60), to: now.addingTimeInterval(60), step: 10)
                return points.last?.avg
            }
            // The first samples that are stored may be those of the status points alone.
            for await _ in fleet.stored where try await stored("ups.load") != nil { break }
            for (name, value) in expected { #expect(try await stored(name) == value, "\(name)") }
        }
    }

    @Test func aLostSwitchIsUnknown() async throws {
        let device = Switch(DeviceState(kind: .sts, isCommunicating: false))
        try await PolledFleet.with(PolledFleet.access(nil), users: [], kind: .sts, tree: { device.tree }) { fleet in
            let events = try #require(fleet.hub.watch())
            let seen = try await PolledFleet.events(events) { kind, data in
                kind == .card && data["problem"]?.string?.contains("lost") == true
            }
            #expect(seen.last?.data["status"]?.string == "unknown")
            #expect(seen.last?.data["problem"]?.string == "The card has lost its transfer switch.")
            #expect(seen.last?.data["item"]?["transfer"]?["load"]?.string == nil)
        }
    }
}
