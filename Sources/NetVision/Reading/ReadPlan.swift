package import PowerDevice
package import SNMP

/// Which objects to ask of one card: what it was seen to answer, and no more.
///
/// A card answers some modules and not others, and what it lacks costs an SNMPv1 card a round trip each time. Therefore a plan is learnt:
///
///     probe ──answers──▶ complete plan ──answers of the first whole read──▶ learnt plan ──another firmware answers──▶ probe again
///
/// The complete plan has all points of the modules that answered the probe; the learnt one drops what went unanswered, and what a better
/// module answers too.
package struct ReadPlan: Sendable, Equatable {
    /// How much to ask.
    package enum Scope: Sendable, Hashable {
        /// What is worth asking every few seconds: what the card's status follows from, and `statusVariables`.
        case status
        /// Everything, asked about once a minute.
        case all
    }

    package private(set) var status: [OID]
    /// Begins with `status`.
    package private(set) var all: [OID]
    /// The alarm tables of modules that answer no flags.
    package private(set) var alarmTables: [AlarmTable]
    package let generation: CardGeneration
    package let kind: DeviceKind
    /// The version string of the card that the plan was learnt from.
    package let agent: String?
    /// Where the card tells its version string.
    private let agentObjects: [OID]
    /// Whether the plan knows what the card leaves unanswered.
    package private(set) var isLearnt: Bool
    /// What a plan that stays is asked by; nil: the requests are made for the one time.
    package var requests: PreparedRequests?

    /// An alarm table that has to be walked while its module counts alarms.
    package struct AlarmTable: Sendable, Equatable {
        package let count: OID
        package let descriptions: OID
    }

    /// The variables that a status read tells about. What is missing from its answer is not managed any more.
    package static let statusVariables: Set<Variable> = [.batteryCharge, .batteryRuntime, .load]

    package func objects(_ scope: Scope) -> [OID] {
        switch scope {
        case .status: status
        case .all: all
        }
    }

    /// Whether these answers come from another card or firmware than the plan was made for: nothing that was asked for is answered, or the
    /// version string is another.
    package func isOutdated(by bindings: [VariableBinding]) -> Bool {
        let answers = bindings.answers
        let versions = agentObjects.compactMap { answers[$0]?.cardText }
        return answers.isEmpty && !all.isEmpty || !versions.isEmpty && !versions.contains { $0 == agent }
    }

    /// The objects whose answers tell which modules a card has, and how many lines.
    package static func probe(_ card: CardIdentity) -> [OID] {
        switch card.kind {
        case .ups: card.generation.modules.flatMap { module in heads(of: module) + module.alarmFlags.prefix(1) }
        case .sts: heads(of: .standard)
        }
    }

    private static func heads(of module: TransferModule) -> [OID] {
        (module.declarations.states + module.declarations.lineTables.map(\.count)).map(\.scalar)
    }

    private static func heads(of module: MIBModule) -> [OID] {
        [module.batteryStatusObject, module.outputSourceObject, module.alarmsPresentObject]
            + LineGroup.allCases.compactMap { module.lineCountObject($0) }
    }
}

extension ReadPlan {
    /// The complete plan for a card that answered `probed` to the probe.
    package init(for card: CardIdentity, probed: [VariableBinding]) {
        switch card.kind {
        case .ups: self.init(ups: card, probed.answers)
        case .sts: self.init(transferSwitch: card, probed.answers)
        }
    }

    private init(transferSwitch card: CardIdentity, _ answers: [OID: SNMPValue]) {
        let module = TransferModule.standard
        let counts = Dictionary(
            module.declarations.lineTables.map { ($0.lines, Self.lines([$0.count.scalar], in: answers)) }, uniquingKeysWith: max)
        let cells = module.cells.filter { $0.line <= $0.point.lines.flatMap { counts[$0] } ?? 1 }
        status = Self.heads(of: module) + module.alarmFlags + cells.filter { Self.isStatus($0.point) }.map(\.object)
        agentObjects = module.agentObjects
        all = status + cells.filter { !Self.isStatus($0.point) }.map(\.object) + agentObjects
        alarmTables = []
        generation = card.generation
        kind = card.kind
        agent = card.agent
        isLearnt = false
    }

    private init(ups card: CardIdentity, _ answers: [OID: SNMPValue]) {
        let modules = card.generation.modules.filter { module in answers.keys.contains { $0.isDescendant(of: module.root) } }
        let lines = { (group: LineGroup) in Self.lines(modules.compactMap { $0.lineCountObject(group) }, in: answers) }
        var status: [OID] = []
        var rest: [OID] = []
        for module in modules {
            status += Self.heads(of: module)
            if module.answersFlags(answers) { status += module.alarmFlags }
            for cell in module.cells where cell.line <= cell.point.lines.map(lines) ?? 1 {
                if Self.isStatus(cell.point) { status.append(cell.object) } else { rest.append(cell.object) }
            }
            rest += module.agentObjects
        }
        self.status = status
        self.all = status + rest
        self.alarmTables = modules.filter { !$0.answersFlags(answers) }.map(AlarmTable.init(of:))
        self.agentObjects = card.generation.modules.flatMap(\.agentObjects)
        self.generation = card.generation
        self.kind = card.kind
        self.agent = card.agent
        self.isLearnt = false
    }

    /// The quantities of the card list; the load of each line, where there may be none of the whole.
    private static func isStatus(_ point: MIBPoint) -> Bool {
        statusVariables.contains(point.variable.variable()) || point.variable == "output.{L}.power.percent"
    }

    /// How many rows of a line table to ask for, by the first of the counts that is one: all that may exist, if none is.
    private static func lines(_ counts: [OID], in answers: [OID: SNMPValue]) -> Int {
        let counts = counts.lazy.compactMap { answers[$0]?.number }
        return counts.first { 1...Int64(MIBModule.maximumLines) ~= $0 }.map { Int($0) } ?? MIBModule.maximumLines
    }

    /// Keeps what was answered to a whole read, and of what several modules answer the best that has a value.
    package func learnt(from bindings: [VariableBinding]) -> ReadPlan {
        let meanings = ObjectMeanings.of(generation)
        let answers = bindings.answers
        var settled: [Quantity: Int] = [:]
        for (object, value) in answers {
            guard let meaning = meanings[object], meanings.isUseful(value, as: meaning) else { continue }
            let quantity = Quantity(meaning.role)
            settled[quantity] = min(settled[quantity] ?? .max, meaning.rank)
        }
        func isWanted(_ object: OID) -> Bool {
            guard answers[object] != nil else { return false }
            guard let meaning = meanings[object] else { return true }
            return meaning.rank <= settled[Quantity(meaning.role)] ?? .max
        }
        var plan = self
        plan.status = status.filter(isWanted)
        plan.all = all.filter(isWanted)
        plan.alarmTables = alarmTables.filter { isWanted($0.count) }
        plan.isLearnt = true
        return plan
    }
}

extension MIBModule {
    /// upsIdentAgentSoftwareVersion, in a whole read for the sake of `isOutdated`.
    fileprivate var agentObjects: [OID] { identity.filter { $0.field == .agent }.map { object($0.tail) } }

    fileprivate func answersFlags(_ answers: [OID: SNMPValue]) -> Bool { alarmFlags.first.map { answers[$0] != nil } ?? false }
}

extension ReadPlan.AlarmTable {
    init(of module: MIBModule) {
        self.init(count: module.alarmsPresentObject, descriptions: module.alarmDescriptions)
    }
}

/// What an object tells about, whichever module it is in.
private enum Quantity: Hashable {
    case reading(Variable)
    case lineCount(LineGroup)
    case outputSource
    case batteryStatus
    case alarms

    init(_ role: ObjectMeaning.Role) {
        switch role {
        case .reading(let cell): self = .reading(cell.variable(of: MIBModule.maximumLines))
        case .lineCount(let group): self = .lineCount(group)
        case .outputSource: self = .outputSource
        case .batteryStatus: self = .batteryStatus
        case .alarmsPresent, .alarm: self = .alarms
        }
    }
}

extension ObjectMeanings {
    /// Whether an answer makes worse modules' answers superfluous. A number of alarms does not: it names none.
    fileprivate func isUseful(_ answer: SNMPValue, as meaning: ObjectMeaning) -> Bool {
        guard let number = answer.number.flatMap(Int.init(exactly:)) else { return false }
        switch meaning.role {
        case .reading(let cell): return cell.point.value(raw: number) != nil
        case .lineCount: return 1...MIBModule.maximumLines ~= number
        case .outputSource: return modules[meaning.rank].outputSource[number] != nil
        case .batteryStatus: return modules[meaning.rank].batteryStatus[number] != nil
        case .alarmsPresent: return false
        case .alarm: return true
        }
    }
}

extension [VariableBinding] {
    /// The values that are values, by object.
    var answers: [OID: SNMPValue] {
        Dictionary(lazy.filter(\.value.isAnswer).map { ($0.name, $0.value) }) { first, _ in first }
    }
}
