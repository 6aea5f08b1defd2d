import Foundation
import Testing

/// The inventory from the terminal: everything that a server knows of cards.
extension ServerLane.NVExplorerTests {
    @Test func aFleetIsOrganisedFromTheTerminal() async throws {
        let demo = try DemoFleet.shared
        let scratch = demo.farm.scratch
        _ = try await demo.server.liveCards(DemoFleet.size, within: .seconds(30))
        try await logIn()
        let host = demo.farm.network.host(4)
        let id = try await demo.id(of: 4)

        let list = try scratch.write("address,name,site,tags\n\(host),Rack 4,Berlin,ground;core\n", as: "fleet.csv")
        let rehearsal = try await json(["import", list, "--dry-run"])
        #expect(rehearsal["updated"]?.int == 1, "\(rehearsal.text)")
        #expect(try await demo.server.card(id)["name"]?.string != "Rack 4")
        #expect(try await json(["import", list])["updated"]?.int == 1)
        #expect(try await explorer(["export", "--site", "Berlin"]).text.contains("Rack 4"))
        let bad = try scratch.write("address\nnowhere\n", as: "bad.csv")
        #expect(try await explorer(["import", bad]).exitCode == 1)

        #expect(try await explorer(["sites"]).text.contains("Berlin"))
        #expect(try await json(["tags"])["items"]?.elements.contains { $0["name"]?.string == "core" } == true)
        #expect(try await json(["groups", "add", "slow", "--site", "Berlin", "--poll", "30:300"])["cards"]?.int == 1)
        #expect(try await explorer(["groups"]).text.contains("every 30 s, fully every 300 s"))
        try await eventually("the group's intervals count", within: .seconds(10)) {
            try await explorer(["health", "Rack 4"]).text.contains("group slow")
        }
        #expect(try await explorer(["groups", "remove", "slow"]).exitCode == 0)

        let secrets = try scratch.write("a-long-password\nanother-password\n", as: "secrets")
        let added = try await explorer([
            "credentials", "add", "core", "--range", "10.99.0.0/16", "--user", "nms", "--authentication", "SHA", "--privacy", "AES",
            "--secrets", secrets,
        ])
        #expect(added.exitCode == 0, "\(added)")
        let sets = try await explorer(["credentials"])
        #expect(sets.text.contains("core") && !sets.text.contains("password"), "\(sets)")
        #expect(try await explorer(["credentials", "remove", "core"]).exitCode == 0)

        #expect(try await explorer(["set", "Rack 4", "--poll", "2:4"]).exitCode == 0)
        #expect(try await demo.server.card(id)["polling"]?["statusSeconds"]?.number == 2)
        #expect(try await explorer(["set", "Rack 4", "--no-poll", "--no-tags"]).exitCode == 0)
        try await eventually("there is a history", within: .seconds(20)) {
            let csv = try await explorer(["history", "Rack 4", "--metric", "battery.charge", "--from", "1h", "--csv"])
            return csv.exitCode == 0 && csv.lines.count > 1 && csv.text.contains("battery.charge")
        }
        #expect(try await explorer(["candidates"]).exitCode == 0)
        #expect(try await explorer(["gateway"]).exitCode == 0)
        #expect(try await json(["profiles"])["items"]?.elements.contains { $0["name"]?.string == "NV8" } == true)
        #expect(try await explorer(["system"]).text.contains("storage.state"))
        let gone = try await explorer(["health", "no such card"])
        #expect(gone.exitCode == 1 && gone.errors.contains("no such card"), "\(gone)")
    }

    @Test func searchesAreRepeatedRuledAndListedFromTheTerminal() async throws {
        let demo = try DemoFleet.shared
        let range = demo.farm.network.cidr
        try await logIn()
        let schedule = try await json(["schedules", "add", "nightly", "--every", "1d", "--range", range, "--method", "lan", "--paused"])
        #expect(schedule["minutes"]?.int == 1440)
        #expect(schedule["isEnabled"]?.bool == false)
        #expect(try await explorer(["schedules"]).text.contains("paused"))
        #expect(try await json(["schedules", "change", "nightly", "--every", "12h", "--method", ""])["methods"] == .null)
        #expect(try await json(["schedules", "resume", "nightly"])["items"]?.elements.first?["isEnabled"]?.bool == true)
        #expect(try await explorer(["schedules", "pause", "nightly"]).exitCode == 0)
        let removed = try await explorer(["schedules", "remove", "weekly", "nightly"])
        #expect(removed.exitCode == 1 && removed.errors.contains("\"weekly\""), "\(removed)")
        #expect(try await json(["schedules"])["items"]?.elements.isEmpty == true)

        _ = try await json(["rules", "add", "core", "--ignore", "--range", "10.99.0.0/16", "--generation", "NV8"])
        let rule = try await json(["rules", "change", "core", "--accept", "--site", "Ulm", "--range", ""])
        #expect(rule["action"]?.string == "accept" && rule["site"]?.string == "Ulm")
        #expect(rule["ranges"]?.elements.isEmpty == true && rule["generations"]?.elements.count == 1)
        #expect(try await explorer(["rules", "remove", "core"]).exitCode == 0)

        // What a search is told to ask with is what it asks with.
        let search = ["discover", range, "--method", "snmp"]
        let unanswered = try await json(search + ["--community", "not-this-one"])
        #expect(unanswered["cards"]?.elements.isEmpty == true)
        #expect(try await json(search + ["--community", "public"])["cards"]?.elements.count == DemoFleet.size)
        let id = try #require(unanswered["discovery"]?["id"]?.int)
        #expect(try await json(["searches"])["items"]?.elements.contains { $0["id"]?.int == id } == true)
        #expect(try await explorer(["searches", "show", "\(id)"]).text.contains("Search \(id) of \(range): done, 0 found"))
        let cancelled = try await explorer(["searches", "cancel", "\(id)", "999999"])
        #expect(cancelled.exitCode == 1 && cancelled.errors.contains("Search 999999"), "\(cancelled)")
    }

    @Test func cardsAreAddedChangedAndRetiredFromTheTerminal() async throws {
        let demo = try DemoFleet.shared
        _ = try await demo.server.liveCards(DemoFleet.size, within: .seconds(30))
        try await logIn()
        let host = demo.farm.network.host(12)
        let id = try await demo.id(of: 12)
        let secret = try demo.farm.scratch.write("public\n", as: "community")

        let retired = try await explorer(["retire", host, "no such card", "--yes"])
        #expect(retired.exitCode == 1 && retired.errors.contains("no such card"), "\(retired)")
        #expect(!addresses(in: try await json(["list"])).contains(host))
        let added = try await explorer([
            "add", demo.farm.network.host(253), host, "--snmp", "2c", "--secrets", secret, "--site", "Ulm", "--json",
        ])
        #expect(added.exitCode == 1, "\(added)")
        let report = try JSON(parsing: added.text)
        #expect(report["items"]?.elements.first?["id"]?.int == id, "\(added)")
        #expect(report["failures"]?.elements.first?["name"]?.string == demo.farm.network.host(253))

        let changed = try await explorer(["set", "no such card", host, "--poll", "30", "--no-credentials"])
        #expect(changed.exitCode == 1 && changed.errors.contains("no such card") && changed.text.contains("is changed"), "\(changed)")
        let card = try await demo.server.card(id)
        #expect(card["polling"]?["fullSeconds"]?.number == 60)
        #expect(card["site"]?.string == "Ulm")
        #expect(try await explorer(["show", host]).text.contains("every 30 s, fully every 60 s"))
        #expect(try await explorer(["set", host, "--no-poll", "--site", ""]).exitCode == 0)
        let candidates = try await explorer(["candidates", "ignore", "999998", "999999"])
        #expect(candidates.exitCode == 1 && candidates.errors.contains("999998") && candidates.errors.contains("999999"), "\(candidates)")

        #expect(try await json(["sites", "change", "Ulm", "--description", "The minster"])["description"]?.string == "The minster")
        #expect(try await explorer(["sites", "remove", "Ulm"]).exitCode == 0)
        _ = try await json(["groups", "add", "few", "--site", "Nowhere", "--status", "off"])
        let group = try await json(["groups", "change", "few", "--status", "", "--range", "\(host)/32", "--site", "", "--poll", "60"])
        #expect(group["cards"]?.int == 1, "\(group.text)")
        #expect(try await explorer(["groups", "remove", "few"]).exitCode == 0)
        let passwords = try demo.farm.scratch.write("a-long-password\n", as: "passwords")
        let user = ["--user", "nms", "--authentication", "SHA", "--secrets", passwords]
        _ = try await json(["credentials", "add", "ulm", "--range", "10.99.0.0/16"] + user)
        let set = try await json(["credentials", "change", "ulm", "--range", "10.98.0.0/16", "--name", "Ulm"])
        #expect(set["user"]?.string == "nms" && set["ranges"]?.text.contains("10.98") == true, "\(set.text)")
        #expect(try await explorer(["credentials", "remove", "Ulm"]).exitCode == 0)
    }

    @Test func aProfileIsCheckedWithoutAServer() async throws {
        let scratch = try DemoFleet.shared.farm.scratch
        let wrong = try scratch.write(
            "profile: mine\ntitle: Mine\nextends: NV8\npoints:\n  - {variable: battery.charge, object: here}\n", as: "wrong.yaml")
        let refused = try await explorer(["profiles", "check", wrong])
        #expect(refused.exitCode == 1)
        #expect(refused.text.contains("wrong.yaml:5") && refused.text.contains("object"), "\(refused)")
        let shown = try await explorer(["profiles", "show", "RFC1628", "--direct"])
        #expect(shown.exitCode == 0 && shown.text.contains("profile: RFC1628"), "\(shown)")
    }
}
