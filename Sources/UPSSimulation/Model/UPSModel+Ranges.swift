import PowerDevice

extension UPSModel {
    /// One for each range of the list at 0x1000; types of systems and modules follow from the layout.
    ///
    /// Type 648, DELPHYS GP 2.0, is 0x0288: the one with a touchscreen speaks VU-MAP and stands in the other list.
    static let jbuspModels: [UPSModel] = [
        UPSModel(
            name: "MODULYS 1/1 UPS", family: .jbusp(JBUSPTypes(21, system: 22, module: 20)), inputLines: 1, outputLines: 1, power: 9000,
            realpower: 8100, modules: 3, battery: BatteryDesign(voltage: 240, capacity: 9), plugs: 2),
        UPSModel(
            name: "MASTERYS 1/1 UPS", family: .jbusp(JBUSPTypes(27, system: 26, module: 28)), inputLines: 1, outputLines: 1, power: 8000,
            realpower: 6400, battery: BatteryDesign(voltage: 240, capacity: 12, strings: 2)),
        UPSModel(
            name: "NETYS", family: .jbusp(JBUSPTypes(29)), inputLines: 1, outputLines: 1, power: 1500,
            realpower: 1050, battery: BatteryDesign(voltage: 48, capacity: 9)),
        UPSModel(
            name: "ITYS", family: .jbusp(JBUSPTypes(30)), inputLines: 1, outputLines: 1, power: 6000,
            realpower: 4800, battery: BatteryDesign(voltage: 192, capacity: 9)),
        UPSModel(
            name: "NETYS RT", family: .jbusp(JBUSPTypes(31)), inputLines: 1, outputLines: 1, power: 3000,
            realpower: 2700, battery: BatteryDesign(voltage: 72, capacity: 12), plugs: 2),
        UPSModel(
            name: "NETYS PR", family: .jbusp(JBUSPTypes(35)), inputLines: 1, outputLines: 1, power: 2000,
            realpower: 1400, battery: BatteryDesign(voltage: 48, capacity: 9)),
        UPSModel(
            name: "NETYS PR-RK", family: .jbusp(JBUSPTypes(36)), inputLines: 1, outputLines: 1, power: 1000,
            realpower: 700, battery: BatteryDesign(voltage: 36, capacity: 7)),
        UPSModel(
            name: "NETYS PR-RT", family: .jbusp(JBUSPTypes(37)), inputLines: 1, outputLines: 1, power: 3300,
            realpower: 2700, battery: BatteryDesign(voltage: 72, capacity: 12), plugs: 2),
        UPSModel(
            name: "MODULYS 3/1 UPS", family: .jbusp(JBUSPTypes(84, system: 83, module: 82)), inputLines: 3, outputLines: 1, power: 15000,
            realpower: 12000, modules: 3, battery: BatteryDesign(voltage: 240, capacity: 18)),
        UPSModel(
            name: "MASTERYS 3/1 UPS", family: .jbusp(JBUSPTypes(87, system: 86, module: 88)), inputLines: 3, outputLines: 1, power: 20000,
            realpower: 16000, battery: BatteryDesign(voltage: 360, capacity: 18, strings: 2)),
        UPSModel(
            name: "ITYS 3/1 UPS", family: .jbusp(JBUSPTypes(89)), inputLines: 3, outputLines: 1, power: 10000,
            realpower: 8000, battery: BatteryDesign(voltage: 240, capacity: 12)),
        UPSModel(
            name: "MASTERYS 3/3 UPS", family: .jbusp(JBUSPTypes(257, system: 256, module: 258)), inputLines: 3, outputLines: 3,
            power: 30000,
            realpower: 27000, battery: BatteryDesign(voltage: 480, capacity: 28, strings: 2)),
        UPSModel(
            name: "DELPHYS MP SINGLE UNIT", family: .jbusp(JBUSPTypes(513, system: 1014, centralised: 1016)), inputLines: 3, outputLines: 3,
            power: 120000,
            realpower: 96000, battery: BatteryDesign(voltage: 396, capacity: 120)),
        UPSModel(
            name: "DELPHYS MX SINGLE UNIT", family: .jbusp(JBUSPTypes(515, system: 1018, centralised: 1020)), inputLines: 3, outputLines: 3,
            power: 400000,
            realpower: 360000, battery: BatteryDesign(voltage: 444, capacity: 400)),
        UPSModel(
            name: "DELPHYS Green Power", family: .jbusp(JBUSPTypes(640)), inputLines: 3, outputLines: 3, power: 160000,
            realpower: 160000, battery: BatteryDesign(voltage: 528, capacity: 160)),
        UPSModel(
            name: "DELPHYS BC", family: .jbusp(JBUSPTypes(644)), inputLines: 3, outputLines: 3, power: 200000,
            realpower: 180000, battery: BatteryDesign(voltage: 480, capacity: 200)),
        UPSModel(
            name: "DELPHYS GP 2.0", family: .jbusp(JBUSPTypes(648)), inputLines: 3, outputLines: 3, power: 200000,
            realpower: 200000, battery: BatteryDesign(voltage: 528, capacity: 200)),
    ]

    /// The names of that list that mean units in parallel or a power module alone.
    static let jbuspBuilds: [UPSModel] = jbuspModels.flatMap { model -> [UPSModel] in
        guard case .jbusp(let types) = model.family else { return [] }
        let builds: [(type: UInt16?, build: Build)] = [(types.system, .system), (types.module, .module)]
        return builds.compactMap { type, build in
            type.flatMap(DeviceRange.jbusp).map { model.named($0.name, build: build) }
        }
    }

    /// STATYS of 200 A: two sources of three phases, one load.
    static let stsModels: [UPSModel] = [
        UPSModel(name: "STATYS", family: .sts, inputLines: 3, outputLines: 3, power: 138_000, realpower: 138_000)
    ]
}
