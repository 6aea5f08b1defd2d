import Testing

@testable import NetVision

struct SearchBoardTests {
    private let card = CardIdentity(generation: .netVision7, model: "MODULYS", serial: "S1", mac: "00:E0:D8:00:00:01")

    private func seen(_ method: DiscoveryMethod, _ identity: CardIdentity? = nil, mac: String? = nil) -> Sighting {
        Sighting(address: "10.0.0.1", method: method, mac: mac, identity: identity, evidence: ["seen"])
    }

    @Test func addressIsAskedOnceAndToldForEachMethod() {
        var board = SearchBoard()
        let answer1 = board.saw(seen(.snmp))
        #expect(answer1 == SearchBoard.Reaction(asks: true))
        let answer2 = board.saw(seen(.bacnet))
        #expect(answer2 == SearchBoard.Reaction())
        let found = board.identified("10.0.0.1", as: .init(identity: card, way: 2))
        #expect(found.map(\.method) == [.snmp, .bacnet])
        #expect(found.allSatisfy { $0.identity == card && $0.way == 2 })
        let answer3 = board.saw(seen(.ssdp))
        #expect(answer3.findings.map(\.method) == [.ssdp])
        // Again by the same method: nothing new.
        let answer4 = board.saw(seen(.ssdp))
        #expect(answer4 == SearchBoard.Reaction())
        #expect(board.count == 1)
    }

    @Test func whatIsNoCardIsNotTold() {
        var board = SearchBoard()
        _ = board.saw(seen(.ssdp))
        let answer5 = board.identified("10.0.0.1", as: nil)
        #expect(answer5.isEmpty)
        let answer6 = board.saw(seen(.bacnet))
        #expect(answer6 == SearchBoard.Reaction())
        #expect(board.count == 0)
    }

    @Test func methodsWordStandsWhereSNMPIsSilent() {
        var board = SearchBoard()
        _ = board.saw(seen(.bacnet, CardIdentity(generation: .netVision8, serial: "S2")))
        let found = board.identified("10.0.0.1", as: nil)
        #expect(found.map(\.way) == [nil])
        #expect(found.first?.evidence == ["seen"])
        #expect(found.first?.key == "serial S2")
        // Its agent answers the sweep after all.
        let answer7 = board.saw(seen(.snmp))
        #expect(answer7.asks)
        let answer8 = board.identified("10.0.0.1", as: .init(identity: card, way: 0))
        #expect(answer8.map(\.method) == [.snmp])
    }

    @Test func twoCardsAtOneAddressAreTwo() {
        var board = SearchBoard()
        let other = "00:E0:D8:00:00:02"
        _ = board.saw(seen(.lan, CardIdentity(generation: .cardAgent, mac: other), mac: other))
        _ = board.saw(seen(.lan, CardIdentity(generation: .cardAgent, mac: card.mac), mac: card.mac))
        let found = board.identified("10.0.0.1", as: .init(identity: card, way: 0))
        #expect(Set(found.map(\.identity.mac)) == [card.mac, other])
        #expect(found.first { $0.identity.mac == other }?.way == nil)
        #expect(board.count == 2)
    }

    @Test func methodsThatSeeOneSilentCardMakeOneFinding() {
        var board = SearchBoard()
        _ = board.saw(seen(.bacnet, CardIdentity(generation: .netVision8, serial: "S2")))
        let first = board.identified("10.0.0.1", as: nil)
        let second = board.saw(seen(.neighbours, CardIdentity(generation: .netVision8), mac: "00:E0:D8:00:00:09")).findings
        #expect(first.map(\.key) == second.map(\.key))
        #expect(second.first?.identity.serial == "S2")
        #expect(second.first?.identity.mac == "00:E0:D8:00:00:09")
        #expect(board.count == 1)
    }

    @Test func neighboursMACCompletesWhatTheAgentTells() {
        var board = SearchBoard()
        _ = board.saw(seen(.neighbours, CardIdentity(generation: .netVision8), mac: "00:E0:D8:00:00:09"))
        let found = board.identified("10.0.0.1", as: .init(identity: CardIdentity(generation: .netVision6, serial: "S"), way: 1))
        #expect(found.first?.identity.mac == "00:E0:D8:00:00:09")
        #expect(found.first?.identity.generation == .netVision6)
    }

    private func at(_ address: String, _ method: DiscoveryMethod, _ identity: CardIdentity? = nil) -> Sighting {
        Sighting(address: address, method: method, mac: identity?.mac, identity: identity)
    }

    /// Everything is seen in its turn, and asked at once.
    private func found(_ seen: [(Sighting, CardIdentity?)]) -> [SearchFinding] {
        var board = SearchBoard()
        return seen.flatMap { sighting, answer in
            let reaction = board.saw(sighting)
            guard reaction.asks else { return reaction.findings }
            return board.identified(sighting.address, as: answer.map { .init(identity: $0, way: 0) })
        }
    }

    private let entry = CardIdentity(generation: .unknown, mac: "00:E0:D8:00:00:01")

    @Test func anEntryOfYesterdayIsNotToldOfACardThatHasAnsweredElsewhere() {
        let findings = found([(at("10.0.0.2", .snmp), card), (at("10.0.0.1", .neighbours, entry), nil)])
        #expect(findings.map(\.address) == ["10.0.0.2"])
    }

    @Test func theAnswerIsToldAfterTheEntryOfYesterday() {
        let findings = found([(at("10.0.0.1", .neighbours, entry), nil), (at("10.0.0.2", .neighbours, entry), card)])
        #expect(findings.map(\.address) == ["10.0.0.1", "10.0.0.2"])
        #expect(findings.map(\.way) == [nil, 0])
    }

    @Test func whatTellsNoMACAndAFillerForASerialNumberIsItsAddress() {
        let nameless = CardIdentity(generation: .rfc1628, serial: "N/A")
        let findings = found((1...3).map { (at("10.0.0.\($0)", .snmp), nameless) })
        #expect(findings.map(\.key) == ["10.0.0.1", "10.0.0.2", "10.0.0.3"])
    }

    @Test func twoCardsWithAClonedMACAreTwo() {
        let clone = CardIdentity(generation: .netVision7, model: "MODULYS", serial: "S2", mac: card.mac)
        let findings = found([(at("10.0.0.1", .snmp), card), (at("10.0.0.2", .snmp), clone), (at("10.0.0.3", .snmp), card)])
        #expect(findings.map(\.address) == ["10.0.0.1", "10.0.0.2"], "the third is the first one at a second address")
        #expect(Set(findings.map(\.key)).count == 2)
    }
}
