package import PowerDevice
package import SNMP

/// A well-known alarm as upsAlarmDescr names it: the object `6.3.n` of one of the modules.
package struct AlarmReference: Sendable, Hashable {
    /// The root of the module that counts it.
    package let module: OID
    /// 1…
    package let number: Int
    package let alarm: Alarm

    private static let modules: [MIBModule] = [.netVision7, .netVision6, .rfc1628]

    /// - Parameter description: With or without the instance `.0`. Nil if it is no alarm that we know.
    package init?(_ description: OID) {
        for module in Self.modules {
            guard let arcs = description.arcs(after: module.object("6.3")), arcs.count == 1 || arcs.count == 2 && arcs[1] == 0 else {
                continue
            }
            guard let number = Int(exactly: arcs[0]), module.alarms.indices.contains(number - 1) else { return nil }
            self.init(module: module.root, number: number, alarm: module.alarms[number - 1])
            return
        }
        return nil
    }

    private init(module: OID, number: Int, alarm: Alarm) {
        self.module = module
        self.number = number
        self.alarm = alarm
    }
}
