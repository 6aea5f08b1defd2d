package import PowerDevice
package import SNMP

extension DeviceState {
    /// What a card's answers say about its device, whichever of its modules they come from.
    ///
    /// For each quantity the best group that has it counts (`CardProfile.groups`): a real NV7.20 identifies itself in the private branch, and
    /// was seen to measure in RFC 1628's. Objects of other MIBs are passed over, and so is what stands for "not managed".
    ///
    /// - Parameter profile: nil: the built-in one of the card's generation.
    package init(_ bindings: [VariableBinding], from card: CardIdentity, by profile: CardProfile? = nil) {
        let profile = profile ?? .builtIn(for: card.generation, card.kind)
        var answers = DeviceAnswers(profile.meanings)
        for binding in bindings where binding.value.isAnswer { answers.add(binding) }
        switch profile.kind {
        case .ups: self.init(ups: answers)
        case .sts: self.init(transferSwitch: answers)
        }
        if profile.generation == .rfc1628 { dropContradictions() }
    }

    private init(ups answers: DeviceAnswers) {
        let alarms = answers.alarms
        guard !alarms.contains(.communicationLost) else {
            // Whatever else such a card answers is what it knew before.
            self.init(
                isCommunicating: false, outputSource: .unknown, batteryStatus: .unknown, alarms: alarms,
                inputLines: answers.lines(.input), outputLines: answers.lines(.output), bypassLines: answers.lines(.bypass))
            return
        }
        self.init(
            isCommunicating: true, outputSource: answers.outputSource, batteryStatus: answers.batteryStatus,
            alarms: alarms, readings: answers.readings, inputLines: answers.lines(.input), outputLines: answers.lines(.output),
            bypassLines: answers.lines(.bypass))
        completeReadings()
    }

    /// The branch of the transfer systems has no object for a lost communication. A card that names no state and measures nothing has none,
    /// and that is an alarm: silence is never well-being.
    private init(transferSwitch answers: DeviceAnswers) {
        let readings = answers.readings
        let isCommunicating =
            !answers.alarms.contains(.communicationLost) && (answers.transfer != TransferState() || !readings.isEmpty)
        self.init(
            kind: .sts, isCommunicating: isCommunicating, alarms: answers.alarms.union(isCommunicating ? [] : [.communicationLost]),
            readings: isCommunicating ? readings : [:], inputLines: answers.lines(.input), outputLines: answers.lines(.output),
            transfer: isCommunicating ? answers.transfer : nil)
    }

    /// Derives what a module leaves out, and drops the one zero that means nothing.
    private mutating func completeReadings() {
        let lines = 1...max(1, outputLines)
        func total(_ template: VariableTemplate) -> Double? {
            let values = lines.compactMap { readings[template.variable(line: $0, of: outputLines)] }
            return values.count == lines.count ? values.reduce(0, +) : nil
        }
        // Each line is rated at its share of the whole.
        if readings[.load] == nil { readings[.load] = total("output.{L}.power.percent").map { $0 / Double(lines.count) } }
        if readings[.power] == nil { readings[.power] = total("output.{L}.power") }
        if readings[.realpower] == nil { readings[.realpower] = total("output.{L}.realpower") }
        // MIB 8.11 on the minutes remaining: computed when the UPS is on battery.
        if readings[.batteryRuntime] == 0, !isOnBattery { readings[.batteryRuntime] = nil }
    }

    private var isOnBattery: Bool {
        let spent: [BatteryStatus] = [.discharging, .low, .depleted]
        return outputSource == .battery || alarms.contains(.onBattery) || batteryStatus.map(spent.contains) == true
    }
}

/// The answers of one card, sorted by what they mean and by how far they are to be believed.
private struct DeviceAnswers {
    private struct Measurement {
        let rank: Int
        let order: Int
        let cell: ProfileCell
        let value: Double
    }

    private struct AlarmAnswers {
        var active: Set<Alarm> = []
        var isListed = false
        var count: Int?

        /// A card that counts alarms without naming one has an alarm all the same.
        var alarms: Set<Alarm> { active.isEmpty && count ?? 0 > 0 ? [.unidentified] : active }
    }

    private let meanings: ObjectMeanings
    private var measurements: [Measurement] = []
    private var lineCounts: [LineGroup: (rank: Int, lines: Int)] = [:]
    private var sources: (rank: Int, value: OutputSource)?
    private var batteries: (rank: Int, value: BatteryStatus)?
    private var alarmAnswers: [AlarmAnswers]
    private(set) var transfer = TransferState()

    init(_ meanings: ObjectMeanings) {
        self.meanings = meanings
        alarmAnswers = Array(repeating: AlarmAnswers(), count: meanings.groups.count)
    }

    mutating func add(_ binding: VariableBinding) {
        guard let meaning = meanings[binding.name] else { return addAlarmRow(binding) }
        guard let number = binding.value.number.flatMap(Int.init(exactly:)) else { return }
        switch meaning.role {
        case .reading(let cell):
            guard let value = cell.point.reading.value(number) else { return }
            measurements.append(Measurement(rank: meaning.rank, order: meaning.order, cell: cell, value: value))
        case .lineCount(let group): addLines(number, of: group, rank: meaning.rank)
        case .outputSource(let values):
            guard let source = values[number], meaning.rank <= sources?.rank ?? .max else { return }
            sources = (meaning.rank, source)
        case .batteryStatus(let values):
            guard let status = values[number], meaning.rank <= batteries?.rank ?? .max else { return }
            batteries = (meaning.rank, status)
        case .transfer(let part, let words):
            if let word = words[number] { part.store(word, in: &transfer) }
        case .alarmCount:
            guard !ReadingRule.marks.contains(number), number >= 0 else { return }
            alarmAnswers[meaning.rank].count = number
        case .alarms(let alarms):
            alarmAnswers[meaning.rank].isListed = true
            for alarm in alarms where alarm.isActive(number) { alarmAnswers[meaning.rank].active.insert(alarm.alarm) }
        }
    }

    /// Of several counts of one group's the largest.
    private mutating func addLines(_ number: Int, of lines: LineGroup, rank: Int) {
        guard 1...MIBModule.maximumLines ~= number else { return }
        let known = lineCounts[lines]
        guard rank <= known?.rank ?? .max else { return }
        lineCounts[lines] = (rank, known?.rank == rank ? max(number, known?.lines ?? 1) : number)
    }

    private mutating func addAlarmRow(_ binding: VariableBinding) {
        guard let description = binding.value.oid, let rank = meanings.rank(ofAlarmRow: binding.name) else { return }
        alarmAnswers[rank].isListed = true
        alarmAnswers[rank].active.insert(Alarm(described: description))
    }

    var outputSource: OutputSource? { sources?.value }
    var batteryStatus: BatteryStatus? { batteries?.value }

    /// The alarms of the best group that lists any, or lists that there are none, and those of every additional group.
    var alarms: Set<Alarm> {
        let answers = zip(meanings.groups, alarmAnswers)
        let own = answers.filter { !$0.0.isAdditional }.map(\.1)
        let listed = own.first { $0.isListed }
        let best = AlarmAnswers(active: listed?.active ?? [], count: listed?.count ?? own.lazy.compactMap(\.count).first)
        return answers.filter(\.0.isAdditional).reduce(into: best.alarms) { $0.formUnion($1.1.alarms) }
    }

    /// How many lines a group has: as the best group of objects says, else as many as have a measurement.
    func lines(_ group: LineGroup) -> Int {
        if let count = lineCounts[group] { return count.lines }
        return measurements.lazy.filter { $0.cell.point.lines == group }.map(\.cell.line).max() ?? 1
    }

    var readings: [Variable: Double] {
        let lines = Dictionary(uniqueKeysWithValues: LineGroup.allCases.map { ($0, self.lines($0)) })
        var readings: [Variable: Double] = [:]
        for measurement in measurements.sorted(by: { ($0.rank, $0.order) < ($1.rank, $1.order) }) {
            let count = measurement.cell.point.lines.flatMap { lines[$0] } ?? 1
            guard measurement.cell.line <= count else { continue }
            let variable = measurement.cell.variable(of: count)
            if readings[variable] == nil { readings[variable] = measurement.value }
        }
        return readings
    }
}

extension Alarm {
    /// The card counts an alarm that it does not name where we look.
    package static let unidentified = Alarm("upsAlarmsPresent", "Alarm that the card does not name", .warning)

    /// The alarm that a row of an alarm table names by an object identifier, with or without an instance.
    ///
    /// What no module of ours defines is an alarm of that very name: other makes describe theirs in MIBs of their own.
    init(described description: OID) {
        let arcs = description.arcs
        let object = arcs.last == 0 ? OID(arcs: arcs.dropLast()) : description
        self = object.flatMap { ObjectMeanings.describedAlarms[$0] } ?? Alarm(description.description, "Alarm \(description)", .warning)
    }
}
