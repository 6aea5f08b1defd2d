/// The registers by which a family of devices is controlled: which words to write for which control, and which bit permits it.
///
/// Card and simulator go by the same profile: the card turns a control into a write, the simulator a write into a control. A control that
/// the profile does not name can't be sent.
package struct ControlProfile: Sendable, Equatable {
    package struct Write: Sendable, Equatable {
        package let address: UInt16
        package let values: [UInt16]

        package init(_ address: UInt16, _ values: [UInt16]) {
            self.address = address
            self.values = values
        }
    }

    /// Why a control is not carried out.
    package enum Refusal: Error, Equatable, CustomStringConvertible {
        /// The profile has no register for it.
        case unknownControl
        /// The device says that remote controls are disabled.
        case remoteControlDisabled
        /// The device does not permit this one now, or does not have what it is about.
        case notPermitted(String)
        /// A number is outside of what the control takes.
        case outOfRange(String)

        package var description: String {
            switch self {
            case .unknownControl: "this device has no register for the control; name one in a device profile"
            case .remoteControlDisabled: "remote controls are disabled at the device"
            case .notPermitted(let reason), .outOfRange(let reason): reason
            }
        }
    }

    package let name: String
    /// Every register of the profile that may be read: permissions, clock, commands.
    package let readable: [RegisterRange]

    /// The write that carries `control` out, with what `registers` say of permission.
    package func write(for control: DeviceControl, on map: DeviceMap, registers: RegisterFile) throws(Refusal) -> Write {
        throw .unknownControl
    }

    /// The control that a write asks for, or nil where the profile knows none there.
    package func control(of write: Write) -> DeviceControl? { nil }
}

extension DeviceMap {
    /// The registers by which devices of this map are controlled, as far as they are public.
    package var controls: ControlProfile { ControlProfile(name: name, readable: []) }
}
