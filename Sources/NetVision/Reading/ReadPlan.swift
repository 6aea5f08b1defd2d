package import PowerDevice
package import SNMP

/// Which objects to ask of one card: what it was seen to answer, and no more.
///
/// A card answers some modules and not others, and what it lacks costs an SNMPv1 card a round trip each time. Therefore a plan is learnt:
///
///     probe ──answers──▶ complete plan ──answers of the first whole read──▶ learnt plan ──other firmware, more lines──▶ probe again
///
/// The complete plan has all points of the profile's groups that answered the probe; the learnt one drops the measurements that went
/// unanswered, and what a better group answers too. What the status follows from stays, answered or not: an agent may fail once, or its
/// UPS be away. Beside that, each request asks who answers (`IdentityMarks`).
package struct ReadPlan: Sendable {
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
    /// What the answers are understood by.
    package let profile: CardProfile
    /// Of the card that the plan was made for.
    package let generation: CardGeneration
    package let kind: DeviceKind
    /// The version string of the card that the plan was learnt from.
    package let agent: String?
    /// Where the card tells its version string.
    private let agentObjects: [OID]
    /// By what the card is told from another one at its address.
    package let marks: IdentityMarks
    /// The rows of tables that don't count from 1.
    let rows: TableRows
    /// How many rows of each line table are asked for.
    private let lines: [LineGroup: Int]
    /// Whether the plan knows what the card leaves unanswered.
    package private(set) var isLearnt: Bool
    /// What a plan that stays is asked by; nil: the requests are made for the one time.
    package var requests: PreparedRequests?
    /// Of the profiles from which this plan's was chosen.
    var profilesRevision = 0
    /// The variables that a status read by this plan tells about. What is missing from its answer is not managed any more.
    package private(set) var statusVariables: Set<Variable>

    /// An alarm table, and when it has to be walked.
    package struct AlarmTable: Sendable, Equatable {
        /// Nil where the card has no count: the table is always walked.
        package let count: OID?
        package let descriptions: OID
        /// While one of them tells an alarm, the table is not needed.
        let flags: Set<OID>
    }

    /// The variables of the card list, which a status read by a built-in profile tells about.
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
        guard all.isEmpty || bindings.contains(where: \.value.isAnswer) else { return true }
        let versions = bindings.lazy.filter { agentObjects.contains($0.name) }.compactMap(\.value.cardText)
        return !versions.isEmpty && !versions.contains { $0 == agent }
    }

    /// Whether the device has lines that the plan does not ask for.
    func lacksLines(of state: DeviceState) -> Bool {
        let counts: [LineGroup: Int] = [.input: state.inputLines, .output: state.outputLines, .bypass: state.bypassLines]
        return counts.contains { lines, count in count > self.lines[lines] ?? .max }
    }

    /// The objects whose answers tell which groups of its profile a card has, and how many lines.
    ///
    /// - Parameter profile: nil: the built-in one of the card's generation.
    package static func probe(_ card: CardIdentity, by profile: CardProfile? = nil) -> [OID] {
        let profile = profile ?? .builtIn(for: card.generation, card.kind)
        return profile.groups.flatMap { $0.heads + $0.alarms.prefix(1).map(\.object) } + profile.agentObjects
    }
}

extension ReadPlan {
    /// The complete plan for a card that answered `probed` to the probe.
    package init(
        for card: CardIdentity, by profile: CardProfile? = nil, probed: [VariableBinding], marks: IdentityMarks = .none,
        rows: TableRows = TableRows()
    ) {
        let profile = profile ?? .builtIn(for: card.generation, card.kind)
        let answers = probed.answers
        let groups = profile.groups.filter { group in
            group.isAdditional || group.isCertain || (group.heads.isEmpty && group.alarms.isEmpty)
                || group.heads.contains { answers[$0] != nil } || group.answersFlags(answers)
        }
        let lines = Self.lineCounts(of: groups, in: answers).merging(rows.counts) { _, walked in walked }
        var status: [OID] = []
        var rest: [OID] = []
        for group in groups {
            status += group.heads
            if group.isAdditional || group.answersFlags(answers) { status += group.alarmObjects }
            for cell in group.cells where cell.line <= cell.point.lines.map({ lines[$0] ?? 0 }) ?? 1 {
                if cell.point.poll == .status { status.append(cell.object) } else { rest.append(cell.object) }
            }
        }
        let meanings = profile.meanings
        self.statusVariables = Set(status.flatMap { meanings[$0]?.variables ?? [] })
        if statusVariables.contains(Variable("output.power.percent")) { statusVariables.insert(.load) }
        self.status = status.uniqued()
        self.agentObjects = profile.agentObjects
        self.all = (status + rest + agentObjects.filter { answers[$0] != nil }).uniqued()
        self.alarmTables = groups.compactMap { AlarmTable(of: $0, in: profile, answers) }
        self.profile = profile
        self.generation = card.generation
        self.kind = card.kind
        self.agent = card.agent
        self.marks = marks
        self.rows = rows
        self.lines = lines
        self.isLearnt = false
    }

    /// How many rows of each line table to ask for, by the first group's count that is one: all that may exist, if none is.
    private static func lineCounts(of groups: [ProfileGroup], in answers: [OID: SNMPValue]) -> [LineGroup: Int] {
        func count(_ group: ProfileGroup, _ lines: LineGroup) -> Int? {
            group.lineCounts.lazy.filter { $0.lines == lines }.compactMap { answers[$0.object]?.number }
                .filter { 1...Int64(MIBModule.maximumLines) ~= $0 }.map { Int($0) }.max()
        }
        return Dictionary(
            uniqueKeysWithValues: LineGroup.allCases.map { lines in
                (lines, groups.lazy.compactMap { count($0, lines) }.first ?? MIBModule.maximumLines)
            })
    }

    /// Keeps what was answered to a whole read, and of what several modules answer the best that has a value. What was not answered is kept
    /// too if the status follows from it; but of a group's alarm flags only those that it has.
    package func learnt(from bindings: [VariableBinding]) -> ReadPlan {
        let meanings = profile.meanings
        let answers = bindings.answers
        var settled: [Quantity: Int] = [:]
        for (object, value) in answers {
            guard let meaning = meanings[object], meanings.isUseful(value, as: meaning) else { continue }
            let quantity = Quantity(meaning, in: meanings)
            settled[quantity] = min(settled[quantity] ?? .max, meaning.rank)
        }
        let flagged = Set(answers.keys.compactMap { meanings[$0] }.filter(\.isFlag).map(\.rank))
        func isWanted(_ object: OID) -> Bool {
            guard let meaning = meanings[object] else { return answers[object] != nil }
            let mayStay = meaning.isOfStatus && !(meaning.isFlag && flagged.contains(meaning.rank))
            return (answers[object] != nil || mayStay) && meaning.rank <= settled[Quantity(meaning, in: meanings)] ?? .max
        }
        var plan = self
        plan.status = status.filter(isWanted)
        plan.all = all.filter(isWanted)
        plan.alarmTables = alarmTables.filter { table in table.count.map(isWanted) ?? true }
        plan.isLearnt = true
        return plan
    }
}

extension CardProfile {
    /// upsIdentAgentSoftwareVersion, in a whole read for the sake of `isOutdated`.
    var agentObjects: [OID] { identity.filter { $0.field == .agent }.map(\.object) }

    /// Cards of makes that we know have one way to tell of an alarm; of the others any may be missing.
    fileprivate var isForeign: Bool { generation == .rfc1628 }
}

extension ProfileGroup {
    /// The flags' objects, each once.
    fileprivate var alarmObjects: [OID] { alarms.map(\.object).uniqued() }

    fileprivate func answersFlags(_ answers: [OID: SNMPValue]) -> Bool { alarms.first.map { answers[$0.object] != nil } ?? false }
}

extension ReadPlan.AlarmTable {
    /// Nil where the flags tell all that a table would.
    init?(of group: ProfileGroup, in profile: CardProfile, _ answers: [OID: SNMPValue]) {
        guard let table = group.alarmTable else { return nil }
        let hasFlags = group.answersFlags(answers)
        if hasFlags, !profile.isForeign { return nil }
        let isCounted = group.alarmCount.map { answers[$0]?.number != nil } ?? false
        if !isCounted, hasFlags { return nil }
        let mayCount = isCounted || !profile.isForeign
        self.init(count: mayCount ? group.alarmCount : nil, descriptions: table, flags: Set(hasFlags ? group.alarms.map(\.object) : []))
    }

    /// Whether what a card has just answered leaves alarms without a name.
    func isNeeded(by bindings: [VariableBinding]) -> Bool {
        guard let count else { return true }
        guard bindings.contains(where: { $0.name == count && $0.value.number ?? 0 > 0 }) else { return false }
        return flags.isEmpty || !bindings.contains { flags.contains($0.name) && $0.value.number == 1 }
    }
}

/// What an object tells about, whichever group it is in.
private enum Quantity: Hashable {
    case reading(Variable)
    case lineCount(LineGroup)
    case outputSource
    case batteryStatus
    case transfer(TransferPart)
    case alarms
    /// What an additional group lists replaces nothing.
    case alarmsOf(rank: Int)

    init(_ meaning: ObjectMeaning, in meanings: ObjectMeanings) {
        switch meaning.role {
        case .reading(let cell): self = .reading(cell.variable(of: MIBModule.maximumLines))
        case .lineCount(let group): self = .lineCount(group)
        case .outputSource: self = .outputSource
        case .batteryStatus: self = .batteryStatus
        case .transfer(let part, _): self = .transfer(part)
        case .alarmCount, .alarms: self = meanings.groups[meaning.rank].isAdditional ? .alarmsOf(rank: meaning.rank) : .alarms
        }
    }
}

extension ObjectMeaning {
    /// The variables that the object may mean, on a device with one line and on one with several.
    fileprivate var variables: [Variable] {
        guard case .reading(let cell) = role else { return [] }
        return [cell.variable(of: 1), cell.variable(of: MIBModule.maximumLines)]
    }

    fileprivate var isFlag: Bool { if case .alarms = role { true } else { false } }

    /// Whether a device's status follows from it, and not only what is measured.
    fileprivate var isOfStatus: Bool {
        switch role {
        case .outputSource, .batteryStatus, .transfer, .alarmCount, .alarms: true
        case .reading, .lineCount: false
        }
    }
}

extension ObjectMeanings {
    /// Whether an answer makes worse groups' answers superfluous. A number of alarms does not: it names none.
    fileprivate func isUseful(_ answer: SNMPValue, as meaning: ObjectMeaning) -> Bool {
        guard let number = answer.number.flatMap(Int.init(exactly:)) else { return false }
        switch meaning.role {
        case .reading(let cell): return cell.point.reading.value(number) != nil
        case .lineCount: return 1...MIBModule.maximumLines ~= number
        case .outputSource(let values): return values[number] != nil
        case .batteryStatus(let values): return values[number] != nil
        case .transfer(_, let words): return words[number] != nil
        case .alarmCount: return false
        case .alarms: return true
        }
    }
}

extension [VariableBinding] {
    /// The values that are values, by object.
    var answers: [OID: SNMPValue] {
        Dictionary(lazy.filter(\.value.isAnswer).map { ($0.name, $0.value) }) { first, _ in first }
    }
}

extension [OID] {
    /// Each once, in the order of the first.
    func uniqued() -> [OID] {
        var seen: Set<OID> = []
        return filter { seen.insert($0).inserted }
    }
}
