import Modbus
import PowerDevice

/// Why a control has not been carried out.
enum ControlFailure: Error, Equatable, CustomStringConvertible {
    /// By what is known of the device: nothing has been sent.
    case refused(ControlProfile.Refusal)
    /// The device does not answer at all: nothing has been sent.
    case noCommunication
    /// It has been sent, and the device has refused it or given no answer.
    case notAcknowledged(ModbusError)
    /// The device has acknowledged it, and does not show what it should do.
    case noEffect(within: Duration)
    /// Too many wait to be carried out: this one has been dropped.
    case tooMany
    /// The card stops.
    case cancelled

    var description: String {
        switch self {
        case .refused(let refusal): refusal.description
        case .noCommunication: "there is no communication with the device"
        case .notAcknowledged(.exception(let exception)): "the device refuses it (Modbus exception \(exception.rawValue))"
        case .notAcknowledged(let error): "the device has not acknowledged it (\(error))"
        case .noEffect(let patience): "the device has acknowledged it, but shows no effect within \(patience)"
        case .tooMany: "too many controls are waiting"
        case .cancelled: "the card stops"
        }
    }
}

/// Who asks for a control, as its log line says.
enum ControlOrigin: Sendable, Equatable, CustomStringConvertible {
    /// A manager by its address; nil where it has asked long ago.
    case snmp(String?)
    /// The eco mode schedule of the card's settings.
    case schedule
    /// The card's clock, which the UPS is to follow.
    case clock
    /// Somebody who has logged in.
    case user(String)

    var description: String {
        switch self {
        case .snmp(let manager): manager.map { "SNMP by \($0)" } ?? "SNMP"
        case .schedule: "schedule"
        case .clock: "clock"
        case .user(let name): "login by \(name)"
        }
    }
}
