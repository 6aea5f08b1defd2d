/// What a card tells about itself and its UPS besides the readings.
package struct CardFacts: Sendable, Equatable {
    /// sysDescr of a NET VISION 8.
    package static let description = "NetVision-8"
    /// sysServices: end-to-end (2³) and applications (2⁶), as real cards answer.
    package static let services: Int32 = 72

    package var manufacturer: String
    package var model: String
    package var serial: String
    package var upsFirmware: String
    /// The card's own firmware, `8.40`.
    package var firmware: String
    package var reference: String
    package var unitLocation: String
    package var systemName: String
    package var systemContact: String
    package var systemLocation: String
    /// Six octets.
    package var mac: [UInt8]
    package var units: Int
    /// The rating of one unit in VA.
    package var unitPower: Double?
    package var isRemoteControlEnabled: Bool
    /// How often the input has gone out of tolerance since the card's start.
    package var inputLineBads: UInt32

    package init(
        model: String, serial: String, firmware: String, manufacturer: String = "SOCOMEC", upsFirmware: String = "", reference: String = "",
        unitLocation: String = "", systemName: String = "", systemContact: String = "", systemLocation: String = "", mac: [UInt8] = [],
        units: Int = 1, unitPower: Double? = nil, isRemoteControlEnabled: Bool = false, inputLineBads: UInt32 = 0
    ) {
        self.manufacturer = manufacturer
        self.model = model
        self.serial = serial
        self.upsFirmware = upsFirmware
        self.firmware = firmware
        self.reference = reference
        self.unitLocation = unitLocation
        self.systemName = systemName
        self.systemContact = systemContact
        self.systemLocation = systemLocation
        self.mac = mac
        self.units = units
        self.unitPower = unitPower
        self.isRemoteControlEnabled = isRemoteControlEnabled
        self.inputLineBads = inputLineBads
    }

    /// upsIdentAgentSoftwareVersion, by which clients tell the generation and the version.
    package var agent: String { "Net Vision 8 v\(firmware)" }

    func text(_ field: IdentityObject.Field) -> String {
        switch field {
        case .manufacturer: manufacturer
        case .model: model
        case .serial: serial
        case .upsFirmware: upsFirmware
        case .agent: agent
        case .reference: reference
        case .unitName: reference
        case .unitLocation: unitLocation
        case .systemName: systemName
        case .systemContact: systemContact
        case .systemLocation: systemLocation
        }
    }
}
