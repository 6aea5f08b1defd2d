import PowerDevice
import Testing

@testable import UPSSimulation

@Suite struct STSPhysicsTests {
    private let simulator: UPSSimulator

    init() throws { simulator = try UPSSimulationTests.simulator("STATYS") }

    private func supply(_ change: SupplyChange) throws { try simulator.apply(.supply(change)) }
    private func transfer() throws -> TransferState { try #require(try simulator.snapshot().state.transfer) }

    @Test func normalOperationIsOnThePreferredSource() throws {
        let state = try simulator.snapshot().state
        #expect(OperatingStatus(state) == .normal)
        let transfer = try transfer()
        #expect(transfer.load == .preferredSource && transfer.interaction == .synchronised && transfer.output == .switch1)
        #expect(transfer.source1 == .ok && transfer.source2 == .ok && transfer.preferredSource == 1)
        #expect(state.readings[Variable("input.2.L1-N.voltage")] != nil && state.readings[.outputFrequency] == 50)
    }

    @Test func theLoadMovesAtOnceWhenThePreferredSourceFails() throws {
        try supply(SupplyChange(present: false))
        let transfer = try transfer()
        #expect(transfer.load == .alternateSource && transfer.output == .switch2 && transfer.source1 == .absent)
        #expect(OperatingStatus(try simulator.snapshot().state) == .warning)
    }

    @Test func theLoadReturnsWhenThePreferredSourceIsGoodForAWhile() throws {
        try supply(SupplyChange(present: false))
        simulator.advance(by: .seconds(30))
        try supply(SupplyChange(present: true))
        simulator.advance(by: .seconds(5))
        #expect(try transfer().load == .alternateSource)
        simulator.advance(by: .seconds(8))
        #expect(try transfer().load == .preferredSource)
    }

    @Test func sourceOutOfToleranceIsLeftWhenTheOtherIsInPhase() throws {
        try supply(SupplyChange(voltage: 195))
        #expect(try transfer().load == .alternateSource && transfer().source1 == .outOfTolerance)
    }

    @Test func outOfPhaseSourcesForbidATransferExceptFromADeadOne() throws {
        try supply(SupplyChange(source: 2, phase: 90))
        #expect(try simulator.raw("STS:0x0148.7") == 1 && transfer().interaction == .asynchronous)
        #expect(try simulator.raw("STS:0x023F") == 90)
        try supply(SupplyChange(voltage: 195))
        #expect(try transfer().load == .preferredSource, "transfer impossible")
        try supply(SupplyChange(present: false))
        #expect(try transfer().load == .alternateSource, "with a break, rather than no load")
    }

    @Test func slidingSourcesMeetFromTimeToTime() throws {
        try supply(SupplyChange(source: 2, frequency: 50.05))
        var together: Set<Bool> = []
        for _ in 0..<60 {
            simulator.advance(by: .seconds(1))
            together.insert(try simulator.raw("STS:0x0140.15") == 1)
            #expect(try transfer().interaction == .sliding)
        }
        #expect(together == [true, false])
    }

    @Test func tooManyDetectionsLockTheReturn() throws {
        for _ in 0..<5 {
            try supply(SupplyChange(present: false))
            simulator.advance(by: .seconds(2))
            try supply(SupplyChange(present: true))
            simulator.advance(by: .seconds(14))
        }
        #expect(try simulator.raw("STS:0x0148.5") == 1 && transfer().load == .alternateSource)
        try simulator.perform(.acknowledgeAlarms)
        simulator.advance(by: .seconds(2))
        #expect(try simulator.raw("STS:0x0148.5") == 0 && transfer().load == .preferredSource)
    }

    @Test func withoutAnySourceTheLoadIsOff() throws {
        try supply(SupplyChange(source: 2, present: false))
        #expect(try simulator.raw("STS:0x0148.7") == 1)
        try supply(SupplyChange(present: false))
        let state = try simulator.snapshot().state
        #expect(OperatingStatus(state) == .off && state.transfer?.load == .off)
        try supply(SupplyChange(source: 2, present: true))
        simulator.advance(by: .seconds(1))
        #expect(try transfer().load == .alternateSource)
    }

    @Test func manualBypassTakesTheLoadFromTheSwitches() throws {
        try simulator.apply(.manualBypass(2))
        let state = try simulator.snapshot().state
        #expect(state.transfer?.load == .maintenanceBypass2 && OperatingStatus(state) == .onBypass)
        try simulator.apply(.manualBypass(nil))
        #expect(try transfer().load == .alternateSource, "switch 2 takes over what bypass 2 fed")
        simulator.advance(by: .seconds(12))
        #expect(try transfer().load == .preferredSource)
    }

    @Test func overloadIsToldAndEndsTheLoad() throws {
        try simulator.apply(.load(140))
        simulator.advance(by: .seconds(5))
        #expect(try simulator.raw("STS:0x0148.3") == 1 && OperatingStatus(simulator.snapshot().state) == .critical)
        simulator.advance(by: .seconds(70))
        #expect(try transfer().load == .off)
    }

    @Test func preferenceMovesTheLoad() throws {
        try simulator.perform(.preferSource(2))
        simulator.advance(by: .seconds(15))
        let transfer = try transfer()
        #expect(transfer.preferredSource == 2 && transfer.load == .preferredSource && transfer.output == .switch2)
    }

    @Test func lockForbidsTheTransfer() throws {
        try simulator.apply(.transfer(TransferChange(locked: true)))
        try supply(SupplyChange(voltage: 195))
        #expect(try transfer().load == .preferredSource && simulator.raw("STS:0x0141.10") == 1)
    }
}
