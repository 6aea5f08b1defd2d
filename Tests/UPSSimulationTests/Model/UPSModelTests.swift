import PowerDevice
import Testing
import UPSSimulation

@Suite struct UPSModelTests {
    @Test func everyModelIsKnownByItsName() {
        for model in UPSModel.catalogue { #expect(UPSModel.named(model.name)?.deviceCode == model.deviceCode) }
        #expect(Set(UPSModel.catalogue.map(\.name)).count == UPSModel.catalogue.count)
        #expect(UPSModel.named("MASTERYS BC+") != nil && UPSModel.named("masterys") == nil)
    }

    @Test func everyRangeOfTheListsCanBeSimulated() {
        let types = UPSModel.catalogue.flatMap { model -> [UInt16] in
            guard case .jbusp(let types) = model.family else { return [] }
            return [types.unit, types.system, types.module, types.centralised].compactMap { $0 }
        }
        let names = Set(types.compactMap { DeviceRange.jbusp($0)?.name })
        #expect(names == Set(DeviceRange.jbuspRanges.map(\.name)))
        for range in DeviceRange.vuMapRanges {
            #expect(UPSModel.catalogue.contains { $0.family == .vuMap(deviceCode: range.code ?? 0) && $0.name == range.name })
        }
        for name in ["MASTERYS BC+", "NETYS RT", "MASTERYS 3/3 UPS", "STATYS"] { #expect(UPSModel.named(name) != nil, "\(name)") }
    }

    @Test func sameSeedMakesTheSameUnit() throws {
        let model = try #require(UPSModel.named("MASTERYS GP4"))
        let (first, twin, other) = (UPSUnit(model, seed: 7), UPSUnit(model, seed: 7), UPSUnit(model, seed: 8))
        #expect(first.serial == twin.serial && first.batteryHealth == twin.batteryHealth && first.shares == twin.shares)
        #expect(first.serial != other.serial)
        #expect(first.serial.count == 10 && first.serial.first == "P")
        let total = first.shares.reduce(0, +)
        #expect(abs(total - 1) < 1e-9)
        #expect(first.reference.count <= 20)
    }
}
