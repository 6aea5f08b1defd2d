import Alarming
import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import NIOCore
import PowerDevice
import Testing

@testable import FleetServer

/// `/incidents` over the whole router. The server's services don't run: the worker looks when it is told to.
struct IncidentRoutesTests {
    /// Lends a fleet whose card is in two incidents: 1 a mains failure with the alarms 1 on battery, 2 battery low and 3 general alarm,
    /// 2 an overload that is over.
    private func with(_ body: @Sendable @escaping (RoutedFleet) async throws -> Void) async throws {
        try await withFleet { fleet in
            fleet.alarms.report([
                AlarmBench.report(fleet.card, .raised(.onBattery)),
                AlarmBench.report(
                    fleet.card, .raised(.lowBattery), .raised(.generalAlarm), .raised(.overload), .cleared("upsAlarmOverload"),
                    source: .poll),
            ])
            #expect(await fleet.alarms.flush())
            #expect(try await fleet.incidents.work(nil) != nil)
            try await body(fleet)
        }
    }

    private func json(_ answer: FleetAnswer, _ status: Int = 200) throws -> ReadJSON {
        #expect(answer.status == status, "\(answer.body)")
        return try ReadJSON(answer.body)
    }

    private func items(_ fleet: RoutedFleet, _ path: String) async throws -> [ReadJSON] {
        try json(try await fleet.call(.get, path, as: .viewer))["items"]?.elements ?? []
    }

    private func ids(_ fleet: RoutedFleet, _ query: String) async throws -> [Int] {
        try await items(fleet, "incidents?\(query)").compactMap { $0["id"]?.double.map { Int($0) } }
    }

    @Test func listsByFilter() async throws {
        try await with { fleet in
            // What is not over was there at any time to come; a sign of patterns is a letter as any other.
            let lists: [(query: String, ids: [Int])] = [
                ("", [2, 1]), ("state=all", [2, 1]), ("state=ended", []), ("cause=mains", [1]), ("severity=warning", [2, 1]),
                ("severity=critical", []), ("q=OUTPUT%20OVER", [2]), ("q=%25", []), ("site=Bern", []),
                ("from=2100-01-01T00:00:00Z", [2, 1]), ("to=2000-01-01T00:00:00Z", []), ("limit=1", [2]), ("limit=1&cursor=2", [1]),
            ]
            for (query, expected) in lists {
                let found = try await ids(fleet, query)
                #expect(found == expected, "\(query)")
            }
            for query in ["state=gone", "severity=bad", "from=yesterday", "to=1", "limit=0", "limit=501", "cursor=x"] {
                #expect(try await fleet.call(.get, "incidents?\(query)").status == 422, "\(query)")
            }
        }
    }

    @Test func showsOneWithItsCountsAndItsRoot() async throws {
        try await with { fleet in
            let shown = try json(try await fleet.call(.get, "incidents/1", as: .viewer))
            #expect(shown["counts"]?["alarms"]?.double == 3 && shown["counts"]?["active"]?.double == 3)
            #expect(shown["counts"]?["acknowledged"]?.double == 0 && shown["counts"]?["shelved"]?.double == 0)
            #expect(shown["root"]?.string == "The mains of Network 127.0.0.0/24")
            #expect(shown["cards"]?.double == 1 && shown["active"]?.double == 1 && shown["state"]?.string == "open")
            #expect(try json(try await fleet.call(.get, "incidents/2"))["root"]?.string == nil)
            #expect(try json(try await fleet.call(.get, "alarms/3"))["incident"]?.double == 1)
            for path in ["incidents/4711", "incidents/4711/members", "incidents/4711/timeline"] {
                #expect(try await fleet.call(.get, path).status == 404, "\(path)")
            }
        }
    }

    @Test func pagesMembers() async throws {
        try await with { fleet in
            let first = try json(try await fleet.call(.get, "incidents/1/members?limit=2", as: .viewer))
            #expect(first["items"]?.elements.compactMap { $0["role"]?.string } == ["group", "grave"])
            #expect(first["next"]?.string == "2")
            let rest = try json(try await fleet.call(.get, "incidents/1/members?limit=2&cursor=2", as: .viewer))
            #expect(rest["items"]?.elements.compactMap { $0["role"]?.string } == ["consequence"])
            #expect(rest["next"]?.string == nil)
            #expect(try await items(fleet, "incidents/1/members?state=active").count == 3)
            #expect(try await items(fleet, "incidents/1/members?state=cleared").isEmpty)
            #expect(try await items(fleet, "incidents/1/members?state=single").isEmpty)
            let over = try await items(fleet, "incidents/2/members?state=cleared")
            #expect(over.compactMap { $0["name"]?.string } == ["upsAlarmOverload"] && over.first?["clearedAt"]?.string != nil)
            for query in ["state=gone", "limit=0", "cursor=x"] {
                #expect(try await fleet.call(.get, "incidents/1/members?\(query)").status == 422, "\(query)")
            }
        }
    }

    @Test func commentsAndPagesTheTimeline() async throws {
        try await with { fleet in
            for text in ["the feed of hall 2", "back at noon"] {
                let answer = try await fleet.call(.post, "incidents/1/comments", #"{"text": "\#(text)"}"#, as: .operator)
                #expect(try json(answer)["id"]?.double == 1)
            }
            let long = String(repeating: "x", count: 2001)
            for text in ["", "  ", long] {
                #expect(try await fleet.call(.post, "incidents/1/comments", #"{"text": "\#(text)"}"#).status == 422)
            }
            #expect([400, 422].contains(try await fleet.call(.post, "incidents/1/comments", "{}").status))
            #expect(try await fleet.call(.post, "incidents/1/comments", #"{"text": "x"}"#, as: .viewer).status == 403)
            #expect(try await fleet.call(.post, "incidents/4711/comments", #"{"text": "x"}"#).status == 404)
            let all = try await items(fleet, "incidents/1/timeline")
            #expect(all.compactMap { $0["kind"]?.string } == ["opened", "commented", "commented"])
            #expect(all.last?["text"]?.string == "back at noon" && all.last?["username"]?.string == "useroperator")
            let first = try json(try await fleet.call(.get, "incidents/1/timeline?limit=2", as: .viewer))
            let next = try #require(first["next"]?.string)
            let rest = try await items(fleet, "incidents/1/timeline?limit=2&cursor=\(next)")
            #expect(rest.compactMap { $0["text"]?.string } == ["back at noon"])
            #expect(try await fleet.call(.get, "incidents/1/timeline?limit=x").status == 422)
        }
    }

    @Test func acknowledgesAllItsOpenAlarms() async throws {
        try await with { fleet in
            #expect(try await fleet.call(.post, "incidents/1/acknowledge", as: .viewer).status == 403)
            #expect(try await fleet.call(.post, "incidents/4711/acknowledge", as: .operator).status == 404)
            #expect(try await fleet.call(.post, "incidents/1/acknowledge", #"{"comment": " "}"#).status == 422)
            #expect(try await items(fleet, "alarms?state=raised").count == 3, "nothing has happened yet")
            let known = try json(try await fleet.call(.post, "incidents/1/acknowledge", #"{"comment": "on my way"}"#, as: .operator))
            #expect(known["acknowledgedBy"]?.string == "useroperator" && known["acknowledgedAt"]?.string != nil)
            #expect(try await items(fleet, "alarms?state=raised").isEmpty)
            let alarms = try await items(fleet, "alarms?state=acknowledged")
            #expect(alarms.compactMap { $0["acknowledgedBy"]?.string } == Array(repeating: "useroperator", count: 3))
            let again = try json(try await fleet.call(.post, "incidents/1/acknowledge"))
            #expect(again["acknowledgedBy"]?.string == "useroperator")
            _ = try await fleet.incidents.work(nil)
            #expect(try json(try await fleet.call(.get, "incidents/1"))["counts"]?["acknowledged"]?.double == 3)
            let lines = try await items(fleet, "incidents/1/timeline").filter { $0["kind"]?.string == "acknowledged" }
            #expect(lines.map { $0["text"]?.string } == ["on my way"], "the alarms' events don't say it again")
            let audit = try json(try await fleet.call(.get, "audit"))["items"]?.elements.compactMap { $0["action"]?.string } ?? []
            #expect(audit.contains("incident.acknowledge"))
        }
    }

    @Test func whoTakesBackAnAlarmsAcknowledgementTakesBackTheIncidents() async throws {
        try await with { fleet in
            for alarm in 1...3 { _ = try await fleet.call(.post, "alarms/\(alarm)/acknowledge", as: .operator) }
            _ = try await fleet.incidents.work(nil)
            #expect(try json(try await fleet.call(.get, "incidents/1"))["acknowledgedBy"]?.string == "useroperator")
            _ = try await fleet.call(.post, "alarms/2/unacknowledge", as: .operator)
            _ = try await fleet.incidents.work(nil)
            #expect(try json(try await fleet.call(.get, "incidents/1"))["acknowledgedBy"]?.string == nil)
        }
    }
}
