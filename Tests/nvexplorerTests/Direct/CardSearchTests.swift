import NetVision
import PowerDevice
import SNMP
import Testing

@testable import nvexplorer

@Suite struct CardSearchTests {
    private static let mac = HardwareAddress(octets: (0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90))

    private static let announced = FoundCard(
        address: "10.0.0.9",
        announcement: Announcement(
            card: mac, network: NetworkSettings(address: 0x0A00_0009, mask: 0xFFFF_FF00, usesDHCP: true), firmware: "8.40",
            model: "NETYS RT", systemName: "Rack 1"))

    private static let identified = FoundCard(
        address: "10.0.0.9", identity: CardIdentity(generation: .cardAgent, firmware: "8.40", mac: "\(mac)"))

    @Test(arguments: ["10.1.0.5", "10.1.0.0/24", "10.1.0.1-10.1.0.9", "00-e0-d8-ff-c1-90"])
    func placesAreAddressesRangesAndMACs(text: String) throws { #expect(throws: Never.self) { try CardPlace(text) } }

    @Test(arguments: ["", "Rack 1", "10.1.0", "FF:FF:FF:FF:FF:FF", "10.1.0.9-10.1.0.1"])
    func anythingElseIsNoPlace(text: String) { #expect(throws: CommandFailure.self) { try CardPlace(text) } }

    @Test func placeKnowsItsCards() throws {
        #expect(try CardPlace("10.0.0.0/28").contains(Self.announced))
        #expect(try !CardPlace("10.0.0.10").contains(Self.announced))
        #expect(try CardPlace("00:E0:D8:FF:C1:90").contains(Self.announced))
    }

    @Test func cardIsOneHoweverItWasFound() {
        var found = FoundCards()
        found.add(Self.announced)
        found.add(Self.identified)
        found.add(Self.announced)
        #expect(found.cards.count == 1)
        #expect(found.cards.first?.identity != nil)
        #expect(found.cards.first?.announcement != nil)
    }

    @Test func theWayThatWorkedIsKept() {
        var found = FoundCards()
        found.add(Self.announced)
        var card = Self.identified
        card.way = .v2c("secret")
        found.add(card)
        found.add(Self.announced)
        #expect(found.cards.first?.way == .v2c("secret"))
    }

    @Test func twoCardsAtOneAddressAreTwo() {
        var other = Self.identified
        other.identity?.mac = "00:E0:D8:00:00:01"
        var found = FoundCards()
        found.add(Self.announced)
        found.add(other)
        #expect(found.cards.count == 2)
    }

    @Test func cardsComeInTheOrderOfTheirAddresses() {
        var found = FoundCards()
        for address in ["10.0.0.10", "10.0.0.9", "9.9.9.9"] {
            found.add(FoundCard(address: address, identity: CardIdentity(generation: .rfc1628)))
        }
        #expect(found.cards.map(\.address) == ["9.9.9.9", "10.0.0.9", "10.0.0.10"])
    }

    @Test func silentCardIsUnreachableAndNeverNormal() {
        let record = Self.announced.record(nil, at: "2026-01-01T00:00:00Z")
        #expect(record.status == "unreachable")
        #expect(record.dhcp == true)
        #expect(record.name == "Rack 1")
        #expect(record.summary == nil)
        #expect(Self.announced.record(DeviceState(isCommunicating: false), at: "").status == "unknown")
    }

    @Test func concurrentResultsKeepTheirOrder() async throws {
        let values = try await (0..<20).mapConcurrently(limit: 3) { number in
            for _ in 0..<(20 - number) { await Task.yield() }
            return number
        }
        #expect(values == Array(0..<20))
    }
}
