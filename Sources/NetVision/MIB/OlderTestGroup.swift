package import SNMP

/// The group upsTest of NET VISION 4 to 6, 4555.1.1.1.1.7: RFC 1628's, with a summary of its own.
package enum OlderTestGroup {
    package static let oid = MIBModule.netVision6.root.appending(7)
    /// The tests by name: what upsTestId is set to.
    package static let wellKnownTests = oid.appending(7)

    private static let group = ObjectGroup(oid)
    private static let tests = ObjectGroup(wellKnownTests)

    package static let upsTestId = group.scalar(
        1, "upsTestId", .objectIdentifier, "The test that is under way or was the last one. Set to the name of a test, starts it.")
    package static let upsTestSpinLock = group.scalar(
        2, "upsTestSpinLock", .integer(0...Int32.max), "Takes the value that it has, and advances: a lock among managers who start tests.")
    package static let upsTestResultsSummary = group.scalar(
        3, "upsTestResultsSummary", .named("notActive", "inProgress", "byPass", "failed"), .readOnly,
        "How the test stands; byPass(3) is a test that was passed.")
    package static let upsTestResultsDetail = group.scalar(
        4, "upsTestResultsDetail", .displayString(), .readOnly, "Why the test could not be made; empty otherwise.")
    package static let upsTestStartTime = group.scalar(
        5, "upsTestStartTime", .timeStamp, .readOnly, "sysUpTime when the test began; 0 if there was none.")
    package static let upsTestElapsedTime = group.scalar(
        6, "upsTestElapsedTime", .integer(0...Int32.max), .readOnly, units: "0.01 seconds",
        "How long the test has taken so far, or has taken.")
    /// In the order of their numbers.
    package static let names: [ObjectType] = [
        (1, "upsTestNoTestsInitiated"), (2, "upsTestAbortTestInProgress"), (3, "upsTestGeneralSystemsTest"), (4, "upsTestQuickBatteryTest"),
        (5, "upsDeepBatteryCalibration"),
    ].map { arc, name in
        tests.scalar(arc, name, .integer(0...1), .readOnly, "1 if upsTestId has the name of this object, else 0.")
    }

    package static let all: [ObjectType] =
        [upsTestId, upsTestSpinLock, upsTestResultsSummary, upsTestResultsDetail, upsTestStartTime, upsTestElapsedTime] + names
}
