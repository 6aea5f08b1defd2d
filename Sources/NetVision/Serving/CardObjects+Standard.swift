package import SNMP

extension CardObjects {
    /// The objects of UPS-MIB (RFC 1628) that no reading, alarm or identification stands behind.
    ///
    /// They say what is true of a card that runs no tests of the MIB's and has no shutdown scheduled. Where the RFC has no value for "not
    /// managed" (9.7 to 9.10), they answer what a real NV6.30 answers.
    package func standard() -> [ManagedObject] {
        let module = MIBModule.rfc1628
        let noTestsInitiated = module.object("7.7.1")
        let values: [(tail: String, value: SNMPValue)] = [
            ("1.6.0", .text("")),  // upsIdentAttachedDevices
            ("3.1.0", .counter32(facts.inputLineBads)),  // upsInputLineBads
            ("7.1.0", .objectIdentifier(noTestsInitiated)),  // upsTestId
            ("7.2.0", .integer(0)),  // upsTestSpinLock
            ("7.3.0", .integer(6)),  // upsTestResultsSummary: noTestsInitiated
            ("7.4.0", .text("")),  // upsTestResultsDetail
            ("7.5.0", .timeTicks(0)),  // upsTestStartTime
            ("7.6.0", .integer(0)),  // upsTestElapsedTime
            ("8.1.0", .integer(1)),  // upsShutdownType: output
            ("8.2.0", .integer(-1)),  // upsShutdownAfterDelay: none is under way
            ("8.3.0", .integer(-1)),  // upsStartupAfterDelay
            ("8.4.0", .integer(-1)),  // upsRebootWithDuration
            ("8.5.0", .integer(2)),  // upsAutoRestart: off
            ("9.7.0", .integer(0)),  // upsConfigLowBattTime
            ("9.8.0", .integer(2)),  // upsConfigAudibleStatus: enabled
            ("9.9.0", .integer(0)),  // upsConfigLowVoltageTransferPoint
            ("9.10.0", .integer(0)),  // upsConfigHighVoltageTransferPoint
        ]
        return values.map { ManagedObject(module.object($0.tail), $0.value) }
    }
}
