import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import NetVision
import PowerDevice
import Testing

@testable import FleetServer

struct StreamOrderTests {
    private func order(_ query: String) throws -> StreamOrder {
        try StreamOrder(
            Request(
                head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/api/v1/stream\(query)"),
                body: RequestBody(buffer: ByteBuffer())))
    }

    @Test func withoutAnOrderEverythingComes() throws {
        let order = try order("")
        #expect(!order.wantsBeats)
        #expect(order.values == nil)
    }

    @Test func valuesOfSomeCardsCanBeChosen() throws {
        #expect(try order("?values=none&beats=true").values == [])
        #expect(try order("?values=none&beats=true").wantsBeats)
        #expect(try order("?values=7,9").values == [7, 9])
        for wrong in ["?values=", "?values=7,", "?values=all", "?values=\(Array(repeating: "1", count: 101).joined(separator: ","))"] {
            let problem = #expect(throws: Problem.self) { try order(wrong) }
            #expect(problem?.errors.map(\.field) == ["values"])
        }
    }

    @Test func readingsOfOtherCardsComeWithoutTheirValues() {
        let event = FleetEvent.readings(card: 7, at: InventoryStores.now, readings: [.load: 41])
        #expect(event.data(withValuesOf: nil).contains("41"))
        #expect(event.data(withValuesOf: [7]).contains("41"))
        #expect(event.data(withValuesOf: [8]) == #"{"at":"2023-11-14T22:13:20.000Z","card":7}"#)
    }

    @Test func retiredCardsAndManyChangesAreTold() async throws {
        let stores = try InventoryStores()
        let card = try await stores.cards.enroll(InventoryStores.finding("10.0.0.1", serial: "P1"), now: InventoryStores.now).card
        let hub = EventHub()
        let changes = CardChanges(listing: stores.listing, hub: hub, cardsChanged: { _ in }, now: { InventoryStores.now })
        var events = try #require(hub.watch()).makeAsyncIterator()
        await changes.tell([card.id])
        try await stores.cards.retire(card.id, now: InventoryStores.now)
        await changes.tell([card.id])
        await changes.tell(Array(1...501))
        #expect(await events.next()?.data.contains("\"item\"") == true)
        let retired = await events.next()
        #expect(retired?.kind == .card)
        #expect(retired?.data.contains("\"retired\":true") == true)
        #expect(retired?.data.contains("\"status\":\"unknown\"") == true)
        let many = await events.next()
        #expect(many?.kind == .cards)
        #expect(many?.data.contains("\"changed\":501") == true)
    }
}
