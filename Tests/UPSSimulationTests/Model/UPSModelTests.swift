import PowerDevice
import Testing
import UPSSimulation

@Suite struct UPSModelTests {
    @Test func everyModelIsKnownByItsNameAndDeviceCode() {
        #expect(Set(UPSModel.catalogue.map(\.name)).count == UPSModel.catalogue.count)
        for model in UPSModel.catalogue {
            #expect(UPSModel.named(model.name)?.deviceCode == model.deviceCode)
            #expect(VUMap.models[model.deviceCode] == model.name)
        }
        #expect(UPSModel.named("MASTERYS BC+") != nil && UPSModel.named("masterys") == nil)
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
