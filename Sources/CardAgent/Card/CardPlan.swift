import NetVision

/// What a card is before it is switched on: who it is, where it stands, whom it trusts.
struct CardPlan: Sendable {
    /// From 1; of a card alone 1.
    var number = 1
    var mac: HardwareAddress
    var portOffset: PortOffset
    /// What the settings hold as long as nobody has changed them.
    var network: NetworkSettings
    var systemName: String
    var systemContact = ""
    var systemLocation = ""
    /// The state directory; nil keeps everything in memory.
    var directory: String?
    /// The keys whose firmware is taken.
    var trustedKeys: [FirmwarePublicKey] = []
    var firmwareHost = FirmwareHost.simulation
    /// What the USM table and the trap receivers table hold from the start on, whatever they hold besides.
    var users: [CardUser] = []
    var trapReceivers: [TrapReceiver] = []
    /// The first password does everything: in a farm, whose cards nobody sets up one by one.
    var firstPasswordSuffices = false
    var timing = CardTiming()
    /// Makes faults that are a matter of chance repeatable.
    var seed: UInt64 = 1

    /// The firmware that a card leaves the factory with.
    static let factoryFirmware = "8.40"
    /// What a firmware image must be made for.
    static let product = "CardAgent"
    /// The hardware that it may name.
    static let hardware = "NV8"
}
