package import PowerDevice

/// How a device is read by Modbus: its map or the rows of a profile, how much of it the device has, and what its registers were.
package struct ModbusReadPlan: Sendable {
    package let kind: DeviceKind
    private let profile: RegisterProfile
    private let statusRanges: [RegisterRange]
    private let allRanges: [RegisterRange]
    var blocks = RegisterBlocks()
    var registers: RegisterFile

    init(_ profile: RegisterProfile, kind: DeviceKind) {
        self.profile = profile
        self.kind = kind
        var status = profile
        status.points = profile.points.filter { $0.poll == .status }
        let map = profile.map
        statusRanges = (map?.identityRanges ?? []) + (map?.liveRanges ?? []) + (map?.optionalRanges ?? []) + status.ranges
        allRanges = (map?.readPlan ?? []) + (map?.optionalRanges ?? []) + profile.ranges
        registers = RegisterFile((map?.readPlan ?? []) + (map?.optionalRanges ?? []) + profile.ranges + status.ranges)
    }

    /// The map that the device has; nil where it is read by rows of a profile alone.
    package var map: DeviceMap? { profile.map }

    func ranges(_ scope: ReadPlan.Scope) -> [RegisterRange] {
        switch scope {
        case .status: statusRanges
        case .all: allRanges
        }
    }

    /// What is read to learn who a device is that is known to have this profile.
    var identityRanges: [RegisterRange] { map?.configurationRanges ?? allRanges }

    /// What the device says of itself, by its map.
    package var plate: RatingPlate? { map.map { $0.plate($0, registers) } }

    package var serial: String? { profile.text(.serial, in: registers) ?? plate?.serial }

    /// The card as far as its registers tell. They tell of the device only: neither MAC nor firmware of the card.
    package func identity(as generation: CardGeneration) -> CardIdentity {
        CardIdentity(
            generation: generation, kind: kind, model: profile.text(.model, in: registers) ?? plate?.model, serial: serial)
    }

    /// What the registers say.
    var state: DeviceState { profile.state(of: registers, kind: kind, base: map?.snapshot(of: registers)) }

    /// What is known while the card answers, and its device does not.
    var silentState: DeviceState {
        var state = map?.silentSnapshot(plate: plate).state ?? DeviceState(kind: kind, isCommunicating: false)
        state.alarms = [.communicationLost]
        return state
    }

    /// Whether this is a UPS or an STS, and not some other device that has registers at these addresses: a type that the map knows, or a
    /// serial number in letters and digits.
    var isPlausible: Bool {
        guard let plate else { return true }
        let isKnown =
            switch map?.family {
            case .vuMap: plate.model != nil
            case .jbusp: plate.deviceCode.map { DeviceRange.jbusp($0) != nil } ?? false
            case .sts, nil: false
            }
        return isKnown || plate.serial.map(Self.isSerial) ?? false
    }

    private static func isSerial(_ text: String) -> Bool {
        text.utf8.count >= 4 && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || " -_/.".contains($0)) }
    }
}

extension RegisterFile {
    /// Takes what was read of a range; what was not is unknown from now on.
    mutating func replace(_ range: RegisterRange, by words: [UInt16]) {
        for offset in 0..<range.count { self[range.address &+ UInt16(truncatingIfNeeded: offset)] = nil }
        store(words, at: range.address)
    }
}
