import NetVision
import PowerDevice
import Testing

/// What is read of any recorded card fits together: no scale is wrong by ten.
@Suite struct PhysicalConsistencyTests {
    @Test(arguments: CardFixture.all) func readingsFitTogether(_ fixture: CardFixture) throws {
        guard let card = CardIdentity(fixture.bindings) else { return }
        let state = DeviceState(fixture.bindings, from: card)
        let readings = state.readings
        for line in 1...state.outputLines {
            func value(_ template: VariableTemplate) -> Double? { readings[template.variable(line: line, of: state.outputLines)] }
            guard let volts = value("output.{L-N}.voltage"), let amperes = value("output.{L}.current"), volts > 0, amperes > 0 else {
                continue
            }
            let apparent = volts * amperes
            // A card that counts whole kVA is off by half of one.
            if let power = value("output.{L}.power") {
                #expect(abs(power - apparent) <= max(1000, 0.25 * apparent), "\(power) VA, \(apparent)")
            }
            if let real = value("output.{L}.realpower") {
                let factor = real / apparent
                #expect((0.2...1.1).contains(factor), "power factor \(factor)")
            }
        }
        for (variable, value) in readings {
            #expect(PlausibleRange(of: VariableTemplate(variable.rawValue)).contains(value), "\(variable) \(value)")
            if variable.unit == .hertz, value > 0 { #expect((45...65).contains(value), "\(variable) \(value)") }
            if variable.rawValue.hasSuffix("put.voltage"), value > 0 { #expect((3...300).contains(value), "\(variable) \(value)") }
        }
        if let load = readings[.load], let power = readings[.power], let nominal = readings[.powerNominal], power > 0 {
            #expect(abs(100 * power / nominal - load) <= 15, "\(load) % and \(power) VA of \(nominal)")
        }
    }
}
