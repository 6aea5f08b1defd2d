import PowerDevice
import SNMP

extension DeviceState {
    /// What a transfer switch's card answers about its device. Objects of other branches are passed over.
    ///
    /// The branch has no object for a lost communication. A card that names no state and measures nothing has none, and that is an alarm:
    /// silence is never well-being.
    init(transferSwitch bindings: [VariableBinding]) {
        var answers = TransferAnswers()
        for binding in bindings where binding.value.isAnswer { answers.add(binding) }
        let readings = answers.readings
        let isCommunicating = answers.transfer != TransferState() || !readings.isEmpty
        self.init(
            kind: .sts, isCommunicating: isCommunicating, alarms: answers.alarms.union(isCommunicating ? [] : [.communicationLost]),
            readings: readings, inputLines: answers.lines[.input] ?? 1, outputLines: answers.lines[.output] ?? 1,
            transfer: isCommunicating ? answers.transfer : nil)
    }
}

/// The answers of one card by what they mean.
private struct TransferAnswers {
    private enum Role {
        case state(Int)
        case reading(MIBCell)
        case lineCount(LineGroup)
        case alarm(Alarm)
    }

    private static let module = TransferModule.standard
    private static let roles: [OID: Role] = {
        let declarations = module.declarations
        let states = declarations.states.enumerated().map { ($1.scalar, Role.state($0)) }
        let readings = module.cells.map { ($0.object, Role.reading($0)) }
        let counts = declarations.lineTables.map { ($0.count.scalar, Role.lineCount($0.lines)) }
        let alarms = zip(module.alarmFlags, module.alarms).map { ($0, Role.alarm($1)) }
        return Dictionary(uniqueKeysWithValues: states + readings + counts + alarms)
    }()

    private(set) var transfer = TransferState()
    private(set) var alarms: Set<Alarm> = []
    /// Of a group that several tables have, the most.
    private(set) var lines: [LineGroup: Int] = [:]
    private var measurements: [(cell: MIBCell, value: Double)] = []

    mutating func add(_ binding: VariableBinding) {
        guard let role = Self.roles[binding.name], let number = binding.value.number.flatMap(Int.init(exactly:)) else { return }
        switch role {
        case .state(let index):
            Self.module.states[index].store(&transfer, number)
        case .reading(let cell):
            if let value = cell.point.value(raw: number) { measurements.append((cell, value)) }
        case .lineCount(let group):
            if 1...MIBModule.maximumLines ~= number { lines[group] = max(number, lines[group] ?? 1) }
        case .alarm(let alarm):
            if number == 1 { alarms.insert(alarm) }
        }
    }

    var readings: [Variable: Double] {
        var readings: [Variable: Double] = [:]
        for (cell, value) in measurements {
            let count = cell.point.lines.map { lines[$0] ?? 1 } ?? 1
            if cell.line <= count { readings[cell.variable(of: count)] = value }
        }
        return readings
    }
}
