import FoundationEssentials
import NetVision
import PowerDevice
import Testing

@testable import FleetServer

struct CardMatchTests {
    private static let macs = ["00:E0:D8:00:00:01", "00:E0:D8:00:00:02"]

    private func entry(
        _ id: Int64, mac: String? = nil, serial: String? = nil, engine: String? = nil, at address: String = "10.0.0.1",
        generation: CardGeneration = .netVision8, model: String? = "M", isRetired: Bool = false, hasAnswered: Bool = true,
        isAnswering: Bool = false
    ) -> CardMatch.Entry {
        .init(
            id: id, mac: mac, serial: serial, engine: engine, address: address, generation: generation, model: model, isRetired: isRetired,
            hasAnswered: hasAnswered, isAnswering: isAnswering)
    }

    private func finding(
        mac: String? = nil, serial: String? = nil, engine: String? = nil, at address: String = "10.0.0.1",
        generation: CardGeneration = .netVision8, model: String? = "M", isHeard: Bool = false
    ) -> CardFinding {
        var identity = CardIdentity(generation: generation, model: model, serial: serial, mac: mac)
        identity.engine = engine
        return CardFinding(address: address, identity: identity, access: isHeard ? nil : .standard)
    }

    private func verdict(_ finding: CardFinding, _ entries: CardMatch.Entry...) -> CardMatch.Verdict {
        CardMatch(finding: finding, entries: entries).verdict
    }

    @Test func theMACCountsBeforeAllElse() {
        let entries = [
            entry(1, mac: Self.macs[0], serial: "P1", at: "10.0.0.9"), entry(2, mac: Self.macs[1], serial: "P2", at: "10.0.0.1"),
        ]
        let found = CardMatch(finding: finding(mac: Self.macs[0], serial: "P2"), entries: entries)
        #expect(found.verdict == .card(1, absorbing: nil))
    }

    @Test func cardsThatExchangeTheirAddressesStayThemselves() {
        let (one, two) = (entry(1, mac: Self.macs[0], at: "10.0.0.1"), entry(2, mac: Self.macs[1], at: "10.0.0.2"))
        #expect(verdict(finding(mac: Self.macs[1], at: "10.0.0.1"), one, two) == .card(2, absorbing: nil))
        #expect(verdict(finding(mac: Self.macs[0], at: "10.0.0.2"), one, two) == .card(1, absorbing: nil))
    }

    @Test func aReplacedCardOfOneUPSIsAnotherCard() {
        let old = entry(1, mac: Self.macs[0], serial: "P1")
        #expect(verdict(finding(mac: Self.macs[1], serial: "P1"), old) == .unknown)
    }

    @Test func aCardThatWasCarriedToAnotherUPSIsTheSame() {
        let silent = entry(1, mac: Self.macs[0], serial: "P1", isAnswering: false)
        #expect(verdict(finding(mac: Self.macs[0], serial: "P2", at: "10.0.0.7"), silent) == .card(1, absorbing: nil))
    }

    @Test func aClonedMACIsToldWhileTheOtherAnswers() {
        let answering = entry(1, mac: Self.macs[0], serial: "P1", isAnswering: true)
        #expect(verdict(finding(mac: Self.macs[0], serial: "P2", at: "10.0.0.7"), answering) == .double(of: 1))
        #expect(verdict(finding(mac: Self.macs[0], serial: "P1", at: "10.0.0.7"), answering) == .card(1, absorbing: nil))
        #expect(verdict(finding(mac: Self.macs[0], serial: "P2", at: "10.0.0.1"), answering) == .card(1, absorbing: nil))
    }

    @Test func ofSeveralCardsWithOneSerialNumberTheOneInPlaceIsMeant() {
        let retired = entry(1, mac: Self.macs[0], serial: "P1", at: "10.0.0.5", isRetired: true)
        let current = entry(2, mac: Self.macs[1], serial: "P1", at: "10.0.0.6")
        #expect(verdict(finding(serial: "P1", at: "10.0.0.6"), retired, current) == .card(2, absorbing: nil))
        #expect(verdict(finding(serial: "P1", at: "10.0.0.9"), retired, current) == .card(2, absorbing: nil))
    }

    @Test(arguments: ["0", "0000000000", "unknown", "N/A", "--", ""]) func aFillerIsNoSerialNumber(serial: String) {
        let other = entry(1, serial: serial, at: "10.0.0.5")
        #expect(verdict(finding(serial: serial, at: "10.0.0.1"), other) == .unknown)
    }

    @Test func differentDevicesWithOneSerialNumberAreTwoWhileBothAnswer() {
        let answering = entry(1, serial: "P1", at: "10.0.0.5", model: "A", isAnswering: true)
        #expect(verdict(finding(serial: "P1", model: "B"), answering) == .double(of: 1))
        #expect(verdict(finding(serial: "P1", model: "A"), answering) == .card(1, absorbing: nil))
    }

    @Test func aCardListedByItsAddressLearnsWhoItIs() {
        let listed = entry(1, generation: .unknown, model: nil, hasAnswered: false)
        #expect(verdict(finding(mac: Self.macs[0], serial: "P1"), listed) == .card(1, absorbing: nil))
    }

    @Test func aCardListedByItsAddressTurnsOutToBeAKnownOne() {
        let listed = entry(1, generation: .unknown, model: nil, hasAnswered: false)
        let known = entry(2, mac: Self.macs[0], at: "10.0.0.9")
        #expect(verdict(finding(mac: Self.macs[0]), listed, known) == .card(2, absorbing: 1))
        let bySerial = entry(3, serial: "P1", at: "10.0.0.9")
        #expect(verdict(finding(serial: "P1"), listed, bySerial) == .card(3, absorbing: 1))
    }

    @Test func aNamelessAgentIsItsAddress() {
        let upsAgent = entry(1, generation: .rfc1628, model: "X")
        #expect(verdict(finding(generation: .rfc1628, model: "X"), upsAgent) == .card(1, absorbing: nil))
        #expect(verdict(finding(at: "10.0.0.2", generation: .rfc1628, model: "X")) == .unknown)
    }

    @Test func anAddressThatIsReusedByAnotherModelIsNoIdentity() {
        let upsAgent = entry(1, generation: .rfc1628, model: "X")
        #expect(verdict(finding(generation: .rfc1628, model: "Y"), upsAgent) == .unknown)
        let card = entry(2, mac: Self.macs[0])
        #expect(verdict(finding(generation: .rfc1628, model: nil), card) == .unknown)
        #expect(verdict(finding(generation: .netVision8, model: nil), card) == .card(2, absorbing: nil))
    }

    @Test(arguments: [CardGeneration.netVision6, .rfc1628, .cardAgent])
    func whatIsNotKnownOfACardContradictsNothing(_ known: CardGeneration) {
        let card = entry(1, mac: Self.macs[0], generation: known)
        #expect(verdict(finding(mac: Self.macs[0], generation: .unknown, model: nil), card) == .card(1, absorbing: nil))
        #expect(verdict(finding(generation: .unknown, model: nil), card) == .card(1, absorbing: nil))
    }

    @Test func hearsayIsAboutTheCardAtTheAddress() {
        let card = entry(1, mac: Self.macs[0], generation: .netVision6)
        #expect(verdict(finding(generation: .netVision8, model: "Other", isHeard: true), card) == .card(1, absorbing: nil))
        let retired = entry(1, mac: Self.macs[0], isRetired: true)
        #expect(verdict(finding(isHeard: true), retired) == .unknown)
    }

    @Test func theEngineTellsForeignAgentsApart() {
        let card = entry(1, engine: "80001f88", generation: .rfc1628)
        #expect(verdict(finding(engine: "80001f88", at: "10.0.0.2", generation: .rfc1628), card) == .card(1, absorbing: nil))
        let answering = entry(1, engine: "80001f88", generation: .rfc1628, isAnswering: true)
        #expect(verdict(finding(engine: "80001f88", at: "10.0.0.2", generation: .rfc1628), answering) == .unknown)
    }

    @Test func anAnsweringCardLearnsItsMACAndASilentOneHasASuccessor() {
        let answering = entry(1, serial: "P1", isAnswering: true)
        #expect(verdict(finding(mac: Self.macs[0]), answering) == .card(1, absorbing: nil))
        let silent = entry(1, serial: "P1", isAnswering: false)
        #expect(verdict(finding(mac: Self.macs[0]), silent) == .unknown)
    }

    @Test func aFillerDoesNotTellACardFromAnother() {
        var card = Card(
            id: 1, name: "", mac: nil, serial: "N/A", address: "10.0.0.1", generation: .netVision8, kind: .ups, model: "M", tags: [],
            snmpVersion: .v2c, createdAt: .distantPast)
        #expect(card.difference(to: finding(serial: "0000000000").identity) == nil)
        card.serial = "P1"
        #expect(card.difference(to: finding(serial: "P2").identity) != nil)
    }
}
