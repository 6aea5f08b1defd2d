import PowerDevice
import Testing

@testable import CardAgent

struct LogDocumentTests {
    private func document(_ kind: LogKind, schema: LogSchema? = nil) -> LogDocument {
        LogDocument(kind, schema: schema) { DeviceClock(seconds: $0 + 3600).text }
    }

    @Test func writesEventsWithLocalTimeAndUTC() {
        var log = document(.deviceEvents)
        log.append(LoggedEvent(sequence: 1, instant: 1_795_410_000, severity: .critical, code: "A001", text: "UPS Imminent Stop"))
        #expect(
            log.text
                == """
                Event Time,Event Level,Event Description,Point,UTC\r
                23/11/2026 05:00:00,Critical,UPS Imminent Stop,A001,2026-11-23T05:00:00Z\r\n
                """.replacing("05:00:00,", with: "06:00:00,"))
    }

    @Test func quotesWhatWouldBreakALine() {
        #expect(LogDocument.quoted("a, b") == "\"a, b\"")
        #expect(LogDocument.quoted("say \"no\"") == "\"say \"\"no\"\"\"")
        #expect(LogDocument.quoted("two\r\nlines") == "\"two\r\nlines\"")
        #expect(LogDocument.quoted("plain") == "plain")
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
    func keepsForeignTextFromBecomingAFormula(_ text: String) {
        #expect(LogDocument.harmless(text) == "'" + text)
    }

    @Test func leavesOrdinaryTextAlone() {
        #expect(LogDocument.harmless("Cold boot") == "Cold boot")
        #expect(LogDocument.harmless("").isEmpty)
    }

    @Test(
        arguments: [
            (231.0, "231"), (49.98, "49.98"), (50.1, "50.1"), (0.05, "0.05"), (-5.5, "-5.5"), (-0.25, "-0.25"), (0, "0"),
        ] as [(Double, String)])
    func writesNumbersWithoutSuperfluousZeros(_ value: Double, _ text: String) {
        #expect(LogDocument.number(value) == text)
    }

    @Test func writesMinusOneForWhatIsNotManaged() {
        #expect(LogDocument.number(nil) == "-1")
        var log = document(.sensorHistory, schema: .sensorHistory)
        log.append(LogSample(schema: .sensorHistory, instant: 0, values: [22, 35.2, 1, nil]))
        #expect(
            log.text == "Date time,EMD temperature (deg C),EMD humidity (%),EMD input 1,EMD input 2,UTC\r\n"
                + "01/01/1970 01:00:00,22,35.2,1,-1,1970-01-01T00:00:00Z\r\n")
    }

    @Test func namesThePhasesOfAUPSAndTheLinesOfATransferSystem() {
        #expect(
            document(.history).text.hasPrefix("Date time,Input voltage R (V),Input voltage S (V),Input voltage T (V),Output voltage R (V),")
        )
        #expect(document(.history, schema: .stsHistory).text.hasPrefix("Date time,Source 1 voltage L1 (V),"))
        #expect(
            document(.extendedHistory).text.hasPrefix(
                "Start time,End time,Input voltage R (V) min,Input voltage R (V) max,Input voltage R (V) avg,"))
    }

    @Test func aColumnThatNobodyKnowsKeepsItsName() {
        #expect(LogSchema(["input.L1-N.voltage", "moon.phase"]).titles(of: .history) == ["Input voltage R (V)", "moon.phase"])
    }
}
