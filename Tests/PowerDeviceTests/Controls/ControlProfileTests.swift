import PowerDevice
import Testing

@Suite struct ControlProfileTests {
    /// Every control that there is, with values at the ends of their ranges.
    static let controls: [DeviceControl] =
        DeviceControl.Kind.allCases.compactMap(\.control) + [
            .scheduleBatteryTest(BatteryTestSchedule(weeks: 0, weekday: 1, hour: 0)),
            .scheduleBatteryTest(BatteryTestSchedule(weeks: 52, weekday: 7, hour: 23)),
            .scheduleStandby(StandbySchedule(kind: .none)), .scheduleStandby(StandbySchedule(kind: .once, delay: 20, standby: 1)),
            .scheduleStandby(StandbySchedule(kind: .restore, delay: 600, standby: 9999)),
            .setClock(DeviceClock(year: 2026, month: 11, day: 23, hour: 23, minute: 59, second: 58, weekday: 1)),
            .setClock(DeviceClock(year: 2000, month: 2, day: 29, hour: 0, minute: 0, second: 0, weekday: 2)),
        ]

    /// Registers of a device that permits everything.
    private func permitting(_ profile: ControlProfile) throws -> (DeviceMap, RegisterFile) {
        let map = try #require(DeviceMap.named(profile.map))
        var file = RegisterFile(map.readPlan + profile.ranges(beyond: map))
        for range in map.readPlan + profile.readable { file.store(Array(repeating: 0xFFFF, count: range.count), at: range.address) }
        for bit in profile.enabled + profile.commands.flatMap(\.requirements).map(\.bit) { file.set(bit) }
        for word in profile.signature { file[word.address] = word.value }
        return (map, file)
    }

    @Test(arguments: ControlProfile.builtIn.map(\.name)) func everyWriteTellsItsControl(_ name: String) throws {
        let profile = try #require(ControlProfile.builtIn.first { $0.name == name })
        let (map, file) = try permitting(profile)
        var written: Set<DeviceControl.Kind> = []
        for control in Self.controls where profile.commands.contains(where: { $0.control == control.kind }) {
            let write = try profile.write(for: control, on: map, registers: file)
            let read = try #require(profile.control(of: write), "\(name) does not know \(write)")
            #expect(try profile.write(for: read, on: map, registers: file) == write)
            if name != "JBUSP" { #expect(read == control) }
            if let kind = control.kind { written.insert(kind) }
        }
        #expect(written == Set(profile.commands.map(\.control)))
        #expect(Set(profile.permitted(on: map, registers: file)) == written)
    }

    @Test(arguments: ControlProfile.builtIn.map(\.name)) func controlsThatAProfileDoesNotNameAreRefused(_ name: String) throws {
        let profile = try #require(ControlProfile.builtIn.first { $0.name == name })
        let (map, file) = try permitting(profile)
        for control in Self.controls where !profile.commands.contains(where: { $0.control == control.kind }) {
            #expect(throws: ControlProfile.Refusal.unknownControl) { try profile.write(for: control, on: map, registers: file) }
        }
        #expect(profile.control(of: .init(0x7777, [1])) == nil && profile.control(of: .init(profile.commands[0].address, [])) == nil)
        let other: DeviceMap = map.name == "STS" ? .vuMap : .sts
        #expect(throws: ControlProfile.Refusal.unknownControl) {
            try profile.write(for: .acknowledgeAlarms, on: other, registers: file)
        }
    }

    @Test(arguments: ControlProfile.builtIn.map(\.name)) func disabledDeviceTakesTheAcknowledgementOnly(_ name: String) throws {
        let profile = try #require(ControlProfile.builtIn.first { $0.name == name })
        let (map, permitting) = try permitting(profile)
        for enabled in profile.enabled {
            var file = permitting
            file.set(RegisterBit(enabled.address, enabled.bit, isSet: !enabled.isSet))
            #expect(profile.permitted(on: map, registers: file) == [.acknowledgeAlarms])
            #expect(try profile.write(for: .acknowledgeAlarms, on: map, registers: file).values.count == 1)
            #expect(throws: ControlProfile.Refusal.remoteControlDisabled) {
                try profile.write(
                    for: .setClock(DeviceClock(year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0)), on: map, registers: file)
            }
        }
        #expect(profile.permitted(on: map, registers: map.emptyRegisters) == [.acknowledgeAlarms])
    }

    @Test(arguments: ControlProfile.builtIn.map(\.name)) func eachPermissionCounts(_ name: String) throws {
        let profile = try #require(ControlProfile.builtIn.first { $0.name == name })
        let (map, permitting) = try permitting(profile)
        for command in profile.commands {
            for requirement in command.requirements {
                var file = permitting
                file.set(RegisterBit(requirement.bit.address, requirement.bit.bit, isSet: !requirement.bit.isSet))
                #expect(!profile.permitted(on: map, registers: file).contains(command.control))
                guard let control = Self.controls.first(where: { $0.kind == command.control }) else { continue }
                #expect(throws: ControlProfile.Refusal.notPermitted(requirement.reason)) {
                    try profile.write(for: control, on: map, registers: file)
                }
            }
        }
    }

    @Test func jbuspWritesWhatItsDriversWrite() throws {
        let (map, file) = try permitting(.jbusp)
        let write = { (control: DeviceControl) in try? ControlProfile.jbusp.write(for: control, on: map, registers: file) }
        #expect(write(.standbyOn) == .init(0x15B0, [5], function: 16))
        #expect(write(.standbyOff) == .init(0x15B0, [6], function: 16))
        #expect(write(.enableBuzzer) == .init(0x15B0, [7], function: 16))
        #expect(write(.muteBuzzer) == .init(0x15B0, [8], function: 16))
        #expect(write(.startBatteryTest) == .init(0x15B0, [16], function: 16))
        let schedule = DeviceControl.scheduleStandby(StandbySchedule(kind: .restore, delay: 600, standby: 9999))
        #expect(write(schedule) == .init(0x1580, [0, 600, 0, 9999, 4]))
        #expect(ControlProfile.jbusp.control(of: .init(0x1580, [2, 88, 39, 15, 4])) == schedule)
        #expect(ControlProfile.jbusp.control(of: .init(0x1580, [0, 20, 0, 1, 2])) == nil)
        #expect(ControlProfile.jbusp.control(of: .init(0x1580, [0, 19, 0, 1, 1])) == nil)
        #expect(ControlProfile.jbusp.control(of: .init(0x15B0, [14])) == .muteBuzzer)
        #expect(ControlProfile.jbusp.control(of: .init(0x15B0, [13])) == nil)
        let clock = DeviceClock(year: 2026, month: 11, day: 23, hour: 7, minute: 30, second: 15)
        #expect(write(.setClock(clock)) == .init(0x1360, [0x1E0F, 0x1707, 0x0B00, 26]))
        #expect(ControlProfile.jbusp.control(of: .init(0x1360, [0x1E0F, 0x1707, 0x0B00, 26])) == .setClock(clock))
    }

    @Test func publicVUMapWritesCommandBits() throws {
        let (map, file) = try permitting(.vuMap)
        let write = { (control: DeviceControl) in try? ControlProfile.vuMap.write(for: control, on: map, registers: file) }
        #expect(write(.ecoModeOn) == .init(0x00C8, [0x0001]) && write(.ecoModeOff) == .init(0x00C8, [0x0002]))
        #expect(write(.startBatteryTest) == .init(0x00C8, [0x1000]) && write(.acknowledgeAlarms) == .init(0x00C8, [0x8000]))
        #expect(write(.ecoModeOn)?.function == 6)
        let clock = DeviceClock(year: 2026, month: 11, day: 23, hour: 7, minute: 30, second: 15)
        #expect(write(.setClock(clock)) == .init(0x00CB, [0x1E0F, 0x1707, 0x0B01, 26]))
        #expect(write(.setClock(clock))?.function == 16)
        #expect(ControlProfile.vuMap.control(of: .init(0x00C8, [0x0003])) == nil)
    }

    @Test func nvfleetProfileGoesByNumbers() throws {
        let (map, file) = try permitting(.nvfleetVUMap)
        #expect(DeviceControl.Kind.allCases.map(\.number) == Array(1...27))
        let write = { (control: DeviceControl) in try? ControlProfile.nvfleetVUMap.write(for: control, on: map, registers: file) }
        #expect(write(.transferToInverter) == .init(0x0F10, [1]) && write(.ecoModeOn) == .init(0x0F10, [5]))
        #expect(write(.setPlug(2, isClosed: true)) == .init(0x0F10, [17]) && write(.setPlug(4, isClosed: false)) == .init(0x0F10, [22]))
        #expect(write(.scheduleBatteryTest(BatteryTestSchedule(weeks: 4, weekday: 3, hour: 22))) == .init(0x0F18, [4, 3, 22]))
        #expect(write(.scheduleStandby(StandbySchedule(kind: .once, delay: 30, standby: 5))) == .init(0x0F20, [1, 30, 5]))
        #expect(ControlProfile.nvfleetSTS.control(of: .init(0x0F10, [27])) == .preferSource(2))
        #expect(ControlProfile.nvfleetSTS.control(of: .init(0x0F10, [1])) == nil)
    }

    @Test func signatureFindsTheProfile() throws {
        let (_, file) = try permitting(.nvfleetVUMap)
        #expect(DeviceMap.vuMap.controlProfile(of: file) == .nvfleetVUMap)
        #expect(DeviceMap.vuMap.controlProfile(of: DeviceMap.vuMap.emptyRegisters) == .vuMap)
        #expect(DeviceMap.vuMap.controls == .vuMap && DeviceMap.jbusp.controls == .jbusp)
        let statys = try permitting(.nvfleetSTS).1
        #expect(DeviceMap.sts.controls.commands.isEmpty && DeviceMap.sts.controlProfile(of: statys) == .nvfleetSTS)
        var other = file
        other[0x0F01] = 2
        #expect(DeviceMap.vuMap.controlProfile(of: other) == .vuMap)
    }

    @Test func pageOffersWhatIsPermitted() throws {
        let (map, file) = try permitting(.nvfleetVUMap)
        #expect(
            ControlProfile.nvfleetVUMap.offered(on: map, registers: file) == [
                .transferToInverter, .transferToBypass, .lineInteractiveOn, .lineInteractiveOff, .ecoModeOn, .ecoModeOff, .standbyOn,
                .standbyOff, .acknowledgeAlarms,
            ])
        var limited = file
        limited[0x0F02] = 1 | 1 << 5
        #expect(ControlProfile.nvfleetVUMap.offered(on: map, registers: limited) == [.ecoModeOn, .acknowledgeAlarms])
        #expect(DeviceMap.sts.controls.offered(on: .sts, registers: DeviceMap.sts.quietRegisters()) == [.acknowledgeAlarms])
        var (sts, statys) = try permitting(.nvfleetSTS)
        statys[0x0141] = 1
        #expect(
            ControlProfile.nvfleetSTS.offered(on: sts, registers: statys) == [
                .transferToPreferredSource, .transferToAlternateSource, .preferSource2, .acknowledgeAlarms,
            ])
        statys[0x0141] = 0
        sts = .sts
        #expect(ControlProfile.nvfleetSTS.offered(on: sts, registers: statys).contains(.preferSource1))
    }
}

extension RegisterFile {
    /// Makes the bit as it is asked.
    fileprivate mutating func set(_ bit: RegisterBit) {
        let word = self[bit.address] ?? 0
        self[bit.address] = bit.isSet ? word | 1 << UInt16(bit.bit) : word & ~(1 << UInt16(bit.bit))
    }
}
