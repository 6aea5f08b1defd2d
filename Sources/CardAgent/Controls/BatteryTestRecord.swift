import PowerDevice
import Synchronization

/// What RFC 1628's upsTest group tells: the battery test that is under way, or the last one that the card has seen.
///
///     none ──ordered, or seen in progress──▶ in progress ──bit gone──▶ passed or failed
///                                              └──the order fails──▶ aborted
final class BatteryTestRecord: Sendable {
    /// upsTestResultsSummary.
    enum Summary: Int32, Sendable {
        case passed = 1
        case failed = 3
        case aborted = 4
        case inProgress = 5
        case none = 6
    }

    /// The well-known tests of RFC 1628, by their last arc below upsWellKnownTests.
    enum Test: UInt32, Sendable {
        case none = 1
        case abort = 2
        case generalSystems = 3
        case quickBattery = 4
        case deepBatteryCalibration = 5

        /// Whether the battery test of the UPS is what it asks for.
        var isBatteryTest: Bool { self == .generalSystems || self == .quickBattery }
    }

    struct Contents: Equatable, Sendable {
        var test = Test.none
        var summary = Summary.none
        /// Why the test could not be made; empty otherwise.
        var detail = ""
        /// sysUpTime at the start.
        var start: UInt32 = 0
        /// Hundredths of a second that the last test took; of one in progress, see `elapsed`.
        var duration: UInt32 = 0
        /// upsTestSpinLock: counts the writes to it.
        var spinLock: Int32 = 0
        /// Whether the UPS has shown that it tests.
        fileprivate var isSeen = false
        /// The bit of a failed test, as last seen, and as it was when this test began.
        fileprivate var hasFailed = false
        fileprivate var hadFailed = false

        /// upsTestElapsedTime, in hundredths of a second.
        func elapsed(uptime: UInt32) -> UInt32 { summary == .inProgress ? uptime &- start : duration }
    }

    private let state = Mutex(Contents())

    init() {}

    var contents: Contents { state.withLock { $0 } }

    /// The card starts again; the lock's value goes on, as that of a counter may.
    func reset() { state.withLock { $0 = Contents(spinLock: $0.spinLock) } }

    /// A test has been ordered.
    func ordered(_ test: Test, uptime: UInt32) { state.withLock { $0.begin(test, uptime: uptime) } }

    /// Nobody has taken the order: it has never been.
    func restore(_ before: Contents) {
        state.withLock { state in
            let lock = state.spinLock
            state = before
            state.spinLock = lock
        }
    }

    /// The order has not been carried out.
    func failed(_ failure: ControlFailure, uptime: UInt32) {
        state.withLock { state in
            guard state.summary == .inProgress, !state.isSeen else { return }
            state.end(.aborted, uptime: uptime)
            state.detail = failure.description
        }
    }

    /// The value that the lock has must be given, and becomes the next one (TestAndIncr of RFC 2579).
    func advanceLock(from value: Int32) -> Bool {
        state.withLock { state in
            guard state.spinLock == value else { return false }
            state.spinLock = value == .max ? 0 : value + 1
            return true
        }
    }

    /// What the device says, after a poll. A UPS tests by itself, too.
    func observe(isTesting: Bool, hasFailed: Bool, uptime: UInt32) {
        state.withLock { state in
            defer { state.hasFailed = hasFailed }
            if isTesting {
                if state.summary != .inProgress { state.begin(.quickBattery, uptime: uptime) }
                state.isSeen = true
            } else if state.summary == .inProgress, state.isSeen || hasFailed && !state.hadFailed {
                state.end(hasFailed ? .failed : .passed, uptime: uptime)
            }
        }
    }
}

extension BatteryTestRecord.Contents {
    fileprivate mutating func begin(_ test: BatteryTestRecord.Test, uptime: UInt32) {
        self = .init(
            test: test, summary: .inProgress, start: uptime, spinLock: spinLock, hasFailed: hasFailed, hadFailed: hasFailed)
    }

    fileprivate mutating func end(_ summary: BatteryTestRecord.Summary, uptime: UInt32) {
        duration = uptime &- start
        self.summary = summary
    }
}
