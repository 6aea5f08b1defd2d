import NetVision
import SNMP
import Testing

@Suite struct CardClockReadingTests {
    private static let newer: OID = "1.3.6.1.4.1.4555.1.1.7.1.9"
    private static let older: OID = "1.3.6.1.4.1.4555.1.1.1.1.10"
    /// 27 October 2026, 12:00:00 UTC.
    private static let noon = 1_793_102_400.0

    private func reading(
        _ date: String, _ time: String, zone: Int32? = nil, in group: OID = Self.newer, of generation: CardGeneration = .netVision8
    ) -> CardClockReading? {
        var bindings = [
            VariableBinding(group.appending(4, 0), .text(date)), VariableBinding(group.appending(5, 0), .text(time)),
        ]
        if let zone { bindings.append(VariableBinding(group.appending(7, 0), .integer(zone))) }
        return CardClockReading(bindings, of: generation)
    }

    @Test(
        arguments: [
            ("27/10/2026", "12:00:00", 28, 0.5), ("27/10/2026", "13:00:00", 31, 0.5), ("27/10/2026", "14:00:00", 31, 0.5),
            ("27/10/2026", "13:05:00", 31, 300.5), ("27/10/2026", "06:59:00", 15, -59.5), ("27/10/2026", "17:30:10", 50, 10.5),
            ("28/10/2026", "00:00:00", 75, 0.5), ("01/01/2000", "00:00:00", 28, -846_417_599.5),
        ] as [(String, String, Int32, Double)])
    func isHeldAgainstUTCInItsZone(_ date: String, _ time: String, _ zone: Int32, _ skew: Double) throws {
        let found = try #require(reading(date, time, zone: zone)).skew(at: Self.noon)
        #expect(found == skew)
    }

    @Test func withoutAZoneTheNearestQuarterCounts() throws {
        #expect(try #require(reading("27/10/2026", "17:31:00")).skew(at: Self.noon) == 60.5)
        #expect(try #require(reading("29/10/2026", "12:00:00")).skew(at: Self.noon) > 86_400)
        #expect(try #require(reading("27/10/2026", "17:31:00", zone: 99)).skew(at: Self.noon) == 60.5)
    }

    @Test(arguments: [
        ("", ""), ("27/10/2026", ""), ("2026-10-27", "12:00:00"), ("27/13/2026", "12:00:00"), ("00/10/2026", "12:00:00"),
        ("27/10/2026", "24:00:00"), ("27/10/2026", "12:60:00"), ("27/10/2026", "12:00"), ("٢٧/10/2026", "12:00:00"),
        ("27/10/99999", "12:00:00"), ("-1/10/2026", "12:00:00"),
    ])
    func whatNoClockShowsIsNoReading(_ date: String, _ time: String) { #expect(reading(date, time, zone: 28) == nil) }

    @Test func eachBranchIsUnderstoodWhereCardsHaveIt() {
        #expect(reading("27/10/2026", "12:00:00", zone: 28, in: Self.older, of: .netVision5)?.zone == 0)
        #expect(reading("27/10/2026", "12:00:00", zone: 20, in: Self.older, of: .netVision7)?.zone == -210)
        #expect(reading("27/10/2026", "12:00:00", in: Self.newer, of: .netVision5) == nil)
        #expect(CardClockReading.objects(of: .rfc1628).isEmpty)
        #expect(CardClockReading.objects(of: .cardAgent).contains(Self.newer.appending(7, 0)))
    }
}
