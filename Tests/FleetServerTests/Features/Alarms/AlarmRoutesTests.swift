import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import NIOCore
import PowerDevice
import Testing

@testable import FleetServer

/// `/alarms` over the whole router. The server's services don't run: what is reported is stored when an operator's deed needs it.
struct AlarmRoutesTests {
    /// Lends a fleet whose card has three alarms: 1 on battery (by trap), 2 battery low (by poll), 3 over.
    private func with(_ body: @Sendable @escaping (RoutedFleet) async throws -> Void) async throws {
        try await withFleet { fleet in
            fleet.alarms.report([
                AlarmBench.report(fleet.card, .raised(.onBattery, detail: "mains lost")),
                AlarmBench.report(fleet.card, .raised(.lowBattery), .raised(.overload), .cleared("upsAlarmOverload"), source: .poll),
            ])
            #expect(await fleet.alarms.flush())
            try await body(fleet)
        }
    }

    private func json(_ answer: FleetAnswer, _ status: Int = 200) throws -> ReadJSON {
        #expect(answer.status == status, "\(answer.body)")
        return try ReadJSON(answer.body)
    }

    private func ids(_ fleet: RoutedFleet, _ query: String) async throws -> [Int] {
        try json(try await fleet.call(.get, "alarms?\(query)", as: .viewer))["items"]?.elements.compactMap {
            $0["id"]?.double.map { Int($0) }
        } ?? []
    }

    @Test func listsByFilter() async throws {
        try await with { fleet in
            #expect(try await ids(fleet, "") == [2, 1])
            #expect(try await ids(fleet, "state=all") == [3, 2, 1])
            #expect(try await ids(fleet, "state=cleared") == [3])
            #expect(try await ids(fleet, "source=trap") == [1])
            #expect(try await ids(fleet, "q=MAINS") == [1])
            #expect(try await ids(fleet, "name=upsAlarmLowBattery&card=\(fleet.card)") == [2])
            #expect(try await ids(fleet, "site=Bern") == [])
            #expect(try await ids(fleet, "from=2100-01-01T00:00:00Z") == [])
            #expect(try await ids(fleet, "limit=1") == [2])
            #expect(try await ids(fleet, "limit=1&cursor=2") == [1])
            _ = try await fleet.call(.patch, "cards/\(fleet.card)", #"{"site": "Bern", "tags": ["a"]}"#)
            #expect(try await ids(fleet, "site=Bern&tag=a") == [2, 1])
            for query in ["state=gone", "severity=bad", "from=yesterday", "card=x", "shelved=maybe", "source=x"] {
                #expect(try await fleet.call(.get, "alarms?\(query)").status == 422, "\(query)")
            }
        }
    }

    @Test func acknowledgesWithWhoAndWhen() async throws {
        try await with { fleet in
            let known = try json(try await fleet.call(.post, "alarms/1/acknowledge", #"{"comment": "mine"}"#, as: .operator))
            #expect(known["state"]?.string == "acknowledged" && known["acknowledgedBy"]?.string == "useroperator")
            #expect(try json(try await fleet.call(.post, "alarms/1/acknowledge")).self["acknowledgedBy"]?.string == "useroperator")
            #expect(try await ids(fleet, "state=acknowledged") == [1])
            let shown = try json(try await fleet.call(.get, "alarms/1", as: .viewer))
            #expect(shown["events"]?.elements.map { $0["kind"]?.string } == ["raised", "acknowledged"])
            #expect(shown["events"]?.elements.last?["text"]?.string == "mine")
            #expect(try json(try await fleet.call(.post, "alarms/1/unacknowledge"))["state"]?.string == "raised")
            #expect(try await fleet.call(.post, "alarms/3/acknowledge").status == 409)
            #expect(try await fleet.call(.post, "alarms/1/acknowledge", as: .viewer).status == 403)
            let audit = try json(try await fleet.call(.get, "audit"))["items"]?.elements.compactMap { $0["action"]?.string } ?? []
            #expect(audit.contains("alarm.acknowledge") && audit.contains("alarm.unacknowledge"))
        }
    }

    @Test func acknowledgesMany() async throws {
        try await with { fleet in
            let answer = try json(try await fleet.call(.post, "alarms/acknowledge", #"{"ids": [1, 2, 2, 3, 4711]}"#))
            #expect(answer["acknowledged"]?.double == 2)
            #expect(answer["skipped"]?.elements.map { $0["id"]?.double } == [3, 4711])
            #expect(try await fleet.call(.post, "alarms/acknowledge", #"{"ids": []}"#).status == 422)
            let summary = try json(try await fleet.call(.get, "alarms/summary", as: .viewer))
            #expect(summary["acknowledged"]?.double == 2 && summary["raised"]?.double == 0)
        }
    }

    @Test func shelvesUntilAnEndAndForAReason() async throws {
        try await with { fleet in
            let bad = [
                #"{"minutes": 5}"#, #"{"reason": "x"}"#, #"{"minutes": 0, "reason": "x"}"#, #"{"minutes": 43201, "reason": "x"}"#,
                #"{"until": "2000-01-01T00:00:00Z", "reason": "x"}"#, #"{"minutes": 5, "reason": "  "}"#,
            ]
            for body in bad { #expect([400, 422].contains(try await fleet.call(.post, "alarms/1/shelve", body).status), "\(body)") }
            let shelved = try json(try await fleet.call(.post, "alarms/1/shelve", #"{"minutes": 5, "reason": "works"}"#, as: .operator))
            #expect(shelved["shelvedReason"]?.string == "works" && shelved["shelvedBy"]?.string == "useroperator")
            #expect(try await ids(fleet, "shelved=true") == [1])
            #expect(try await ids(fleet, "shelved=false") == [2])
            #expect(try json(try await fleet.call(.get, "alarms/summary"))["shelved"]?.double == 1)
            #expect(try json(try await fleet.call(.post, "alarms/1/unshelve"))["shelvedUntil"]?.string == nil)
        }
    }

    @Test func commentsAndEndsWhatATrapHasRaised() async throws {
        try await with { fleet in
            #expect(try await fleet.call(.post, "alarms/3/comments", #"{"text": "it was the fan"}"#, as: .operator).status == 200)
            #expect(try await fleet.call(.post, "alarms/3/comments", #"{"text": " "}"#).status == 422)
            #expect(try await fleet.call(.post, "alarms/2/clear").status == 409)
            let ended = try json(try await fleet.call(.post, "alarms/1/clear", #"{"comment": "the box is gone"}"#, as: .operator))
            #expect(ended["state"]?.string == "cleared")
            #expect(try await fleet.call(.post, "alarms/1/clear").status == 409)
            let events = try json(try await fleet.call(.get, "cards/\(fleet.card)/events", as: .viewer))["items"]?.elements ?? []
            #expect(events.first?["kind"]?.string == "cleared" || events.first?["kind"]?.string == "commented")
            #expect(events.count == 6)
            let alarms = try json(try await fleet.call(.get, "cards/\(fleet.card)/alarms?active=true", as: .viewer))
            #expect(alarms["items"]?.elements.map { $0["name"]?.string } == ["upsAlarmLowBattery"])
        }
    }
}
