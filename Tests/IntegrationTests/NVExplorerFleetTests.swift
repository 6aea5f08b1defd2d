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
