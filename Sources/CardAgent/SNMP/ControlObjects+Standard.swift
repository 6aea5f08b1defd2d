import NetVision
import PowerDevice
import SNMP

/// RFC 1628's groups upsTest (§4.7) and upsControl (§4.8), as far as a UPS of ours can do what they ask for.
extension ControlObjects {
    private static let wellKnownTests = MIBModule.rfc1628.root.appending(7, 7)

    private static func test(_ value: SNMPValue) -> BatteryTestRecord.Test? {
        (1...5).lazy.compactMap { BatteryTestRecord.Test(rawValue: $0) }.first {
            value == .objectIdentifier(wellKnownTests.appending($0.rawValue))
        }
    }

    func standardTests() -> [ManagedObject] {
        typealias Types = StandardObjectTypes
        let tests = controls.tests
        let uptime = controls.uptime
        return [
            ManagedObject(Types.upsTestId, write: startTest) {
                .objectIdentifier(Self.wellKnownTests.appending(tests.contents.test.rawValue))
            },
            ManagedObject(Types.upsTestSpinLock, write: spinLock) { .integer(tests.contents.spinLock) },
            ManagedObject(Types.upsTestResultsSummary) { .integer(tests.contents.summary.rawValue) },
            ManagedObject(Types.upsTestResultsDetail) { Types.upsTestResultsDetail.text(tests.contents.detail) },
            ManagedObject(Types.upsTestStartTime) { .timeTicks(tests.contents.start) },
            ManagedObject(Types.upsTestElapsedTime) {
                .integer(Int32(clamping: tests.contents.elapsed(uptime: uptime.ticks)))
            },
        ]
    }

    /// The general systems test and the quick battery test are the UPS's battery test. It has no deep calibration, and can't be told to stop.
    private var startTest: WriteHandler {
        let ticket = OrderTicket()
        return WriteHandler { [controls] value in
            guard let test = Self.test(value) else { return .wrongValue }
            guard test.isBatteryTest, controls.tests.contents.summary != .inProgress else { return .inconsistentValue }
            return controls.controller.refusal(of: .startBatteryTest)?.errorStatus
        } commit: { [controls] value in
            guard let test = Self.test(value) else { return false }
            let before = controls.tests.contents
            controls.tests.ordered(test, uptime: controls.uptime.ticks)
            let isTaken = ticket.take(
                controls.controller.submit(.startBatteryTest, by: .snmp) { failure in
                    if let failure { controls.tests.failed(failure, uptime: controls.uptime.ticks) }
                })
            if !isTaken { controls.tests.restore(before) }
            return isTaken
        } undo: { [controls] _ in
            guard ticket.giveBack(to: controls.controller) else { return false }
            controls.tests.failed(.cancelled, uptime: controls.uptime.ticks)
            return true
        }
    }

    /// Asked again at the commit: another object of the same request may have advanced it.
    private var spinLock: WriteHandler {
        WriteHandler { [tests = controls.tests] value in
            value.integer == tests.contents.spinLock ? nil : .inconsistentValue
        } commit: { [tests = controls.tests] value in
            value.integer.map { tests.advanceLock(from: $0) } ?? false
        } undo: { _ in
            // Somebody has had the lock: that stays so.
            true
        }
    }

    // MARK: - upsControl

    func standardTimers(_ shown: ControlSettings) -> [ManagedObject] {
        typealias Types = StandardObjectTypes
        let restart = WriteHandler { [settings] value in
            settings.change { $0.control.restartsAutomatically = value == .integer(1) }
        }
        return [
            timer(.shutdown, Types.upsShutdownAfterDelay) { seconds in
                shown.restartsAutomatically
                    ? .init(
                        control: .scheduleStandby(StandbySchedule(kind: .restore, delay: Int(seconds), standby: 1)), isCountedByUPS: true)
                    : .init(control: .standbyOn, isCountedByUPS: false)
            },
            timer(.startup, Types.upsStartupAfterDelay) { _ in .init(control: .standbyOff, isCountedByUPS: false) },
            timer(.reboot, Types.upsRebootWithDuration) { seconds in
                let schedule = StandbySchedule(
                    kind: .once, delay: StandbySchedule.delayRange.lowerBound, standby: max(1, (Int(seconds) + 59) / 60))
                return .init(control: .scheduleStandby(schedule), isCountedByUPS: true)
            },
            ManagedObject(Types.upsAutoRestart, .integer(shown.restartsAutomatically ? 1 : 2), write: restart),
        ]
    }

    /// What the end of a timer means.
    struct TimedControl: Sendable {
        let control: DeviceControl
        /// The UPS gets the control at once, with the time in it; else it gets it when the time has come.
        let isCountedByUPS: Bool
    }

    private static let takeBack = DeviceControl.scheduleStandby(StandbySchedule(kind: .none))

    /// -1 stops the timer, and takes back what the UPS has been told.
    private func timer(
        _ timer: OutputCountdown.Timer, _ type: ObjectType, _ control: @escaping @Sendable (Int32) -> TimedControl
    ) -> ManagedObject {
        let ticket = OrderTicket()
        let write = WriteHandler { [controls] value in
            guard let seconds = value.integer else { return .wrongType }
            if seconds >= 0 { return controls.controller.refusal(of: control(seconds).control)?.errorStatus }
            guard controls.countdown.isUPSCounting(timer) else { return nil }
            return controls.controller.refusal(of: Self.takeBack)?.errorStatus
        } commit: { [controls] value in
            guard let seconds = value.integer else { return false }
            let timed = seconds < 0 ? nil : control(seconds)
            if timed?.isCountedByUPS ?? controls.countdown.isUPSCounting(timer) {
                guard ticket.take(controls.controller.submit(timed?.control ?? Self.takeBack, by: .snmp)) else { return false }
            }
            controls.countdown.set(timer, seconds: seconds, uptime: controls.uptime.seconds, timed)
            return true
        } undo: { [controls] _ in
            controls.countdown.stop(timer)
            return ticket.giveBack(to: controls.controller)
        }
        return ManagedObject(type, write: write) { [controls] in
            .integer(controls.countdown.remaining(timer, uptime: controls.uptime.seconds))
        }
    }
}

extension OutputCountdown {
    /// Lets a timer run from now on, or stops it.
    fileprivate func set(_ timer: Timer, seconds: Int32, uptime: Int, _ timed: ControlObjects.TimedControl?) {
        guard let timed else { return stop(timer) }
        start(timer, seconds: seconds, uptime: uptime, then: timed.isCountedByUPS ? nil : timed.control)
    }
}
