package import PowerDevice

/// A model of UPS or STS that can be simulated: what its rating plate and its measuring equipment are.
package struct UPSModel: Sendable {
    /// As `--model` takes it and the card shows it.
    package let name: String
    package let family: Family
    package let inputLines: Int
    package let outputLines: Int
    /// Rated apparent power in VA.
    package let power: Double
    /// Rated active power in W.
    package let realpower: Double
    /// Power modules inside, of the usual build; 1 where the UPS is not modular.
    package let modules: Int
    package let battery: BatteryDesign
    /// T014 of VU-MAP: whether powers, currents, battery voltages and ampere-hours have a decimal.
    package let isDecimal: Bool
    package let instruments: Instruments
    /// Power share plugs, 0…4.
    package let plugs: Int
    /// How it usually stands: alone, unless its name says otherwise.
    package let build: Build

    /// What the name of a model says of more than one machine.
    package enum Build: Sendable, Equatable {
        case unit
        /// Units in parallel: `MASTERYS 3/3 SYSTEM`.
        case system
        /// A power module alone: `MODULYS 1/1 MODULE`.
        case module
    }

    /// Which registers the model has.
    package enum Family: Sendable, Equatable {
        /// By T015.
        case vuMap(deviceCode: UInt16)
        case jbusp(JBUSPTypes)
        case sts
    }

    /// The values of 0x1000 by which a range tells what it is.
    package struct JBUSPTypes: Sendable, Equatable {
        package let unit: UInt16
        /// Of a parallel system; nil where the range has none.
        package let system: UInt16?
        /// Of a parallel system with one bypass for all; nil where the range has none.
        package let centralised: UInt16?
        /// Of a power module; nil where the range has none.
        package let module: UInt16?

        package init(_ unit: UInt16, system: UInt16? = nil, centralised: UInt16? = nil, module: UInt16? = nil) {
            self.unit = unit
            self.system = system
            self.centralised = centralised
            self.module = module
        }
    }

    init(
        name: String, family: Family, inputLines: Int, outputLines: Int, power: Double, realpower: Double, modules: Int = 1,
        battery: BatteryDesign = .none, isDecimal: Bool = true, instruments: Instruments = [], plugs: Int = 0, build: Build = .unit
    ) {
        self.name = name
        self.family = family
        self.inputLines = inputLines
        self.outputLines = outputLines
        self.power = power
        self.realpower = realpower
        self.modules = modules
        self.battery = battery
        self.isDecimal = isDecimal
        self.instruments = instruments
        self.plugs = plugs
        self.build = build
    }

    package var map: DeviceMap {
        switch family {
        case .vuMap: .vuMap
        case .jbusp: .jbusp
        case .sts: .sts
        }
    }

    /// The same with another number of power modules: rating and battery go with it.
    func with(modules count: Int) -> UPSModel {
        guard count != modules else { return self }
        let share = Double(count) / Double(max(modules, 1))
        return UPSModel(
            name: name, family: family, inputLines: inputLines, outputLines: outputLines, power: power * share,
            realpower: realpower * share, modules: count,
            battery: BatteryDesign(voltage: battery.voltage, capacity: battery.capacity * share, strings: battery.strings),
            isDecimal: isDecimal, instruments: instruments, plugs: plugs, build: build)
    }

    /// The same under the name that the JBUSP type list has for such a build.
    func named(_ name: String, build: Build) -> UPSModel {
        UPSModel(
            name: name, family: family, inputLines: inputLines, outputLines: outputLines, power: power, realpower: realpower,
            modules: modules, battery: battery, isDecimal: isDecimal, instruments: instruments, plugs: plugs, build: build)
    }

    /// The units that stand there unless somebody says otherwise.
    package var usualUnits: Int { build == .system ? 2 : 1 }

    package var kind: DeviceKind { family == .sts ? .sts : .ups }

    /// T015 of VU-MAP, 0x1000 of JBUSP; 0 of an STS.
    package var deviceCode: UInt16 {
        switch family {
        case .vuMap(let code): code
        case .jbusp(let types): types.unit
        case .sts: 0
        }
    }

    package var isModular: Bool {
        switch family {
        case .vuMap: modules > 1
        case .jbusp(let types): types.module != nil && name.hasPrefix("MODULYS")
        case .sts: false
        }
    }

    /// How many of them work in parallel (manual 7.4).
    package var mostUnits: Int {
        switch family {
        case .vuMap: Topology.mostVUMapUnits
        case .jbusp(let types): types.system == nil ? 1 : Topology.mostJBUSPUnits
        case .sts: 1
        }
    }

    /// A battery of lead-acid blocks.
    package struct BatteryDesign: Sendable {
        /// Nominal voltage in V, over all strings.
        package let voltage: Double
        /// Capacity in Ah at the ten-hour rate.
        package let capacity: Double
        /// 2 where the strings + and - are measured apart.
        package let strings: Int

        package init(voltage: Double, capacity: Double, strings: Int = 1) {
            self.voltage = voltage
            self.capacity = capacity
            self.strings = strings
        }

        /// A device that has no battery.
        package static let none = BatteryDesign(voltage: 0, capacity: 0)
    }

    /// What a model measures besides load, voltages, frequencies, output currents and battery, which all do.
    package struct Instruments: OptionSet, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }

        package static let batteryTemperature = Instruments(rawValue: 1)
        package static let batteryCapacity = Instruments(rawValue: 1 << 1)
        /// Output power of each line.
        package static let linePower = Instruments(rawValue: 1 << 2)
        /// Voltages between the lines.
        package static let lineToLine = Instruments(rawValue: 1 << 3)
        /// Power and crest factors, neutral current.
        package static let factors = Instruments(rawValue: 1 << 4)
        /// Currents and power of the rectifier input.
        package static let inputPower = Instruments(rawValue: 1 << 5)
        /// Currents and power of the bypass.
        package static let bypassPower = Instruments(rawValue: 1 << 6)

        package static let all: Instruments = [
            .batteryTemperature, .batteryCapacity, .linePower, .lineToLine, .factors, .inputPower, .bypassPower,
        ]
    }
}
