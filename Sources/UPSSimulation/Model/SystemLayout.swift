package import PowerDevice

/// How a power system is put together from machines of one model.
package struct SystemLayout: Sendable {
    package enum Bypass: String, Sendable, Codable, CaseIterable {
        /// Each unit has its own.
        case distributed
        /// One for the whole system, in a cabinet of its own.
        case centralised
    }

    package let model: UPSModel
    /// 1 where there is one machine only.
    package let units: Int
    /// Power modules in each unit; 1 where the units are not modular.
    package let modules: Int
    package let bypass: Bypass
    /// A frequency converter: neither battery nor bypass.
    package let isConverter: Bool
    /// A power module that stands alone: no bypass of its own.
    package let hasNoBypass: Bool

    /// The model as it comes: one machine with its usual modules.
    package init(_ model: UPSModel) {
        self.model = model
        units = model.usualUnits
        modules = model.build == .module ? 1 : model.modules
        bypass = .distributed
        isConverter = false
        hasNoBypass = model.build == .module
    }

    /// - Throws: a ``SimulationError`` with the sentence that says what goes together.
    package init(
        _ model: UPSModel, units: Int? = nil, modules: Int? = nil, bypass: Bypass? = nil, isConverter: Bool = false,
        hasNoBypass: Bool = false
    ) throws(SimulationError) {
        let units = units ?? (isConverter ? 1 : model.usualUnits)
        let hasNoBypass = hasNoBypass || model.build == .module
        let inside = modules ?? (model.build == .module ? 1 : model.modules)
        if model.build == .system && units == 1 {
            throw .impossibleLayout("\(model.name) has units in parallel: --units must be 2 or more")
        }
        try Self.check(model, units: units, modules: inside)
        if isConverter && (units > 1 || hasNoBypass) {
            throw .impossibleLayout("a converter stands alone, without --units and --no-bypass")
        }
        if hasNoBypass && units > 1 { throw .impossibleLayout("--no-bypass is for one power module; leave --units away") }
        if hasNoBypass && inside > 1 { throw .impossibleLayout("--no-bypass is for one power module; say --modules 1") }
        if case .jbusp(let types) = model.family, hasNoBypass, types.module == nil {
            throw .impossibleLayout("\(model.name) has no power modules that stand alone: leave --no-bypass away")
        }
        if bypass == .centralised && units < 2 { throw .impossibleLayout("--bypass centralised needs --units 2 or more") }
        if case .jbusp(let types) = model.family, bypass == .centralised, types.centralised == nil {
            throw .impossibleLayout("\(model.name) has no central bypass: leave --bypass away")
        }
        if bypass == .centralised && inside > 1 { throw .impossibleLayout("cabinets with modules have a distributed bypass") }
        if model.kind == .sts && (isConverter || hasNoBypass || bypass != nil) {
            throw .impossibleLayout("\(model.name) is a transfer system: it has neither converter nor bypass options")
        }
        self.model = model
        self.units = units
        self.modules = inside
        self.bypass = bypass ?? .distributed
        self.isConverter = isConverter
        self.hasNoBypass = hasNoBypass
    }

    private static func check(_ model: UPSModel, units: Int, modules: Int) throws(SimulationError) {
        if model.kind == .sts && (units != 1 || modules != 1) {
            throw .impossibleLayout("\(model.name) is a transfer system: it has no units and no modules")
        }
        let most = model.mostUnits
        guard (1...most).contains(units) else {
            throw .impossibleLayout(
                most == 1
                    ? "\(model.name) does not work in parallel: --units must be 1" : "--units must be from 1 to \(most) for \(model.name)")
        }
        guard model.isModular || modules == 1 else {
            throw .impossibleLayout("\(model.name) has no power modules: --modules must be 1")
        }
        guard (1...Topology.mostModulesInUnit).contains(modules) else {
            throw .impossibleLayout("--modules must be from 1 to \(Topology.mostModulesInUnit)")
        }
        guard modules > 1, units > 1 else { return }
        guard units <= Topology.mostModularUnits, units * modules <= Topology.mostModules else {
            throw .impossibleLayout(
                "a modular parallel system has \(Topology.mostModularUnits) units and \(Topology.mostModules) modules at most, "
                    + "not \(units) units with \(modules) each")
        }
    }

    /// The model with this layout's modules in each unit.
    package var unitModel: UPSModel { model.with(modules: modules) }
    /// VA and W of the whole.
    package var power: Double { unitModel.power * Double(units) }
    package var realpower: Double { unitModel.realpower * Double(units) }

    var build: UPSPhysics.Build {
        UPSPhysics.Build(
            hasBypass: hasBypass, hasBattery: hasBattery, modules: modules, frequency: isConverter ? 60 : 50)
    }

    package var hasBattery: Bool { !isConverter && model.kind == .ups }
    /// Only VU-MAP has a bit for it.
    var hasLineInteractiveMode: Bool {
        if case .vuMap = model.family { hasBypass } else { false }
    }

    package var hasBypass: Bool { !isConverter && !hasNoBypass }

    /// What a card finds when it looks.
    package var topology: Topology {
        Topology(
            kind: kind, inputLines: model.inputLines, outputLines: model.outputLines, units: units > 1 ? Array(1...units) : [],
            modules: modules > 1 ? modulePositions : [])
    }

    /// The modules of every unit, numbered through: each unit has the same number of places.
    private var modulePositions: [Int] {
        let places = units > 1 ? Topology.placesInUnit(of: units) : modules
        return (0..<units).flatMap { unit in (1...modules).map { unit * places + $0 } }
    }

    private var kind: Topology.Kind {
        if model.kind == .sts { return .transferSystem }
        if isConverter { return .converter }
        if hasNoBypass { return .module }
        if units > 1 {
            return modules > 1 ? .modularParallel : bypass == .centralised ? .parallelCentralisedBypass : .parallelDistributedBypass
        }
        return modules > 1 ? .modular : .single
    }
}
