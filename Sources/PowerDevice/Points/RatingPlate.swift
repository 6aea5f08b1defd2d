/// What a device says of itself that does not change while it runs.
package struct RatingPlate: Sendable, Equatable {
    package var model: String?
    /// The device's code in its map's own table: VU-MAP T015, JBUSP the UPS type at 0x1000.
    package var deviceCode: UInt16?
    package var serial: String?
    /// The vendor's order reference of the device.
    package var reference: String?
    /// The firmware of the device's communication board, as `1.00` (JBUSP).
    package var firmware: String?
    /// How the device is installed and what it is itself (VU-MAP: T001); nil where the map does not tell.
    package var installation: VUMap.Installation?
    /// Power modules, or units of a system, as the device counts them: 1 or more.
    package var modules: Int?
    /// Power share plugs that the device has; nil where it does not tell.
    package var plugs: Int?
    /// Rated values in the units of their names: `ups.power.nominal` in VA, `input.voltage.nominal` in V.
    package var ratings: [Variable: Double]
    package var inputLines: Int
    package var outputLines: Int
    package var bypassLines: Int
    /// False for a converter, which has none.
    package var hasBattery: Bool
    /// Whether the words of ``Measurement/Scale/factored`` have one decimal.
    package var isDecimal: Bool

    package init(
        model: String? = nil, deviceCode: UInt16? = nil, serial: String? = nil, reference: String? = nil, firmware: String? = nil,
        installation: VUMap.Installation? = nil, modules: Int? = nil, plugs: Int? = nil, ratings: [Variable: Double] = [:],
        inputLines: Int = 1, outputLines: Int = 1, bypassLines: Int = 1, hasBattery: Bool = true, isDecimal: Bool = false
    ) {
        self.model = model
        self.deviceCode = deviceCode
        self.serial = serial
        self.reference = reference
        self.firmware = firmware
        self.installation = installation
        self.modules = modules
        self.plugs = plugs
        self.ratings = ratings
        self.inputLines = inputLines
        self.outputLines = outputLines
        self.bypassLines = bypassLines
        self.hasBattery = hasBattery
        self.isDecimal = isDecimal
    }

    /// Rated apparent power in VA.
    package var nominalPower: Double? { ratings[.powerNominal] }
    /// Rated active power in W.
    package var nominalRealpower: Double? { ratings[.realpowerNominal] }

    package func lines(of supply: Measurement.Supply) -> Int {
        switch supply {
        case .input: inputLines
        case .bypass: bypassLines
        case .output: outputLines
        }
    }
}
