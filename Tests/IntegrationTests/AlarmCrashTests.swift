import Foundation
import Testing

/// Between an alarm and the message about it: the server dies, or nobody is there to be told.
extension AlarmLane {
    @Suite(.serialized, .timeLimit(.minutes(6))) struct AlarmCrashTests {
        /// How long after the alarm the server is killed, in milliseconds: before it has heard of it, while it waits whether more cards
        /// follow, while the message is on its way, and thereafter.
        private static let moments = [0, 60, 250, 900, 2000, 2800, 3200, 3700, 4400, 6000]

        @Test func noDeathOfTheServerCostsAMessage() async throws {
            let cards = Self.moments.count
            try await AlarmBench.with(cards: cards, sites: cards, delay: 0.4) { bench in
                try await bench.hook.answering {
                    try await bench.serving { try await bench.enrol($0) }
                    for (card, moment) in zip(1..., Self.moments) {
                        try await bench.serving { fleet in
                            try await bench.mains(false, [card])
                            try await Task.sleep(for: .milliseconds(moment + Int.random(in: 0...100)))
                            try await fleet.program.crash()
                        }
                    }
                    try await bench.serving { fleet in
                        try await bench.told(by: fleet, "each site's incident is told", within: .seconds(90)) { told in
                            Set(told.filter { $0.kind == "opened" }.compactMap(\.site)).count == cards
                        }
                        try await everythingIsToldUnderOneId(bench, fleet, sites: cards)
                        try await bench.mains(true)
                        try await bench.told(by: fleet, "each end is told", within: .seconds(90)) { told in
                            Set(told.filter { $0.kind == "ended" }.compactMap(\.site)).count == cards
                        }
                        try await everythingIsToldUnderOneId(bench, fleet, sites: cards)
                    }
                }
            }
        }

        /// What came twice came with the same id: each site has one incident, and one id for its beginning and one for its end.
        private func everythingIsToldUnderOneId(_ bench: AlarmBench, _ fleet: FleetUnderTest, sites: Int) async throws {
            let told = try await bench.told(by: fleet)
            for site in (1...sites).map({ "Site \($0)" }) {
                for kind in ["opened", "ended"] {
                    let ids = Set(told.filter { $0.site == site && $0.kind == kind }.map(\.id))
                    #expect(ids.count <= 1, "\(site), \(kind): \(ids)")
                }
            }
            #expect(!told.contains { $0.id.isEmpty || $0.kind == "unknown" }, "\(told)")
            let incidents = try await fleet.list("incidents?state=all&")
            #expect(incidents.count == sites, "\(incidents)")
        }

        /// Nobody listens for ten seconds, then somebody who refuses everything for ten more.
        @Test func aDeadChannelCatchesUp() async throws {
            try await AlarmBench.with(cards: 12, sites: 4) { bench in
                try await bench.serving { fleet in
                    try await bench.enrol(fleet)
                    try await bench.mains(false)
                    try await Task.sleep(for: .seconds(10))
                    #expect(bench.hook.messages.isEmpty)
                    try bench.hook.fail(true)
                    try await bench.hook.answering {
                        try await Task.sleep(for: .seconds(10))
                        #expect(bench.hook.messages.isEmpty)
                        try await itsFateIsVisible(fleet)
                        try bench.hook.fail(false)
                        try await bench.told(by: fleet, "each site's incident is told", within: .seconds(120)) { told in
                            Set(told.filter { $0.kind == "opened" }.compactMap(\.site)).count == 4
                        }
                        let told = try await bench.told(by: fleet)
                        #expect(Set(told.map(\.id)).count == told.count, "\(told)")
                        try await eventually("their fate is told", within: .seconds(10)) {
                            let deliveries = try await fleet.list("notifications?")
                            return deliveries.allSatisfy {
                                $0["state"]?.string == "delivered" && $0["attempts"]?.int.map { $0 > 1 } == true
                            }
                        }
                    }
                }
            }
        }

        private func itsFateIsVisible(_ fleet: FleetUnderTest) async throws {
            let deliveries = try await fleet.list("notifications?")
            #expect(deliveries.count == 4, "\(deliveries)")
            for delivery in deliveries {
                #expect(["waiting", "sending"].contains(delivery["state"]?.string), "\(delivery.text)")
                #expect(delivery["attempts"]?.int.map { $0 > 0 } == true, "\(delivery.text)")
                #expect(delivery["answer"]?.string?.isEmpty == false, "\(delivery.text)")
            }
        }
    }
}
