import Testing

/// FleetServer reads what real cards answer; it is replayed by snmpsim and by net-snmp's agent.
extension ServerLane {
    @Suite(.serialized, .sharing(ReplayedCards.self), .timeLimit(.minutes(3))) struct RealCardTests {
        @Test func theSearchEndsWell() throws {
            let discovery = try ReplayedCards.shared.discovery
            #expect(discovery["state"]?.string == "done")
            #expect(discovery["error"]?.isNull != false)
            #expect(discovery["found"]?.int == ReplayedCards.replayed.count + 1)
        }

        @Test(arguments: ReplayedCards.replayed + [ReplayedCards.versionOne]) func theServerKnowsWhoACardIs(_ name: String) async throws {
            let cards = try ReplayedCards.shared
            let expected = try CardFixture(name).expected
            let address = ReplayedCards.address(of: name, in: cards.network)
            let card = try #require(try await cards.fleet.card(at: address), "no card at \(address)")
            for field in ["generation", "kind", "model", "agent", "firmware", "serial", "mac"] {
                #expect(card[field] == expected[field], "\(field) of \(name)")
            }
        }

        @Test(arguments: ReplayedCards.replayed + [ReplayedCards.versionOne])
        func theServerReadsEveryValueInItsUnitAndNothingElse(_ name: String) async throws {
            let cards = try ReplayedCards.shared
            let expected = try CardFixture(name).expected
            let id = try await cards.fleet.id(at: ReplayedCards.address(of: name, in: cards.network))
            let card = try await eventually("\(name) has been read", within: .seconds(30)) {
                let card = try await cards.fleet.card(id)
                return card["lastSeen"]?.isNull == false && card["status"] == expected["status"] ? card : nil
            }
            #expect(card["status"] == expected["status"], "\(card.text)")
            let wanted = expected["readings"]?.numbers ?? [:]
            let readings = try await eventually("\(name) has all its values", within: .seconds(30)) {
                let readings = try await cards.fleet.readings(id)
                return Self.differences(readings, wanted).isEmpty ? readings : try report(Self.differences(readings, wanted))
            }
            #expect(readings.count == wanted.count)
        }

        @Test(arguments: ReplayedCards.replayed + [ReplayedCards.versionOne]) func theServerShowsTheAlarmsThatAreActive(_ name: String)
            async throws
        {
            let cards = try ReplayedCards.shared
            let expected = try #require(try CardFixture(name).expected["alarms"]?.elements.compactMap(\.string))
            let id = try await cards.fleet.id(at: ReplayedCards.address(of: name, in: cards.network))
            try await eventually("\(name) has the alarms \(expected)", within: .seconds(30)) {
                let answer = try await cards.fleet.client.json("GET", "/api/v1/cards/\(id)/alarms?active=true")
                let names = (answer["items"]?.elements ?? []).compactMap { $0["name"]?.string }.sorted()
                return names == expected.sorted() ? true : try report(["\(names)"])
            }
        }

        @Test(arguments: ReplayedCards.foreign) func whatIsNoCardIsNotTaken(_ name: String) async throws {
            let cards = try ReplayedCards.shared
            #expect(try await cards.fleet.card(at: ReplayedCards.address(of: name, in: cards.network)) == nil)
        }

        @Test func theCommunityIsNeverShown() async throws {
            let cards = try ReplayedCards.shared
            for card in try await cards.fleet.cards() { #expect(card["credentials"] == nil) }
        }

        /// Names with what was read and what is right, where they differ.
        private static func differences(_ found: [String: Double], _ wanted: [String: Double]) -> [String] {
            Set(found.keys).union(wanted.keys).sorted().compactMap { name in
                if let value = found[name], let right = wanted[name], abs(value - right) < 1e-6 { return nil }
                return "\(name) is \(found[name].map { "\($0)" } ?? "absent"), not \(wanted[name].map { "\($0)" } ?? "absent")"
            }
        }

        /// "Not yet", with what is the case instead.
        private func report<Nothing>(_ differences: [String]) throws -> Nothing? {
            throw WebClient.Unexpected(description: differences.joined(separator: "; "))
        }
    }
}
