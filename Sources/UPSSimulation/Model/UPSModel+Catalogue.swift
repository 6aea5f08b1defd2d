extension UPSModel {
    /// The models that can be simulated: one typical rating of every family of every map.
    package static let catalogue: [UPSModel] = vuMapModels + jbuspModels + stsModels

    /// One for each device code of T015.
    private static let vuMapModels: [UPSModel] = [
        UPSModel(
            name: "MASTERYS BC+", family: .vuMap(deviceCode: 0x8200), inputLines: 3, outputLines: 3, power: 40e3, realpower: 36e3,
            modules: 1,
            battery: BatteryDesign(voltage: 480, capacity: 40), isDecimal: true,
            instruments: [.batteryTemperature, .batteryCapacity, .linePower, .lineToLine, .factors, .inputPower]),
        UPSModel(
            name: "MASTERYS GP4", family: .vuMap(deviceCode: 0x8300), inputLines: 3, outputLines: 3, power: 60e3, realpower: 60e3,
            modules: 1,
            battery: BatteryDesign(voltage: 480, capacity: 65, strings: 2), isDecimal: true, instruments: .all),
        UPSModel(
            name: "MODULYS GP 2.0", family: .vuMap(deviceCode: 0x8100), inputLines: 3, outputLines: 3, power: 75e3, realpower: 75e3,
            modules: 3,
            battery: BatteryDesign(voltage: 480, capacity: 80, strings: 2), isDecimal: true, instruments: .all),
        UPSModel(
            name: "MODULYS RM GP", family: .vuMap(deviceCode: 0x8110), inputLines: 3, outputLines: 3, power: 20e3, realpower: 20e3,
            modules: 2,
            battery: BatteryDesign(voltage: 240, capacity: 45), isDecimal: true,
            instruments: [.batteryCapacity, .linePower, .lineToLine, .factors]),
        UPSModel(
            name: "MODULYS XS", family: .vuMap(deviceCode: 0x8180), inputLines: 3, outputLines: 1, power: 20e3, realpower: 20e3, modules: 4,
            battery: BatteryDesign(voltage: 240, capacity: 36), isDecimal: true, instruments: [.batteryTemperature, .factors]),
        UPSModel(
            name: "MODULYS XM", family: .vuMap(deviceCode: 0x8140), inputLines: 3, outputLines: 3, power: 200e3, realpower: 200e3,
            modules: 4,
            battery: BatteryDesign(voltage: 480, capacity: 200, strings: 2), isDecimal: true, instruments: .all),
        UPSModel(
            name: "MODULYS XL", family: .vuMap(deviceCode: 0x81A0), inputLines: 3, outputLines: 3, power: 800e3, realpower: 800e3,
            modules: 4,
            battery: BatteryDesign(voltage: 480, capacity: 900, strings: 2), isDecimal: false, instruments: .all),
        UPSModel(
            name: "ITYS PRO", family: .vuMap(deviceCode: 0x8001), inputLines: 1, outputLines: 1, power: 10e3, realpower: 9e3, modules: 1,
            battery: BatteryDesign(voltage: 240, capacity: 9), isDecimal: true, instruments: []),
        UPSModel(
            name: "DELPHYS XL", family: .vuMap(deviceCode: 0x8400), inputLines: 3, outputLines: 3, power: 1000e3, realpower: 1000e3,
            modules: 1,
            battery: BatteryDesign(voltage: 528, capacity: 1100), isDecimal: false, instruments: .all),
        UPSModel(
            name: "DELPHYS BC - GP 2.0", family: .vuMap(deviceCode: 0x0288), inputLines: 3, outputLines: 3, power: 200e3, realpower: 200e3,
            modules: 1,
            battery: BatteryDesign(voltage: 492, capacity: 230), isDecimal: false,
            instruments: [.batteryTemperature, .linePower, .lineToLine, .factors]),
    ]

    /// Every name that there is: the models, and the names of their systems and modules.
    package static let all: [UPSModel] = catalogue + jbuspBuilds

    /// The model of that name, as `--model` gives it.
    package static func named(_ name: String) -> UPSModel? { all.first { $0.name == name } }
}
