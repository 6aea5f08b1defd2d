import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FleetServer

struct OrganisationRoutesTests {
    private func call(
        _ fleet: RoutedFleet, _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, as role: Role = .operator,
        type: String = "application/json"
    ) async throws -> FleetAnswer {
        try await fleet.call(method, path, body, as: role, type: type)
    }

    private func json(_ answer: FleetAnswer) throws -> ReadJSON { try ReadJSON(answer.body) }

    @Test func cardsFollowTheirSitesName() async throws {
        try await withFleet { fleet in
            _ = try await call(fleet, .patch, "cards/\(fleet.card)", #"{"site": "Bern", "tags": ["a", "b"]}"#)
            let sites = try json(try await call(fleet, .get, "sites", as: .viewer))
            let site = try #require(sites["items"]?.elements.first)
            #expect(site["name"]?.string == "Bern" && site["cards"]?.double == 1 && site["statuses"]?["unknown"]?.double == 1)
            let id = Int(try #require(site["id"]?.double))
            let renamed = try await call(fleet, .patch, "sites/\(id)", #"{"name": "Basel", "gateway": "10.0.0.254"}"#)
            #expect(renamed.status == 200)
            #expect(try json(try await call(fleet, .get, "cards/\(fleet.card)"))["site"]?.string == "Basel")
            #expect(try json(try await call(fleet, .get, "cards?site=Basel"))["items"]?.elements.count == 1)
            #expect(try await call(fleet, .post, "sites", #"{"name": "Basel"}"#).status == 409)
            #expect(try await call(fleet, .delete, "sites/\(id)").status == 204)
            #expect(try json(try await call(fleet, .get, "cards/\(fleet.card)"))["site"]?.string == nil)
        }
    }

    @Test func tagsAreRenamedAndRemovedOnAllCards() async throws {
        try await withFleet { fleet in
            _ = try await call(fleet, .patch, "cards/\(fleet.card)", #"{"tags": ["a 1", "b"]}"#)
            let renamed = try await call(fleet, .patch, "tags/a%201", #"{"name": "c"}"#)
            #expect(renamed.status == 200 && renamed.body.contains(#""cards":1"#))
            #expect(try await call(fleet, .delete, "tags/b").status == 204)
            let card = try json(try await call(fleet, .get, "cards/\(fleet.card)"))
            #expect(card["tags"]?.elements.map(\.string) == ["c"])
            #expect(try await call(fleet, .delete, "tags/b").status == 404)
        }
    }

    @Test func aGroupIsASavedFilter() async throws {
        try await withFleet { fleet in
            let made = try await call(
                fleet, .post, "groups",
                #"{"name": "ours", "filter": {"range": "127.0.0.0/8", "kind": ["ups"]}, "polling": {"statusSeconds": 5, "fullSeconds": 30}}"#
            )
            #expect(made.status == 201)
            let group = try json(made)
            let id = Int(try #require(group["id"]?.double))
            #expect(group["cards"]?.double == 1 && group["polling"]?["fullSeconds"]?.double == 30)
            #expect(try json(try await call(fleet, .get, "cards?group=\(id)"))["items"]?.elements.count == 1)
            #expect(try json(try await call(fleet, .get, "cards?group=\(id)&kind=sts"))["items"]?.elements.isEmpty == true)
            #expect(try json(try await call(fleet, .get, "cards?range=10.0.0.0/8"))["items"]?.elements.isEmpty == true)
            #expect(try await call(fleet, .get, "cards?group=77").status == 422)
            let wrong = try await call(fleet, .patch, "groups/\(id)", #"{"filter": {"status": ["fine"]}}"#)
            #expect(wrong.status == 422 && wrong.body.contains("filter.status"))
            #expect(try await call(fleet, .delete, "groups/\(id)").status == 204)
        }
    }

    @Test func credentialsAreForAdministratorsAndNeverShown() async throws {
        try await withFleet { fleet in
            let body =
                #"{"name": "bank", "ranges": ["10.0.0.0/8"], "snmp": {"version": "2c", "readCommunity": "open sesame"}, "password": "x"}"#
            #expect(try await call(fleet, .post, "credentials", body).status == 403)
            let made = try await call(fleet, .post, "credentials", body, as: .admin)
            #expect(made.status == 201 && !made.body.contains("sesame"))
            #expect(try await call(fleet, .get, "credentials").status == 403)
            let list = try await call(fleet, .get, "credentials", as: .admin)
            #expect(list.body.contains(#""hasPassword":true"#) && !list.body.contains("sesame"))
            let audit = try await call(fleet, .get, "audit", as: .admin)
            #expect(audit.body.contains("credentials.add") && !audit.body.contains("sesame"))
        }
    }

    @Test func importsAndExports() async throws {
        try await withFleet { fleet in
            let list = "address,name,site\n10.0.0.1,One,Bern\n10.0.0.2,\"Two, too\",\nnowhere,x,\n"
            let rehearsal = try await call(fleet, .post, "cards/import?dryRun=true", list, type: "text/csv")
            #expect(rehearsal.status == 200 && rehearsal.body.contains(#""added":2"#))
            let first = try await call(fleet, .post, "cards/import", list, type: "text/csv; charset=utf-8")
            #expect(try json(first)["items"]?.elements.map { $0["line"]?.double } == [2, 3, 4])
            #expect(first.body.contains(#""added":2"#) && first.body.contains(#""refused":1"#))
            let csv = try await call(fleet, .get, "cards/export?format=csv", as: .viewer)
            #expect(csv.body.contains("\"Two, too\"") && csv.body.hasPrefix("address,mac,serial,name"))
            let yaml = try await call(fleet, .get, "cards/export?format=yaml&site=Bern", as: .viewer)
            let again = try await call(fleet, .post, "cards/import", yaml.body, type: "application/yaml")
            #expect(again.body.contains(#""unchanged":1"#))
            #expect(try await call(fleet, .post, "cards/import", "{}", type: "application/json").status == 415)
            let secret = try await call(fleet, .post, "cards/import", "address,community\n10.0.0.1,x\n", type: "text/csv")
            #expect(secret.status == 403)
            let wrong = try await call(fleet, .post, "cards/import", "address,colour\n", type: "text/csv")
            #expect(wrong.status == 422 && wrong.body.contains("Line 1"))
        }
    }

    @Test func rulesAndSchedulesAreKept() async throws {
        try await withFleet { fleet in
            let rule = try await call(fleet, .post, "discovery-rules", #"{"name": "lab", "action": "ignore", "ranges": ["10.0.0.0/24"]}"#)
            #expect(rule.status == 201)
            #expect(try await call(fleet, .post, "discovery-rules", #"{"name": "lab", "action": "accept"}"#).status == 409)
            #expect(try await call(fleet, .patch, "discovery-rules/1", #"{"model": "NETYS", "site": "Bern"}"#).body.contains("NETYS"))
            let schedule = try await call(fleet, .post, "discovery-schedules", #"{"name": "n", "minutes": 60, "ranges": ["10.0.0.0/24"]}"#)
            #expect(schedule.status == 201 && schedule.body.contains(#""isEnabled":true"#))
            let off = try await call(fleet, .patch, "discovery-schedules/1", #"{"isEnabled": false, "methods": ["snmp"]}"#)
            #expect(off.body.contains(#""nextAt":null"#))
            #expect(try await call(fleet, .patch, "discovery-schedules/1", #"{"minutes": 0}"#).status == 422)
            #expect(try await call(fleet, .delete, "discovery-schedules/1").status == 204)
            #expect(try await call(fleet, .delete, "discovery-rules/1").status == 204)
        }
    }

    @Test func aCardTakesItsOwnWays() async throws {
        try await withFleet { fleet in
            let changed = try await call(
                fleet, .patch, "cards/\(fleet.card)",
                #"{"polling": {"statusSeconds": 2, "fullSeconds": 20}, "protocol": "modbus", "profile": "RFC1628"}"#)
            let card = try json(changed)
            #expect(
                card["polling"]?["statusSeconds"]?.double == 2 && card["protocol"]?.string == "modbus"
                    && card["profile"]?.string == "RFC1628")
            let missing = try await call(fleet, .patch, "cards/\(fleet.card)", #"{"profile": "mine"}"#)
            #expect(missing.status == 422 && missing.body.contains("There is no profile mine."))
            let cleared = try json(try await call(fleet, .patch, "cards/\(fleet.card)", #"{"polling": null, "profile": null}"#))
            #expect(cleared["polling"] == .null && cleared["profile"] == .null)
            #expect(
                try await call(fleet, .patch, "cards/\(fleet.card)", #"{"polling": {"statusSeconds": 0, "fullSeconds": 1}}"#).status == 422)
            #expect(try await call(fleet, .post, "cards/\(fleet.card)/inherit", #"{"from": 777}"#).status == 422)
        }
    }
}
