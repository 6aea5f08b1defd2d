import PowerDevice
import Testing

@testable import CardAgent

@Suite struct SensorRecordTests {
    private func words(_ temperature: Double, humidity: Double = 35.2, inputs: [Bool] = [false, false]) -> [UInt16] {
        EnvironmentSensor.words(of: EnvironmentReading(temperature: temperature, humidity: humidity, inputs: inputs))
    }

    @Test func theFirstReadingIsNoNews() {
        let record = SensorRecord()
        #expect(record.update(words(55), settings: .activated).isEmpty)
        #expect(record.contents.isPresent)
        #expect(record.contents.identity?.firmware == "01.00.0005")
    }

    @Test func conditionsAreToldWhenTheyBeginWhenTheyBecomeCriticalAndWhenTheyEnd() {
        let record = SensorRecord()
        var told: [Int32] = []
        for temperature in [22.0, 51, 55, 61, 70, 55, 49.5, 48.9, 22, 9, 4, 22] {
            let events = record.update(words(temperature), settings: .activated)
            told += events.map { $0.condition.trap(on: .ups, isActive: $0.isActive) }
        }
        // High, critical, not high, low, critical, not low; that it became milder in between is no news.
        #expect(told == [30, 30, 31, 28, 28, 29])
    }

    @Test func aSensorThatGoesTakesItsConditionsWithIt() {
        let record = SensorRecord()
        _ = record.update(words(22), settings: .activated)
        _ = record.update(words(55), settings: .activated)
        let revision = record.revision
        #expect(record.update(nil, settings: .activated).isEmpty)
        #expect(record.revision == revision + 1)
        #expect(!record.contents.isPresent)
        #expect(record.contents.identity == nil)
        #expect(record.contents.monitor.conditions.isEmpty)
        // It is still as warm when it comes back: that is known.
        #expect(record.update(words(55), settings: .activated).isEmpty)
        #expect(record.update(words(22), settings: .activated).map(\.isActive) == [false])
    }

    @Test func sameWordsAreNoChange() {
        let record = SensorRecord()
        _ = record.update(words(22), settings: .activated)
        let revision = record.revision
        _ = record.update(words(22), settings: .activated)
        #expect(record.revision == revision)
    }

    @Test func aSensorThatIsNotActivatedIsNone() {
        var settings = EnvironmentSettings.activated
        settings.isEnabled = false
        let record = SensorRecord()
        _ = record.update(words(22), settings: settings)
        #expect(!record.contents.isPresent)
    }
}
