import FoundationEssentials
import Logging
import NetVision
import PowerDevice
import SwiftProtobuf
import Synchronization
import Testing

@testable import FleetServer

@Suite(.timeLimit(.minutes(1))) struct RemoteWriteServiceTests {
    /// A store that can be out, and remembers what it took.
    private final class FarEnd: Sendable {
        private let state = Mutex<(outcomes: [RemoteWriteOutcome], taken: [Prometheus_TimeSeries])>(([], []))
        let progress = AsyncStream.makeStream(of: Int.self)

        /// What it answers next; when nothing is left it accepts.
        init(_ outcomes: [RemoteWriteOutcome] = []) { state.withLock { $0.outcomes = outcomes } }

        func send(_ body: [UInt8]) async -> RemoteWriteOutcome {
            let request = try? Prometheus_WriteRequest(serializedBytes: uncompressed(body))
            return state.withLock { state in
                let outcome = state.outcomes.isEmpty ? .accepted : state.outcomes.removeFirst()
                if outcome == .accepted { state.taken += request?.timeseries ?? [] }
                progress.continuation.yield(state.taken.reduce(0) { $0 + $1.samples.count })
                return outcome
            }
        }

        var loads: [Double] {
            state.withLock { $0.taken }.filter { $0.labels.contains { $0.value == "nvfleet_ups_load" } }.flatMap(\.samples).map(\.value)
        }
    }

    private func service(_ farEnd: FarEnd, intake: RemoteWriteIntake, queueBytes: Int = 1 << 20) -> RemoteWriteService {
        var settings = RemoteWriteSettings(url: "http://127.0.0.1:1/")
        settings.interval = .milliseconds(5)
        settings.queueBytes = queueBytes
        return RemoteWriteService(
            intake: intake, settings: settings, transport: farEnd.send, figures: { [] }, now: { MeasuredCard.moment },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func sample(_ load: Int) -> TelemetryStore.Sample {
        TelemetryStore.Sample(card: 1, at: MeasuredCard.moment.addingTimeInterval(Double(load) - 600), readings: [.load: Double(load)])
    }

    @Test func whatTheFarEndDoesNotTakeIsSentAgain() async {
        let farEnd = FarEnd([.later("out", after: nil), .accepted])
        let intake = RemoteWriteIntake()
        let service = service(farEnd, intake: intake)
        intake.take([sample(1), sample(2)], cards: [1: MeasuredCard.card()])
        await withDiscardingTaskGroup { tasks in
            tasks.addTask { await service.run() }
            for await count in farEnd.progress.stream where count > 0 { break }
            tasks.cancelAll()
        }
        #expect(farEnd.loads.prefix(2) == [1, 2])
        #expect(service.statistics.sent >= 2)
        #expect(service.statistics.retries == 1)
        #expect(service.statistics.lag == 0)
    }

    @Test func whatIsRefusedIsLostAndCountedAndTheRestGoesOn() async {
        let farEnd = FarEnd([.refused("400")])
        let intake = RemoteWriteIntake()
        let service = service(farEnd, intake: intake)
        intake.take([sample(1)], cards: [1: MeasuredCard.card()])
        service.collect()
        intake.take([sample(2)], cards: [1: MeasuredCard.card()])
        service.collect()
        await withDiscardingTaskGroup { tasks in
            tasks.addTask { await service.run() }
            for await count in farEnd.progress.stream where count > 0 { break }
            tasks.cancelAll()
        }
        #expect(farEnd.loads.first == 2)
        #expect(service.statistics.failed >= 1)
        #expect(service.statistics.dropped == 0)
    }

    @Test func keepsUpToItsBoundAndCountsWhatItLoses() {
        let intake = RemoteWriteIntake()
        let service = service(FarEnd(), intake: intake, queueBytes: 200)
        for load in 1...10 {
            intake.take([sample(load)], cards: [1: MeasuredCard.card()])
            service.collect()
        }
        let statistics = service.statistics
        #expect(statistics.waitingBytes <= 200)
        #expect(statistics.dropped > 0)
        #expect(statistics.lag > 0)
        #expect(Int(statistics.dropped) + statistics.waitingSamples >= 10)
    }
}
