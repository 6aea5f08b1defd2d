/// What a static transfer system does: two sources, one load, and a switch between them (manual ch. 13; stsSource…, stsOutput… of its MIB).
package struct TransferState: Sendable, Equatable, Codable {
    package enum SourceStatus: String, Sendable, Codable, CaseIterable {
        case unknown
        case ok
        case critical
        case outOfTolerance
        case absent

        /// Whether the source is known not to be well.
        var needsAttention: Bool {
            switch self {
            case .unknown, .ok: false
            case .critical, .outOfTolerance, .absent: true
            }
        }
    }

    /// How the two sources stand to each other.
    package enum Interaction: String, Sendable, Codable, CaseIterable {
        case unknown
        case synchronised
        /// Their frequencies differ a little: they are in phase from time to time.
        case sliding
        case asynchronous
    }

    package enum LoadStatus: String, Sendable, Codable, CaseIterable {
        case unknown
        case preferredSource
        case alternateSource
        case off
        case maintenanceBypass1
        case maintenanceBypass2
    }

    package enum OutputStatus: String, Sendable, Codable, CaseIterable {
        case unknown
        case switch1
        case switch2
        case off
    }

    package var source1: SourceStatus
    package var source2: SourceStatus
    /// 1 or 2; nil where it is not known.
    package var preferredSource: Int?
    package var interaction: Interaction
    package var load: LoadStatus
    package var output: OutputStatus

    package init(
        source1: SourceStatus = .unknown, source2: SourceStatus = .unknown, preferredSource: Int? = nil,
        interaction: Interaction = .unknown, load: LoadStatus = .unknown, output: OutputStatus = .unknown
    ) {
        self.source1 = source1
        self.source2 = source2
        self.preferredSource = preferredSource
        self.interaction = interaction
        self.load = load
        self.output = output
    }
}
