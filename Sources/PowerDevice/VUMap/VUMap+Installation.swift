extension VUMap {
    /// T001: how a device is installed (high byte), and what it is in that installation (low byte).
    package struct Installation: RawRepresentable, Sendable, Hashable {
        package let rawValue: UInt16

        package init(rawValue: UInt16) { self.rawValue = rawValue }

        /// A UPS that stands alone.
        package static let singleUnit = Installation(rawValue: 0x0101)
        /// A cabinet with power modules; two codes mean it.
        package static let modularUnit = Installation(rawValue: 0x0801)
        package static let modularUnit2 = Installation(rawValue: 0x0901)
        /// UPS in parallel, each with its own bypass.
        package static let parallelDistributedBypass = Installation(rawValue: 0x0601)
        /// Cabinets with power modules in parallel.
        package static let modularParallel = Installation(rawValue: 0x0608)

        /// The high byte.
        package var code: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 8) }
        /// The low byte.
        package var deviceType: UInt8 { UInt8(truncatingIfNeeded: rawValue) }

        /// What the manual says the code means; nil for codes that it does not print.
        package var meaning: String? {
            switch self {
            case .singleUnit: "Single unit"
            case .modularUnit, .modularUnit2: "Modular unit"
            case .parallelDistributedBypass: "Parallel system, distributed bypass"
            case .modularParallel: "Modular parallel system"
            default: nil
            }
        }
    }
}
