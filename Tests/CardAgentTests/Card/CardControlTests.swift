import NetVision
import PowerDevice
import SNMP
import Testing

@testable import CardAgent

@Suite struct CardControlTests {
    private static let control = ControlGroup.netVision7.upsControlStatusControl.scalar
    private static let oldControl = ControlGroup.netVision6.upsControlStatusControl.scalar
    private static let remote = ConfigGroup.upsConfigRemoteCtrl.scalar

    private func number(_ kind: DeviceControl.Kind) -> RecordingDevice.Written {
        .init(unit: 1, address: 0x0F10, values: [kind.number])
    }

    /// Also one that may do everything, whose settings are those of the factory, and whose UPS comes and goes.
    @Test func aCardThatIsLeftAloneWritesNothing() async throws {
        let device = RecordingDevice.vuMap()
        try await withCard(device) { card async throws in
            for charge in UInt16(1)...20 {
                device.set("M022", charge)
                #expect(try await eventually { try await card.value("1.3.6.1.4.1.4555.1.1.7.1.2.4.0")?.number == Int64(charge) })
            }
            let walk = try await card.manager.walk("1.3.6.1", of: card.target())
            #expect(walk.bindings.count > 300)
            let uptime = card.card.uptime.ticks
            card.card.restart()
            #expect(try await eventually { card.card.uptime.ticks < uptime })
            #expect(try await eventually { card.card.device.contents.snapshot.state.isCommunicating })
        }
        #expect(device.written.isEmpty)
    }

    @Test func aSetIsCarriedOutAndShown() async throws {
        let device = RecordingDevice.vuMap()
        try await withCard(device) { card async throws in
            #expect(try await card.value(Self.remote)?.number == 1)
            #expect(try await card.value(Self.control)?.number == 7)
            try await card.set(Self.control, .integer(3))
            #expect(try await eventually { try await card.value(Self.control)?.number == 3 })
            #expect(try await card.value(Self.oldControl)?.number == 3)
            try await card.set(Self.oldControl, .integer(8))
            #expect(try await eventually { device.written.count == 2 })
        }
        #expect(device.written == [number(.ecoModeOn), number(.transferToBypass)])
    }

    @Test func theUserOfAReadCommunityControlsNothing() async throws {
        let device = RecordingDevice.vuMap()
        try await withCard(device) { card async throws in
            await #expect(throws: SNMPError.errorStatus(.noAccess, index: 1)) {
                try await card.manager.set([VariableBinding(Self.control, .integer(1))], on: card.target())
            }
        }
        #expect(device.written.isEmpty)
    }

    static let refused: [(OID, SNMPValue, ErrorStatus)] = [
        (control, .integer(0), .wrongValue),
        (control, .integer(8), .wrongValue),
        (control, .text("1"), .wrongType),
        (oldControl, .integer(10), .wrongValue),
        (ControlGroup.netVision7.upsShutdownDelay.scalar, .integer(-1), .wrongValue),
        (ControlGroup.netVision7.ecoMode.startDay.instance(1), .integer(9), .wrongValue),
        (ControlGroup.netVision7.ecoMode.startTime.instance(1), .text("24:00"), .wrongValue),
        (ControlGroup.netVision7.ecoMode.startTime.instance(1), .text("8:00"), .wrongLength),
        (ControlGroup.netVision7.ecoMode.startDay.instance(8), .integer(1), .noCreation),
        (StandardObjectTypes.upsTestId.scalar, .objectIdentifier("1.3.6.1.2.1.33.1.7.7.9"), .wrongValue),
        (StandardObjectTypes.upsTestId.scalar, .objectIdentifier("1.3.6.1.2.1.33.1.7.7.5"), .inconsistentValue),
        (StandardObjectTypes.upsTestSpinLock.scalar, .integer(17), .inconsistentValue),
        (StandardObjectTypes.upsRebootWithDuration.scalar, .integer(301), .wrongValue),
    ]

    @Test func whatCanNotBeIsRefused() async throws {
        let device = RecordingDevice.vuMap()
        try await withCard(device) { card async throws in
            for (name, value, status) in Self.refused {
                await #expect(throws: SNMPError.errorStatus(status, index: 1), "\(name) \(value)") { try await card.set(name, value) }
            }
        }
        #expect(device.written.isEmpty)
    }

    @Test func aUPSThatForbidsRemoteControlIsNotAsked() async throws {
        let device = RecordingDevice.vuMap(isPermitted: false)
        try await withCard(device) { card async throws in
            #expect(try await card.value(Self.remote)?.number == 0)
            let refused: [(OID, SNMPValue)] = [
                (Self.control, .integer(1)), (Self.oldControl, .integer(3)),
                (StandardObjectTypes.upsTestId.scalar, .objectIdentifier("1.3.6.1.2.1.33.1.7.7.4")),
                (StandardObjectTypes.upsShutdownAfterDelay.scalar, .integer(60)),
            ]
            for (name, value) in refused {
                await #expect(throws: SNMPError.errorStatus(.inconsistentValue, index: 1), "\(name)") { try await card.set(name, value) }
            }
            #expect(try await card.value(StandardObjectTypes.upsShutdownAfterDelay.scalar)?.number == -1)
        }
        #expect(device.written.isEmpty)
    }

    /// The second object is refused in the first phase: the first one must have had no effect.
    @Test func aRequestWithARefusedObjectControlsNothing() async throws {
        let device = RecordingDevice.vuMap()
        try await withCard(device) { card async throws in
            await #expect(throws: SNMPError.errorStatus(.wrongValue, index: 2)) {
                try await card.set([
                    VariableBinding(Self.control, .integer(3)),
                    VariableBinding(ControlGroup.netVision7.ecoMode.endTime.instance(2), .text("99:99")),
                ])
            }
            try await card.set(Self.control, .integer(5))
            #expect(try await eventually { device.written == [number(.acknowledgeAlarms)] })
        }
    }

    /// The third object fails in the second phase: the lock has been advanced by the second. The order of the first, which still waits, is
    /// taken back, and nothing is ordered in its place.
    @Test func anOrderOfARequestThatFailsIsTakenBack() async throws {
        let device = RecordingDevice.vuMap()
        device.behave(.ignores)
        try await withCard(device) { card async throws in
            let lock = VariableBinding(StandardObjectTypes.upsTestSpinLock.scalar, .integer(0))
            try await card.set(Self.control, .integer(6))
            #expect(try await eventually { !device.written.isEmpty })
            await #expect(throws: SNMPError.errorStatus(.commitFailed, index: 3)) {
                try await card.set([VariableBinding(Self.control, .integer(3)), lock, lock])
            }
            // Now the one that was under way shows its effect, and the next is done.
            device.set("S002", 1)
            device.behave(.obeys)
            try await card.set(Self.control, .integer(5))
            #expect(try await eventually { device.written.last == number(.acknowledgeAlarms) })
        }
        #expect(device.written == [number(.transferToBypass), number(.acknowledgeAlarms)])
    }

    @Test func theSettingsOfBothBranchesAreOne() async throws {
        try await withCard(.vuMap()) { card async throws in
            try await card.set(ControlGroup.netVision7.upsShutdownDelay.scalar, .integer(240))
            #expect(try await card.value(ControlGroup.netVision6.upsShutdownDelay.scalar)?.number == 240)
            try await card.set(ControlGroup.netVision6.upsTurnOffAfterShutdown.scalar, .integer(1))
            #expect(try await card.value(ControlGroup.netVision7.upsTurnOffAfterShutdown.scalar)?.number == 1)
            try await card.set([
                VariableBinding(ControlGroup.netVision7.ecoMode.startDay.instance(2), .integer(2)),
                VariableBinding(ControlGroup.netVision7.ecoMode.startTime.instance(2), .text("22:30")),
            ])
            let row = card.card.settings.settings.control.ecoMode[1]
            #expect(row.words == "monday 22:30 none 00:00")
            #expect(try await card.value(ControlGroup.netVision7.ecoMode.endDay.instance(2))?.number == 8)
        }
    }

    @Test func aBatteryTestIsOrderedAndFollowed() async throws {
        typealias Types = StandardObjectTypes
        let device = RecordingDevice.vuMap()
        try await withCard(device) { card async throws in
            #expect(try await card.value(Types.upsTestResultsSummary.scalar)?.number == 6)
            let quick: SNMPValue = .objectIdentifier("1.3.6.1.2.1.33.1.7.7.4")
            try await card.set([VariableBinding(Types.upsTestSpinLock.scalar, .integer(0)), VariableBinding(Types.upsTestId.scalar, quick)])
            #expect(try await card.value(Types.upsTestSpinLock.scalar)?.number == 1)
            #expect(try await card.value(Types.upsTestId.scalar) == quick)
            #expect(try await card.value(Types.upsTestResultsSummary.scalar)?.number == 5)
            #expect(
                try await eventually { card.card.device.contents.snapshot.rfc1628Alarms.contains { $0.name == "upsAlarmTestInProgress" } })
            await #expect(throws: SNMPError.errorStatus(.inconsistentValue, index: 1)) { try await card.set(Types.upsTestId.scalar, quick) }
            device.set("S034", 0)
            device.set("A022", 1)
            #expect(try await eventually { try await card.value(Types.upsTestResultsSummary.scalar)?.number == 3 })
        }
        #expect(device.written == [number(.startBatteryTest)])
    }

    @Test func aShutdownAfterADelayIsTheUPSsOwnWhereItMayRestart() async throws {
        typealias Types = StandardObjectTypes
        let device = RecordingDevice.vuMap()
        try await withCard(device) { card async throws in
            try await card.set(Types.upsAutoRestart.scalar, .integer(1))
            await #expect(throws: SNMPError.errorStatus(.wrongValue, index: 1)) {
                try await card.set(Types.upsShutdownAfterDelay.scalar, .integer(5))
            }
            try await card.set(Types.upsShutdownAfterDelay.scalar, .integer(300))
            let remaining = try await card.value(Types.upsShutdownAfterDelay.scalar)?.number
            #expect((290...300).contains(remaining ?? 0))
            try await card.set(Types.upsShutdownAfterDelay.scalar, .integer(-1))
            #expect(try await card.value(Types.upsShutdownAfterDelay.scalar)?.number == -1)
            #expect(try await eventually { device.written.count == 2 })
        }
        #expect(device.written.first == .init(unit: 1, address: 0x0F20, values: [4, 300, 1]))
        #expect(device.written.last?.values.first == 0)
    }

    @Test func aShutdownAtOnceIsStandby() async throws {
        let device = RecordingDevice.vuMap()
        try await withCard(device) { card async throws in
            try await card.set(StandardObjectTypes.upsShutdownAfterDelay.scalar, .integer(0))
            #expect(try await eventually { device.written == [number(.standbyOn)] })
            try await card.set(StandardObjectTypes.upsStartupAfterDelay.scalar, .integer(0))
            #expect(try await eventually { device.written == [number(.standbyOn), number(.standbyOff)] })
        }
    }

    @Test func theUPSIsToldTheTimeIfThatIsWanted() async throws {
        let device = RecordingDevice.vuMap()
        try await withCard(device, settings: { $0.control.synchronisesClock = true }) { _ async throws in
            #expect(try await eventually { !device.written.isEmpty })
        }
        #expect(device.written.allSatisfy { $0.address == 0x0F11 && $0.values.count == 4 })
        let clock = DeviceClock(words: device.written.first?.values ?? [])
        #expect(clock.isValid)
        #expect(clock.weekday == clock.calendarWeekday)
    }
}
