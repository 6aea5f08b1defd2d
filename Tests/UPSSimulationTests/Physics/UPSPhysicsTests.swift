import PowerDevice
import Testing

@testable import UPSSimulation

@Suite struct UPSPhysicsTests {
    private func physics(_ model: String = "MASTERYS BC+", load: Double = 50, seed: UInt64 = 1) throws -> UPSPhysics {
        var physics = UPSPhysics(UPSUnit(try #require(UPSModel.named(model)), seed: seed))
        physics.load = load
        physics.mains.voltage = 230
        return physics
    }

    @Test(arguments: UPSModel.catalogue.filter { $0.kind == .ups }.map(\.name)) func everyModelRestsInNormalOperation(name: String) throws {
        var physics = try physics(name)
        physics.advance(by: 3600)
        #expect(physics.supply == .inverter && !physics.isOnBattery && physics.battery.charge == 1)
        #expect(!physics.hasGeneralAlarm && physics.internalTemperature < 75)
    }

    @Test(arguments: UPSModel.catalogue.filter { $0.kind == .ups }.map(\.name)) func fullLoadRunsForMinutesAndHalfLoadMoreThanTwiceAsLong(
        name: String
    ) throws {
        let full = try physics(name, load: 100).runtime
        let half = try physics(name, load: 50).runtime
        #expect((240...3600).contains(full), "\(full) s")
        #expect(half > 2 * full)
    }

    @Test func mainsFailurePutsTheLoadOnBattery() throws {
        var physics = try physics()
        physics.mains.isPresent = false
        physics.advance(by: 60)
        #expect(physics.isOnBattery && physics.supply == .inverter && physics.rectifier == .off)
        #expect(physics.secondsOnBattery == 60)
        #expect(physics.battery.charge < 1 && physics.battery.current < 0 && physics.battery.energyDelivered > 0)
    }

    @Test func runtimeForetoldIsAboutTheRuntimeThatCame() throws {
        var physics = try physics(load: 80)
        let foretold = physics.runtime
        physics.mains.isPresent = false
        var seconds = 0.0
        while physics.supply == .inverter && seconds < 100_000 {
            physics.advance(by: 1)
            seconds += 1
        }
        let tolerance: Double = 0.1 * foretold
        #expect(abs(seconds - foretold) < tolerance, "foretold \(foretold) s, came \(seconds) s")
    }

    @Test func batteryWarnsThenWarnsOfTheStopThenEnds() throws {
        var physics = try physics()
        physics.mains.isPresent = false
        var order: [String] = []
        func note(_ name: String, _ happened: Bool) { if happened && !order.contains(name) { order.append(name) } }
        for _ in 0..<20_000 {
            physics.advance(by: 1)
            note("low", physics.isBatteryLow)
            note("imminent", physics.isStopImminent)
            note("off", physics.supply == .off)
        }
        #expect(order == ["low", "imminent", "off"])
        #expect(physics.battery.charge == 0 && physics.isBatteryDischarged && !physics.isOnBattery)
        #expect(physics.outputVoltage(0) == 0 && physics.outputPower == 0 && physics.runtime == 0)
    }

    @Test func returningMainsRestartTheRectifierAndRecharge() throws {
        var physics = try physics()
        physics.mains.isPresent = false
        physics.advance(by: 600)
        let charge = physics.battery.charge
        physics.mains.isPresent = true
        physics.advance(by: 1)
        #expect(physics.isRectifierStarting && physics.isOnBattery)
        physics.advance(by: 20)
        #expect(physics.rectifier == .on && !physics.isOnBattery && physics.secondsOnBattery == 0 && physics.battery.isCharging)
        physics.advance(by: 3600)
        #expect(physics.battery.charge > charge && physics.battery.energyAbsorbed > 0)
    }

    @Test func depletedUPSComesBackByItselfWithTheMains() throws {
        var physics = try physics()
        physics.mains.isPresent = false
        physics.advance(by: 40_000)
        #expect(physics.supply == .off)
        physics.mains.isPresent = true
        physics.advance(by: 15)
        #expect(physics.inverterStart != nil && physics.supply == .off)
        physics.advance(by: 15)
        #expect(physics.supply == .inverter && physics.isBatteryDischarged)
        physics.advance(by: 4 * 3600)
        #expect(!physics.isBatteryDischarged)
        physics.advance(by: 24 * 3600)
        #expect(physics.battery.charge == 1 && !physics.battery.isCharging)
    }

    @Test func energyOnlyGrowsAndChargeStaysBetweenEmptyAndFull() throws {
        var random = SeededGenerator(seed: 42)
        for model in UPSModel.catalogue where model.kind == .ups {
            var physics = UPSPhysics(UPSUnit(model, seed: 3))
            for _ in 0..<400 {
                physics.mains.isPresent = Bool.random(using: &random)
                physics.mains.voltage = Double.random(in: 0...300, using: &random)
                physics.mains.frequency = Double.random(in: 40...70, using: &random)
                physics.load = Double.random(in: 0...200, using: &random)
                physics.ambient = Double.random(in: -20...60, using: &random)
                physics.mode = UPSPhysics.Mode.allCases.randomElement(using: &random) ?? .online
                let (delivered, absorbed) = (physics.battery.energyDelivered, physics.battery.energyAbsorbed)
                physics.advance(by: Double.random(in: 0...120, using: &random))
                #expect((0...1).contains(physics.battery.charge))
                #expect(physics.battery.energyDelivered >= delivered && physics.battery.energyAbsorbed >= absorbed)
                #expect(physics.battery.voltage > 0 && physics.battery.voltage.isFinite && physics.internalTemperature.isFinite)
            }
        }
    }

    @Test func moreLoadNeverGivesMoreRuntime() throws {
        let physics = try physics()
        let runtimes = stride(from: 0.0, through: 200, by: 5).map { load in
            var loaded = physics
            loaded.load = load
            return loaded.runtime
        }
        #expect(runtimes == runtimes.sorted(by: >))
    }

    @Test func overloadGoesToTheBypassAndComesBack() throws {
        var physics = try physics(load: 130)
        physics.advance(by: 50)
        #expect(physics.isOverloaded && physics.supply == .inverter)
        physics.advance(by: 15)
        #expect(physics.supply == .bypass)
        physics.load = 60
        physics.advance(by: 5)
        #expect(physics.supply == .bypass && !physics.isOverloaded)
        physics.advance(by: 10)
        #expect(physics.supply == .inverter)
    }

    @Test func overloadOnBatteryWithoutBypassDropsTheLoad() throws {
        var physics = try physics(load: 130)
        physics.mains.isPresent = false
        physics.advance(by: 57)
        #expect(physics.isStopImminent && physics.supply == .inverter)
        physics.advance(by: 10)
        #expect(physics.supply == .off && physics.isTransferImpossible)
    }

    @Test func ecoModeFeedsFromTheBypassUntilTheMainsFail() throws {
        var physics = try physics()
        physics.mode = .eco
        physics.mains.voltage = 226
        physics.advance(by: 1)
        #expect(physics.supply == .eco && physics.outputVoltage(0) == physics.inputVoltage(0))
        physics.mains.isPresent = false
        physics.advance(by: 1)
        #expect(physics.isOnBattery && physics.outputVoltage(0) == 230)
    }

    @Test func standbyLeavesTheLoadOffAndTheChargerOn() throws {
        var physics = try physics()
        physics.mode = .standby
        physics.advance(by: 1)
        #expect(physics.supply == .standby && physics.rectifier == .on && physics.outputPower == 0)
        physics.mode = .online
        physics.advance(by: 10)
        #expect(physics.supply == .inverter)
    }

    @Test func mainsOutOfTheBypassToleranceStillFeedTheRectifier() throws {
        var physics = try physics()
        physics.mains.voltage = 195
        physics.advance(by: 1)
        #expect(!physics.isBypassGood && physics.isRectifierInputGood && !physics.isOnBattery && physics.supply == .inverter)
    }

    @Test func maintenanceBypassFeedsAsLongAsThereAreMains() throws {
        var physics = try physics()
        physics.mode = .maintenanceBypass
        physics.advance(by: 1)
        #expect(physics.supply == .maintenanceBypass && physics.measuredLoad == 0)
        physics.mains.isPresent = false
        physics.advance(by: 1)
        #expect(physics.supply == .off)
    }

    @Test(arguments: [-1, 0, .nan, .infinity] as [Double]) func impossibleTimeChangesNothing(seconds: Double) throws {
        var physics = try physics()
        physics.advance(by: seconds)
        #expect(physics.elapsed == 0)
    }

    @Test func loadedLinesAddUpToTheWhole() throws {
        let physics = try physics(load: 60)
        let lines = (0..<3).map(physics.linePower).reduce(0, +)
        #expect(abs(lines - 24_000) < 1e-6)
        #expect(physics.outputPower == 24_000)
        #expect(physics.neutralCurrent < physics.outputCurrent(0))
    }

    @Test func aLostLineStopsTheRectifierAndTheBypass() throws {
        var physics = try physics()
        physics.mains.lostLines = [2]
        physics.advance(by: 2)
        #expect(physics.isOnBattery && !physics.isBypassGood && physics.inputVoltage(2) == 0 && physics.inputVoltage(0) > 200)
    }

    @Test func reversedPhasesForbidTheBypassOnly() throws {
        var physics = try physics()
        physics.mains.isRotationReversed = true
        physics.advance(by: 2)
        #expect(!physics.isOnBattery && !physics.isBypassGood && physics.readout.has(.rotation))
    }

    @Test func inverterFollowsADriftingBypassAsFarAsItMay() throws {
        var physics = try physics()
        physics.mains.drift = 0.1
        physics.advance(by: 5)
        #expect(physics.isSynchronised && abs(physics.outputFrequency - 50.5) < 0.11)
        physics.advance(by: 10)
        #expect(!physics.isSynchronised && physics.outputFrequency == 50 && physics.bypassFrequency > 51)
    }

    @Test func aPhaseJumpMustBeCaughtUpBeforeATransfer() throws {
        var physics = try physics()
        physics.bypassMains.phase = 90
        physics.mode = .bypass
        physics.advance(by: 1)
        #expect(physics.supply == .inverter && !physics.isSynchronised)
        physics.advance(by: 5)
        #expect(physics.supply == .bypass)
    }

    @Test func batteryTestPassesWithAGoodBatteryAndFailsWithAnAgedOne() throws {
        for (health, result) in [(0.95, BatteryTest.Result.passed), (0.5, .failed)] {
            var physics = try physics()
            physics.battery.set(charge: nil, health: health, temperature: nil, isConnected: nil)
            physics.batteryTest.start()
            physics.advance(by: 3)
            #expect(physics.batteryTest.isRunning && !physics.isOnBattery && physics.battery.current < 0)
            physics.advance(by: 60)
            #expect(physics.batteryTest.result == result && !physics.batteryTest.isRunning)
            #expect(physics.hasGeneralAlarm == (result == .failed))
        }
    }

    @Test func mainsFailureInterruptsABatteryTest() throws {
        var physics = try physics()
        physics.batteryTest.start()
        physics.advance(by: 3)
        physics.mains.isPresent = false
        physics.advance(by: 1)
        #expect(physics.batteryTest.result == .interrupted && physics.isOnBattery)
    }

    @Test func batteryAgesTheFasterTheHotter() throws {
        var (cool, hot) = (try physics(), try physics())
        hot.ambient = 40
        let health = cool.battery.health
        cool.advance(by: 86_400)
        hot.advance(by: 86_400)
        #expect(hot.battery.health < cool.battery.health && cool.battery.health < health && health - hot.battery.health < 0.01)
    }

    @Test func openBatteryBreakerLeavesNothingForAMainsFailure() throws {
        var physics = try physics()
        physics.battery.set(charge: nil, health: nil, temperature: nil, isConnected: false)
        physics.advance(by: 1)
        #expect(physics.readout.has(.batteryDisconnected) && physics.supply == .inverter)
        physics.mains.isPresent = false
        physics.advance(by: 1)
        #expect(physics.supply == .off)
    }
}
