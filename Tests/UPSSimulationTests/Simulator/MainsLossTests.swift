import PowerDevice
import Testing

@testable import UPSSimulation

/// A mains failure as the card sees it: in the registers alone.
@Suite struct MainsLossTests {
    /// The second at which each thing was seen first.
    private func course(of simulator: UPSSimulator, seconds: Int) throws -> [String: Int] {
        var seen: [String: Int] = [:]
        for second in 0..<seconds {
            simulator.advance(by: .seconds(1))
            let state = try simulator.snapshot().state
            for alarm in state.alarms where seen[alarm.name] == nil { seen[alarm.name] = second }
            if state.outputSource == .off, seen["off"] == nil {
                seen["off"] = second
                break
            }
        }
        return seen
    }

    @Test(arguments: ["MASTERYS BC+", "NETYS RT", "MASTERYS 3/3 UPS", "DELPHYS MX SINGLE UNIT", "ITYS PRO"])
    func theBatteryLastsAsItsDataSayAndTheAlarmsComeInOrder(name: String) throws {
        let simulator = try simulator(name)
        try simulator.play("initial: {load: {percent: 80}}\nevents: [{at: 10, mains: {present: false}}]")
        simulator.advance(by: .seconds(1))
        let foretold = try #require(simulator.physics).runtime
        let told = try simulator.snapshot().state.readings[.batteryRuntime]
        #expect(told == (simulator.map.name == "JBUSP" ? nil : (foretold / 60).rounded(.down) * 60), "JBUSP tells it on battery only")
        let seen = try course(of: simulator, seconds: 9 + Int(1.5 * foretold) + 60)
        let onBattery = try #require(seen["upsAlarmOnBattery"])
        let low = try #require(seen["upsAlarmLowBattery"])
        let stop = try #require(seen["upsAlarmImminentStop"])
        let off = try #require(seen["off"])
        #expect(onBattery < low && low < stop && stop < off)
        let lasted = Double(off - onBattery)
        #expect(abs(lasted - foretold) < 0.12 * foretold, "foretold \(foretold) s, lasted \(lasted) s")
        #expect((60...300).contains(off - low), "low battery \(off - low) s before the end")
    }

    /// Peukert's law by hand, for the battery that the model's data say.
    @Test func runtimeFollowsFromTheBatteryData() throws {
        let simulator = try simulator("MASTERYS BC+")
        try simulator.apply(.load(80))
        let physics = try #require(simulator.physics)
        let design = simulator.unit.model.battery
        let power: Double = 0.8 * 40_000 * physics.unit.powerFactor / physics.unit.efficiency + 0.015 * 36_000
        let volts: Double = design.voltage / 2 * 1.92
        let tenHour: Double = design.capacity * physics.battery.health / 10
        let current: Double = power / volts
        let hours: Double = 10 * tenHour * 0.98 / (current * power15(current / tenHour))
        #expect(abs(physics.runtime - hours * 3600) < 0.1 * physics.runtime)
    }

    /// x to the power of 0.15.
    private func power15(_ base: Double) -> Double {
        var exponent = 0.15
        var (result, root) = (1.0, base)
        for _ in 0..<40 {
            root = root.squareRoot()
            exponent *= 2
            if exponent >= 1 {
                result *= root
                exponent -= 1
            }
        }
        return result
    }

    @Test func aGensetTakesOverAfterItsDelayAndGivesBack() throws {
        let simulator = try simulator("MASTERYS 3/3 UPS")
        try simulator.play(
            "initial: {genset: {present: true, delay: 15}}\nevents: [{at: 5, mains: {present: false}}, {at: 120, mains: {present: true}}]")
        simulator.advance(by: .seconds(15))
        #expect(try simulator.raw("S05") == 1 && simulator.raw("S46") == 0)
        simulator.advance(by: .seconds(40))
        #expect(try simulator.raw("S05") == 0 && simulator.raw("S46") == 1)
        simulator.advance(by: .seconds(90))
        #expect(try simulator.raw("S46") == 0 && simulator.raw("S05") == 0)
    }

    @Test func aFailedGensetLeavesTheLoadOnBattery() throws {
        let simulator = try simulator("MASTERYS BC+")
        try simulator.play("initial: {genset: {present: true, delay: 5, failed: true}, mains: {present: false}}\nevents: []")
        simulator.advance(by: .seconds(60))
        #expect(try simulator.raw("A019") == 1 && simulator.raw("A036") == 1 && simulator.raw("S023") == 0)
    }
}
