package import PowerDevice
package import SNMP

/// An enumeration of the transfer switch's branch: which part of the state it is, and its numbers.
package struct TransferObject: Sendable {
    /// The arcs below the module's root, without the instance.
    package let tail: String
    package let name: String
    package let syntax: ObjectSyntax
    let meaning: String
    /// The number to serve.
    package let code: @Sendable (TransferState) -> Int32
    /// Takes what a card has answered; a number that the MIB does not define changes nothing.
    package let store: @Sendable (inout TransferState, Int) -> Void

    private init<Value>(
        _ tail: String, _ name: String, _ part: any WritableKeyPath<TransferState, Value> & Sendable, _ numbers: MIBEnumeration<Value>,
        _ meaning: String
    ) {
        self.tail = tail
        self.name = name
        self.syntax = numbers.syntax
        self.meaning = meaning
        code = { numbers.code(of: $0[keyPath: part]) }
        store = { state, number in if let value = numbers[number] { state[keyPath: part] = value } }
    }
}

extension TransferObject {
    static let all: [TransferObject] = [
        TransferObject("2.1", "stsSource1Status", \.source1, sourceStatus("source1"), "How the first source is."),
        TransferObject("2.2", "stsSource1Prefered", \.prefersSource1, yesOrNo, "Whether the first source is the preferred one."),
        TransferObject("3.1", "stsSource2Status", \.source2, sourceStatus("source2"), "How the second source is."),
        TransferObject("3.2", "stsSource2Prefered", \.prefersSource2, yesOrNo, "Whether the second source is the preferred one."),
        TransferObject("4.1", "stsSourcesInteraction", \.interaction, interaction, "How the sources stand to each other."),
        TransferObject("5.1", "stsOutputLoadStatus", \.load, loadStatus, "What feeds the load."),
        TransferObject("5.2", "stsOutputStatus", \.output, outputStatus, "Which static switch is closed."),
    ]

    private static func sourceStatus(_ source: String) -> MIBEnumeration<TransferState.SourceStatus> {
        MIBEnumeration([
            (1, "unknown", .unknown), (2, "\(source)OK", .ok), (3, "\(source)Critical", .critical),
            (4, "\(source)OutTol", .outOfTolerance), (5, "\(source)Absent", .absent),
        ])
    }

    private static let yesOrNo = MIBEnumeration<Bool>([(1, "no", false), (2, "yes", true)])

    private static let interaction = MIBEnumeration<TransferState.Interaction>([
        (1, "unknown", .unknown), (2, "synchron", .synchronised), (3, "sliding", .sliding), (4, "asychron", .asynchronous),
    ])

    private static let loadStatus = MIBEnumeration<TransferState.LoadStatus>([
        (1, "unknown", .unknown), (2, "outputLoadOnPreferredSource", .preferredSource),
        (3, "outputLoadOnAlternateSource", .alternateSource), (4, "outputLoadOFF", .off),
        (5, "outputLoadOnMBP1", .maintenanceBypass1), (6, "outputLoadOnMBP2", .maintenanceBypass2),
    ])

    private static let outputStatus = MIBEnumeration<TransferState.OutputStatus>([
        (1, "unknown", .unknown), (2, "outputOnSwitch1", .switch1), (3, "outputOnSwitch2", .switch2), (4, "outputOFF", .off),
    ])
}

extension TransferState {
    /// No means no more than that: where it is not known which source is preferred, neither is.
    fileprivate var prefersSource1: Bool {
        get { preferredSource == 1 }
        set { prefer(1, newValue) }
    }

    fileprivate var prefersSource2: Bool {
        get { preferredSource == 2 }
        set { prefer(2, newValue) }
    }

    private mutating func prefer(_ source: Int, _ isPreferred: Bool) {
        if isPreferred { preferredSource = source } else if preferredSource == source { preferredSource = nil }
    }
}
