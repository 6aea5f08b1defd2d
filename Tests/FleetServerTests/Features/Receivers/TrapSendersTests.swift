import FoundationEssentials
import SNMP
import Testing

@testable import FleetServer

struct TrapSendersTests {
    private static let engine = EngineID(octets: [0x80, 0, 0x11, 0xCB, 4, 1, 2, 3, 4])

    private func arrival(
        _ source: String, engine: EngineID? = nil, isAuthentic: Bool = false, _ bindings: [VariableBinding] = []
    ) -> TrapIntake.Arrival {
        TrapIntake.Arrival(
            source: source, version: engine == nil ? .v2c : .v3, isInform: false,
            notification: SNMPNotification("1.3.6.1.4.1.4555.1.1.7.2.0.1", bindings: bindings), engine: engine, isAuthentic: isAuthentic)
    }

    private func marked(_ mark: CardMark) -> Card? {
        if case .number(let id) = mark { return card(id) }
        return CardMarks([card(1), card(2, mac: "00:E0:D8:FF:C1:90", serial: "P123456")]).card(mark).map { card($0) }
    }

    private func receive(_ arrivals: [TrapIntake.Arrival], _ intake: inout TrapIntake) -> TrapIntake.News {
        intake.receive(arrivals, now: 0, find: { source, _ in source == "10.0.0.1" ? card(1) : nil }, marked: marked)
    }

    @Test func anEngineKeepsItsCardWhenTheAddressChanges() throws {
        let engine = try #require(Self.engine)
        var intake = TrapIntake()
        #expect(receive([arrival("10.9.9.9", engine: engine, isAuthentic: true)], &intake).cards == [])
        #expect(receive([arrival("10.0.0.1", engine: engine, isAuthentic: true)], &intake).cards == [1])
        let moved = receive([arrival("10.9.9.9", engine: engine, isAuthentic: true)], &intake)
        #expect(moved.cards == [1])
        #expect(moved.unknown == [:])
    }

    @Test func whoHasNoKeyTeachesNothing() throws {
        let engine = try #require(Self.engine)
        var intake = TrapIntake()
        _ = receive([arrival("10.0.0.1", engine: engine)], &intake)
        #expect(receive([arrival("10.9.9.9", engine: engine, isAuthentic: true)], &intake).cards == [])
    }

    @Test func theMACInTheEngineOrAVariableNamesTheCard() {
        var intake = TrapIntake()
        let engine = EngineID.mac(enterprise: 4555, [0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90])
        #expect(receive([arrival("10.9.9.9", engine: engine)], &intake).cards == [2])
        let values: [SNMPValue] = [.text("P123456"), .text("00:e0:d8:ff:c1:90"), .octetString([0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90])]
        for value in values {
            let binding = VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.1.2.0", value)
            #expect(receive([arrival("10.9.9.9", [binding])], &intake).cards == [2])
        }
        let other = VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.1.2.0", .text("P1234567"))
        #expect(receive([arrival("10.9.9.9", [other])], &intake).cards == [])
    }

    @Test func strangersAreToldWithWhatTheyHaveSent() throws {
        let engine = try #require(Self.engine)
        var intake = TrapIntake()
        let news = receive([arrival("10.9.9.9"), arrival("10.9.9.9", engine: engine), arrival("10.9.9.8")], &intake)
        #expect(
            news.unknown == [
                "10.9.9.9": .init(count: 2, engine: engine, words: "SNMP 2c trap upsTrapOnBattery"),
                "10.9.9.8": .init(count: 1, words: "SNMP 2c trap upsTrapOnBattery"),
            ])
    }

    /// The bar is 40,000 a second; a debug build is many times slower.
    @Test func whatOneTrapCosts() {
        var intake = TrapIntake()
        let batch = (0..<10_000).map { arrival("10.0.0.\($0 % 2 == 0 ? 1 : 7)") }
        let start = ContinuousClock.now
        for _ in 0..<5 { _ = receive(batch, &intake) }
        let each = (ContinuousClock.now - start) / 50_000
        print("a trap takes \(each)")
        #expect(each < .microseconds(200))
    }
}
