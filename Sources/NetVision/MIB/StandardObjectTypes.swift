package import SNMP

/// Objects of standard MIBs that a card serves and no module of ours has in its tables: the interfaces group (IF-MIB, RFC 2863), and what
/// UPS-MIB (RFC 1628 §4) has beyond readings, alarms and identification. The texts are the RFCs'.
package enum StandardObjectTypes {
    private static let interfaces: OID = "1.3.6.1.2.1.2"
    private static let upsObjects = MIBModule.rfc1628.root

    static let ifNumber = ObjectType("ifNumber", interfaces.appending(1), .integer())
    static let ifIndex = interface(1, "ifIndex", .integer(1...Int32.max))
    static let ifDescr = interface(2, "ifDescr", .displayString())
    static let ifType = interface(3, "ifType", .integer())
    static let ifMtu = interface(4, "ifMtu", .integer())
    static let ifSpeed = interface(5, "ifSpeed", .gauge32)
    static let ifPhysAddress = interface(6, "ifPhysAddress", .octetString())
    static let ifAdminStatus = interface(7, "ifAdminStatus", .named("up", "down", "testing"), .readWrite)
    static let ifOperStatus = interface(
        8, "ifOperStatus", .named("up", "down", "testing", "unknown", "dormant", "notPresent", "lowerLayerDown"))
    static let ifLastChange = interface(9, "ifLastChange", .timeTicks)

    package static let upsIdentAttachedDevices = ups(1, 6, "upsIdentAttachedDevices", .displayString(0...63), .readWrite)
    static let upsInputLineBads = ups(3, 1, "upsInputLineBads", .counter32)
    package static let upsTestId = ups(7, 1, "upsTestId", .objectIdentifier, .readWrite)
    package static let upsTestSpinLock = ups(7, 2, "upsTestSpinLock", .integer(0...Int32.max), .readWrite)
    package static let upsTestResultsSummary = ups(
        7, 3, "upsTestResultsSummary", .named("donePass", "doneWarning", "doneError", "aborted", "inProgress", "noTestsInitiated"))
    package static let upsTestResultsDetail = ups(7, 4, "upsTestResultsDetail", .displayString())
    package static let upsTestStartTime = ups(7, 5, "upsTestStartTime", .timeStamp)
    package static let upsTestElapsedTime = ups(7, 6, "upsTestElapsedTime", .integer(0...Int32.max))
    package static let upsShutdownType = ups(8, 1, "upsShutdownType", .named("output", "system"), .readWrite)
    package static let upsShutdownAfterDelay = ups(8, 2, "upsShutdownAfterDelay", .integer(-1...Int32.max), .readWrite)
    package static let upsStartupAfterDelay = ups(8, 3, "upsStartupAfterDelay", .integer(-1...Int32.max), .readWrite)
    package static let upsRebootWithDuration = ups(8, 4, "upsRebootWithDuration", .integer(-1...300), .readWrite)
    package static let upsAutoRestart = ups(8, 5, "upsAutoRestart", .named("on", "off"), .readWrite)
    static let upsConfigLowBattTime = ups(9, 7, "upsConfigLowBattTime", .integer(0...Int32.max), .readWrite)
    package static let upsConfigAudibleStatus = ups(9, 8, "upsConfigAudibleStatus", .named("disabled", "enabled", "muted"), .readWrite)
    static let upsConfigLowVoltageTransferPoint = ups(
        9, 9, "upsConfigLowVoltageTransferPoint", .integer(0...Int32.max), .readWrite)
    static let upsConfigHighVoltageTransferPoint = ups(
        9, 10, "upsConfigHighVoltageTransferPoint", .integer(0...Int32.max), .readWrite)

    private static func interface(
        _ column: UInt32, _ name: String, _ syntax: ObjectSyntax, _ access: ObjectType.Access = .readOnly
    ) -> ObjectType {
        ObjectType(name, interfaces.appending(2, 1, column), syntax, access)
    }

    private static func ups(
        _ group: UInt32, _ arc: UInt32, _ name: String, _ syntax: ObjectSyntax, _ access: ObjectType.Access = .readOnly
    ) -> ObjectType {
        ObjectType(name, upsObjects.appending(group, arc), syntax, access)
    }
}
