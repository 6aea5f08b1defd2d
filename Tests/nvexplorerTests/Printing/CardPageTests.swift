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

    @Test func textsOfCardsDoNotSteerTheTerminal() {
        #expect(Output.printable("a\u{1B}[2Jb\u{7}\nc\u{202E}d") == "a\u{FFFD}[2Jb\u{FFFD}\nc\u{FFFD}d")
    }

    @Test(arguments: [(-5.0, "0 s"), (99, "99 s"), (100, "1 min"), (7000, "1 h"), (200_000, "2 d")])
    func elapsedTimesAreShort(seconds: Double, text: String) {
        #expect(Elapsed.text(seconds: seconds) == text)
    }

    @Test func timesAreReadWithAndWithoutFractions() {
        let now = Date(timeIntervalSince1970: 1_767_225_610)
        #expect(Elapsed.since("2026-01-01T00:00:00Z", now: now) == "10 s ago")
        #expect(Elapsed.since("2026-01-01T00:00:00.500Z", now: now) == "9 s ago")
        #expect(Elapsed.since("yesterday", now: now) == "yesterday")
    }
}
