import FoundationEssentials
import PowerDevice
import Testing

@testable import nvexplorer

@Suite struct CardPageTests {
    @Test(arguments: [
        ("input.voltage", 231.04, "231 V"), ("output.frequency", 49.96, "50 Hz"), ("battery.voltage", 54.21, "54.2 V"),
        ("battery.runtime", 1880, "31 min 20 s"), ("battery.runtime", 7200, "2 h"), ("battery.runtime", 5, "5 s"),
        ("output.powerfactor", 0.934, "0.93"), ("ups.load", .infinity, "inf %"), ("battery.runtime", .nan, "?"),
    ])
    func valuesHaveTheirUnits(name: String, value: Double, text: String) {
        #expect(CardPage.value(value, of: Variable(name)) == text)
    }

    @Test func readingsComeInGroups() {
        let card = CardRecord(name: "Rack 1", address: "10.0.0.1", generation: "NV8", status: "normal")
        let document = CardDocument(
            card: card, at: nil, readings: ["input.bypass.frequency": 50, "input.frequency": 50, "odd": 1],
            alarms: [AlarmRecord(name: "upsAlarmOverload", title: "Output overload", severity: "warning")])
        let lines = CardPage.lines(document, now: Date(timeIntervalSince1970: 0))
        #expect(lines.first == "Rack 1")
        #expect(lines.contains("  Output overload (warning)"))
        let titles = ["Input", "Bypass", "Other"]
        #expect(lines.filter(titles.contains) == titles)
        #expect(lines.suffix(2) == ["Other", "  odd  1"])
    }

    @Test func aTransferSystemIsToldByItsSourcesAndItsLoad() {
        var card = CardRecord(name: "sts-1", address: "10.0.0.2", generation: "NV8", status: "normal")
        card.kind = "sts"
        card.transfer = TransferRecord(
            source1: "ok", source2: "outOfTolerance", preferredSource: 1, interaction: "sliding", load: "preferredSource", output: "switch3"
        )
        let readings: [String: Double] = ["input.1.frequency": 49.9, "input.2.L1-N.voltage": 230, "input.phase.shift": -12, "ups.load": 43]
        let lines = CardPage.lines(CardDocument(card: card, at: nil, readings: readings, alarms: []), now: Date(timeIntervalSince1970: 0))
        #expect(lines.contains("  Kind       Static transfer system"))
        let transfer = [
            "Transfer", "  Load         on the preferred source", "  Source 1     OK, preferred", "  Source 2     out of tolerance",
            "  Interaction  sources sliding", "  Output       switch3",
        ]
        #expect(lines.filter(transfer.contains) == transfer)
        let groups = ["Source 1", "Source 2", "Input", "Device"]
        #expect(lines.filter(groups.contains) == groups)
        #expect(lines.contains("  input.phase.shift  -12 °"))
    }

    private static let now = Date(timeIntervalSince1970: 1_767_484_800)

    private static func page(_ status: String, _ change: (inout CardRecord) -> Void = { _ in }, at: String? = nil) -> [String] {
        var card = CardRecord(name: "Rack 1", address: "10.0.0.1", generation: "NV8", status: status)
        change(&card)
        let readings = at == nil ? [:] : ["battery.charge": 100.0]
        return CardPage.lines(CardDocument(card: card, at: at, readings: readings, standing: []), now: now)
    }

    @Test func aSilentCardHasNoAlarmsThatAnybodyKnowsOf() {
        let never = Self.page("unreachable") { $0.problem = "The card does not answer SNMP (3 attempts)." }
        #expect(!never.contains("  none"))
        let words = "  Not known: the card does not answer SNMP (3 attempts)."
        #expect(never.suffix(5) == ["Alarms", words, "", "Readings", words])
        #expect(Self.page("normal").suffix(5) == ["Alarms", "  none", "", "Readings", "  none"])
        let retired = Self.page("unknown") { $0.retiredAt = "2026-01-01T00:00:00Z" }
        #expect(retired.contains("  Retired    3 d ago"), "\(retired)")
        #expect(retired.contains("  Not known: the card is retired."))
    }

    @Test func whatWasReadIsShownWithItsAge() {
        #expect(Self.page("normal", at: "2026-01-03T23:59:48Z").contains("Readings, 12 s old"))
        let silent = Self.page("unreachable", { $0.transfer = Self.transfer }, at: "2026-01-01T00:00:00Z")
        #expect(silent.contains("Readings, 3 d old"))
        #expect(silent.contains("Transfer, 3 d old"))
        #expect(Self.page("normal", { $0.transfer = Self.transfer }, at: "2026-01-01T00:00:00Z").contains("Transfer"))
    }

    private static let transfer = TransferRecord(
        source1: "ok", source2: "ok", preferredSource: 1, interaction: "synchronised", load: "preferredSource", output: "switch1")

    @Test func alarmsOfASilentCardAreThoseItLastTold() {
        let alarm = AlarmRecord(name: "upsAlarmOverload", title: "Output overload", severity: "warning")
        let card = CardRecord(name: "Rack 1", address: "10.0.0.1", generation: "NV8", status: "unreachable")
        let lines = CardPage.lines(CardDocument(card: card, at: nil, readings: [:], standing: [alarm]), now: Self.now)
        #expect(lines.contains("Alarms when it last told"))
        #expect(lines.contains("  Output overload (warning)"))
    }

    @Test func aPageSaysHowTheCardIsReadAndWhatIsWrong() {
        let lines = Self.page("normal") { card in
            card.warnings = ["Shares its address with card 7."]
            card.place = PlaceRecord(card: 3, name: "Rack 3")
            (card.protocol, card.profile) = ("modbus", "JBUSP")
            card.polling = PollingRecord(statusSeconds: 10, fullSeconds: 60)
            (card.outputSource, card.predecessor) = ("inverter", 12)
        }.map { $0.split(separator: " ").joined(separator: " ") }
        for line in [
            "Warnings", "Shares its address with card 7.", "Seems to be in the place of Rack 3 (id 3).", "Read by Modbus, profile JBUSP",
            "Polled every 10 s, fully every 60 s", "Load fed by inverter",
            "Took the place of card 12; its history stays there: nvexplorer history 12 --metric NAME",
        ] {
            #expect(lines.contains(line), "\(line) in \(lines)")
        }
    }

    @Test func programsAreNotToldOfNoAlarmsWhereNobodyKnows() throws {
        let card = CardRecord(name: "Rack 1", address: "10.0.0.1", generation: "NV8", status: "unreachable")
        var silent = card
        silent.alarmCount = 0
        let document = try Output.json(CardDocument(card: silent, at: nil, readings: [:], standing: []))
        #expect(document.contains(#""alarms" : null"#) && document.contains(#""alarmCount" : null"#))
        let json = try Output.json(card)
        for key in ["warnings", "place", "profile", "protocol", "polling", "outputSource", "predecessor", "successor", "retiredAt"] {
            #expect(json.contains("\"\(key)\" : null"))
        }
    }

    @Test func textsOfCardsDoNotSteerTheTerminal() {
        #expect(Output.printable("a\u{1B}[2Jb\u{7}\nc\u{202E}d") == "a\u{FFFD}[2Jb\u{FFFD}\nc\u{FFFD}d")
    }

    @Test(arguments: [(-5.0, "0 s"), (99, "99 s"), (100, "1 min"), (7000, "1 h"), (200_000, "2 d")])
    func elapsedTimesAreShort(seconds: Double, text: String) {
        #expect(Elapsed.text(seconds: seconds) == text)
    }

    @Test func timesToComeAreToldToo() {
        let now = Date(timeIntervalSince1970: 1_767_225_600)
        #expect(Elapsed.until("2026-01-01T00:00:10Z", now: now) == "in 10 s")
        #expect(Elapsed.until("2025-12-31T00:00:00Z", now: now) == "now")
    }

    @Test func timesAreReadWithAndWithoutFractions() {
        let now = Date(timeIntervalSince1970: 1_767_225_610)
        #expect(Elapsed.since("2026-01-01T00:00:00Z", now: now) == "10 s ago")
        #expect(Elapsed.since("2026-01-01T00:00:00.500Z", now: now) == "9 s ago")
        #expect(Elapsed.since("yesterday", now: now) == "yesterday")
    }
}
