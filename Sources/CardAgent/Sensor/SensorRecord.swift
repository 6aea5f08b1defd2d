import PowerDevice
import Synchronization

/// What the card knows of its environment sensor.
final class SensorRecord: Sendable {
    /// What is shown of it, at one moment.
    struct Contents: Sendable {
        /// Nil while the sensor does not answer.
        var identity: EnvironmentSensor.Identity?
        var monitor = EnvironmentMonitor()
        /// Counts the changes.
        var revision = 0

        var isPresent: Bool { monitor.isPresent }
    }

    private let state = Mutex(Contents())

    init() {}

    var contents: Contents { state.withLock { $0 } }

    var revision: Int { state.withLock { $0.revision } }

    /// Forgets everything: the card starts again.
    func reset() { state.withLock { $0 = Contents(revision: $0.revision + 1) } }

    /// Takes what a poll has read; nil if the sensor did not answer. Returns the conditions that have begun, become critical, or ended.
    func update(_ words: [UInt16]?, settings: EnvironmentSettings) -> [EnvironmentEvent] {
        state.withLock { contents in
            let before = contents
            let events = contents.monitor.observe(words.flatMap(EnvironmentSensor.reading), settings: settings)
            contents.identity = contents.isPresent ? words.flatMap(EnvironmentSensor.identity) : nil
            if contents.monitor != before.monitor || contents.identity != before.identity { contents.revision += 1 }
            return events
        }
    }
}
