package import PowerDevice
package import SNMP

/// The objects of one MIB that a profile asks: its points, its states and its alarms.
package struct ProfileGroup: Sendable {
    package let name: String
    package var points: [ProfilePoint] = []
    /// The scalars that tell how many lines there are. Of several for the same lines the largest counts.
    package var lineCounts: [LineCount] = []
    package var outputSource: StateObject<OutputSource>?
    package var batteryStatus: StateObject<BatteryStatus>?
    package var transfer: [TransferRow] = []
    /// The scalar that counts the conditions there are.
    package var alarmCount: OID?
    /// The column whose rows name the conditions by object identifiers.
    package var alarmTable: OID?
    package var alarms: [ProfileAlarm] = []
    /// An owner's: what it lists is added to what other groups list.
    package let isAdditional: Bool
    /// Asked for even if a card shows no head of it.
    var isCertain = false

    package struct LineCount: Sendable, Hashable {
        package let lines: LineGroup
        package let object: OID
    }

    /// An enumeration.
    package struct StateObject<Value: Sendable & Hashable>: Sendable, Hashable {
        package let object: OID
        package let values: [Int: Value]
    }

    /// An enumeration that tells one part of what a transfer system does.
    package struct TransferRow: Sendable, Hashable {
        package let part: TransferPart
        package let object: OID
        /// The words that the numbers stand for, as `TransferPart.store` takes them.
        package let values: [Int: String]
    }

    init(name: String, isAdditional: Bool = false) {
        self.name = name
        self.isAdditional = isAdditional
    }

    /// The instances of the points; columns with a row for each possible line.
    var cells: [ProfileCell] {
        points.flatMap { point in (1...(point.lines == nil ? 1 : MIBModule.maximumLines)).map { ProfileCell(point, line: $0) } }
    }

    /// What tells whether a card has the group, and how many lines.
    var heads: [OID] {
        [batteryStatus?.object, outputSource?.object].compactMap(\.self) + transfer.map(\.object) + [alarmCount].compactMap(\.self)
            + lineCounts.map(\.object)
    }

    /// Every scalar or column of the group.
    var objects: [OID] { heads + [alarmTable].compactMap(\.self) + alarms.map(\.object) + points.map(\.object) }
}

/// An alarm that an object tells of.
package struct ProfileAlarm: Sendable, Hashable {
    package enum Test: Sendable, Hashable {
        /// The condition lasts while the object has this value.
        case equals(Int)
        /// The condition lasts while one of these bits is 1.
        case anyBit(Int)
    }

    package let object: OID
    package let test: Test
    package let alarm: Alarm

    package func isActive(_ number: Int) -> Bool {
        switch test {
        case .equals(let value): number == value
        case .anyBit(let mask): number & mask != 0
        }
    }
}

/// A part of a transfer system's state, and the words for it.
package enum TransferPart: String, Sendable, CaseIterable {
    case source1, prefersSource1, source2, prefersSource2, interaction, load, output

    /// The words that the part has.
    package var words: [String] {
        switch self {
        case .source1, .source2: TransferState.SourceStatus.allCases.map(\.rawValue)
        case .prefersSource1, .prefersSource2: ["no", "yes"]
        case .interaction: TransferState.Interaction.allCases.map(\.rawValue)
        case .load: TransferState.LoadStatus.allCases.map(\.rawValue)
        case .output: TransferState.OutputStatus.allCases.map(\.rawValue)
        }
    }

    /// Takes over what a word says; one that the part does not have changes nothing. That a source is not preferred means no more than that.
    func store(_ word: String, in state: inout TransferState) {
        switch self {
        case .source1: state.source1 = .init(rawValue: word) ?? state.source1
        case .source2: state.source2 = .init(rawValue: word) ?? state.source2
        case .interaction: state.interaction = .init(rawValue: word) ?? state.interaction
        case .load: state.load = .init(rawValue: word) ?? state.load
        case .output: state.output = .init(rawValue: word) ?? state.output
        case .prefersSource1: prefer(1, word, in: &state)
        case .prefersSource2: prefer(2, word, in: &state)
        }
    }

    private func prefer(_ source: Int, _ word: String, in state: inout TransferState) {
        if word == "yes" { state.preferredSource = source } else if state.preferredSource == source { state.preferredSource = nil }
    }

    /// The word for the part as it is in `state`.
    func word(in state: TransferState) -> String {
        switch self {
        case .source1: state.source1.rawValue
        case .source2: state.source2.rawValue
        case .interaction: state.interaction.rawValue
        case .load: state.load.rawValue
        case .output: state.output.rawValue
        case .prefersSource1: state.preferredSource == 1 ? "yes" : "no"
        case .prefersSource2: state.preferredSource == 2 ? "yes" : "no"
        }
    }
}
