import NetVision
import PowerDevice
import SNMP

/// RFC 1628's groups upsControl (§4.8) and upsConfig (§4.9), as far as a UPS of ours can do what they ask for.
extension ControlObjects {
    func standardTimers(_ shown: ControlSettings) -> [ManagedObject] {
        typealias Types = StandardObjectTypes
        return [
            ManagedObject(Types.upsShutdownType, .integer(Self.output), write: shutdownType),
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
        ]
    }

    // MARK: - upsShutdownType

    /// output(1): the UPS itself stays on.
    private static let output: Int32 = 1

    /// No control takes the whole system off.
    private var shutdownType: WriteHandler {
        WriteHandler { value in
            value == .integer(Self.output) ? nil : .inconsistentValue
        } commit: { _ in
            true
        }
    }

    // MARK: - Timers

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
        } perform: { [controls] value, requester in
            guard let seconds = value.integer else { return false }
            let timed = seconds < 0 ? nil : control(seconds)
            if timed?.isCountedByUPS ?? controls.countdown.isUPSCounting(timer) {
                let control = timed?.control ?? Self.takeBack
                guard ticket.take(controls.controller.submit(control, by: .snmp("\(requester)"))) else { return false }
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

    // MARK: - upsConfigAudibleStatus

    /// A UPS does not tell whether its buzzer may sound: shown is what it has been told last. It has no way to be silent for good.
    func buzzer() -> ManagedObject {
        let buzzer = controls.buzzer
        let write = order { number in
            switch BuzzerRecord.Status(rawValue: number) {
            case .enabled: .enableBuzzer
            case .muted: .muteBuzzer
            case .disabled, nil: nil
            }
        } then: { number in
            BuzzerRecord.Status(rawValue: number).map(buzzer.told)
        }
        return ManagedObject(StandardObjectTypes.upsConfigAudibleStatus, write: write) { .integer(buzzer.status.rawValue) }
    }
}

extension OutputCountdown {
    /// Lets a timer run from now on, or stops it.
    fileprivate func set(_ timer: Timer, seconds: Int32, uptime: Int, _ timed: ControlObjects.TimedControl?) {
        guard let timed else { return stop(timer) }
        start(timer, seconds: seconds, uptime: uptime, then: timed.isCountedByUPS ? nil : timed.control)
    }
}
