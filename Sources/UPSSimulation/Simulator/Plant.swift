import PowerDevice

/// What is simulated: a UPS system, or a transfer system. One of both is there.
struct Plant: Sendable {
    var ups: UPSSystem?
    var sts: STSPhysics?

    init(_ system: UPSSystem) { ups = system }
    init(_ physics: STSPhysics) { sts = physics }

    /// Seconds simulated so far.
    var elapsed: Double { ups?.elapsed ?? sts?.elapsed ?? 0 }

    mutating func advance(by seconds: Double) {
        ups?.advance(by: seconds)
        sts?.advance(by: seconds)
    }

    mutating func perform(_ control: DeviceControl, unit: Int?) throws(ControlProfile.Refusal) {
        try ups?.perform(control, unit: unit)
        try sts?.perform(control)
    }

    /// Why a control is not possible now; nil where it is.
    func obstacle(to control: DeviceControl) -> String? { ups?.obstacle(to: control) ?? sts?.obstacle(to: control) }

    var isRemoteControlEnabled: Bool { ups?.isRemoteControlEnabled ?? sts?.isRemoteControlEnabled ?? false }

    var clock: DeviceClock { ups?.calendar.clock ?? sts?.calendar.clock ?? SimulatedCalendar.start }
}
