import Modbus
import PowerDevice
import Testing

@testable import UPSSimulation

/// Controls by their registers: what a card writes is carried out, or refused.
@Suite struct ControlWriteTests {
    private func write(_ control: DeviceControl, _ profile: ControlProfile, _ simulator: UPSSimulator) throws {
        var registers = RegisterFile(simulator.map.readPlan + simulator.map.optionalRanges + profile.readable)
        for range in simulator.map.readPlan + profile.readable {
            registers.store(try simulator.read(unit: 1, address: range.address, count: range.count), at: range.address)
        }
        let write = try profile.write(for: control, on: simulator.map, registers: registers)
        try simulator.write(unit: 1, address: write.address, values: write.values)
    }

    @Test func jbuspCommandsAreCarriedOut() throws {
        let simulator = try simulator("MASTERYS 3/3 UPS")
        try write(.standbyOn, .jbusp, simulator)
        simulator.advance(by: .seconds(2))
        #expect(try simulator.snapshot().state.outputSource == .standby)
        try write(.standbyOff, .jbusp, simulator)
        simulator.advance(by: .seconds(15))
        #expect(try simulator.snapshot().state.outputSource == .inverter)
        try write(.startBatteryTest, .jbusp, simulator)
        simulator.advance(by: .seconds(2))
        #expect(try simulator.raw("S10") == 1)
        simulator.advance(by: .seconds(40))
        #expect(try simulator.raw("S10") == 0 && simulator.raw("S14") == 0)
    }

    @Test func standbyScheduleTakesTheLoadOffAndBack() throws {
        let simulator = try simulator("NETYS RT")
        try write(.scheduleStandby(StandbySchedule(kind: .restore, delay: 20, standby: 2)), .jbusp, simulator)
        simulator.advance(by: .seconds(18))
        #expect(try simulator.snapshot().state.outputSource == .inverter)
        simulator.advance(by: .seconds(4))
        #expect(try simulator.snapshot().state.outputSource == .standby)
        simulator.advance(by: .seconds(140))
        #expect(try simulator.snapshot().state.outputSource == .inverter)
    }

    @Test func restoreWaitsForTheMains() throws {
        let simulator = try simulator("NETYS RT")
        try write(.scheduleStandby(StandbySchedule(kind: .restore, delay: 20, standby: 1)), .jbusp, simulator)
        try simulator.apply(.mains(isPresent: false, voltage: nil, frequency: nil))
        simulator.advance(by: .seconds(300))
        #expect(try simulator.snapshot().state.outputSource == .standby)
        try simulator.apply(.mains(isPresent: true, voltage: nil, frequency: nil))
        simulator.advance(by: .seconds(30))
        #expect(try simulator.snapshot().state.outputSource == .inverter)
    }

    @Test func clocksAreReadAndSet() throws {
        for (name, profile, address) in [
            ("NETYS RT", ControlProfile.jbusp, 0x1360), ("MASTERYS BC+", .vuMap, 0x00CB), ("STATYS", .nvfleetSTS, 0x0F11),
        ] as [(String, ControlProfile, UInt16)] {
            let simulator = try simulator(name)
            try write(
                .setClock(DeviceClock(year: 2031, month: 2, day: 28, hour: 23, minute: 59, second: 30, weekday: 5)), profile, simulator)
            simulator.advance(by: .seconds(31))
            let clock = DeviceClock(words: try simulator.read(unit: 1, address: address, count: 4))
            #expect((clock.year, clock.month, clock.day) == (2031, 3, 1) && (clock.hour, clock.minute, clock.second) == (0, 0, 1))
        }
    }

    @Test func publicVUMapCommandsAreCarriedOut() throws {
        let simulator = try simulator("MASTERYS BC+")
        try write(.ecoModeOn, .vuMap, simulator)
        simulator.advance(by: .seconds(2))
        #expect(try simulator.snapshot().state.outputSource == .eco)
        try write(.ecoModeOff, .vuMap, simulator)
        simulator.advance(by: .seconds(2))
        #expect(try simulator.snapshot().state.outputSource == .inverter)
        try write(.startBatteryTest, .vuMap, simulator)
        simulator.advance(by: .seconds(1))
        #expect(try simulator.raw("S034") == 1)
    }

    @Test func theNVFleetProfileIsFoundAndCarriedOut() throws {
        let simulator = try simulator("NETYS RT")
        #expect(throws: ModbusException.illegalDataAddress) { try simulator.read(unit: 1, address: 0x0F00, count: 1) }
        let masterys = try UPSSimulationTests.simulator("MASTERYS BC+")
        try write(.transferToBypass, .nvfleetVUMap, masterys)
        masterys.advance(by: .seconds(2))
        #expect(try masterys.snapshot().state.outputSource == .bypass)
        try write(.transferToInverter, .nvfleetVUMap, masterys)
        masterys.advance(by: .seconds(2))
        #expect(try masterys.snapshot().state.outputSource == .inverter)
        try write(.scheduleBatteryTest(BatteryTestSchedule(weeks: 2, weekday: 3, hour: 4)), .nvfleetVUMap, masterys)
        #expect(try masterys.read(unit: 1, address: 0x0F18, count: 3) == [2, 3, 4])
        #expect(try masterys.raw("S035") == 1)
        for _ in 0..<44 { masterys.advance(by: .seconds(3600)) }
        masterys.advance(by: .seconds(1))
        #expect(try masterys.raw("S034") == 1, "Wednesday at four")
    }

    @Test func aTransferSystemIsControlled() throws {
        let simulator = try simulator("STATYS")
        try write(.transferToAlternateSource, .nvfleetSTS, simulator)
        #expect(try simulator.snapshot().state.transfer?.load == .alternateSource)
        simulator.advance(by: .seconds(60))
        #expect(try simulator.snapshot().state.transfer?.load == .alternateSource)
        try write(.transferToPreferredSource, .nvfleetSTS, simulator)
        #expect(try simulator.snapshot().state.transfer?.load == .preferredSource)
    }

    @Test func refusalsAreExceptions() throws {
        let simulator = try simulator("MASTERYS 3/3 UPS")
        #expect(throws: ModbusException.illegalDataAddress) { try simulator.write(unit: 1, address: 0x1060, values: [1]) }
        #expect(throws: ModbusException.illegalDataValue) { try simulator.write(unit: 1, address: 0x15B0, values: [0x99]) }
        #expect(throws: ModbusException.illegalDataValue) { try simulator.write(unit: 1, address: 0x1580, values: [0, 5, 0, 1, 1]) }
        try simulator.apply(.remoteControl(false))
        #expect(try simulator.raw("S06") == 1)
        #expect(throws: ModbusException.serverDeviceFailure) { try simulator.write(unit: 1, address: 0x15B0, values: [5]) }
        try simulator.apply(.remoteControl(true))
        try simulator.apply(.battery(BatteryChange(charge: 20)))
        simulator.advance(by: .seconds(1))
        #expect(throws: ModbusException.serverDeviceBusy) { try simulator.write(unit: 1, address: 0x15B0, values: [16]) }
    }

    @Test func remoteControlIsToldByEveryMap() throws {
        for (name, address, word, mask) in [
            ("MASTERYS BC+", 0x00C9, 1, 1), ("MASTERYS BC+", 0x0F02, 1, 1), ("STATYS", 0x0142, 1 << 13, 1 << 13),
        ] as [(String, UInt16, UInt16, UInt16)] {
            let simulator = try simulator(name)
            #expect(try simulator.read(unit: 1, address: address, count: 1)[0] & mask == word)
            try simulator.apply(.remoteControl(false))
            #expect(try simulator.read(unit: 1, address: address, count: 1)[0] & mask == 0)
        }
    }
}
