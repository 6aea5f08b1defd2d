import Foundation
import Testing

@testable import Alarming

struct ZoneRulesTests {
    static func zone(_ name: String) throws -> ZoneRules {
        try #require(ZoneRules(tzif: Array(try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)")))))
    }

    /// Against the offsets of another implementation, over the changes of many years, past and to come.
    @Test(arguments: ["Europe/Zurich", "America/New_York", "Australia/Sydney", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia"])
    func agreesWithTheSystem(_ name: String) throws {
        let (rules, peer) = (try Self.zone(name), try #require(TimeZone(identifier: name)))
        for time in stride(from: Int64(0), to: 3_000_000_000, by: 86_400 * 3 + 3571) {
            let offset = peer.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time)))
            #expect(rules.offset(at: time) == offset, "\(name) at \(time)")
        }
    }

    @Test func readsTheRuleOfTheLastLine() throws {
        let later = try #require(YearlyRule.parse("CET-1CEST,M3.5.0,M10.5.0/3"))
        let rules = ZoneRules(transitions: [], first: 3600, later: later)
        // 2026-03-29 01:00 UTC, and 2026-10-25 01:00 UTC.
        #expect([1_774_745_999, 1_774_746_000, 1_792_889_999, 1_792_890_000].map { rules.offset(at: $0) } == [3600, 7200, 7200, 3600])
        #expect(YearlyRule.parse("<+0545>-5:45") == .fixed(20_700))
        #expect(YearlyRule.parse("nonsense") == nil)
    }

    @Test func refusesWhatIsNoZone() throws {
        let file = Array(try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Zurich")))
        #expect(ZoneRules(tzif: []) == nil)
        #expect(ZoneRules(tzif: Array("TZif".utf8)) == nil)
        for length in stride(from: 0, to: file.count - 40, by: 17) { #expect(ZoneRules(tzif: Array(file[..<length])) == nil) }
    }
}
