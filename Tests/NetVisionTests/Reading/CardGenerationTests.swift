import NetVision
import PowerDevice
import SNMP
import Testing

@Suite struct CardGenerationTests {
    struct Version: Sendable {
        let text: String
        let version: String?
    }

    @Test(arguments: [
        Version(text: "Net Vision v6.30 (SN 0101702174)", version: "6.30"), Version(text: "Net Vision 7 v7.20", version: "7.20"),
        Version(text: "Net Vision 8 v8.40", version: "8.40"), Version(text: "Net Vision 8 v8.40.2", version: "8.40.2"),
        Version(text: "CS141-SNMP V 1.98", version: "1.98"), Version(text: "NetVision-8", version: nil), Version(text: "v", version: nil),
        Version(text: "v.5", version: nil), Version(text: "", version: nil), Version(text: "v1..2", version: "1.2"),
    ]) func versionIsTheDottedNumber(_ row: Version) {
        #expect(CardGeneration.version(in: row.text) == row.version)
    }

    @Test(arguments: [
        ("Net Vision v4.11 (SN 1)", CardGeneration.netVision5), ("Net Vision v5.01", .netVision5), ("Net Vision v6.00", .netVision6),
        ("Net Vision 7 v7.20", .netVision7), ("NetVision-8", .netVision8), ("Net Vision 9 v9.00", .netVision8),
    ]) func generationIsTheMajorVersion(_ agent: String, _ generation: CardGeneration) throws {
        let card = try #require(CardIdentity([VariableBinding("1.3.6.1.2.1.33.1.1.4.0", .text(agent))]))
        #expect(card.generation == generation)
    }

    @Test func generationsAreNamedAsInTheAPI() {
        #expect(CardGeneration.allCases.map(\.rawValue) == ["NV5", "NV6", "NV7", "NV8", "CardAgent", "RFC1628", "unknown"])
    }
}
