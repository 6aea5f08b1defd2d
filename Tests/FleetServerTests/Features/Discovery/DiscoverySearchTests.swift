import FoundationEssentials
import NetVision
import Testing

@testable import FleetServer

struct DiscoverySearchTests {
    private let mac = "00:E0:D8:00:00:01"

    @Test func whatALaterMethodDecidesIsTheResult() async throws {
        let bench = try SearchBench()
        let rule = DiscoveryRule.Conditions(methods: [.snmp])
        _ = try await bench.stores.rules.add(
            DiscoveryRule(id: 0, position: 0, name: "asked", conditions: rule, action: .accept, tags: []), position: nil)
        let order = try SearchBench.short.get()
        let discovery = try await bench.discoveries.start(methods: order.methods, ranges: [], accept: false, now: InventoryStores.now)
        let heard = CardFinding(address: "10.0.0.1", identity: CardIdentity(generation: .unknown, mac: mac), access: nil)
        var found = try await bench.search.note(heard, by: .neighbours, discovery, order, before: nil)
        #expect(found.state == .new && found.number == 1)
        let asked = InventoryStores.finding("10.0.0.1", mac: mac, serial: "P1")
        found = try await bench.search.note(asked, by: .snmp, discovery, order, before: found)
        #expect(found.state == .accepted && found.card != nil)
        found = try await bench.search.note(asked, by: .ssdp, discovery, order, before: found)
        let stored = try await bench.discoveries.cards(of: discovery.id, after: nil, limit: 10)
        #expect(stored.map(\.state) == [.accepted] && stored.first?.finding.identity.serial == "P1" && stored.first?.card == found.card)
    }

    @Test func aFindingThatCanNotBeStoredDoesNotEndTheSearch() async throws {
        struct Full: Error {}
        var lost = LostFindings()
        var stored: [Int] = []
        for number in 1...3 {
            try await lost.keeping("10.0.0.\(number)") {
                if number == 2 { throw Full() }
                stored.append(number)
            }
        }
        #expect(stored == [1, 3] && lost.description == "1 of the findings could not be stored, the last one at 10.0.0.2: Full()")
        let result = lost
        #expect(throws: LostFindings.self) { try result.check() }
        #expect(throws: Never.self) { try LostFindings().check() }
        do {
            try await lost.keeping("10.0.0.4") { throw CancellationError() }
            Issue.record("whoever cancels a search ends it")
        } catch is CancellationError {}
    }
}
