import NIOCore
import Synchronization
import Testing

@testable import nvexplorer

/// `alarms --follow`: each change once, whatever comes in between.
@Suite struct AlarmFollowingTests {
    private func tiding(_ id: Int, _ state: String, severity: String = "critical", card: Int = 3) -> AlarmTiding {
        AlarmTiding(
            card: card, at: "2026-01-31T12:00:00Z", name: "upsAlarmOnBattery", title: "On battery", severity: severity,
            active: state != AlarmItem.cleared, id: id, state: state, source: "trap")
    }

    private func item(_ id: Int, _ state: String = AlarmItem.raised) -> AlarmItem {
        AlarmItem(
            id: id, card: 3, cardName: "Rack 3", site: "Berlin", name: "upsAlarmOnBattery", title: "On battery", severity: "critical",
            source: "trap", state: state, since: "2026-01-31T12:00:00Z")
    }

    private func watch(_ arguments: String...) throws -> AlarmWatch {
        let command = try parsed(["alarms", "--follow"] + arguments, as: AlarmsListCommand.self)
        return AlarmWatch(filter: command.filter, state: command.state)
    }

    @Test func aListAndTheStreamTellTheSameOnce() throws {
        var watch = try watch()
        #expect(watch.listed([item(2), item(1)]).new.map(\.id) == [1, 2])
        #expect(watch.heard(tiding(1, AlarmItem.raised)) == nil)
        #expect(watch.heard(tiding(1, AlarmItem.acknowledged))?.state == AlarmItem.acknowledged)
        #expect(watch.heard(tiding(1, AlarmItem.acknowledged)) == nil)
        let end = watch.heard(tiding(1, AlarmItem.cleared))
        #expect(end?.cardName == "Rack 3" && end?.site == "Berlin")
        #expect(watch.heard(tiding(1, AlarmItem.cleared)) == nil)
    }

    @Test func whatEndedMeanwhileIsNoticed() throws {
        var watch = try watch()
        _ = watch.listed([item(1), item(2)])
        #expect(watch.listed([item(2)]).gone == [1])
        #expect(watch.noticed(item(1, AlarmItem.cleared))?.state == AlarmItem.cleared)
        #expect(watch.listed([item(2)]).gone.isEmpty)
    }

    @Test func onlyWhatIsAskedForIsShown() throws {
        var site = try watch("--site", "Ulm")
        site.cards = [3: .init(name: "Rack 3", site: "Berlin"), 4: .init(name: "Rack 4", site: "Ulm", tags: ["core"])]
        #expect(site.heard(tiding(1, AlarmItem.raised)) == nil)
        #expect(site.heard(tiding(2, AlarmItem.raised, card: 4))?.cardName == "Rack 4")
        var cleared = try watch("--state", "cleared", "--severity", "warning")
        #expect(cleared.heard(tiding(1, AlarmItem.raised, severity: "warning")) == nil)
        #expect(cleared.heard(tiding(1, AlarmItem.cleared, severity: "warning"))?.id == 1)
        var search = try watch("--search", "BATTERY", "--source", "trap")
        #expect(search.heard(tiding(1, AlarmItem.raised))?.id == 1)
    }

    @Test func eventsComeInAnyPieces() throws {
        let text = "retry: 2000\n\nid: 1\r\nevent: alarm\r\ndata: {\"a\":1}\r\n\r\n: alive\n\nevent: x\ndata: one\ndata: two\n\n"
        let whole: [ServerSentEvent] = [.init(type: "alarm", data: #"{"a":1}"#), .init(type: "x", data: "one\ntwo")]
        for cut in 0...text.utf8.count {
            var events = ServerSentEvents()
            let bytes = Array(text.utf8)
            let found = try events.take(ByteBuffer(bytes: bytes[..<cut])) + events.take(ByteBuffer(bytes: bytes[cut...]))
            #expect(found == whole, "cut at \(cut)")
        }
    }

    @Test func anEndlessLineIsRefused() {
        var events = ServerSentEvents()
        #expect(throws: CommandFailure.self) {
            try events.take(ByteBuffer(repeating: 0x61, count: ServerSentEvents.largestEvent + 1))
        }
    }

    /// A stream that breaks once, and a server that goes on.
    private final class Line: Sendable {
        let tries = Mutex(0)
        let pieces: [[String]]

        init(_ pieces: [[String]]) { self.pieces = pieces }

        func listen(_ request: APIRequest, _ take: (FleetAPI.StreamPiece) async throws -> Bool) async throws -> APIResponse? {
            let number = tries.withLock { tries in
                tries += 1
                return tries - 1
            }
            guard number < pieces.count else { return APIResponse(status: 403, body: ByteBuffer(string: #"{"detail":"No."}"#)) }
            guard try await take(.begun) else { return nil }
            for piece in pieces[number] { guard try await take(.bytes(ByteBuffer(string: piece))) else { return nil } }
            return nil
        }
    }

    @Test func aBrokenStreamIsTakenUpAgain() async throws {
        let cards =
            #"{"items":[{"id":3,"name":"Rack 3","address":"10.0.0.1","generation":"NV8","status":"normal","site":"Berlin"}],"next":null}"#
        let open = #"{"items":[\#(AlarmCommandTests.onBattery)],"next":null}"#
        let over = AlarmCommandTests.onBattery.replacing(#""state":"raised""#, with: #""state":"cleared""#)
        let script = APIScript([(200, cards), (200, open), (200, cards), (200, #"{"items":[],"next":null}"#), (200, over)])
        let event = #"{"card":3,"at":"2026-01-31T12:01:00Z","name":"x","title":"Overload","severity":"warning","active":true,"id":13}"#
        let line = Line([["event: alarm\ndata: \(event)\n\n", "event: readings\ndata: {}\n\n"], []])
        let plain = try script.api()
        let api = FleetAPI(server: plain.server, token: "secret", listener: line.listen) { try await plain.transport($0) }
        let command = try parsed(["alarms", "--follow", "--count", "3"], as: AlarmsListCommand.self)
        var told: [AlarmChange] = []
        var follower = AlarmFollower(command: command, api: api) { told.append($0) }
        follower.pause = .zero
        try await follower.run()
        #expect(told.map(\.id) == [12, 13, 12])
        #expect(told.map(\.state) == ["raised", "raised", "cleared"])
        #expect(told[1].cardName == "Rack 3" && told[1].site == "Berlin")
        #expect(script.calls.last == "GET /alarms/12")
    }

    @Test func aRefusalEndsIt() async throws {
        let plain = try APIScript([]).api()
        let api = FleetAPI(server: plain.server, token: "secret", listener: Line([]).listen) { try await plain.transport($0) }
        let command = try parsed(["alarms", "--follow"], as: AlarmsListCommand.self)
        await #expect(throws: CommandFailure(.refused, "No.", isGeneral: true)) {
            try await AlarmFollower(command: command, api: api) { _ in }.run()
        }
    }
}
