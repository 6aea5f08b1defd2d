/// Everything that is known of a power device at one moment, whichever way it was learnt.
///
/// The card makes one from the registers of its UPS, and serves it; the fleet makes one from what a card answers. Both mean the same by it.
package struct DeviceState: Sendable, Equatable {
    package var kind: DeviceKind
    /// False while the card has no answer from its UPS. Nothing else in the state counts then.
    package var isCommunicating: Bool
    /// Absent where the card does not tell.
    package var outputSource: OutputSource?
    /// Absent where the card does not tell.
    package var batteryStatus: BatteryStatus?
    package var alarms: Set<Alarm>
    /// Values in the units of their names; what the device does not manage is absent.
    package var readings: [Variable: Double]
    package var inputLines: Int
    package var outputLines: Int
    package var bypassLines: Int
    /// What a transfer system does; nil for a UPS.
    package var transfer: TransferState?

    package init(
        kind: DeviceKind = .ups, isCommunicating: Bool, outputSource: OutputSource? = nil, batteryStatus: BatteryStatus? = nil,
        alarms: Set<Alarm> = [], readings: [Variable: Double] = [:], inputLines: Int = 1, outputLines: Int = 1,
        bypassLines: Int = 1, transfer: TransferState? = nil
    ) {
        self.kind = kind
        self.isCommunicating = isCommunicating
        self.outputSource = outputSource
        self.batteryStatus = batteryStatus
        self.alarms = alarms
        self.readings = readings
        self.inputLines = inputLines
        self.outputLines = outputLines
        self.bypassLines = bypassLines
        self.transfer = transfer
    }
}
