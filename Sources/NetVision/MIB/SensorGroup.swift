package import SNMP

/// The inputs of the environment sensor, 4555.1.1.7.1.10.{3, 4}; its measurements are among the points. The older branch has no inputs.
package enum SensorGroup {
    private static let group = ObjectGroup(MIBModule.netVision7.root.appending(10))
    private static let inputStatus = ObjectSyntax.named("disabled", "notActived", "actived")

    package static let emdStatusIn1Active = group.scalar(
        3, "emdStatusIn1Active", inputStatus, .readOnly, "The first input of the environment sensor.")
    package static let emdStatusIn2Active = group.scalar(
        4, "emdStatusIn2Active", inputStatus, .readOnly, "The second input of the environment sensor.")

    package static let all = [emdStatusIn1Active, emdStatusIn2Active]
}
