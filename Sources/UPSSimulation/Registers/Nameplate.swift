/// What a device says of itself, and does not change: whose registers they are.
struct Nameplate: Sendable {
    enum Role: Sendable, Equatable {
        /// The one machine that there is.
        case single
        /// Several units seen as one.
        case system
        /// Unit 1… of a system.
        case unit(Int)
    }

    let layout: SystemLayout
    let unit: UPSUnit
    let role: Role

    /// VA and W.
    var power: Double { role == .system ? layout.power : layout.unitModel.power }
    var realpower: Double { role == .system ? layout.realpower : layout.unitModel.realpower }
    /// How many devices there are one level below: units of a system, modules of a unit.
    var parts: Int { role == .system ? layout.units : layout.modules }
    /// Whether there is a bypass at this level.
    var hasBypass: Bool {
        if case .unit = role, layout.bypass == .centralised { return false }
        return layout.hasBypass
    }
}
