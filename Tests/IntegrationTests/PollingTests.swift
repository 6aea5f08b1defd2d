import Foundation
import Testing

/// The poller, where lines and cards are as bad as they come.
extension ServerLane {
    @Suite(.serialized, .sharing(BadLines.self), .timeLimit(.minutes(3))) struct PollingTests {
        private static let bad = [5: "slow", 6: "slow", 7: "lossy", 8: "lossy", 9: "twice", 11: "dead", 12: "dead"]

        @Test func badCardsAreToldAndDelayNobody() async throws {
            let lines = try BadLines.shared
            let ids = try await Dictionary(uniqueKeysWithValues: Self.ids(lines))
            try await EventStream.with(lines.fleet.client) { stream in
                let before = try await lines.polls()
                try lines.make(Self.bad)
                let began = ContinuousClock.now
                for card in [11, 12] {
                    let words = try await eventually("card \(card) is unreachable", within: .seconds(30)) {
                        let found = try await lines.fleet.card(ids[card] ?? 0)
                        return found["status"]?.string == "unreachable" ? found["problem"]?.string : nil
                    }
                    #expect(words.contains("does not answer"), "\(words)")
                }
                let rest = Duration.seconds(18) - (ContinuousClock.now - began)
                if rest > .zero { try await Task.sleep(for: rest) }
                let after = try await lines.polls()
                #expect(after.late == before.late, "nobody waits for a bad card")
                #expect(after.begun - before.begun > 5 * 7, "the good ones are polled every two seconds")
                let fallen = stream.events.filter { $0.type == "card" && ["unreachable", "unknown"].contains($0.data["status"]?.string) }
                #expect(Set(fallen.compactMap { $0.data["card"]?.int }) == Set([11, 12].compactMap { ids[$0] }))
            }
            try await Self.expectHealth(lines)
            try await Self.expectReturn(lines, of: ids[12] ?? 0)
        }

        /// A second late at most: what fell due meanwhile is not caught up with.
        @Test func afterASuspensionPollsGoOnInTheirTurn() async throws {
            let lines = try BadLines.shared
            try lines.make([:])
            let before = try await lines.polls()
            lines.fleet.program.process.signal(SIGSTOP)
            try await Task.sleep(for: .seconds(6))
            lines.fleet.program.process.signal(SIGCONT)
            try await eventually("polls go on", within: .seconds(10)) { try await lines.polls().begun > before.begun + 24 }
            #expect(try await lines.polls().late <= before.late + 1)
            #expect(try await lines.fleet.cards().allSatisfy { $0["status"]?.string != "unreachable" })
        }

        private static func ids(_ lines: BadLines) async throws -> [(Int, Int)] {
            var ids: [(Int, Int)] = []
            for card in 1...BadLines.cards { ids.append((card, try await lines.id(card))) }
            return ids
        }

        private static func expectHealth(_ lines: BadLines) async throws {
            let slow = try await lines.health(5)
            #expect((slow["latencyMs"]?["last"]?.number ?? 0) >= 1900, "\(slow.text)")
            let lossy = try await lines.health(7)
            #expect((lossy["lossPercent"]?.number ?? 0) > 5, "\(lossy.text)")
            let dead = try await lines.health(11)
            #expect(
                (dead["consecutiveFailures"]?.int ?? 0) >= 2 && dead["lastError"]?.string?.contains("does not answer") == true,
                "\(dead.text)")
            #expect((dead["backOffSeconds"]?.number ?? 0) > 0, "\(dead.text)")
            let good = try await lines.health(1)
            #expect(good["consecutiveFailures"]?.int == 0 && good["lossPercent"]?.number == 0, "\(good.text)")
            #expect(good["polling"]?["statusSeconds"]?.int == 2 && good["polling"]?["from"]?.string == "configuration")
        }

        /// A trap is a reason to look at once, whatever the back-off.
        private static func expectReturn(_ lines: BadLines, of id: Int) async throws {
            try lines.make([:])
            let arguments = [
                "-v", "2c", "-c", "public", "--clientaddr=\(lines.network.host(12))", "127.0.0.1:\(lines.network.port(162))", "",
                "1.3.6.1.6.3.1.1.5.1",
            ]
            #expect(try await Peer.run("snmptrap", arguments, in: lines.farm.scratch).exitCode == 0)
            try await eventually("the card is back", within: .seconds(8)) {
                try await lines.fleet.card(id)["status"]?.string == "normal"
            }
        }
    }
}
