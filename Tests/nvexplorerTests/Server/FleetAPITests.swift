import NIOCore
import Testing

@testable import nvexplorer

@Suite struct FleetAPITests {
    private struct Item: Decodable, Equatable { let id: Int }

    @Test func listGoesFromPageToPage() async throws {
        let script = APIScript([(200, #"{"items":[{"id":1}],"next":"a b"}"#), (200, #"{"items":[{"id":2}],"next":null}"#)])
        let items: [Int] = try await (script.api().list("cards", [("q", "NETYS RT"), ("site", nil)]) as [Item]).map(\.id)
        #expect(items == [1, 2])
        let requests = script.requests
        #expect(
            requests.map(\.url) == [
                "http://server:8080/api/v1/cards?q=NETYS%20RT&limit=500",
                "http://server:8080/api/v1/cards?q=NETYS%20RT&limit=500&cursor=a%20b",
            ])
        #expect(requests.allSatisfy { $0.headers["authorization"] == "Bearer secret" })
    }

    @Test func cursorThatRepeatsEndsTheList() async throws {
        let page = #"{"items":[{"id":1}],"next":"x"}"#
        let items: [Item] = try await APIScript([(200, page), (200, page)]).api().list("cards")
        #expect(items.count == 2)
    }

    @Test(arguments: [
        (401, ProgramExit.refused), (403, .refused), (429, .refused), (404, .failed), (409, .failed), (422, .failed), (500, .failed),
        (503, .unreachable),
    ])
    func refusalsBecomeExitCodes(status: Int, code: ProgramExit) async throws {
        let api = try APIScript([(status, #"{"title":"No","detail":"It can't be done.","errors":[{"field":"a","detail":"b"}]}"#)]).api()
        await #expect {
            try await api.order("cards/1/restart")
        } throws: { error in
            guard let failure = error as? CommandFailure else { return false }
            return failure.code == code && failure.description.contains("It can't be done.\na: b")
        }
    }

    @Test func whoIsNotLoggedInIsToldHow() async throws {
        let api = try APIScript([(401, "{}")]).api(token: nil)
        await #expect(throws: CommandFailure(.refused, "Log in first: nvexplorer login --server http://server:8080", isGeneral: true)) {
            try await api.order("x")
        }
    }

    @Test func answerOfSomethingElseIsNoCrash() async throws {
        let api = try APIScript([(200, "<html>"), (500, "<html>")]).api()
        await #expect(throws: CommandFailure.self) { let _: Item = try await api.read("cards/1") }
        await #expect(throws: CommandFailure(.failed, "The server answered with status 500.")) { try await api.order("x") }
    }

    private static let rack = #"{"id":7,"name":"Rack 1","address":"10.0.0.1","generation":"NV8","status":"normal"}"#

    @Test func numberIsAnIdBeforeItIsAName() async throws {
        let script = APIScript([(200, Self.rack)])
        #expect(try await script.api().card("7").name == "Rack 1")
        #expect(script.requests.map(\.url) == ["http://server:8080/api/v1/cards/7"])
        let other = APIScript([(404, "{}"), (200, #"{"items":[\#(Self.rack)],"next":null}"#)])
        await #expect(throws: CommandFailure.self) { try await other.api().card("8") }
    }

    @Test func bodyIsJSONOrBytes() async throws {
        let script = APIScript([(201, #"{"id":3}"#), (201, #"{"id":4}"#)])
        let new = NewCampaign(name: "x", firmware: 1, targets: .init(cards: [2]), halt: .init(failures: "2"))
        let created: Created = try await script.api().post("campaigns", new)
        #expect(created.id == 3)
        let image: Created = try await script.api().upload("firmware", [("name", "ä.bin")], ByteBuffer(string: "NVFW"))
        #expect(image.id == 4)
        let requests = script.requests
        #expect(requests[0].body.map { String(buffer: $0) }?.contains(#""halt":{"failures":2}"#) == true)
        #expect(requests[1].url.hasSuffix("firmware?name=%C3%A4.bin"))
        #expect(requests[1].headers["content-type"] == "application/octet-stream")
    }
}
