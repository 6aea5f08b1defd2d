/// How a power system is built: which views of it there are, and under which slave number each is read.
///
///     slave 1      the system, or the one device that there is
///     slave 1 + n  unit n of a parallel system (1…10)
///     modules      are told by their unit's synthesis words; they have no registers of their own
package struct Topology: Sendable, Equatable {
    /// Manual 7.4; the installation code of VU-MAP (T001), the device types and S30 of JBUSP.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case single
        /// A frequency converter: no battery.
        case converter
        /// A power module: no bypass of its own.
        case module
        /// One cabinet with power modules.
        case modular
        case parallelDistributedBypass
        case parallelCentralisedBypass
        /// Cabinets with power modules in parallel.
        case modularParallel
        case transferSystem
    }

    package var kind: Kind
    package var inputLines: Int
    package var outputLines: Int
    /// The numbers of the units that are present, from 1 on; empty where there is one device only.
    package var units: [Int]
    /// The positions of the modules that are present in the cabinet or, in a modular parallel system, in all of them; empty where there are none.
    package var modules: [Int]

    package init(kind: Kind = .single, inputLines: Int = 1, outputLines: Int = 1, units: [Int] = [], modules: [Int] = []) {
        self.kind = kind
        self.inputLines = inputLines
        self.outputLines = outputLines
        self.units = units
        self.modules = modules
    }

    /// The slave number of the system, or of a device that stands alone (manual ch. 6).
    package static let systemSlave: UInt8 = 1

    /// The slave number under which unit `number` is read.
    package static func slave(ofUnit number: Int) -> UInt8 { UInt8(clamping: number + 1) }

    /// Every slave number that answers, the system's first.
    package var slaves: [UInt8] { [Self.systemSlave] + units.map(Self.slave(ofUnit:)) }
}
