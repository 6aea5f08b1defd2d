extension Topology {
    /// How many units and modules there can be (manual 7.4).
    package static let mostJBUSPUnits = 6
    package static let mostVUMapUnits = 10
    package static let mostModularUnits = 4
    package static let mostModulesInUnit = 8
    package static let mostModules = 24

    /// The topology that the registers of slave 1 tell. Where they tell nothing, the device stands alone.
    ///
    /// VU-MAP: T001 (01:01 single, 08:01 and 09:01 modular, 06:01 distributed bypass, 06:08 modular parallel, and 07:01 or a bypass module in
    /// T003 centralised bypass, of which the manual prints no code), T002 and T003 the devices one level below, T009 b6 without bypass,
    /// T010 b0 battery. JBUSP: the type, S30, S32–S37 and the number of modules. `units` are the registers of the units that were read, by
    /// number: in a modular parallel system they tell the modules.
    package init(of registers: RegisterFile, map: DeviceMap, units: [Int: RegisterFile] = [:]) {
        let plate = map.plate(map, registers)
        self.init(inputLines: plate.inputLines, outputLines: plate.outputLines)
        switch map.family {
        case .vuMap: detectVUMap(registers, plate, units)
        case .jbusp: detectJBUSP(registers, plate)
        case .sts: kind = .transferSystem
        }
    }
}

// MARK: - VU-MAP

extension Topology {
    /// T001 as words.
    package enum InstallationCode {
        package static let single = VUMap.Installation.singleUnit.rawValue
        package static let modular = [VUMap.Installation.modularUnit.rawValue, VUMap.Installation.modularUnit2.rawValue]
        package static let distributedBypass = VUMap.Installation.parallelDistributedBypass.rawValue
        package static let modularParallel = VUMap.Installation.modularParallel.rawValue
        package static let centralisedBypass = VUMap.Installation.parallelCentralisedBypass.rawValue
    }

    private mutating func detectVUMap(_ registers: RegisterFile, _ plate: RatingPlate, _ unitRegisters: [Int: RegisterFile]) {
        let positions = registers[0x0003] ?? 0
        switch registers[0x0001].map(VUMap.Installation.init(rawValue:)) {
        case .modularUnit, .modularUnit2:
            kind = .modular
            modules = Self.devices(registers, most: Self.mostModulesInUnit)
        case .parallelDistributedBypass:
            kind = positions >> 13 & 1 == 1 ? .parallelCentralisedBypass : .parallelDistributedBypass
            units = Self.devices(registers, most: Self.mostVUMapUnits)
        case .parallelCentralisedBypass:
            kind = .parallelCentralisedBypass
            units = Self.devices(registers, most: Self.mostVUMapUnits)
        case .modularParallel:
            kind = .modularParallel
            units = Self.devices(registers, most: Self.mostModularUnits)
            modules = Self.modules(ofUnits: units, unitRegisters)
        default:
            let hasNoBypass = (registers[0x0009] ?? 0) >> 6 & 1 == 1
            kind = plate.hasBattery ? (hasNoBypass ? .module : .single) : .converter
        }
    }

    /// The numbers of the devices one level below: the positions of T003, which has bits for 8. From 9 on, T002 tells how many there are.
    /// Without positions, T002 counts from 1.
    private static func devices(_ registers: RegisterFile, most: Int) -> [Int] {
        let positions = registers[0x0003] ?? 0
        let count = registers[0x0002].flatMap { $0 <= 15 ? Int($0) : nil } ?? 0
        let present = (1...8).filter { positions >> UInt16($0 - 1) & 1 == 1 }
        if present.isEmpty { return Array((1...max(1, most)).prefix(count)) }
        return (present + (9...15).prefix { $0 <= count }).filter { $0 <= most }
    }

    /// The modules of every cabinet, numbered through: the cabinets' places are equal, 8 for up to three of them and 6 for four.
    private static func modules(ofUnits units: [Int], _ registers: [Int: RegisterFile]) -> [Int] {
        let places = placesInUnit(of: units.last ?? 1)
        return units.flatMap { unit in
            registers[unit].map { devices($0, most: places).map { (unit - 1) * places + $0 } } ?? []
        }
    }

    /// How many modules' places each cabinet of a modular parallel system with `units` cabinets has: 24 are shared out, and 8 fit in one.
    package static func placesInUnit(of units: Int) -> Int { min(mostModulesInUnit, mostModules / min(max(units, 1), mostModularUnits)) }
}

// MARK: - JBUSP

extension Topology {
    private mutating func detectJBUSP(_ registers: RegisterFile, _ plate: RatingPlate) {
        let type = registers[JBUSP.identificationAddress] ?? 0
        let status = registers[JBUSP.statusAddress + 1] ?? 0
        let moduleCount = min(plate.modules ?? 0, Self.mostModules)
        if status >> 14 & 1 == 1 {
            let present = registers[JBUSP.statusAddress + 2] ?? 0
            units = (1...Self.mostJBUSPUnits).filter { present >> UInt16($0 - 1) & 1 == 1 }
            kind = Self.centralisedTypes.contains(type) ? .parallelCentralisedBypass : .parallelDistributedBypass
            if Self.modularTypes.contains(type), moduleCount > units.count {
                kind = .modularParallel
                units = units.filter { $0 <= Self.mostModularUnits }
                modules = Self.shared(moduleCount, among: units)
            }
        } else if DeviceRange.jbusp(type)?.level == .module {
            kind = .module
        } else if moduleCount > 1 {
            kind = .modular
            modules = Array((1...moduleCount).prefix(Self.mostModulesInUnit))
        } else {
            kind = plate.hasBattery ? .single : .converter
        }
    }

    /// The system tells only how many modules there are: as many in each cabinet, one more in the first ones.
    private static func shared(_ count: Int, among units: [Int]) -> [Int] {
        guard !units.isEmpty else { return [] }
        let places = placesInUnit(of: units.last ?? 1)
        return units.enumerated().flatMap { index, unit in
            let share = count / units.count + (index < count % units.count ? 1 : 0)
            return (0..<min(share, places)).map { (unit - 1) * places + $0 + 1 }
        }
    }

    /// MODULYS: cabinets with modules.
    private static let modularTypes: Set<UInt16> = [20, 21, 22, 82, 83, 84]
    /// Of the four types of each DELPHYS system the last two; ours, the manual prints ranges only.
    private static let centralisedTypes: Set<UInt16> = [1016, 1017, 1020, 1021]
}

extension VUMap.Installation {
    /// UPS in parallel with one bypass for all; ours, the manual prints no code for it.
    package static let parallelCentralisedBypass = VUMap.Installation(rawValue: 0x0701)
}
