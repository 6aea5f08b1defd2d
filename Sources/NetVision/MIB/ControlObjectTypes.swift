package import SNMP

/// The objects by which a UPS is controlled, those of the servers that it feeds, and the inputs of the environment sensor.
///
///     4555.1.1.7.1 ─ 7 upsControl ─ 1 status, 2 delay, 3 turn off
///                  │              └ 7.1.{1 index, 2 start day, 3 start time, 4 end day, 5 end time}.row  eco mode, 7 rows
///                  ├ 8 upsConfig ── 5.1.{1 index, 2 address, 3 name, 4 time, 5 status, 6 severity}.row   a row for each client
///                  └ 10 emdStatus ─ 3 input 1, 4 input 2
///     4555.1.1.1.1 ─ 8 upsControl ─ 1 status, 2 delay, 3 turn off
///
/// The branch of NET VISION 4 to 6 has no objects for the inputs.
package enum ControlObjectTypes {
    private static let control = MIBModule.netVision7.root.appending(7)
    private static let ecoSchedule = control.appending(7)
    private static let devices = MIBModule.netVision7.root.appending(8, 5)
    private static let sensor = MIBModule.netVision7.root.appending(10)
    private static let oldControl = MIBModule.netVision6.root.appending(8)

    /// Rows of the eco mode schedule; there are always that many.
    package static let ecoScheduleRows = 7

    // MARK: - upsControl

    package static let upsControlStatusControl = ObjectType(
        "upsControlStatusControl", control.appending(1),
        .named("upsStandbyOn", "upsStandbyOff", "upsEcoMode", "upsNormalMode", "upsAlarmReset", "upsOnBypass", "upsOnInverter"),
        .readWrite,
        description: "What the UPS is told to do. Reads as what the UPS does: the number of the mode that it is in.")
    package static let upsShutdownDelay = ObjectType(
        "upsShutdownDelay", control.appending(2), .integer(), .readWrite, units: "seconds", description: shutdownDelay)
    package static let upsTurnOffAfterShutdown = ObjectType(
        "upsTurnOffAfterShutdown", control.appending(3), .named("enable", "disable"), .readWrite, description: turnOff)

    private static let shutdownDelay = "How long after the request to shut the servers down the UPS takes their supply away."
    private static let turnOff = "Whether the UPS takes the supply away when the servers have been shut down."

    // MARK: - upsControlEcoModeScheduleTable

    package static let upsControlEcoModeIndex = eco(
        1, "upsControlEcoModeIndex", .integer(1...Int32(ecoScheduleRows)), .readOnly, "The number of the row.")
    package static let upsControlEcoModeStartDay = eco(
        2, "upsControlEcoModeStartDay", weekday, .readWrite, "The day on which eco mode begins; none(8) in a row that is not used.")
    package static let upsControlEcoModeStartTime = eco(
        3, "upsControlEcoModeStartTime", .displayString(5...5), .readWrite, "When eco mode begins, as hh:mm.")
    package static let upsControlEcoModeEndDay = eco(
        4, "upsControlEcoModeEndDay", weekday, .readWrite, "The day on which eco mode ends; none(8) in a row that is not used.")
    package static let upsControlEcoModeEndTime = eco(
        5, "upsControlEcoModeEndTime", .displayString(5...5), .readWrite, "When eco mode ends, as hh:mm.")

    package static let ecoScheduleTable = ConceptualTable(
        "upsControlEcoModeScheduleTable", ecoSchedule, entry: "upsControlEcoModeScheduleEntry", index: ["upsControlEcoModeIndex"],
        description: "When the UPS is to be in eco mode, every week anew. There are always seven rows.",
        rowDescription: "One time in eco mode, or a place for one.")

    private static let weekday = ObjectSyntax.named(
        "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "none")

    // MARK: - upsDevicesTable

    package static let indexOfDevice = device(1, "indexOfDevice", .integer(1...Int32.max), "The number of the row.")
    package static let addrOfDevice = device(2, "addrOfDevice", .displayString(0...31), "The address of the server.")
    package static let nameOfDevice = device(3, "nameOfDevice", .displayString(0...31), "The name of the server.")
    package static let timeOfConnection = device(4, "timeOfConnection", .displayString(), "Since when the server is known.")
    package static let statusOfConnection = device(5, "statusOfConnection", .integer(), "Whether the server is connected.")
    package static let severityOfConnection = device(6, "severityOfConnection", .integer(), "How grave the server's state is.")

    package static let devicesTable = ConceptualTable(
        "upsDevicesTable", devices, entry: "upsDevicesEntry", index: ["indexOfDevice"],
        description: "The servers that the UPS feeds and the card shuts down. Without a row where there are none.",
        rowDescription: "One server.")

    // MARK: - emdStatus

    package static let emdStatusIn1Active = ObjectType(
        "emdStatusIn1Active", sensor.appending(3), inputStatus, description: "The first input of the environment sensor.")
    package static let emdStatusIn2Active = ObjectType(
        "emdStatusIn2Active", sensor.appending(4), inputStatus, description: "The second input of the environment sensor.")

    private static let inputStatus = ObjectSyntax.named("disabled", "notActived", "actived")

    // MARK: - NET VISION 4 to 6

    /// The numbers from 6 on mean something else than in the newer branch.
    package static let oldStatusControl = ObjectType(
        "upsControlStatusControl", oldControl.appending(1),
        .named(
            "upsStandbyOn", "upsStandbyOff", "upsEcoMode", "upsNormalMode", "upsAlarmReset", "upsCommandReset", "upsBuzzerOff",
            "upsOnBypass", "upsOnInverter"),
        .readWrite,
        description: "What the UPS is told to do. Reads as what the UPS does: the number of the mode that it is in.")
    package static let oldShutdownDelay = ObjectType(
        "upsShutdownDelay", oldControl.appending(2), .integer(), .readWrite, units: "seconds", description: shutdownDelay)
    package static let oldTurnOffAfterShutdown = ObjectType(
        "upsTurnOffAfterShutdown", oldControl.appending(3), .named("enable", "disable"), .readWrite, description: turnOff)

    // MARK: - All

    /// Of the NET VISION 7 and 8 branch.
    package static let all: [ObjectType] = [
        upsControlStatusControl, upsShutdownDelay, upsTurnOffAfterShutdown, upsControlEcoModeIndex, upsControlEcoModeStartDay,
        upsControlEcoModeStartTime, upsControlEcoModeEndDay, upsControlEcoModeEndTime, indexOfDevice, addrOfDevice, nameOfDevice,
        timeOfConnection, statusOfConnection, severityOfConnection, emdStatusIn1Active, emdStatusIn2Active,
    ]
    /// Of the NET VISION 7 and 8 branch.
    package static let tables: [ConceptualTable] = [ecoScheduleTable, devicesTable]
    /// Of the NET VISION 4 to 6 branch.
    package static let old: [ObjectType] = [oldStatusControl, oldShutdownDelay, oldTurnOffAfterShutdown]

    private static func eco(
        _ column: UInt32, _ name: String, _ syntax: ObjectSyntax, _ access: ObjectType.Access, _ description: String
    ) -> ObjectType {
        ObjectType(name, ecoSchedule.appending(1, column), syntax, access, description: description)
    }

    private static func device(_ column: UInt32, _ name: String, _ syntax: ObjectSyntax, _ description: String) -> ObjectType {
        ObjectType(name, devices.appending(1, column), syntax, description: description)
    }
}
