import Foundation
import Testing

/// Prometheus and VictoriaMetrics get the fleet's values.
extension ServerLane {
    @Suite(.serialized, .timeLimit(.minutes(2))) struct MetricsTests {
        private static let polling = ["FLEET_POLL_STATUS_SECONDS": "1", "FLEET_POLL_ALL_SECONDS": "1"]

        private static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()

        @Test func prometheusHasTheValuesByScrapeAndByRemoteWriteAndAnswersTheDashboard() async throws {
            try await CardFarm.with(count: 12) { farm in
                let (server, far) = (farm.network.endpoint(250, 8080), farm.network.endpoint(249, 9090))
                try await MetricStore.prometheus(at: far, scraping: server, in: farm.scratch) { store in
                    var settings = FleetUnderTest.Settings(network: farm.network, discovers: true)
                    settings.environment = Self.polling
                    settings.environment["FLEET_REMOTE_WRITE_URL"] = "http://\(far)/api/v1/write"
                    settings.environment["FLEET_REMOTE_WRITE_INTERVAL_SECONDS"] = "1"
                    try await FleetUnderTest.with(settings, in: farm.scratch) { fleet in
                        _ = try await fleet.liveCards(12, within: .seconds(30))
                        try await valuesAreThere(farm, fleet, store)
                        try await pageIsWellFormed(fleet)
                        try await probeAnswers(farm, fleet)
                        try await dashboardIsAnswered(farm, fleet, store)
                        try await silenceEndsASeries(farm, fleet, store)
                    }
                }
            }
        }

        private func valuesAreThere(_ farm: CardFarm, _ fleet: FleetUnderTest, _ store: MetricStore) async throws {
            // A UPS of each map tells its battery's charge by M022 or not; the readings say what it is.
            let id = try await fleet.id(at: farm.network.host(5))
            try await farm.put("points/M022", ["value": 42], card: 5)
            try await eventually("the charge is read", within: .seconds(15)) { try await fleet.readings(id)["battery.charge"] == 42 }
            for job in ["nvfleet", ""] {
                try await eventually("Prometheus has it, job \(job)", within: .seconds(15)) {
                    let found = try await store.query("nvfleet_battery_charge{card=\"\(id)\",job=\"\(job)\"}")
                    return found.map(\.value) == [42]
                }
            }
            let readings = try await fleet.readings(id).filter { $0.key.contains("nominal") }
            #expect(!readings.isEmpty)
            for (variable, value) in readings {
                let metric = "nvfleet_" + variable.replacing(".", with: "_")
                let found = try await store.query("\(metric){card=\"\(id)\"}")
                #expect(found.map(\.value) == [value, value], "\(metric)")
            }
            try await farm.delete("points/M022", card: 5)
        }

        private func pageIsWellFormed(_ fleet: FleetUnderTest) async throws {
            let page = try await fleet.client.call("GET", "/metrics")
            let check = try await Peer.run("promtool", ["check", "metrics"], in: fleet.scratch, input: page.text)
            #expect(check.exitCode == 0, "\(check)")
            let open = try await fleet.client.call("GET", "/metrics", headers: ["Accept: application/openmetrics-text;version=1.0.0"])
            #expect(open.contentType.hasPrefix("application/openmetrics-text"))
            #expect(open.text.hasSuffix("# EOF\n"))
        }

        private func probeAnswers(_ farm: CardFarm, _ fleet: FleetUnderTest) async throws {
            let probe = try await fleet.client.call("GET", "/probe?target=\(farm.network.host(6))")
            #expect(probe.text.contains("\nnvfleet_probe_success 1"), "\(probe)")
            #expect(probe.text.contains("\nnvfleet_ups_load{card="), "\(probe)")
            let check = try await Peer.run("promtool", ["check", "metrics"], in: fleet.scratch, input: probe.text)
            #expect(check.exitCode == 0, "\(check)")
            #expect(try await fleet.client.call("GET", "/probe?target=\(farm.network.host(200))").status == 404)
        }

        /// Every expression of the dashboard is understood, and has an answer.
        private func dashboardIsAnswered(_ farm: CardFarm, _ fleet: FleetUnderTest, _ store: MetricStore) async throws {
            let id = try await fleet.id(at: farm.network.host(3))
            try await farm.put("mains", ["present": false], card: 3)
            try await eventually("a card is on battery, and Prometheus knows", within: .seconds(20)) {
                try await store.query("nvfleet_card_status{card=\"\(id)\",status=\"onBattery\"} == 1").count == 2
            }
            let text = try String(contentsOf: Self.root.appending(path: "packaging/grafana/nvfleet.json"), encoding: .utf8)
            let expressions = try JSON(parsing: text)["panels"]?.elements.flatMap { $0["targets"]?.elements ?? [] }
                .compactMap { $0["expr"]?.string }
            #expect(expressions?.count ?? 0 > 30)
            for expression in expressions ?? [] {
                let filled = expression.replacing("$site", with: ".*").replacing("$card", with: "\(id)")
                    .replacing("$__rate_interval", with: "1m")
                #expect(!filled.contains("$"), "a variable that the test does not know: \(filled)")
                #expect(try await !store.query(filled).isEmpty, "no data: \(filled)")
            }
            try await farm.put("mains", ["present": true], card: 3)
        }

        /// Prometheus would show the last value for five minutes, if the end of the series were not told.
        private func silenceEndsASeries(_ farm: CardFarm, _ fleet: FleetUnderTest, _ store: MetricStore) async throws {
            let id = try await fleet.id(at: farm.network.host(7))
            let load = "nvfleet_ups_load{card=\"\(id)\"}"
            #expect(try await store.query(load).count == 2)
            try await farm.put("faults/unreachable", [:], card: 7)
            try await eventually("the series have ended", within: .seconds(30)) { try await store.query(load).isEmpty }
            try await eventually("the card is known to be down", within: .seconds(10)) {
                try await store.query("nvfleet_card_up{card=\"\(id)\"} == 0").count == 2
            }
            try await farm.delete("faults/unreachable", card: 7)
            try await eventually("the series go on", within: .seconds(30)) { try await store.query(load).count == 2 }
        }

        @Test func nothingIsLostWhileTheFarEndIsOut() async throws {
            try await CardFarm.with(count: 4) { farm in
                let far = farm.network.endpoint(249, 8428)
                var settings = FleetUnderTest.Settings(network: farm.network, discovers: true)
                settings.environment = Self.polling
                settings.environment["FLEET_REMOTE_WRITE_URL"] = "http://\(far)/api/v1/write"
                settings.environment["FLEET_REMOTE_WRITE_INTERVAL_SECONDS"] = "1"
                try await FleetUnderTest.with(settings, in: farm.scratch) { fleet in
                    let selector = "nvfleet_ups_load{card=\"\(try await firstCard(fleet))\"}"
                    let before = try await MetricStore.victoriaMetrics(at: far, in: farm.scratch) { store in
                        try await someSamples(of: selector, in: store)
                    }
                    try await eventually("the server notices", within: .seconds(10)) {
                        try await Self.figure("nvfleet_remote_write_lag_seconds", fleet) > 4
                    }
                    try await MetricStore.victoriaMetrics(at: far, in: farm.scratch) { store in
                        try await eventually("the server has caught up", within: .seconds(30)) {
                            try await Self.figure("nvfleet_remote_write_lag_seconds", fleet) < 2
                        }
                        let after = try await eventually("all of it can be queried", within: .seconds(15)) {
                            let after = try await store.samples(of: selector)
                            return after.count >= before.count + 4 ? after : nil
                        }
                        let times = after.keys.sorted()
                        let gaps = zip(times, times.dropFirst()).map { $1 - $0 }
                        #expect(gaps.max() ?? 0 < 2500, "a poll a second, and an outage of more than four: \(gaps)")
                    }
                    #expect(try await Self.figure("nvfleet_remote_write_samples_dropped_total", fleet) == 0)
                    #expect(try await Self.figure("nvfleet_remote_write_samples_failed_total", fleet) == 0)
                    #expect(try await Self.figure("nvfleet_remote_write_retries_total", fleet) > 0)
                }
            }
        }

        private func firstCard(_ fleet: FleetUnderTest) async throws -> Int {
            try #require(try await fleet.liveCards(4, within: .seconds(30)).first?["id"]?.int)
        }

        private func someSamples(of selector: String, in store: MetricStore) async throws -> [Int: Double] {
            try await eventually("VictoriaMetrics has samples", within: .seconds(30)) {
                let samples = try await store.samples(of: selector)
                return samples.count >= 3 ? samples : nil
            }
        }

        /// A figure of the server's own.
        private static func figure(_ name: String, _ fleet: FleetUnderTest) async throws -> Double {
            let page = try await fleet.client.call("GET", "/metrics").text
            let line = page.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
            return try #require(line?.split(separator: " ").last.flatMap { Double($0) }, "no \(name)")
        }

        @Test func theAlertRulesDoAsTheirTestsSay() async throws {
            try await Scratch.with { scratch in
                let folder = Self.root.appending(path: "packaging/prometheus").path
                for arguments in [
                    ["check", "rules", "\(folder)/nvfleet-alerts.yml"], ["test", "rules", "\(folder)/nvfleet-alerts-test.yml"],
                    ["check", "config", "--syntax-only", "\(folder)/prometheus.yml"],
                ] {
                    let output = try await Peer.run("promtool", arguments, in: scratch)
                    #expect(output.exitCode == 0, "\(output)")
                }
            }
        }
    }
}
