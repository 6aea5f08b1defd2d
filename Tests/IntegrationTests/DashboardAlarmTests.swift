import Foundation
import Testing

/// A real Chromium drives the alarm pages: `web/alarms.py` says what it checks.
extension ServerLane {
    @Suite(.serialized, .timeLimit(.minutes(4))) struct DashboardAlarmTests {
        @Test func everyCheckOfTheAlarmPagesPasses() async throws {
            let web = try #require(
                ProcessInfo.processInfo.environment["NVFLEET_WEB"],
                "NVFLEET_WEB does not say where the built dashboard is; bin/test does (bin/build-web --out DIR makes it).")
            try await CardFarm.with(count: DemoFleet.size) { farm in
                let settings = FleetUnderTest.Settings(
                    network: farm.network, discovers: true, trustKeys: [farm.firmware.publicKey], web: web)
                try await FleetUnderTest.with(settings, in: farm.scratch) { server in
                    _ = try await server.liveCards(DemoFleet.size, within: .seconds(30))
                    try await drive(server, farm)
                }
            }
        }

        private func drive(_ server: FleetUnderTest, _ farm: CardFarm) async throws {
            let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "web/alarms.py").path
            var environment = [
                "BASE_URL": server.client.base, "USER": "admin", "PASSWORD": FleetUnderTest.password, "UPS_CARDS": "\(DemoFleet.size)",
                "CHROMIUM": try Executable.peer("chromium"),
            ]
            // To be looked at by somebody.
            environment["SCREENSHOTS"] = ProcessInfo.processInfo.environment["SCREENSHOTS"]
            let output = try await Peer.run("python3", [script], in: farm.scratch, environment: environment, within: .seconds(210))
            #expect(
                output.exitCode == 0,
                "\(output.lines.filter { !$0.hasPrefix("ok") }.joined(separator: "\n"))\n\(output.errors.suffix(1500))")
            #expect(output.lines.contains { $0.hasPrefix("ok") })
        }
    }
}
