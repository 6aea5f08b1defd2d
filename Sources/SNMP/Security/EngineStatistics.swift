/// Why an engine could not process a message, as it counts and as it reports it (RFC 3412 §5, RFC 3413 §4.1.2, RFC 3414 §5).
package enum EngineCounter: Hashable, Sendable, CaseIterable {
    // usmStats
    case unsupportedSecurityLevels
    case notInTimeWindows
    case unknownUserNames
    case unknownEngineIDs
    case wrongDigests
    case decryptionErrors
    // snmpMPDStats
    case unknownSecurityModels
    case invalidMessages
    case unknownPDUHandlers
    // snmpTargetObjects
    case unavailableContexts
    case unknownContexts

    /// What the counter is declared as.
    var type: ObjectType {
        switch self {
        case .unsupportedSecurityLevels: AgentObjectTypes.usmStatsUnsupportedSecLevels
        case .notInTimeWindows: AgentObjectTypes.usmStatsNotInTimeWindows
        case .unknownUserNames: AgentObjectTypes.usmStatsUnknownUserNames
        case .unknownEngineIDs: AgentObjectTypes.usmStatsUnknownEngineIDs
        case .wrongDigests: AgentObjectTypes.usmStatsWrongDigests
        case .decryptionErrors: AgentObjectTypes.usmStatsDecryptionErrors
        case .unknownSecurityModels: AgentObjectTypes.snmpUnknownSecurityModels
        case .invalidMessages: AgentObjectTypes.snmpInvalidMsgs
        case .unknownPDUHandlers: AgentObjectTypes.snmpUnknownPDUHandlers
        case .unavailableContexts: AgentObjectTypes.snmpUnavailableContexts
        case .unknownContexts: AgentObjectTypes.snmpUnknownContexts
        }
    }

    /// The counter's only instance: what a report names.
    package var oid: OID { type.scalar }

    private static let byOID = Dictionary(uniqueKeysWithValues: allCases.map { ($0.oid, $0) })

    /// The counter that a received report names, with or without its instance.
    package init?(oid: OID) {
        guard let counter = Self.byOID[oid] ?? Self.byOID[oid.count < OID.maximumArcs ? oid.appending(0) : oid] else { return nil }
        self = counter
    }

    /// Whether who gets a report of it may ask anew, once he knows the engine and the clock that came with the report.
    var isCurable: Bool {
        switch self {
        case .notInTimeWindows, .unknownEngineIDs: true
        case .unsupportedSecurityLevels, .unknownUserNames, .wrongDigests, .decryptionErrors, .unknownSecurityModels, .invalidMessages,
            .unknownPDUHandlers, .unavailableContexts, .unknownContexts:
            false
        }
    }
}

/// An engine's counters of messages that it could not process. They wrap at 2³².
package struct EngineStatistics: Equatable, Sendable {
    package var unsupportedSecurityLevels: UInt32 = 0
    package var notInTimeWindows: UInt32 = 0
    package var unknownUserNames: UInt32 = 0
    package var unknownEngineIDs: UInt32 = 0
    package var wrongDigests: UInt32 = 0
    package var decryptionErrors: UInt32 = 0
    package var unknownSecurityModels: UInt32 = 0
    package var invalidMessages: UInt32 = 0
    package var unknownPDUHandlers: UInt32 = 0
    package var unavailableContexts: UInt32 = 0
    package var unknownContexts: UInt32 = 0

    package init() {}

    package subscript(counter: EngineCounter) -> UInt32 {
        get { self[keyPath: counter.path] }
        set { self[keyPath: counter.path] = newValue }
    }
}

extension EngineCounter {
    fileprivate var path: WritableKeyPath<EngineStatistics, UInt32> {
        switch self {
        case .unsupportedSecurityLevels: \.unsupportedSecurityLevels
        case .notInTimeWindows: \.notInTimeWindows
        case .unknownUserNames: \.unknownUserNames
        case .unknownEngineIDs: \.unknownEngineIDs
        case .wrongDigests: \.wrongDigests
        case .decryptionErrors: \.decryptionErrors
        case .unknownSecurityModels: \.unknownSecurityModels
        case .invalidMessages: \.invalidMessages
        case .unknownPDUHandlers: \.unknownPDUHandlers
        case .unavailableContexts: \.unavailableContexts
        case .unknownContexts: \.unknownContexts
        }
    }
}

extension SNMPDecodingError {
    /// The engine's counter of such messages. Nil where it is one of the snmp group: inASNParseErrs, or inBadVersions for the version.
    package var counter: EngineCounter? {
        switch reason {
        case .invalidFlags: .invalidMessages
        case .unknownSecurityModel: .unknownSecurityModels
        case .truncated, .tooLong, .tooDeep, .indefiniteLength, .lengthOutOfRange, .unexpectedTag, .integerOutOfRange, .malformedOID,
            .malformedValue, .trailingOctets, .unsupportedVersion:
            nil
        }
    }
}
