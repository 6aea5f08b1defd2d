import NetVision
import PowerDevice
import SNMP

/// The objects by which a UPS is told to do something.
///
///     4555.1.1.7.1.7.1   4555.1.1.1.1.8.1   upsControlStatusControl
///     4555.1.1.1.1.7     33.1.7             upsTest of the older branch and of RFC 1628: `ControlObjects+Tests.swift`
///     33.1.8             33.1.9.8           upsControl and upsConfigAudibleStatus of RFC 1628: `ControlObjects+Standard.swift`
///
/// A SET that would be refused is refused in the first of its two phases, so that nothing of the request has an effect. In the second the
/// order is queued: the device's answer comes later than an agent may keep a manager waiting, and is logged.
struct ControlObjects: Sendable {
    let device: DeviceRecord.Contents
    let settings: SettingsStore
    let controls: CardControls

    func objects() -> [ManagedObject] {
        statusControl() + standardTests() + olderTests() + standardTimers(settings.settings.control) + [buzzer()]
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
                ControlGroup.netVision7.upsControlStatusControl, .integer(mode(onBypass: 6, onInverter: 7)),
                write: order { Self.newer[$0] }),
            ManagedObject(
                ControlGroup.netVision6.upsControlStatusControl, .integer(mode(onBypass: 8, onInverter: 9)),
                write: order { Self.older[$0] }),
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
    func order(
        _ control: @escaping @Sendable (Int32) -> DeviceControl?, then done: @escaping @Sendable (Int32) -> Void = { _ in }
    ) -> WriteHandler {
        let ticket = OrderTicket()
        return WriteHandler { [controls] value in
            guard let control = value.integer.flatMap(control) else { return .inconsistentValue }
            return controls.controller.refusal(of: control)?.errorStatus
        } perform: { [controls] value, requester in
            guard let number = value.integer, let control = control(number) else { return false }
            return ticket.take(
                controls.controller.submit(control, by: .snmp("\(requester)")) { failure in if failure == nil { done(number) } })
        } undo: { [controls] _ in
            ticket.giveBack(to: controls.controller)
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
