import NIOCore
import PowerDevice
import Testing

@testable import FleetServer

struct CardMetricsPageTests {
    private func text(_ figures: [CardFigures]) -> String {
        CardMetricsPage(figures).map { String(buffer: $0) }.joined()
    }

    @Test func tellsOfACardThatAnswers() {
        let readings: [Variable: Double] = [.batteryCharge: 98, Variable("input.L2-N.voltage"): 230.5, Variable("input.L1-N.voltage"): 231]
        let page = text([MeasuredCard.figures(readings: readings)])
        let labels = #"card="1",name="rack 3",site="Lyon""#
        #expect(page.contains("# TYPE nvfleet_card_up gauge\nnvfleet_card_up{\(labels)} 1\n"))
        #expect(page.contains("nvfleet_card_status{\(labels),status=\"normal\"} 1\n"))
        #expect(page.contains("nvfleet_card_status{\(labels),status=\"onBattery\"} 0\n"))
        #expect(page.contains("nvfleet_card_alarms{\(labels)} 2\n"))
        #expect(page.contains("nvfleet_card_last_seen_timestamp_seconds{\(labels)} 1700000000.0\n"))
        #expect(
            page.contains(
                #"nvfleet_card_info{\#(labels),address="10.1.0.1",firmware="8.00",generation="NV8",kind="ups",model="MASTERYS BC+"} 1"#))
        #expect(page.contains("nvfleet_battery_charge{\(labels)} 98.0\n"))
        #expect(
            page.contains(
                """
                # HELP nvfleet_input_voltage input.voltage of the card's device, in volts.
                # TYPE nvfleet_input_voltage gauge
                nvfleet_input_voltage{\(labels),phase="L1-N"} 231.0
                nvfleet_input_voltage{\(labels),phase="L2-N"} 230.5

                """))
    }

    /// What it said before is no value of now.
    @Test(arguments: [
        (OperatingStatus.unreachable, true, "unreachable"), (.unreachable, false, "unreachable"), (.normal, false, "unknown"),
    ])
    func aCardThatDoesNotAnswerHasNoValues(_ status: OperatingStatus, _ isFresh: Bool, _ told: String) {
        let page = text([MeasuredCard.figures(status: status, isFresh: isFresh)])
        let labels = #"card="1",name="rack 3",site="Lyon""#
        #expect(page.contains("nvfleet_card_up{\(labels)} 0\n"))
        #expect(page.contains("nvfleet_card_status{\(labels),status=\"\(told)\"} 1\n"))
        #expect(page.contains("nvfleet_card_last_seen_timestamp_seconds{"))
        #expect(!page.contains("nvfleet_battery_charge"))
        #expect(!page.contains("nvfleet_card_alarms{"))
        #expect(page.split(separator: "\n").count { $0.contains("status=") && $0.hasSuffix(" 1") } == 1)
    }

    @Test func whatACardDoesNotMeasureIsAbsent() {
        let cards = [
            MeasuredCard.figures(MeasuredCard.card(1), readings: [.batteryCharge: 98]),
            MeasuredCard.figures(MeasuredCard.card(2), readings: [.load: 40, .batteryTemperature: .nan]),
        ]
        let page = text(cards)
        #expect(page.split(separator: "\n").count { $0.hasPrefix("nvfleet_battery_charge{") } == 1)
        #expect(!page.contains("nvfleet_battery_temperature"))
        #expect(text([]).isEmpty)
    }

    @Test func eachFamilyIsOneGroupAndNoSeriesComesTwice() {
        let readings: [Variable: Double] = [.load: 40, Variable("output.L1.current"): 3, Variable("output.current"): 2, .batteryCharge: 9]
        let cards = (1...3000).map { MeasuredCard.figures(MeasuredCard.card(Int64($0), name: "card \"\($0)\""), readings: readings) }
        let pieces = Array(CardMetricsPage(cards))
        #expect(pieces.count > 3)
        #expect(pieces.dropLast().allSatisfy { $0.readableBytes >= 64 * 1024 && $0.readableBytes < 68 * 1024 })
        let lines = pieces.map { String(buffer: $0) }.joined().split(separator: "\n")
        let series = lines.filter { !$0.hasPrefix("#") }.compactMap { $0.split(separator: "} ").first }
        #expect(series.count == Set(series).count)
        #expect(series.count == 3000 * (1 + OperatingStatus.allCases.count + 3 + 4))
        var groups: [Substring] = []
        for line in series {
            let family = line.prefix { $0 != "{" }
            if groups.last != family { groups.append(family) }
        }
        #expect(groups.count == Set(groups).count)
    }
}
