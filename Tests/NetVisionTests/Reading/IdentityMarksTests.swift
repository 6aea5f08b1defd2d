import NIOCore
import NetVision
import PowerDevice
import SNMP
import Synchronization
import Testing

/// Nothing that another card answers at a card's address is taken for the card's.
@Suite struct IdentityMarksTests {
    private static let mac: OID = "1.3.6.1.2.1.2.2.1.6.2"
    private static let serial: OID = "1.3.6.1.4.1.4555.1.1.7.1.1.2.0"

    private func card(mac: UInt8? = nil, serial: String? = nil) throws -> [VariableBinding] {
        let fixture = try CardFixture.named("nv8.00_netys-rt").bindings.filter {
            !$0.name.isDescendant(of: "1.3.6.1.2.1.2") && $0.name != Self.serial
        }
        return fixture + (mac.map { [VariableBinding(Self.mac, .octetString([0, 0xE0, 0xD8, 0, 0, $0]))] } ?? [])
            + (serial.map { [VariableBinding(Self.serial, .text($0))] } ?? [])
    }

    private func follow(
        _ before: [VariableBinding], then after: [VariableBinding], scope: ReadPlan.Scope = .status
    ) async throws -> CardReading {
        let agent = ScriptedAgent(before)
        var result: CardReading?
        try await agent.serve { reader, address in
            let target = SNMPTarget(address, timeout: .milliseconds(200), retries: 1)
            let card = try #require(try await reader.identify(target))
            let first = try await reader.read(.all, of: card, by: try await reader.plan(for: card, at: target), at: target)
            #expect(first.stranger == nil && !first.isOutdated)
            let second = try await reader.read(.status, of: card, by: first.plan, at: target)
            #expect(second.stranger == nil && !second.isOutdated)
            agent.become(after)
            result = try await reader.read(scope, of: card, by: second.plan, at: target)
        }
        return try #require(result)
    }

    @Test(arguments: [ReadPlan.Scope.status, .all]) func anotherMACIsAStranger(_ scope: ReadPlan.Scope) async throws {
        let reading = try await follow(try card(mac: 1, serial: "A1"), then: try card(mac: 2, serial: "A1"), scope: scope)
        #expect(reading.stranger?.mac == "00:E0:D8:00:00:02")
        #expect(reading.state.readings.isEmpty && !reading.state.isCommunicating)
    }

    @Test func anotherSerialIsAStrangerWhereThereIsNoMAC() async throws {
        let reading = try await follow(try card(serial: "A1"), then: try card(serial: "B2"))
        #expect(reading.stranger == CardStranger(serial: "B2"))
    }

    @Test func whoDoesNotTellIsAStranger() async throws {
        let reading = try await follow(try card(mac: 1, serial: "A1"), then: try card())
        #expect(reading.stranger == CardStranger())
    }

    @Test func anotherUPSBehindTheSameCardIsNoStranger() async throws {
        let reading = try await follow(try card(mac: 1, serial: "A1"), then: try card(mac: 1, serial: "B2"), scope: .all)
        #expect(reading.stranger == nil)
        #expect(reading.isOutdated)
    }

    @Test func aCardThatTellsNothingIsStillRead() async throws {
        let reading = try await follow(try card(), then: try card())
        #expect(reading.stranger == nil)
        #expect(!reading.isOutdated)
        #expect(reading.state.isCommunicating)
    }

    /// Without its UPS a card may tell nothing but who it is.
    @Test func aCardWithoutADeviceIsNoStranger() async throws {
        let device: OID = "1.3.6.1.4.1.4555.1.1.7.1"
        let bare = try card(mac: 1).filter { !$0.name.isDescendant(of: device) || $0.name.isDescendant(of: device.appending(1)) }
        let reading = try await follow(bare, then: bare)
        #expect(reading.stranger == nil)
        let other = try await follow(bare, then: bare.filter { $0.name != Self.mac })
        #expect(other.stranger != nil)
    }

    /// Two cards at one address whose answers alternate: no reading has anything of the other.
    @Test func oneStrangeAnswerAmongSeveralIsEnough() async throws {
        let swap = Swap()
        let agent = ScriptedAgent(try card(mac: 1)) { request, answer in
            guard swap.isTheOthersTurn else { return [.init(pdu: answer)] }
            var other = answer
            other.bindings = answer.bindings.map {
                $0.name == Self.mac ? VariableBinding($0.name, .octetString([0, 0xE0, 0xD8, 0, 0, 9])) : $0
            }
            return [.init(pdu: other)]
        }
        try await agent.serve { reader, address in
            let target = SNMPTarget(address, timeout: .milliseconds(200), retries: 1)
            let card = try #require(try await reader.identify(target))
            let first = try await reader.read(.all, of: card, by: try await reader.plan(for: card, at: target), at: target)
            let requests = agent.requests.count
            let status = try await reader.read(.status, of: card, by: first.plan, at: target)
            #expect(status.stranger == nil)
            let asked = agent.requests.dropFirst(requests)
            #expect(asked.count > 1 && asked.allSatisfy { $0.bindings.contains { $0.name == Self.mac } && $0.bindings.count <= 20 })
            swap.begin()
            for _ in 0..<4 {
                let reading = try await reader.read(.status, of: card, by: status.plan, at: target)
                #expect(reading.stranger?.mac == "00:E0:D8:00:00:09")
            }
        }
    }
}

/// Whose turn it is to answer at an address that two cards have.
private final class Swap: Sendable {
    private let turns = Mutex<Int?>(nil)

    func begin() { turns.withLock { $0 = 0 } }

    /// Every second time, once it has begun.
    var isTheOthersTurn: Bool {
        turns.withLock { turns in
            guard let turn = turns else { return false }
            turns = turn + 1
            return turn % 2 == 1
        }
    }
}
