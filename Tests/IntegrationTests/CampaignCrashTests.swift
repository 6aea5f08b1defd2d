import Testing

/// The server is killed in the middle of a campaign, and goes on with it.
extension ServerLane {
    @Suite(.serialized, .timeLimit(.minutes(4))) struct CampaignCrashTests {
        /// Where in a card's upgrade the server is killed.
        @Test(arguments: ["transfer", "restart"]) func aCampaignSurvivesTheDeathOfItsServer(_ moment: String) async throws {
            try await CardFarm.with(count: 6) { farm in
                let settings = FleetUnderTest.Settings(network: farm.network, discovers: true, trustKeys: [farm.firmware.publicKey])
                let campaign = try await campaignUntilCrash(at: moment, farm, settings)
                try await FleetUnderTest.with(settings, in: farm.scratch) { server in
                    let ended = try await server.ended(campaign, within: .seconds(150))
                    #expect(ended["state"]?.string == "done", "\(ended.text)")
                    let steps = try await server.steps(of: campaign)
                    #expect(steps.count == 6)
                    for step in steps {
                        #expect(step["state"]?.string == "done", "\(step.text)")
                        #expect(step["transfers"]?.int.map { (1...2).contains($0) } == true, "\(step.text)")
                    }
                }
                for number in 1...6 {
                    #expect(try await farm.version(of: number) == "8.41")
                    #expect(try await farm.transfers(of: number).map { (1...2).contains($0) } == true)
                }
            }
        }

        /// Runs a campaign until some card is at `moment`, and kills the server then.
        private func campaignUntilCrash(at moment: String, _ farm: CardFarm, _ settings: FleetUnderTest.Settings) async throws -> Int {
            try await FleetUnderTest.with(settings, in: farm.scratch) { server in
                let cards = try await server.liveCards(6, within: .seconds(30)).compactMap { $0["id"]?.int }
                // Large enough to be seen on its way.
                let image = try await farm.firmware.image("card.bin", version: "8.41", size: 6_000_000, signedBy: farm.firmware.key)
                let firmware = try await server.upload(image)
                let campaign = try await server.startCampaign("interrupted", firmware: firmware, cards: cards, concurrency: 2)
                try await eventually("a card is at \(moment)", within: .seconds(60), every: .milliseconds(20)) {
                    try await server.steps(of: campaign).contains { $0["state"]?.string == moment }
                }
                try await server.program.crash()
                return campaign
            }
        }
    }
}
