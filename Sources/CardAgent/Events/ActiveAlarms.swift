import PowerDevice
import Synchronization

/// The alarm table of manual 12.3: what the device is alarmed by now, since when, and what came last.
///
/// It has the managed alarms of the register map, of a parallel system those of the system. While the device is silent they stand as they
/// were last seen, as in its event log.
final class ActiveAlarms: Sendable {
    struct Row: Equatable, Sendable {
        /// `A019`, `A05`, `STS:0x0148.3`.
        let code: PointCode
        /// When it was found, in seconds since 1970 UTC by the card's clock.
        let since: Int64
        let description: String
        let level: Severity
    }

    struct Contents: Equatable, Sendable {
        /// In the order in which they came.
        fileprivate(set) var rows: [Row] = []
        /// The last alarm that came, whether or not it is over.
        fileprivate(set) var last: Row?
    }

    private let state = Mutex(Contents())

    init() {}

    var contents: Contents { state.withLock { $0 } }

    /// Active alarms.
    var count: Int { state.withLock { $0.rows.count } }

    /// The card starts: nothing is known yet.
    func reset() { state.withLock { $0 = Contents() } }

    /// Takes over what holds now.
    ///
    /// - Parameter alarms: events that are alarms, and others, which are left out.
    func follow(_ alarms: [DeviceEventDefinition], at now: Int64) {
        state.withLock { contents in
            let alarms = alarms.filter(\.isAlarm)
            contents.rows.removeAll { row in !alarms.contains { $0.code == row.code && $0.text == row.description } }
            for alarm in alarms {
                guard let code = alarm.code, !contents.rows.contains(where: { $0.code == code }) else { continue }
                let row = Row(code: code, since: now, description: alarm.text, level: alarm.severity)
                contents.rows.append(row)
                contents.last = row
            }
        }
    }
}
