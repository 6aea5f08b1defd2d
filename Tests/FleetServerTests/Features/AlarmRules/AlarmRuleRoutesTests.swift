import FoundationEssentials
import HTTPTypes
import PowerDevice
import Testing

@testable import FleetServer

struct AlarmRuleRoutesTests {
    private static let load = #"{"name": "load", "threshold": {"variable": "ups.load", "above": 80, "clear": 75, "for": "10m"}}"#

    @Test func addsChangesAndRemoves() async throws {
        try await withFleet { fleet in
            let added = try await fleet.call(.post, "rules", Self.load, as: .operator)
            #expect(added.status == 201)
            let rule = try ReadJSON(added.body)
            #expect(rule["alarm"]?.string == "rule:load")
            #expect(rule["threshold"]?["for"]?.string == "10m")
            #expect(rule["alarmTitle"]?.string == "ups.load above 80 % for 10m")
            #expect(try await fleet.call(.post, "rules", Self.load, as: .operator).status == 409)
            let path = "rules/1"
            let changed = try await fleet.call(.patch, path, #"{"severity": "critical", "noData": {"for": "5m"}}"#, as: .operator)
            #expect(changed.status == 200)
            #expect(try ReadJSON(changed.body)["threshold"] == nil)
            #expect(try ReadJSON(changed.body)["noData"]?["for"]?.string == "5m")
            let list = try ReadJSON(try await fleet.call(.get, "rules", as: .viewer).body)
            #expect(list["items"]?.elements.count == 1)
            #expect(try await fleet.call(.delete, path, as: .operator).status == 204)
            #expect(try await fleet.call(.get, path, as: .viewer).status == 404)
        }
    }

    @Test func saysWhatIsWrong() async throws {
        try await withFleet { fleet in
            for (body, status, words) in [
                ("{", 400, "is not YAML"), ("{}", 400, "name: is missing"), (#"{"name": "a"}"#, 422, "must have one condition"),
                (#"{"name": "a", "noData": {"for": "5"}}"#, 422, "noData.for"), ("", 400, "nothing in it"),
            ] {
                let answer = try await fleet.call(.post, "rules", body, as: .operator)
                #expect(answer.status == status, "\(answer.body)")
                #expect(answer.body.contains(words), "\(answer.body)")
            }
            let large = String(repeating: " ", count: (1 << 20) + 1)
            #expect(try await fleet.call(.post, "rules/check", large, as: .viewer).status == 413)
        }
    }

    @Test func whatIsExportedCanBeImported() async throws {
        let text = """
            nvfleetRules: 1
            rules:
              - name: load
                severity: critical
                threshold: {variable: ups.load, above: 80, for: 10m}
              - name: skew
                severity: warning
                clockSkew: {seconds: 60}

            """
        try await withFleet { fleet in
            let rehearsed = try await fleet.call(.post, "rules/import?dryRun=true", text, as: .operator, type: "application/yaml")
            #expect(try ReadJSON(rehearsed.body)["added"]?.double == 2)
            #expect(rehearsed.body.contains("skew: Clocks are read by SNMP"))
            #expect(try await fleet.call(.get, "rules/export", as: .viewer).body == "nvfleetRules: 1\nrules: []\n")
            #expect(try await fleet.call(.post, "rules/import", text, as: .operator, type: "application/yaml").status == 200)
            let exported = try await fleet.call(.get, "rules/export", as: .viewer)
            #expect(exported.body == text)
            #expect(exported.contentType == "application/yaml")
            let again = try await fleet.call(.post, "rules/import?replace=true", exported.body, as: .operator, type: "application/yaml")
            #expect(try ReadJSON(again.body)["unchanged"]?.double == 2)
            let wrong = try await fleet.call(
                .post, "rules/import", "nvfleetRules: 1\nrules:\n- {name: x}\n", as: .operator, type: "application/yaml")
            #expect(wrong.status == 422 && wrong.body.contains("line 3, column 3"), "\(wrong.body)")
            #expect(try await fleet.call(.post, "rules/import?replace=1", text, as: .operator).status == 422)
        }
    }

    @Test func checksWithoutTakingAnythingOver() async throws {
        try await withFleet { fleet in
            let wrong = try await fleet.call(
                .post, "rules/check", "nvfleetRules: 1\nrules:\n- {name: x}\n- {name: y, noData: {for: 5m}}\n", as: .viewer)
            let document = try ReadJSON(wrong.body)
            #expect(document["isValid"] == .boolean(false))
            #expect(document["rules"]?.double == 1)
            #expect(document["problems"]?.elements.first?["line"]?.double == 3)
            #expect(try ReadJSON(try await fleet.call(.get, "rules", as: .viewer).body)["items"]?.elements.isEmpty == true)
        }
    }

    @Test func rehearsesARule() async throws {
        try await withFleet { fleet in
            let answer = try await fleet.call(.post, "rules/dry-run", Self.load, as: .operator)
            #expect(answer.status == 200, "\(answer.body)")
            let document = try ReadJSON(answer.body)
            #expect(document["text"]?.string == "would not have fired in the last 30 days on 1 card")
            let firmware = #"{"name": "f", "firmware": {"minimum": "8.30"}, "from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}"#
            let fired = try await fleet.call(.post, "rules/dry-run", firmware, as: .operator)
            #expect(try ReadJSON(fired.body)["text"]?.string == "would have fired once in 24 hours on 1 card", "\(fired.body)")
            #expect(try await fleet.call(.post, "rules/dry-run?from=x", Self.load, as: .operator).status == 422)
            #expect(try await fleet.call(.post, "rules/dry-run", Self.load, as: .viewer).status == 403)
        }
    }
}
