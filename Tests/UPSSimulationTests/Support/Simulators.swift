import PowerDevice
import Testing

@testable import UPSSimulation

/// A simulator of a model of the catalogue.
func simulator(
    _ model: String, seed: UInt64 = 1, units: Int = 1, modules: Int? = nil, bypass: SystemLayout.Bypass? = nil, isConverter: Bool = false,
    hasNoBypass: Bool = false
) throws -> UPSSimulator {
    let model = try #require(UPSModel.named(model))
    let layout = try SystemLayout(
        model, units: units, modules: modules, bypass: bypass, isConverter: isConverter, hasNoBypass: hasNoBypass)
    return UPSSimulator(UPSUnit(model, seed: seed), layout: layout)
}

extension UPSSimulator {
    /// All registers of one slave, read as a card reads them.
    func registers(slave: UInt8 = 1) throws -> RegisterFile {
        var registers = map.emptyRegisters
        for range in map.readPlan {
            registers.store(try read(unit: slave, address: range.address, count: range.count), at: range.address)
        }
        return registers
    }

    func snapshot(slave: UInt8 = 1) throws -> DeviceSnapshot { map.snapshot(of: try registers(slave: slave)) }

    func raw(_ code: PointCode, slave: UInt8 = 1) throws -> UInt16? { map.raw(code, in: try registers(slave: slave)) }

    /// The first unit's physics.
    var physics: UPSPhysics? { withState { $0.plant.ups?.first } }
    var transferSystem: STSPhysics? { withState { $0.plant.sts } }

    /// Plays YAML.
    func play(_ text: String) throws { start(try Scenario(text, layout: layout)) }
}
