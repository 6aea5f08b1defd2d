import Foundation
import Testing

/// What becomes of the history when the server is killed, and when its disk is full.
extension ServerLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct HistoryTests {
        private static let quickly = ["FLEET_POLL_STATUS_SECONDS": "1", "FLEET_POLL_ALL_SECONDS": "1"]

        private func settings(_ farm: CardFarm) -> FleetUnderTest.Settings {
            FleetUnderTest.Settings(network: farm.network, discovers: true, environment: Self.quickly)
        }

        /// Times of all samples of a metric, in the order of the answer.
        private func times(_ fleet: FleetUnderTest, card: Int, metric: String = "battery.charge") async throws -> [Date] {
            let history = try await fleet.client.json(
                "GET", "/api/v1/cards/\(card)/history?metric=\(metric)&step=raw&format=json")
            return try (history["points"]?.elements ?? []).map { try #require($0["at"]?.date) }
        }

        @Test func aKillCostsTheLastSecondAtMost() async throws {
            try await CardFarm.with(count: 3) { farm in
                var card = 0
                var before: [Date] = []
                var killedAt = Date.distantPast
                try await FleetUnderTest.with(settings(farm), in: farm.scratch) { fleet in
                    _ = try await fleet.liveCards(3, within: .seconds(30))
                    card = try await fleet.id(at: farm.network.host(1))
                    before = try await eventually("there are eight samples", within: .seconds(20)) {
                        let times = try await times(fleet, card: card)
                        return times.count >= 8 ? times : nil
                    }
                    killedAt = Date()
                    try await fleet.program.crash()
                }
                try await FleetUnderTest.with(settings(farm), in: farm.scratch) { fleet in
                    let after = try await eventually("polling goes on", within: .seconds(20)) {
                        let times = try await times(fleet, card: card)
                        return times.contains { $0 > killedAt } ? times : nil
                    }
                    #expect(Array(after.prefix(before.count)) == before)
                    #expect(after == Set(after).sorted())
                    // A second of polls, a second until they are written.
                    let last = try #require(after.last { $0 <= killedAt })
                    #expect(killedAt.timeIntervalSince(last) < 2.5)
                    try await checkExport(fleet, card, samples: after.count)
                }
            }
        }

        private func checkExport(_ fleet: FleetUnderTest, _ card: Int, samples: Int) async throws {
            let path = "/api/v1/cards/\(card)/history?metric=battery.charge,no.such&format=csv"
            let every = try await fleet.client.call("GET", path + "&step=raw")
            #expect(every.contentType.hasPrefix("text/csv"))
            let rows = every.text.split(whereSeparator: \.isNewline)
            #expect(rows.first == "time,battery.charge,no.such")
            #expect(rows.count > samples)
            #expect(rows.dropFirst().allSatisfy { $0.contains("Z,1") && $0.hasSuffix(",") })
            let minutes = try await fleet.client.call("GET", path + "&step=60")
            #expect(minutes.text.contains(",,,,,,"), "an hour ago nothing was measured")
            let metrics = try await fleet.client.json("GET", "/api/v1/cards/\(card)/metrics")["items"]?.elements ?? []
            #expect(metrics.contains { $0["metric"]?.string == "battery.charge" && $0["unit"]?.string == "%" })
        }

        @Test func aFullDiskIsSaidAndCostsNothing() async throws {
            try await CardFarm.with(count: 3) { farm in
                var settings = settings(farm)
                settings.diskMegabytes = 24
                try await FleetUnderTest.with(settings, in: farm.scratch) { fleet in
                    _ = try await fleet.liveCards(3, within: .seconds(30))
                    let card = try await fleet.id(at: farm.network.host(1))
                    try fill(fleet.dataFile("ballast"))
                    try await eventually("the server says that the disk is full", within: .seconds(30)) {
                        try await fleet.client.json("GET", "/health/ready")["storage"]?.string == "full"
                    }
                    let system = try await fleet.client.json("GET", "/api/v1/system")
                    #expect(system["storage"]?["state"]?.string == "full")
                    #expect(system["storage"]?["problem"]?.string?.contains("full") == true)
                    let metrics = try await fleet.client.call("GET", "/metrics")
                    #expect(metrics.text.contains("nvfleet_storage_state 1"))
                    try await EventStream.with(fleet.client) { stream in
                        try await eventually("the cards are polled all the same", within: .seconds(10)) {
                            stream.events.filter { $0.type == "readings" && $0.data["card"]?.int == card }.count >= 3
                        }
                        try FileManager.default.removeItem(atPath: fleet.dataFile("ballast"))
                        try await eventually("the watchers hear that it is well again", within: .seconds(20)) {
                            stream.events.contains { $0.type == "storage" && $0.data["state"]?.string == "ok" }
                        }
                    }
                    let times = try await eventually("the time before, of it and after it is in the history", within: .seconds(20)) {
                        let found = try await self.times(fleet, card: card)
                        return found.count > 7 ? found : nil
                    }
                    let gaps = zip(times, times.dropFirst()).map { $1.timeIntervalSince($0) }
                    #expect(gaps.allSatisfy { $0 < 4 }, "\(gaps)")
                    let lost = try await fleet.client.json("GET", "/api/v1/system")["storage"]?["lostSamples"]?.int
                    #expect(lost == 0)
                }
            }
        }

        @Test func aClockThatJumpsStopsNothing() async throws {
            try await CardFarm.with(count: 3) { farm in
                let clock = try await FakeClock(in: farm.scratch)
                var settings = settings(farm)
                settings.environment.merge(clock.environment) { $1 }
                try await FleetUnderTest.with(settings, in: farm.scratch) { fleet in
                    let cards = try await fleet.liveCards(3, within: .seconds(30))
                    let card = try await fleet.id(at: farm.network.host(1))
                    try await eventually("all are normal", within: .seconds(20)) {
                        try await fleet.cards().allSatisfy { $0["status"]?.string == "normal" }
                    }
                    let before = try await times(fleet, card: card)
                    for hours in [-2, 3, 0] {
                        try clock.set(hours: hours)
                        for _ in 0..<6 {
                            #expect(try await fleet.cards().compactMap { $0["status"]?.string } == cards.map { _ in "normal" })
                            try await Task.sleep(for: .seconds(1))
                        }
                        let expected = Date() + TimeInterval(hours * 3600)
                        for card in try await fleet.cards() {
                            let seen = try #require(card["lastSeen"]?.date)
                            #expect(abs(seen.timeIntervalSince(expected)) < 5, "\(hours) h: \(card.text)")
                        }
                        let times = try await times(fleet, card: card)
                        #expect(times.contains { abs($0.timeIntervalSince(expected)) < 5 }, "\(hours) h")
                    }
                    let after = try await times(fleet, card: card)
                    #expect(after == Set(after).sorted() && Set(before).isSubset(of: after))
                    #expect(try await fleet.client.call("GET", "/health/ready").status == 200)
                }
            }
        }

        /// Writes until there is no room.
        private func fill(_ path: String) throws {
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            defer { try? file.close() }
            for size in [1 << 16, 1 << 12, 1] {
                let block = Data(repeating: 0xA5, count: size)
                for _ in 0..<4096 {
                    do { try file.write(contentsOf: block) } catch { break }
                }
            }
        }
    }
}
