package import SNMP

extension CardObjects {
    /// The objects of UPS-MIB (RFC 1628) that no reading, alarm or identification stands behind.
    ///
    /// They say what is true of a card that runs no tests of the MIB's and has no shutdown scheduled. Where the RFC has no value for "not
    /// managed" (9.7 to 9.10), they answer what a real NV6.30 answers.
    package func standard() -> [ManagedObject] {
        [ManagedObject(StandardObjectTypes.upsInputLineBads, .counter32(facts.inputLineBads))] + Self.unchanging
    }

    private static let unchanging: [ManagedObject] = {
        typealias Types = StandardObjectTypes
        let noTestsInitiated = MIBModule.rfc1628.object("7.7.1")
        return [
            ManagedObject(Types.upsIdentAttachedDevices, .text("")),
            ManagedObject(Types.upsTestId, .objectIdentifier(noTestsInitiated)),
            ManagedObject(Types.upsTestSpinLock, .integer(0)),
            // noTestsInitiated.
            ManagedObject(Types.upsTestResultsSummary, .integer(6)),
            ManagedObject(Types.upsTestResultsDetail, .text("")),
            ManagedObject(Types.upsTestStartTime, .timeTicks(0)),
            ManagedObject(Types.upsTestElapsedTime, .integer(0)),
            // output.
            ManagedObject(Types.upsShutdownType, .integer(1)),
            // None is under way.
            ManagedObject(Types.upsShutdownAfterDelay, .integer(-1)),
            ManagedObject(Types.upsStartupAfterDelay, .integer(-1)),
            ManagedObject(Types.upsRebootWithDuration, .integer(-1)),
            // off.
            ManagedObject(Types.upsAutoRestart, .integer(2)),
            ManagedObject(Types.upsConfigLowBattTime, .integer(0)),
            // enabled.
            ManagedObject(Types.upsConfigAudibleStatus, .integer(2)),
            ManagedObject(Types.upsConfigLowVoltageTransferPoint, .integer(0)),
            ManagedObject(Types.upsConfigHighVoltageTransferPoint, .integer(0)),
        ]
    }()
}
