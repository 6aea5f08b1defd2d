import FoundationEssentials
import NetVision
import PowerDevice
import Testing

@testable import FleetServer

struct RemoteWriteSeriesTests {
    private let start = MeasuredCard.moment
    private let card = MeasuredCard.card()

    private func sample(_ readings: [Variable: Double], after seconds: Double = 0) -> TelemetryStore.Sample {
        TelemetryStore.Sample(card: 1, at: start.addingTimeInterval(seconds), readings: readings)
    }

    /// `nvfleet_battery_charge card=1 name=rack 3 site=Lyon`, and the values.
    private func told(_ series: [Prometheus_TimeSeries]) -> [String: [Double]] {
        Dictionary(
            series.map { one in
                (
                    one.labels.map { $0.name == "__name__" ? $0.value : "\($0.name)=\($0.value)" }.joined(separator: " "),
                    one.samples.map(\.value)
                )
            }, uniquingKeysWith: +)
    }

    private func isStale(_ values: [Double]?) -> Bool { values?.map(\.bitPattern) == [0x7FF0_0000_0000_0002] }

    @Test func valuesOfARoundAreSeriesWithSortedLabels() {
        var series = RemoteWriteSeries()
        let samples = [
            sample([.batteryCharge: 97], after: 10), sample([.batteryCharge: 98, Variable("input.L1-N.voltage"): 230, .load: .infinity]),
        ]
        let readings: [Variable: Double] = [.batteryCharge: 97, Variable("input.L1-N.voltage"): 230]
        let round = series.round(samples: samples, cards: [1: card], figures: [MeasuredCard.figures(card, readings: readings)], at: start)
        let told = told(round)
        #expect(told["nvfleet_battery_charge card=1 name=rack 3 site=Lyon"] == [98, 97])
        #expect(told["nvfleet_input_voltage card=1 name=rack 3 phase=L1-N site=Lyon"] == [230])
        #expect(told["nvfleet_card_up card=1 name=rack 3 site=Lyon"] == [1])
        #expect(told["nvfleet_card_status card=1 name=rack 3 site=Lyon status=normal"] == [1])
        #expect(told["nvfleet_card_status card=1 name=rack 3 site=Lyon status=off"] == [0])
        #expect(
            told["nvfleet_card_info address=10.1.0.1 card=1 firmware=8.00 generation=NV8 kind=ups model=MASTERYS BC+ name=rack 3 site=Lyon"]
                == [1])
        #expect(!told.keys.contains { $0.contains("ups_load") })
        for one in round {
            #expect(one.labels.map(\.name) == one.labels.map(\.name).sorted())
            #expect(one.labels.allSatisfy { !$0.value.isEmpty })
            #expect(one.samples.map(\.timestamp) == one.samples.map(\.timestamp).sorted())
        }
    }

    @Test func anEmptyLabelIsLeftOut() {
        let bare = MeasuredCard.card(site: nil)
        var series = RemoteWriteSeries()
        let told = told(series.round(samples: [sample([.load: 4])], cards: [1: bare], figures: [], at: start))
        #expect(told["nvfleet_ups_load card=1 name=rack 3"]?.first == 4)
    }

    @Test func theSeriesOfACardThatFallsSilentEndOnce() {
        var series = RemoteWriteSeries()
        _ = series.round(
            samples: [sample([.load: 4])], cards: [1: card], figures: [MeasuredCard.figures(card, readings: [.load: 4])], at: start)
        let silent = [MeasuredCard.figures(card, status: .unreachable)]
        let first = told(series.round(samples: [], cards: [:], figures: silent, at: start.addingTimeInterval(15)))
        #expect(isStale(first["nvfleet_ups_load card=1 name=rack 3 site=Lyon"]))
        #expect(isStale(first["nvfleet_card_alarms card=1 name=rack 3 site=Lyon"]))
        #expect(first["nvfleet_card_up card=1 name=rack 3 site=Lyon"] == [0])
        #expect(first["nvfleet_card_status card=1 name=rack 3 site=Lyon status=unreachable"] == [1])
        let second = told(series.round(samples: [], cards: [:], figures: silent, at: start.addingTimeInterval(30)))
        #expect(second.isEmpty)
    }

    @Test func theSeriesOfAVariableThatIsGoneEndsOnce() {
        var series = RemoteWriteSeries()
        let both = MeasuredCard.figures(card, readings: [.load: 4, .batteryVoltage: 27])
        _ = series.round(samples: [sample([.load: 4, .batteryVoltage: 27])], cards: [1: card], figures: [both], at: start)
        // A status read brings a part of what is known.
        let second = told(
            series.round(samples: [sample([.load: 5], after: 10)], cards: [1: card], figures: [both], at: start.addingTimeInterval(15)))
        #expect(!second.keys.contains { $0.contains("battery_voltage") })
        let one = MeasuredCard.figures(card, readings: [.load: 5])
        let third = told(series.round(samples: [], cards: [:], figures: [one], at: start.addingTimeInterval(30)))
        #expect(isStale(third["nvfleet_battery_voltage card=1 name=rack 3 site=Lyon"]))
        #expect(!third.keys.contains { $0.contains("ups_load") })
        #expect(series.round(samples: [], cards: [:], figures: [one], at: start.addingTimeInterval(45)).isEmpty)
    }

    /// A sample that is younger than the round must not come after the end of its series.
    @Test func theEndComesAfterTheLastSample() throws {
        var series = RemoteWriteSeries()
        let round = series.round(
            samples: [sample([.load: 4], after: 5)], cards: [1: card], figures: [MeasuredCard.figures(card, isFresh: false)], at: start)
        let load = round.filter { $0.labels.contains { $0.value == "nvfleet_ups_load" } }.flatMap(\.samples)
        try #require(load.count == 2)
        #expect(load[0].timestamp < load[1].timestamp)
        #expect(load[1].value.bitPattern == Prometheus_Sample.stale.bitPattern)
    }

    @Test func whatIsToldOfEveryCardIsRepeatedOnceAMinute() {
        var series = RemoteWriteSeries()
        let figures = [MeasuredCard.figures(card)]
        let counts = [0.0, 15, 30, 59, 60, 75].map {
            series.round(samples: [], cards: [:], figures: figures, at: start.addingTimeInterval($0)).count
        }
        #expect(counts.map { $0 > 0 } == [true, false, false, false, true, false])
        let onBattery = [MeasuredCard.figures(card, status: .onBattery)]
        let change = told(series.round(samples: [], cards: [:], figures: onBattery, at: start.addingTimeInterval(76)))
        #expect(change["nvfleet_card_status card=1 name=rack 3 site=Lyon status=onBattery"] == [1])
        #expect(change["nvfleet_card_status card=1 name=rack 3 site=Lyon status=normal"] == [0])
    }

    @Test func theSeriesOfARenamedOrRetiredCardEnd() {
        var series = RemoteWriteSeries()
        _ = series.round(
            samples: [sample([.load: 4])], cards: [1: card], figures: [MeasuredCard.figures(card, readings: [.load: 4])], at: start)
        let renamed = MeasuredCard.card(name: "rack 4")
        let second = told(
            series.round(
                samples: [sample([.load: 5], after: 15)], cards: [1: renamed],
                figures: [MeasuredCard.figures(renamed, readings: [.load: 5])],
                at: start.addingTimeInterval(15)))
        #expect(isStale(second["nvfleet_ups_load card=1 name=rack 3 site=Lyon"]))
        #expect(isStale(second["nvfleet_card_up card=1 name=rack 3 site=Lyon"]))
        #expect(second["nvfleet_ups_load card=1 name=rack 4 site=Lyon"] == [5])
        let third = told(series.round(samples: [], cards: [:], figures: [], at: start.addingTimeInterval(30)))
        #expect(isStale(third["nvfleet_ups_load card=1 name=rack 4 site=Lyon"]))
        #expect(isStale(third["nvfleet_card_status card=1 name=rack 4 site=Lyon status=normal"]))
        #expect(third.values.allSatisfy { isStale($0) })
        #expect(series.round(samples: [], cards: [:], figures: [], at: start.addingTimeInterval(45)).isEmpty)
    }
}
