/// The registers by which a family of devices is controlled: which words to write for which control, and which bit permits it.
///
/// Card and simulator go by the same profile: the card turns a control into a write, the simulator a write into a control. A control that
/// the profile does not name can't be sent. Owners write profiles of their own as documents (docs/device-profiles.md).
package struct ControlProfile: Sendable, Equatable {
    package let name: String
    /// The map of the devices that the profile is for: `VU-MAP`, `JBUSP` or `STS`.
    package let map: String
    /// Words by which a device says that it has this profile; empty where each device of the map is taken to have it.
    package let signature: [Word]
    /// Every register of the profile that may be read: signature, permissions, clock. A device that answers an exception to one of them does
    /// not have that part.
    package let readable: [RegisterRange]
    /// All of them must hold, or the device's remote controls are disabled.
    package let enabled: [RegisterBit]
    /// In the order in which they are offered. Of two with the same words, the first tells what a write means.
    package let commands: [Command]

    package init(
        name: String, map: String, signature: [Word] = [], readable: [RegisterRange] = [], enabled: [RegisterBit] = [],
        commands: [Command] = []
    ) {
        self.name = name
        self.map = map
        self.signature = signature
        self.readable = readable
        self.enabled = enabled
        self.commands = commands
    }

    /// A register that must have a value.
    package struct Word: Sendable, Hashable {
        package let address: UInt16
        package let value: UInt16

        package init(_ address: UInt16, _ value: UInt16) {
            self.address = address
            self.value = value
        }
    }

    /// How one control is written, and when it may be.
    package struct Command: Sendable, Equatable {
        package let control: DeviceControl.Kind
        package let address: UInt16
        package let words: [ControlWord]
        /// 6 or 16; nil is 6 for one word and 16 for more.
        package let function: UInt8?
        package let requirements: [Requirement]
        /// Whether the control may be sent while remote controls are disabled.
        package let isAlwaysPermitted: Bool

        package init(
            _ control: DeviceControl.Kind, at address: UInt16, _ words: [ControlWord], function: UInt8? = nil,
            if requirements: [Requirement] = [], isAlwaysPermitted: Bool = false
        ) {
            self.control = control
            self.address = address
            self.words = words
            self.function = function
            self.requirements = requirements
            self.isAlwaysPermitted = isAlwaysPermitted
        }
    }

    /// A bit that permits a control, and what is said where it does not.
    package struct Requirement: Sendable, Equatable {
        package let bit: RegisterBit
        package let reason: String

        package init(_ bit: RegisterBit, else reason: String? = nil) {
            self.bit = bit
            self.reason = reason ?? "the device does not permit it now (\(RegisterBit(bit.address, bit.bit)) is \(bit.isSet ? 0 : 1))"
        }
    }

    /// What goes over the line.
    package struct Write: Sendable, Equatable {
        package let address: UInt16
        package let values: [UInt16]
        /// The Modbus function: 6 (one register) or 16 (several).
        package let function: UInt8

        /// Function 6 for one value, 16 for more, unless `function` says otherwise.
        package init(_ address: UInt16, _ values: [UInt16], function: UInt8? = nil) {
            self.address = address
            self.values = values
            self.function = function ?? (values.count == 1 ? 6 : 16)
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
}

extension ControlProfile {
    /// The write that carries `control` out, with what `registers` (the map's and the profile's) say of permission.
    ///
    /// A permission that is not known is none. Refused in this order: values out of range, no register, remote control disabled, not permitted.
    package func write(for control: DeviceControl, on map: DeviceMap, registers: RegisterFile) throws(Refusal) -> Write {
        if let fault = control.fault { throw .outOfRange(fault) }
        guard map.name == self.map, let kind = control.kind, let command = commands.first(where: { $0.control == kind }) else {
            throw .unknownControl
        }
        if let refusal = refusal(of: command, registers) { throw refusal }
        let values = command.words.compactMap { $0.value(in: control) }
        guard !values.isEmpty, values.count == command.words.count else { throw .unknownControl }
        return Write(command.address, values, function: command.function)
    }

    /// The control that a write asks for, or nil where the profile knows none there, or its values are out of range.
    package func control(of write: Write) -> DeviceControl? {
        for command in commands where command.address == write.address && command.words.count == write.values.count {
            if let control = command.control(of: write.values) { return control }
        }
        return nil
    }

    /// The controls that the device offers now, in the order of the profile (manual 12.7.1, 13.8: what is not allowed is not shown).
    package func permitted(on map: DeviceMap, registers: RegisterFile) -> [DeviceControl.Kind] {
        guard map.name == self.map else { return [] }
        var kinds: [DeviceControl.Kind] = []
        for command in commands where !kinds.contains(command.control) && refusal(of: command, registers) == nil {
            kinds.append(command.control)
        }
        return kinds
    }

    private func refusal(of command: Command, _ registers: RegisterFile) -> Refusal? {
        if !command.isAlwaysPermitted, !enabled.allSatisfy({ $0.holds(in: registers) }) { return .remoteControlDisabled }
        return command.requirements.first { !$0.bit.holds(in: registers) }.map { .notPermitted($0.reason) }
    }

    /// Whether `registers` (with ``readable`` in them) are those of a device with this profile.
    package func matches(_ registers: RegisterFile) -> Bool { signature.allSatisfy { registers[$0.address] == $0.value } }

    /// The ranges of ``readable`` that the map does not read anyway.
    package func ranges(beyond map: DeviceMap) -> [RegisterRange] {
        readable.filter { range in
            !(map.readPlan + map.optionalRanges).contains { known in
                known.offset(of: range.address) != nil
                    && known.offset(of: range.address &+ UInt16(truncatingIfNeeded: range.count - 1)) != nil
            }
        }
    }

    /// Those of them that tell what is permitted: what is worth reading again and again.
    package func permissionRanges(beyond map: DeviceMap) -> [RegisterRange] {
        let bits = enabled + commands.flatMap(\.requirements).map(\.bit)
        return ranges(beyond: map).filter { range in bits.contains { range.offset(of: $0.address) != nil } }
    }
}

extension ControlProfile.Command {
    /// The control that `values` ask for, or nil where they are others than this command's.
    fileprivate func control(of values: [UInt16]) -> DeviceControl? {
        var fields: [ControlWord.Field: UInt16] = [:]
        for (word, value) in zip(words, values) {
            switch word {
            case .constant(let constant): if constant != value { return nil }
            case .field(let field): fields[field] = value
            }
        }
        switch control {
        case .scheduleBatteryTest: return BatteryTestSchedule(fields).map { .scheduleBatteryTest($0) }
        case .scheduleStandby: return StandbySchedule(fields).map { .scheduleStandby($0) }
        case .setClock: return DeviceClock(fields).map { .setClock($0) }
        default: return control.control
        }
    }
}
