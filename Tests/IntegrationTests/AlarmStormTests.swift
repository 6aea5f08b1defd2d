import Foundation
import Testing

/// The mains fail at many cards at once: nothing is lost, little is told, and what is told is enough.
extension AlarmLane {
    @Suite(.serialized, .timeLimit(.minutes(5))) struct AlarmStormTests {
        private static let onBattery = "upsAlarmOnBattery"

        @Test func aMainsFailureIsOneIncidentForEachSite() async throws {
            try await AlarmBench.with(cards: 40, sites: 4) { bench in
                try await bench.observing { fleet in
                    let heardBefore = try await fleet.figure("nvfleet_traps_received_total")
                    let sentBefore = try await sent(bench)
                    let start = Date()
                    try await bench.mains(false)
                    try await eventually("each card has its alarm", within: .seconds(10)) {
                        try await fleet.openAlarms(Self.onBattery).count == 40
                    }
                    try await told(bench, fleet, "opened", bySites: 4, within: .seconds(15))
                    let told = try await bench.told(by: fleet)
                    #expect(told.allSatisfy { $0.at.timeIntervalSince(start) < 10 }, "\(told)")
                    try await lowBatteriesAreToldByThemselves(bench, fleet)
                    try await theRestoreIsToldOnce(bench, fleet, butNotOf: 33)
                    #expect(try await fleet.openAlarms(Self.onBattery).count == 1)
                    // A card counts its trap as it sends it.
                    try await eventually("no trap is lost", within: .seconds(5)) {
                        let heard = try await fleet.figure("nvfleet_traps_received_total") - heardBefore
                        let all = try await sent(bench) - sentBefore
                        guard heard == all, all >= 120 else { throw WebClient.Unexpected(description: "\(all) sent, \(heard) heard") }
                        return true
                    }
                }
            }
        }

        private func sent(_ bench: AlarmBench) async throws -> Int {
            try #require(try await bench.farm.control.json("GET", "/traps")["sent"]?.int)
        }

        private func told(
            _ bench: AlarmBench, _ fleet: FleetUnderTest, _ kind: String, bySites count: Int, within limit: Duration
        ) async throws {
            try await bench.told(by: fleet, "\(kind) of \(count) sites", within: limit) { told in
                Set(told.filter { $0.kind == kind }.compactMap(\.site)).count == count
            }
        }

        private func lowBatteriesAreToldByThemselves(_ bench: AlarmBench, _ fleet: FleetUnderTest) async throws {
            for card in [2, 21] { try await bench.leave(150, to: card) }
            try await bench.told(by: fleet, "both low batteries are told", within: .seconds(20)) { told in
                told.filter { $0.kind == "single" }.compactMap(\.card).sorted() == [2, 21]
            }
            let group = try await bench.told(by: fleet).filter(\.isOfTheGroup)
            for site in 1...4 { #expect((1...3).contains(group.count { $0.site == "Site \(site)" }), "\(group)") }
            for card in [2, 21] { try await bench.farm.put("battery", ["charge": 100], card: card) }
        }

        private func theRestoreIsToldOnce(_ bench: AlarmBench, _ fleet: FleetUnderTest, butNotOf lost: Int) async throws {
            try await bench.mains(true, (1...40).filter { $0 != lost })
            try await told(bench, fleet, "ended", bySites: 4, within: .seconds(120))
            try await bench.told(by: fleet, "the card that did not return is told", within: .seconds(90)) { told in
                told.contains { $0.kind == "single" && $0.card == lost }
            }
            let told = try await bench.told(by: fleet)
            for site in 1...4 { #expect(told.count { $0.kind == "ended" && $0.site == "Site \(site)" } == 1, "\(told)") }
            #expect(told.filter { $0.kind == "single" }.compactMap(\.card).sorted() == [2, 21, lost], "\(told)")
            #expect(Set(told.map(\.id)).count == told.count, "a message came twice: \(told)")
            let incidents = try await fleet.list("incidents?state=all&")
            #expect(incidents.compactMap { $0["site"]?.string }.sorted() == (1...4).map { "Site \($0)" }, "\(incidents)")
        }

        /// Traps that tell of the end are dropped on their way.
        @Test func aLostClearTrapIsHealedByThePoll() async throws {
            try await Scratch.with { scratch in
                try await SwitchedNetwork.with([], in: scratch) { lan in
                    let network = LoopbackNetwork(prefix: "127.90.2", portOffset: 10_000)
                    try await AlarmBench.with(cards: 8, sites: 2, network: network, namespace: lan.server) { bench in
                        try await bench.observing { fleet in
                            try await bench.mains(false)
                            try await eventually("each card has its alarm", within: .seconds(10)) {
                                try await fleet.openAlarms(Self.onBattery).count == 8
                            }
                            try await dropTraps(at: network.port(162), in: lan, scratch)
                            let heard = try await fleet.figure("nvfleet_traps_received_total")
                            let sentBefore = try await sent(bench)
                            try await bench.mains(true)
                            try await eventually("no alarm is left", within: .seconds(40)) {
                                try await fleet.list("alarms?state=open&").isEmpty
                            }
                            #expect(try await sent(bench) >= sentBefore + 8)
                            #expect(try await fleet.figure("nvfleet_traps_received_total") == heard)
                            try await told(bench, fleet, "ended", bySites: 2, within: .seconds(60))
                        }
                    }
                }
            }
        }

        private func dropTraps(at port: Int, in lan: SwitchedNetwork, _ scratch: Scratch) async throws {
            let table = """
                table inet loss {
                  chain in {
                    type filter hook input priority 0
                    udp dport \(port) drop
                  }
                }
                """
            let output = try await Peer.run(
                "ip", ["netns", "exec", lan.server, try Executable.peer("nft"), "-f", "-"], in: scratch, input: table)
            try #require(output.exitCode == 0, "\(output)")
        }

        /// The clock goes two hours back and three ahead while the mains are gone.
        @Test func aClockThatJumpsTellsNothingAndLosesNothing() async throws {
            try await Scratch.with { scratch in
                let clock = try await FakeClock(in: scratch)
                try await AlarmBench.with(cards: 8, sites: 2, environment: clock.environment) { bench in
                    try await bench.observing { fleet in
                        try await bench.mains(false)
                        try await told(bench, fleet, "opened", bySites: 2, within: .seconds(20))
                        let before = bench.hook.messages.map(\.id)
                        for hours in [-2, 3] {
                            try clock.set(hours: hours)
                            try await Task.sleep(for: .seconds(12))
                            let told = try await bench.told(by: fleet)
                            #expect(told.map(\.id) == before, "\(hours) h: \(told)")
                            #expect(try await fleet.openAlarms(Self.onBattery).count == 8)
                        }
                        try await bench.mains(true)
                        try await told(bench, fleet, "ended", bySites: 2, within: .seconds(60))
                        let told = try await bench.told(by: fleet)
                        #expect(told.count == 4 && Set(told.map(\.id)).count == 4, "\(told)")
                        #expect(try await fleet.list("incidents?state=all&").count == 2)
                    }
                }
            }
        }
    }
}
