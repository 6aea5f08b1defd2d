import NetVision
import PowerDevice
import SNMP

/// The objects by which a UPS is told to do something.
///
///     4555.1.1.7.1.7.1   4555.1.1.1.1.8.1   upsControlStatusControl
///     4555.1.1.7.1.7.2,3 4555.1.1.1.1.8.2,3 upsShutdownDelay, upsTurnOffAfterShutdown
///     4555.1.1.7.1.7.7                      upsControlEcoModeScheduleTable
///     33.1.7, 33.1.8                        upsTest and upsControl of RFC 1628: `ControlObjects+Standard.swift`
///
/// A SET that would be refused is refused in the first of its two phases, so that nothing of the request has an effect. In the second the
/// order is queued: the device's answer comes later than an agent may keep a manager waiting, and is logged.
struct ControlObjects: Sendable {
    let device: DeviceRecord.Contents
    let settings: SettingsStore
    let controls: CardControls

    func objects() -> [ManagedObject] {
        let shown = settings.settings.control
        return statusControl() + shutdown(shown) + ecoSchedule(shown.ecoMode) + standardTests() + standardTimers(shown)
    }

    // MARK: - upsControlStatusControl

    private static let newer: [Int32: DeviceControl] = [
        1: .standbyOn, 2: .standbyOff, 3: .ecoModeOn, 4: .ecoModeOff, 5: .acknowledgeAlarms, 6: .transferToBypass, 7: .transferToInverter,
    ]
    /// upsCommandReset(6) takes back what the UPS has been told to do later.
    private static let older: [Int32: DeviceControl] = [
        1: .standbyOn, 2: .standbyOff, 3: .ecoModeOn, 4: .ecoModeOff, 5: .acknowledgeAlarms,
        6: .scheduleStandby(StandbySchedule(kind: .none)), 7: .muteBuzzer, 8: .transferToBypass, 9: .transferToInverter,
    ]

    private func statusControl() -> [ManagedObject] {
        [
            ManagedObject(
                ControlObjectTypes.upsControlStatusControl, .integer(mode(onBypass: 6, onInverter: 7)),
                write: order { Self.newer[$0] }),
            ManagedObject(
                ControlObjectTypes.oldStatusControl, .integer(mode(onBypass: 8, onInverter: 9)), write: order { Self.older[$0] }),
        ]
    }

    /// The mode that the UPS is in, by the number that would bring it there.
    private func mode(onBypass: Int32, onInverter: Int32) -> Int32 {
        switch device.snapshot.state.outputSource ?? .unknown {
        case .standby, .off: 1
        case .eco: 3
        case .bypass, .maintenanceBypass: onBypass
        case .inverter, .battery: onInverter
        case .normal, .lineInteractive, .flex, .unknown: 4
        }
    }

    /// Writes that order something. One that has not left is taken back where another object of the request fails.
    private func order(_ control: @escaping @Sendable (Int32) -> DeviceControl?) -> WriteHandler {
        let ticket = OrderTicket()
        return WriteHandler { [controls] value in
            guard let control = value.integer.flatMap(control) else { return .wrongValue }
            return controls.controller.refusal(of: control)?.errorStatus
        } commit: { [controls] value in
            guard let control = value.integer.flatMap(control) else { return false }
            return ticket.take(controls.controller.submit(control, by: .snmp))
        } undo: { [controls] _ in
            ticket.giveBack(to: controls.controller)
        }
    }

    // MARK: - Settings

    private func shutdown(_ shown: ControlSettings) -> [ManagedObject] {
        let delay = WriteHandler { value in
            value.integer.map(ControlSettings.shutdownDelays.contains) == true ? nil : .wrongValue
        } commit: { [settings] value in
            settings.change { $0.control.shutdownDelay = value.integer ?? $0.control.shutdownDelay }
        }
        let turnOff = WriteHandler { [settings] value in
            settings.change { $0.control.turnsOffAfterShutdown = value == .integer(1) }
        }
        return [ControlObjectTypes.upsShutdownDelay, ControlObjectTypes.oldShutdownDelay].map {
            ManagedObject($0, .integer(shown.shutdownDelay), write: delay)
        }
            + [ControlObjectTypes.upsTurnOffAfterShutdown, ControlObjectTypes.oldTurnOffAfterShutdown].map {
                ManagedObject($0, .integer(shown.turnsOffAfterShutdown ? 1 : 2), write: turnOff)
            }
    }

    private func ecoSchedule(_ shown: EcoModeSchedule) -> [ManagedObject] {
        let indices = (1...EcoModeSchedule.count).map {
            ManagedObject(ControlObjectTypes.upsControlEcoModeIndex, row: UInt32($0), .integer(Int32($0)))
        }
        return indices + days(ControlObjectTypes.upsControlEcoModeStartDay, shown, \.startDay)
            + times(ControlObjectTypes.upsControlEcoModeStartTime, shown, \.startTime)
            + days(ControlObjectTypes.upsControlEcoModeEndDay, shown, \.endDay)
            + times(ControlObjectTypes.upsControlEcoModeEndTime, shown, \.endTime)
    }

    private static let noDay: Int32 = 8

    private func days(
        _ type: ObjectType, _ shown: EcoModeSchedule, _ part: any WritableKeyPath<EcoModeSchedule.Row, Weekday?> & Sendable
    ) -> [ManagedObject] {
        shown.rows.enumerated().map { index, row in
            let write = WriteHandler { [settings] value in
                settings.change { $0.control.ecoMode[index][keyPath: part] = value.integer.flatMap(Weekday.init) }
            }
            return ManagedObject(type, row: UInt32(index + 1), .integer(row[keyPath: part]?.rawValue ?? Self.noDay), write: write)
        }
    }

    private func times(
        _ type: ObjectType, _ shown: EcoModeSchedule, _ part: any WritableKeyPath<EcoModeSchedule.Row, TimeOfDay> & Sendable
    ) -> [ManagedObject] {
        shown.rows.enumerated().map { index, row in
            let write = WriteHandler { value in
                value.text.flatMap { TimeOfDay($0) } == nil ? .wrongValue : nil
            } commit: { [settings] value in
                guard let time = value.text.flatMap({ TimeOfDay($0) }) else { return false }
                return settings.change { $0.control.ecoMode[index][keyPath: part] = time }
            }
            return ManagedObject(type, row: UInt32(index + 1), .text(row[keyPath: part].description), write: write)
        }
    }
}

extension SNMPValue {
    var integer: Int32? { if case .integer(let number) = self { number } else { nil } }
}

extension ControlFailure {
    /// What a manager is told: that the value can't be (`wrongValue`), that it can't be now, for the UPS does not permit it
    /// (`inconsistentValue`), or that there is nobody to take it (`resourceUnavailable`).
    var errorStatus: ErrorStatus {
        switch self {
        case .refused(.outOfRange): .wrongValue
        case .refused: .inconsistentValue
        case .noCommunication, .tooMany: .resourceUnavailable
        case .notAcknowledged, .noEffect, .cancelled: .genErr
        }
    }
}
