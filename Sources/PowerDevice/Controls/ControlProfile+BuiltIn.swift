extension DeviceMap {
    /// The registers by which devices of this map are controlled, as far as they are public: the first of ``controlProfiles`` that has no
    /// signature. An STS has none.
    package var controls: ControlProfile {
        controlProfiles.first { $0.signature.isEmpty } ?? ControlProfile(name: name, map: name)
    }

    /// The built-in profiles, in the order in which a card looks for them: the first that the device has counts.
    package var controlProfiles: [ControlProfile] { ControlProfile.builtIn.filter { $0.map == name } }

    /// The profile of a device whose `registers` were read with every profile's ranges: one with a signature that fits, else the public one.
    package func controlProfile(of registers: RegisterFile) -> ControlProfile {
        controlProfiles.first { !$0.signature.isEmpty && $0.matches(registers) } ?? controls
    }
}

extension ControlProfile {
    package static let builtIn: [ControlProfile] = [.nvfleetVUMap, .vuMap, .jbusp, .nvfleetSTS]

    /// JBUSP: the command word, the standby schedule and the clock that drivers for these UPS use. Each is written with function 16.
    ///
    ///     0x15B0  1  command: 5 standby on, 6 off, 7 buzzer on, 8 mute, 14 off, 16 battery test
    ///     0x1580  5  standby schedule: delay in s (2 words), standby in min (2 words), kind
    ///     0x1360  4  clock
    ///
    /// There is no register of its own for the acknowledgement of alarms: it mutes the buzzer. S06 disables, S13 permits the battery test,
    /// S29 the standby schedule.
    package static let jbusp = ControlProfile(
        name: "JBUSP", map: "JBUSP", readable: [RegisterRange(0x1360, count: 4)], enabled: [RegisterBit(0x1020, 6, isSet: false)],
        commands: [
            Command(.standbyOn, at: 0x15B0, [.constant(5)], function: 16),
            Command(.standbyOff, at: 0x15B0, [.constant(6)], function: 16),
            Command(.enableBuzzer, at: 0x15B0, [.constant(7)], function: 16),
            Command(.muteBuzzer, at: 0x15B0, [.constant(8)], function: 16),
            Command(.muteBuzzer, at: 0x15B0, [.constant(14)], function: 16),
            Command(.acknowledgeAlarms, at: 0x15B0, [.constant(8)], function: 16, isAlwaysPermitted: true),
            Command(
                .startBatteryTest, at: 0x15B0, [.constant(16)], function: 16,
                if: [Requirement(RegisterBit(0x1020, 13), else: "this UPS does not support battery tests (S13)")]),
            Command(
                .scheduleStandby, at: 0x1580, [.delayHigh, .delay, .standbyHigh, .standby, .kind].map(ControlWord.field), function: 16,
                if: [Requirement(RegisterBit(0x1021, 13), else: "this UPS does not manage a standby schedule (S29)")]),
            Command(.setClock, at: 0x1360, [.minuteSecond, .dayHour, .month, .year].map(ControlWord.field), function: 16),
        ])

    /// VU-MAP as the vendor's public Modbus manual has it (IOMXXXOPXX00-EN): commands C000–C031 and permissions P000–P031 are bits.
    ///
    ///     0x00C7  2  commands      C016 eco mode on, C017 off, C028 battery test, C031 reset of alarms
    ///     0x00C9  2  permissions   P000 remote controls enabled, P016, P017, P028, P031
    ///     0x00CB  4  clock
    package static let vuMap = ControlProfile(
        name: "VU-MAP", map: "VU-MAP", readable: [RegisterRange(0x00C9, count: 2), RegisterRange(0x00CB, count: 4)],
        enabled: [RegisterBit(0x00C9, 0)],
        commands: [
            publicCommand(.ecoModeOn, 16, [ecoEnabled]),
            publicCommand(.ecoModeOff, 17, [ecoEnabled]),
            publicCommand(.startBatteryTest, 28, [batteryPresent]),
            Command(.acknowledgeAlarms, at: 0x00C8, [.constant(1 << 15)], isAlwaysPermitted: true),
            Command(.setClock, at: 0x00CB, clockFields),
        ])

    /// The NVFleet profile of a VU-MAP device; every control of a UPS.
    package static let nvfleetVUMap = nvfleet(
        map: "VU-MAP", enabled: RegisterBit(0x0F02, 0),
        [
            .transferToInverter, .transferToBypass, .lineInteractiveOn, .lineInteractiveOff, .ecoModeOn, .ecoModeOff, .standbyOn,
            .standbyOff, .acknowledgeAlarms, .muteBuzzer, .enableBuzzer, .startBatteryTest, .scheduleBatteryTest, .scheduleStandby,
            .closePlug1, .openPlug1, .closePlug2, .openPlug2, .closePlug3, .openPlug3, .closePlug4, .openPlug4, .setClock,
        ])

    /// The NVFleet profile of an STS: manual 13.8, and its clock.
    package static let nvfleetSTS = nvfleet(
        map: "STS", enabled: RegisterBit(0x0142, 13),
        [.transferToPreferredSource, .transferToAlternateSource, .preferSource1, .preferSource2, .acknowledgeAlarms, .setClock])

    /// A profile that upssim has, and any device may:
    ///
    ///     0x0F00  1  0x4E56, the signature
    ///     0x0F01  1  1, the version
    ///     0x0F02  2  permissions: the bit of a control's number (bit 0 of 0x0F02 = 0, bit 0 of 0x0F03 = 16)
    ///     0x0F10  1  command: a control's number
    ///     0x0F11  4  clock
    ///     0x0F18  3  battery test schedule: weeks, weekday, hour
    ///     0x0F20  3  standby schedule: kind, delay in s, standby in min
    private static func nvfleet(map: String, enabled: RegisterBit, _ kinds: [DeviceControl.Kind]) -> ControlProfile {
        ControlProfile(
            name: "NVFleet \(map)", map: map, signature: [Word(0x0F00, 0x4E56), Word(0x0F01, 1)],
            readable: [
                RegisterRange(0x0F00, count: 4), RegisterRange(0x0F10, count: 5), RegisterRange(0x0F18, count: 3),
                RegisterRange(0x0F20, count: 3),
            ],
            enabled: [enabled], commands: kinds.map { nvfleetCommand($0, map: map) })
    }

    private static func nvfleetCommand(_ kind: DeviceControl.Kind, map: String) -> Command {
        let number = kind.number
        let permission = Requirement(RegisterBit(0x0F02 + number / 16, Int(number % 16)))
        return switch kind {
        case .acknowledgeAlarms: Command(kind, at: 0x0F10, [.constant(number)], isAlwaysPermitted: true)
        case .setClock: Command(kind, at: 0x0F11, clockFields, if: [permission])
        case .scheduleBatteryTest:
            Command(kind, at: 0x0F18, [.weeks, .weekday, .hour].map(ControlWord.field), if: [batteryPresent, permission])
        case .scheduleStandby:
            Command(kind, at: 0x0F20, [.kind, .delay, .standby].map(ControlWord.field), if: [standbyManaged, permission])
        case .ecoModeOn, .ecoModeOff: Command(kind, at: 0x0F10, [.constant(number)], if: [ecoEnabled, permission])
        case .startBatteryTest: Command(kind, at: 0x0F10, [.constant(number)], if: [batteryPresent, permission])
        default: Command(kind, at: 0x0F10, [.constant(number)], if: [permission])
        }
    }

    private static let clockFields: [ControlWord] = [.minuteSecond, .dayHour, .monthWeekday, .year].map(ControlWord.field)
    private static let ecoEnabled = Requirement(RegisterBit(0x0008, 0), else: "eco mode is not enabled at this UPS (T008)")
    private static let standbyManaged = Requirement(RegisterBit(0x0008, 6), else: "this UPS does not manage a standby schedule (T008)")
    private static let batteryPresent = Requirement(RegisterBit(0x000A, 0), else: "this UPS has no battery (T010)")

    /// Command bit and permission bit have the same number.
    private static func publicCommand(_ kind: DeviceControl.Kind, _ number: UInt16, _ requirements: [Requirement]) -> Command {
        Command(
            kind, at: 0x00C7 + number / 16, [.constant(1 << (number % 16))],
            if: requirements + [Requirement(RegisterBit(0x00C9 + number / 16, Int(number % 16)))])
    }
}
