import NIOCore
import NetVision
import PowerDevice
import Testing

@testable import CardAgent

struct LogRecorderTests {
    private let intervals = LogRecorder.Intervals(history: 60, extended: 60)

    /// A one-phase UPS, or one of three phases, with these readings.
    private func device(_ readings: [String: Double], isAnswering: Bool = true, revision: Int = 1, lines: Int = 1)
        -> DeviceRecord.Contents
    {
        let map = DeviceMap.vuMap
        var snapshot = map.silentSnapshot()
        snapshot.state = DeviceState(
            isCommunicating: isAnswering,
            readings: Dictionary(uniqueKeysWithValues: readings.map { (Variable($0), $1) }), inputLines: lines, outputLines: lines)
        return DeviceRecord.Contents(
            map: map, controls: map.controls, snapshot: snapshot, registers: map.emptyRegisters, revision: revision)
    }

    private func at(_ seconds: Int) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(Int64(seconds)) }

    private func run(
        _ recorder: inout LogRecorder, _ device: DeviceRecord.Contents, _ seconds: ClosedRange<Int>, clock: (Int) -> Int64
    ) -> [LogRecorder.Entry] {
        seconds.flatMap { second in
            recorder.due(device, sensor: nil, intervals: intervals, at: at(second), now: clock(second))
        }
    }

    @Test func samplesOnceAMinute() {
        var recorder = LogRecorder()
        let entries = run(&recorder, device(["input.voltage": 231]), 0...180) { Int64($0) }
        #expect(entries.map(\.sample.instant) == [0, 60, 120, 180])
        #expect(entries.allSatisfy { $0.kind == .history && $0.sample.schema == .upsHistory })
        #expect(entries.first?.sample.values.prefix(4) == [231, nil, nil, nil])
    }

    @Test func aClockThatIsSetNeitherDoublesSamplesNorLeavesAnyOut() {
        var recorder = LogRecorder()
        let entries = run(&recorder, device(["ups.load": 40]), 0...180) { $0 < 90 ? 5000 + Int64($0) : 1000 + Int64($0) }
        #expect(entries.map(\.sample.instant) == [5000, 5060, 1120, 1180])
    }

    @Test func takesOneSampleAfterAPause() {
        var recorder = LogRecorder()
        _ = run(&recorder, device(["ups.load": 40]), 0...0) { Int64($0) }
        let entries = run(&recorder, device(["ups.load": 40]), 3000...3070) { Int64($0) }
        #expect(entries.filter { $0.kind == .history }.map(\.sample.instant) == [3000, 3060])
    }

    @Test func isSilentWhileTheDeviceDoesNotAnswer() {
        var recorder = LogRecorder()
        #expect(run(&recorder, device([:], isAnswering: false), 0...120) { Int64($0) }.isEmpty)
    }

    @Test func aNewIntervalCountsFromTheLastSampleOn() {
        var recorder = LogRecorder()
        let contents = device(["ups.load": 40])
        _ = run(&recorder, contents, 0...60) { Int64($0) }
        var times: [Int64] = []
        for second in 61...100 {
            times += recorder.due(
                contents, sensor: nil, intervals: .init(history: 10, extended: 60), at: at(second), now: Int64(second)
            ).map(\.sample.instant)
        }
        #expect(times == [70, 80, 90, 100])
    }

    @Test func cardsThatStartTogetherDoNotLogTogether() {
        let cards = 2000
        var perSecond: [Int: Int] = [:]
        for card in 1...cards { perSecond[Int(LogRecorder.shift(ofCard: card) * 60), default: 0] += 1 }
        #expect(LogRecorder.shift(ofCard: 1) == 0)
        #expect(perSecond.count == 60)
        #expect(perSecond.values.allSatisfy { (30...37).contains($0) })
    }

    @Test func theExtendedHistoryKeepsMinimumMaximumAndAverageOfThePolls() {
        var recorder = LogRecorder()
        for (second, voltage) in [(0, 230.0), (2, 220), (4, 243)] {
            recorder.polled(device(["input.voltage": voltage], revision: second), now: Int64(second))
        }
        _ = recorder.due(device([:]), sensor: nil, intervals: intervals, at: at(0), now: 0)
        let entries = recorder.due(device([:]), sensor: nil, intervals: intervals, at: at(3600), now: 3600)
        let extended = entries.filter { $0.kind == .extendedHistory }
        #expect(extended.count == 1)
        #expect(extended.first?.sample.start == 0)
        #expect(extended.first?.sample.instant == 3600)
        #expect(extended.first?.sample.values.prefix(4) == [220, 243, 231, nil])
    }

    @Test func anHourWithoutAnAnswerIsNoRecord() {
        var recorder = LogRecorder()
        recorder.polled(device([:], isAnswering: false), now: 0)
        _ = recorder.due(device([:], isAnswering: false), sensor: nil, intervals: intervals, at: at(0), now: 0)
        #expect(recorder.due(device([:], isAnswering: false), sensor: nil, intervals: intervals, at: at(3600), now: 3600).isEmpty)
    }

    @Test func aCardThatGoesOffLeavesWhatItHasGatheredIfThatIsWorthIt() {
        var recorder = LogRecorder()
        recorder.polled(device(["input.voltage": 230]), now: 100)
        #expect(recorder.finish(now: 110, atLeast: 60).isEmpty)
        recorder.polled(device(["input.voltage": 230]), now: 100)
        #expect(recorder.finish(now: 200, atLeast: 60).map(\.sample.start) == [100])
        #expect(recorder.finish(now: 300).isEmpty)
    }

    @Test func theSensorIsLoggedAlsoWhileTheDeviceDoesNotAnswer() {
        var recorder = LogRecorder()
        let reading = EnvironmentReading(temperature: 22.5, humidity: 35.2, inputs: [true, false])
        let entries = recorder.due(device([:], isAnswering: false), sensor: reading, intervals: intervals, at: at(0), now: 7)
        #expect(
            entries == [.init(kind: .sensorHistory, sample: LogSample(schema: .sensorHistory, instant: 7, values: [22.5, 35.2, 1, 0]))])
    }
}
