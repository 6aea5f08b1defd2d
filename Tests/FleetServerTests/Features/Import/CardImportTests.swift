import FoundationEssentials
import NetVision
import SNMP
import Testing

@testable import FleetServer

struct CardImportTests {
    private func run(_ stores: InventoryStores, _ csv: String, isRehearsal: Bool = false) async throws -> [CardImport.Item] {
        try await CardImport(cards: stores.cards, profiles: .builtIn, now: { InventoryStores.now })
            .run(try CardFile(csv: csv), isRehearsal: isRehearsal)
    }

    private static let list = """
        address,mac,name,site,tags,snmp_version,community,user,auth_protocol,auth_password
        10.0.0.1,00-e0-d8-00-00-01,One,Bern,a;b,2c,secret,,,
        10.0.0.2,,Two,,,3,,nms,SHA,very secret

        """

    @Test func theSecondTimeNothingChanges() async throws {
        let stores = try InventoryStores()
        let first = try await run(stores, Self.list)
        #expect(first.map(\.action) == [.added, .added])
        let second = try await run(stores, Self.list)
        #expect(second.map(\.action) == [.unchanged, .unchanged])
        #expect(second.map(\.card) == first.map(\.card))
        let cards = try await stores.cards.cardsWithCredentials()
        #expect(cards.map(\.card.name) == ["One", "Two"] && cards[0].card.mac == "00:E0:D8:00:00:01")
        #expect(cards[0].credentials.snmp.readCommunity == "secret" && cards[1].credentials.snmp.user?.user.name == "nms")
    }

    @Test func anExportedFileChangesNothing() async throws {
        let stores = try InventoryStores()
        _ = try await run(stores, Self.list)
        let exported = CardFile.csv(try await stores.cards.cards())
        #expect(!exported.contains("secret") && !exported.contains("nms"))
        let again = try await run(stores, exported)
        #expect(again.map(\.action) == [.unchanged, .unchanged])
    }

    @Test func aRehearsalStoresNothing() async throws {
        let stores = try InventoryStores()
        let items = try await run(stores, Self.list, isRehearsal: true)
        #expect(items.map(\.action) == [.added, .added] && items.allSatisfy { $0.card == nil })
        #expect(try await stores.cards.cards().isEmpty)
    }

    @Test func changesWhatIsNamedAndLeavesTheRest() async throws {
        let stores = try InventoryStores()
        _ = try await run(stores, Self.list)
        let items = try await run(stores, "mac,site\n00:E0:D8:00:00:01,Basel\n")
        #expect(items.map(\.action) == [.updated])
        let card = try await stores.cards.cards()[0]
        #expect(card.site == "Basel" && card.name == "One" && card.tags == ["a", "b"] && card.address == "10.0.0.1")
    }

    @Test(arguments: [
        ("10.0.0.300,,,", "10.0.0.300 is no IPv4 address."), (",xx,,", "xx is no MAC: write 00:E0:D8:01:02:03."),
        (",00:E0:D8:00:00:09,,", "An address is needed: no such card is in the inventory."),
        (",,,", "Nothing tells which card it is: give its address, its MAC or its serial number."),
        ("10.0.0.1,,NV9,", "There is no generation NV9. There are NV5, NV6, NV7, NV8, CardAgent, RFC1628, unknown."),
        ("10.0.0.1,,,4", "There is no SNMP version 4. There are 1, 2c, 3."), ("10.0.0.1,,,3", "Version 3 needs a user."),
    ]) func refusesAWrongLineAndTakesTheOthers(line: String, reason: String) async throws {
        let stores = try InventoryStores()
        let items = try await run(stores, "address,mac,generation,snmp_version\n\(line)\n10.0.0.99,,,\n")
        #expect(items.map(\.action) == [.refused, .added])
        #expect(items[0].error == reason && items[0].line == 2)
    }

    @Test func aCardComesOnceInAFile() async throws {
        let stores = try InventoryStores()
        let items = try await run(stores, "address,name\n10.0.0.1,a\n10.0.0.1,b\n")
        #expect(items.map(\.action) == [.added, .refused])
        #expect(items[1].error == "Line 2 has the address 10.0.0.1 too.")
    }

    @Test func aCardThatAnswersElsewhereStaysThere() async throws {
        let stores = try InventoryStores()
        let mac = "00:E0:D8:00:00:01"
        let card = try await stores.cards.enroll(InventoryStores.finding("10.0.0.9", mac: mac), now: InventoryStores.now).card
        try await stores.note(card.id, isAnswering: true)
        let items = try await run(stores, "address,mac,name\n10.0.0.1,\(mac),Rack\n")
        #expect(items.map(\.action) == [.updated])
        #expect(try await stores.cards.card(card.id)?.address == "10.0.0.9")
        try await stores.note(card.id, isAnswering: false)
        _ = try await run(stores, "address,mac\n10.0.0.1,\(mac)\n")
        #expect(try await stores.cards.card(card.id)?.address == "10.0.0.1")
    }

    @Test func importsManyAtOnce() async throws {
        let stores = try InventoryStores()
        let lines = (1...300).map { "10.0.\($0 / 250).\($0 % 250 + 1),Card \($0),Site \($0 % 7)" }
        let items = try await run(stores, "address,name,site\n" + lines.joined(separator: "\n"))
        #expect(items.count == 300 && items.allSatisfy { $0.action == .added })
        #expect(try await stores.sites.sites(after: nil, limit: 100).count == 7)
    }

    @Test(arguments: ["10.0.0.1,00:E0:D8:00:00:01,P2\n", ",00:E0:D8:00:00:01,P2\n"]) func aLineThatContradictsACardThatAnswersIsRefused(
        line: String
    ) async throws {
        let stores = try InventoryStores()
        let finding = InventoryStores.finding("10.0.0.9", mac: "00:E0:D8:00:00:01", serial: "P1")
        let card = try await stores.cards.enroll(finding, now: InventoryStores.now).card
        try await stores.note(card.id, isAnswering: true)
        let items = try await run(stores, "address,mac,serial\n\(line)10.0.0.2,,\n")
        #expect(items.map(\.action) == [.refused, .added])
        #expect(
            items[0].error
                == "The MAC 00:E0:D8:00:00:01 is card 1, MASTERYS 10.0.0.9, which answers at 10.0.0.9 with the serial number P1.")
    }

    @Test func aFillerIsNoSerialNumberOfTwoLines() async throws {
        let stores = try InventoryStores()
        let items = try await run(stores, "address,serial\n10.0.0.1,N/A\n10.0.0.2,N/A\n")
        #expect(items.map(\.action) == [.added, .added])
        #expect(try await stores.cards.cards().allSatisfy { $0.serial == nil })
    }

    @Test func aNameOfTheNetworkIsNoFormulaInTheExportedFile() async throws {
        let stores = try InventoryStores()
        let card = try await stores.cards.enroll(InventoryStores.finding("10.0.0.1", serial: "P1"), now: InventoryStores.now).card
        try await stores.cards.rename(card.id, to: "=HYPERLINK(A1)")
        let exported = CardFile.csv(try await stores.cards.cards())
        #expect(exported.contains(",'=HYPERLINK(A1),"))
        #expect(try await run(stores, exported).map(\.action) == [.unchanged])
        #expect(try await stores.cards.card(card.id)?.name == "=HYPERLINK(A1)")
    }
}
