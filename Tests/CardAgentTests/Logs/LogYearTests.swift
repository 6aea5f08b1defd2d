import FoundationEssentials
import NIOCore
import NetVision
import PowerDevice
import Testing

@testable import CardAgent

/// A year of a card's logs in compressed time: recorder and rings, with the clock set back and ahead on the way.
struct LogYearTests {
    /// 1 January 2026, 00:00 UTC.
    private static let start: Int64 = 1_767_225_600
    private static let days = 365
    /// Minutes from one sample to the next: ten, so that the year passes in seconds.
    private static let step: Int64 = 10
    private static let samples = Int64(days) * 1440 / step

    /// What the card's clock shows after so many seconds: in March it is set back by a day and a half, in July ahead by an hour.
    private static func clock(_ elapsed: Int64) -> Int64 {
        let day = elapsed / 86_400
        return start + elapsed - (day >= 70 ? 129_600 : 0) + (day >= 190 ? 3600 : 0)
    }

    private var device: DeviceRecord.Contents {
        let map = DeviceMap.vuMap
        var snapshot = map.silentSnapshot()
        snapshot.state = DeviceState(isCommunicating: true, readings: [Variable("input.voltage"): 230])
        return DeviceRecord.Contents(
            map: map, controls: map.controls, snapshot: snapshot, registers: map.emptyRegisters, revision: 1)
    }

    @Test func aYearLeavesTheLast2048RecordsInTheirOrder() async throws {
        let directory = try LogDirectory()
        let database = directory.open(.init(isKept: false, pendingLimit: 20_000))
        let logs = CardLogs.test(database)
        var recorder = LogRecorder()
        var contents = device
        var (samples, extended) = (0, 0)
        for number in 0..<Self.samples {
            let elapsed = number * Self.step * 60
            let now = Self.clock(elapsed)
            contents.snapshot.state.readings[Variable("input.voltage")] = 220 + Double(number % 6)
            contents.revision += 1
            recorder.polled(contents, now: now)
            let time = NIODeadline.uptimeNanoseconds(0) + .seconds(elapsed)
            for entry in recorder.due(contents, sensor: nil, intervals: .init(history: 600), at: time, now: now) {
                logs.append(entry.sample, to: entry.kind)
                if entry.kind == .history { samples += 1 } else { extended += 1 }
            }
            if number % 10_000 == 0 { await database.flush() }
        }
        #expect(samples == Int(Self.samples))
        #expect(extended == Self.days * 24 - 1)
        let history = try await logs.samples(.history, .whole)
        #expect(history.records.map(\.sequence) == Array(Int64(samples - 2047)...Int64(samples)))
        let instants = (Self.samples - 2048..<Self.samples).map { Self.clock($0 * Self.step * 60) }
        #expect(history.records.map(\.sample.instant) == instants)
        let hours = try await logs.samples(.extendedHistory, .whole)
        #expect(hours.records.count == 2048)
        #expect(hours.records.allSatisfy { $0.sample.values.prefix(2) == [220, 225] })
        await database.close()
    }

    /// Paris changes on 29 March and 25 October 2026 at 01:00 UTC.
    @Test(arguments: [1_774_746_000, 1_792_890_000] as [Int64])
    func theHourOfAChangeOfTimeIsLoggedAsAnyOther(_ change: Int64) async throws {
        let zone = try #require(CardTimeZone.named("gmt0100paris"))
        let paris = LocalTime(zone: zone, daylightSaving: .automatic)
        let logs = CardLogs(.inMemory(), card: 1) { DeviceClock(seconds: $0 + paris.offset(at: $0)).text }
        var recorder = LogRecorder()
        for second in stride(from: Int64(0), to: 7200, by: 60) {
            let time = NIODeadline.uptimeNanoseconds(0) + .seconds(second)
            for entry in recorder.due(device, sensor: nil, intervals: .init(), at: time, now: change - 3600 + second)
            where entry.kind == .history {
                logs.append(entry.sample, to: .history)
            }
        }
        #expect(try await logs.count(.history) == 120)
        let lines = try await logs.csv(.history).split(separator: "\r\n").dropFirst()
        let utc = lines.compactMap { $0.split(separator: ",").last }
        #expect(utc == utc.sorted() && Set(utc).count == 120)
        let isAutumn = change == 1_792_890_000
        let local = lines.compactMap { $0.split(separator: ",").first?.dropFirst(11).prefix(2) }
        #expect(Set(local) == (isAutumn ? ["02"] : ["01", "03"]))
    }
}
