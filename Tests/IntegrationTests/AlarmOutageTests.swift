import Foundation
import Testing

/// The way to a site is cut: the cards there are silent, and nothing else is wrong with them.
///
///     server (br0) ─┬─ router of site 1 ─ 12 cards
///                   └─ router of site 2 ─ 12 cards
extension AlarmLane {
    @Suite(.serialized, .timeLimit(.minutes(4))) struct AlarmOutageTests {
        private static let count = 12
        private static let offset = 10_000

        @Test func aDeadLinkIsOneIncidentAndNotAsManyAsCards() async throws {
            try await Scratch.with { scratch in
                try await SwitchedNetwork.with(["10.66.0.1/24"], in: scratch) { lan in
                    try await withSites(2, on: lan, in: scratch) {
                        let settings = FleetUnderTest.Settings(
                            network: LoopbackNetwork(prefix: "10.66.0", portOffset: Self.offset), namespace: lan.server, host: 1,
                            polling: (status: 2, all: 4))
                        let hook = WebhookReceiver("10.66.0.1:18090", in: scratch, namespace: lan.server)
                        try await hook.answering {
                            try await FleetUnderTest.with(settings, in: scratch) { fleet in
                                try await enrol(fleet, hook, in: scratch)
                                try await lan.unplug("1")
                                try await itIsOneIncident(fleet, hook)
                                try await lan.plug("1")
                                try await itEnds(fleet, hook)
                            }
                        }
                    }
                }
            }
        }

        /// Lends a farm for each site, behind a router of its own.
        private func withSites(
            _ sites: Int, on lan: SwitchedNetwork, in scratch: Scratch, _ body: () async throws -> Void
        ) async throws {
            guard sites > 0 else { return try await body() }
            let namespace = try await lan.router("\(sites)", "10.66.0.\(10 + sites)", to: "10.66.\(sites).0/24")
            let network = LoopbackNetwork(prefix: "10.66.\(sites)", portOffset: Self.offset)
            let models = try scratch.write("- model: MASTERYS BC+\n", as: "farm-\(sites).yaml")
            let options: (LoopbackNetwork) -> [String] = { _ in ["--profile", models, "--seed", "\(sites)"] }
            try await CardFarm.with(count: Self.count, network: network, namespace: namespace, options: options) { _ in
                try await withSites(sites - 1, on: lan, in: scratch, body)
            }
        }

        private func enrol(_ fleet: FleetUnderTest, _ hook: WebhookReceiver, in scratch: Scratch) async throws {
            let lines = (1...2).flatMap { site in (1...Self.count).map { "10.66.\(site).\($0),Site \(site)\n" } }
            let file = try scratch.write("address,site\n" + lines.joined(), as: "cards.csv")
            try await fleet.client.json("POST", "/api/v1/cards/import", file: file, type: "text/csv")
            try await fleet.addWebhook(hook)
            try await eventually("all cards are normal", within: .seconds(60), every: .milliseconds(500)) {
                let cards = try await fleet.cards()
                return cards.count == 2 * Self.count && cards.allSatisfy { $0["status"]?.string == "normal" }
            }
        }

        private func itIsOneIncident(_ fleet: FleetUnderTest, _ hook: WebhookReceiver) async throws {
            try await eventually("the outage is told", within: .seconds(60)) { !hook.messages.isEmpty }
            try await eventually("all cards are known to be silent", within: .seconds(30)) {
                try await fleet.openAlarms("cardUnreachable").count == Self.count
            }
            // What should not come has its time.
            try await Task.sleep(for: .seconds(10))
            let incidents = try await fleet.list("incidents?state=all&")
            #expect(incidents.count == 1, "\(incidents)")
            #expect(incidents.first?["site"]?.string == "Site 1" && incidents.first?["cause"]?.string == "siteUnreachable", "\(incidents)")
            #expect(incidents.first?["cards"]?.int == Self.count, "\(incidents)")
            #expect(hook.messages.count <= 2, "\(hook.messages)")
        }

        private func itEnds(_ fleet: FleetUnderTest, _ hook: WebhookReceiver) async throws {
            let before = hook.messages.count
            try await eventually("the incident ends", within: .seconds(90), every: .milliseconds(500)) {
                try await fleet.list("incidents?state=open&").isEmpty
            }
            try await eventually("its end is told", within: .seconds(30)) { hook.messages.count > before }
            try await Task.sleep(for: .seconds(5))
            #expect(hook.messages.count == before + 1, "\(hook.messages)")
            #expect(try await fleet.list("incidents?state=all&").count == 1)
        }
    }
}
