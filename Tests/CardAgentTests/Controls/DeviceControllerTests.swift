import Modbus
import PowerDevice
import SNMP
import Testing

@testable import CardAgent

@Suite struct DeviceControllerTests {
    private func number(_ kind: DeviceControl.Kind) -> RecordingDevice.Written {
        .init(unit: 1, address: 0x0F10, values: [kind.number])
    }

    @Test func aControlIsOneWriteToTheSystemAndDoneWhenItShows() async throws {
        let device = RecordingDevice.vuMap()
        let controlled = ControlledDevice(device)
        try await controlled.polling { try await controlled.controller.perform(.ecoModeOn, by: .snmp(nil)) }
        #expect(device.written == [number(.ecoModeOn)])
        #expect(controlled.record.contents.snapshot.state.outputSource == .eco)
    }

    /// Manual 12.7.1: not unit by unit.
    @Test func aParallelSystemIsToldAsAWhole() async throws {
        let device = RecordingDevice.vuMap()
        // A parallel system of three units.
        device.set("T001", 0x0601)
        device.set("T002", 3)
        device.set("T003", 0b111)
        let controlled = ControlledDevice(device)
        #expect(controlled.record.contents.topology.units == [1, 2, 3])
        try await controlled.polling { try await controlled.controller.perform(.transferToBypass, by: .user("admin")) }
        #expect(device.written == [number(.transferToBypass)])
    }

    @Test func aTransferSwitchIsSwitched() async throws {
        let device = RecordingDevice(.sts, .nvfleetSTS, effects: [.preferSource(2): ["STS:0x0220": 0]])
        device.permitEverything()
        device.behave(.ignores)
        let controlled = ControlledDevice(device, patience: .milliseconds(20))
        for control in [DeviceControl.transferToPreferredSource, .transferToAlternateSource, .preferSource(1), .preferSource(2)] {
            await #expect(throws: ControlFailure.noEffect(within: .milliseconds(20))) {
                try await controlled.controller.perform(control, by: .snmp(nil))
            }
        }
        try await controlled.controller.perform(.acknowledgeAlarms, by: .snmp(nil))
        let kinds: [DeviceControl.Kind] = [
            .transferToPreferredSource, .transferToAlternateSource, .preferSource1, .preferSource2, .acknowledgeAlarms,
        ]
        #expect(device.written == kinds.map(number))
    }

    /// JBUSP S06 forbids; its profile has no register for the bypass.
    @Test func aJBUSPDeviceIsToldByItsOwnWords() async throws {
        let device = RecordingDevice(.jbusp, .jbusp, effects: [.startBatteryTest: ["S10": 1]])
        device.permitEverything()
        let controlled = ControlledDevice(device)
        try await controlled.polling { try await controlled.controller.perform(.startBatteryTest, by: .snmp(nil)) }
        #expect(device.written == [.init(unit: 1, address: 0x15B0, values: [16])])
        #expect(controlled.controller.refusal(of: .transferToBypass) == .refused(.unknownControl))
        device.set("S06", 1)
        controlled.poll()
        #expect(controlled.controller.refusal(of: .startBatteryTest) == .refused(.remoteControlDisabled))
        #expect(controlled.controller.refusal(of: .acknowledgeAlarms) == nil)
    }

    @Test func whatLeavesNoTraceIsDoneWhenItIsAcknowledged() async throws {
        let device = RecordingDevice.vuMap()
        let controlled = ControlledDevice(device)
        try await controlled.controller.perform(.acknowledgeAlarms, by: .user("admin"))
        let clock = DeviceClock(year: 2026, month: 11, day: 23, hour: 8, minute: 5, second: 9, weekday: 1)
        try await controlled.controller.perform(.setClock(clock), by: .clock)
        #expect(device.written == [number(.acknowledgeAlarms), .init(unit: 1, address: 0x0F11, values: clock.words)])
    }

    @Test func whatTheDeviceDoesNotPermitIsNeverSent() async {
        let device = RecordingDevice.vuMap(isPermitted: false)
        let controlled = ControlledDevice(device)
        await #expect(throws: ControlFailure.refused(.remoteControlDisabled)) {
            try await controlled.controller.perform(.standbyOn, by: .snmp(nil))
        }
        await #expect(throws: ControlFailure.refused(.unknownControl)) {
            try await controlled.controller.perform(.transferToAlternateSource, by: .snmp(nil))
        }
        #expect(controlled.controller.refusal(of: .standbyOn) == .refused(.remoteControlDisabled))
        #expect(device.written.isEmpty)
    }

    @Test func nothingIsSentToADeviceThatIsLost() async {
        let device = RecordingDevice.vuMap()
        let controlled = ControlledDevice(device)
        controlled.record.communicationLost(uptime: 2)
        await #expect(throws: ControlFailure.noCommunication) { try await controlled.controller.perform(.ecoModeOn, by: .snmp(nil)) }
        #expect(device.written.isEmpty)
    }

    @Test func anExceptionIsARefusalAndTheWriteIsNotRepeated() async {
        let device = RecordingDevice.vuMap()
        device.behave(.refuses(.illegalDataValue))
        let controlled = ControlledDevice(device)
        await #expect(throws: ControlFailure.notAcknowledged(.exception(.illegalDataValue))) {
            try await controlled.controller.perform(.ecoModeOn, by: .snmp(nil))
        }
        #expect(device.written.count == 1)
    }

    /// Exception 05: the device is still at it, and shows the effect later.
    @Test func anAcknowledgingExceptionIsAnAcknowledgement() async throws {
        let device = RecordingDevice.vuMap()
        device.behave(.refuses(.acknowledge))
        device.set("S006", 1)
        let controlled = ControlledDevice(device)
        try await controlled.polling { try await controlled.controller.perform(.ecoModeOn, by: .snmp(nil)) }
    }

    @Test func aDeviceThatAcknowledgesAndDoesNothingIsFoundOut() async {
        let device = RecordingDevice.vuMap()
        device.behave(.ignores)
        let controlled = ControlledDevice(device, patience: .milliseconds(50))
        await #expect(throws: ControlFailure.noEffect(within: .milliseconds(50))) {
            try await controlled.polling { try await controlled.controller.perform(.transferToBypass, by: .snmp(nil)) }
        }
        #expect(device.written.count == 1)
    }

    @Test func ordersAreCarriedOutInTheirOrder() async throws {
        let device = RecordingDevice.vuMap()
        let controlled = ControlledDevice(device)
        #expect(controlled.controller.submit(.ecoModeOn, by: .snmp(nil)) == nil, "nobody carries orders out yet")
        try await controlled.polling {
            await withTaskGroup(of: Void.self) { tasks in
                tasks.addTask { await controlled.controller.run() }
                let (ends, end) = AsyncStream.makeStream(of: ControlFailure?.self)
                while controlled.controller.submit(.ecoModeOn, by: .snmp(nil), completion: { end.yield($0) }) == nil { await Task.yield() }
                controlled.controller.submit(.ecoModeOff, by: .schedule, completion: { end.yield($0) })
                controlled.controller.submit(.setPlug(7, isClosed: true), by: .schedule, completion: { end.yield($0) })
                var outcomes: [ControlFailure?] = []
                for await outcome in ends.prefix(3) { outcomes.append(outcome) }
                #expect(outcomes.prefix(2).allSatisfy { $0 == nil })
                #expect(outcomes.last??.errorStatus == .wrongValue)
                tasks.cancelAll()
            }
        }
        #expect(device.written == [number(.ecoModeOn), number(.ecoModeOff)])
    }

    @Test func anOrderThatWaitsCanBeTakenBack() async throws {
        let device = RecordingDevice.vuMap()
        device.behave(.ignores)
        let controlled = ControlledDevice(device)
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await controlled.controller.run() }
            while controlled.controller.submit(.ecoModeOn, by: .snmp(nil)) == nil { await Task.yield() }
            while device.written.isEmpty { await Task.yield() }
            // Without polls the first one never ends.
            let waiting = (0..<DeviceController.capacity).map { _ in controlled.controller.submit(.ecoModeOff, by: .snmp(nil)) }
            #expect(!waiting.contains(nil))
            #expect(controlled.controller.submit(.ecoModeOff, by: .snmp(nil)) == nil)
            for id in waiting.compactMap({ $0 }) {
                #expect(controlled.controller.withdraw(id))
                #expect(!controlled.controller.withdraw(id))
            }
            tasks.cancelAll()
        }
        #expect(device.written == [number(.ecoModeOn)])
    }

    @Test func theFailuresNameTheirReasons() {
        let failures: [ControlFailure] = [
            .refused(.remoteControlDisabled), .noCommunication, .notAcknowledged(.exception(.illegalDataValue)),
            .notAcknowledged(.noResponse(attempts: 1)), .noEffect(within: .seconds(15)), .tooMany, .cancelled,
        ]
        #expect(Set(failures.map(\.description)).count == failures.count)
        #expect(
            failures.map(\.errorStatus) == [
                .inconsistentValue, .resourceUnavailable, .genErr, .genErr, .genErr, .resourceUnavailable, .genErr,
            ])
    }
}
