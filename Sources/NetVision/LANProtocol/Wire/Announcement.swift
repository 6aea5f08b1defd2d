/// What a card tells everybody about itself.
package struct Announcement: Sendable, Equatable {
    package var card: HardwareAddress
    package var network: NetworkSettings
    package var firmware: String
    package var model: String
    /// The device's reference, as its owner set it.
    package var reference: String
    /// The serial number of the UPS.
    package var serial: String
    package var systemName: String
    package var location: String
    /// Whether whoever asks has unlocked the card.
    package var isUnlocked: Bool
    /// 0 if the card has no web pages.
    package var webPort: UInt16

    package init(
        card: HardwareAddress, network: NetworkSettings, firmware: String, model: String, reference: String = "", serial: String = "",
        systemName: String = "", location: String = "", isUnlocked: Bool = false, webPort: UInt16 = 0
    ) {
        self.card = card
        self.network = network
        self.firmware = firmware
        self.model = model
        self.reference = reference
        self.serial = serial
        self.systemName = systemName
        self.location = location
        self.isUnlocked = isUnlocked
        self.webPort = webPort
    }

    var fields: [LANField] {
        [
            LANField(.address, address: network.address), LANField(.mask, address: network.mask),
            LANField(.gateway, address: network.gateway), LANField(.dhcp, flag: network.usesDHCP), LANField(.firmware, short: firmware),
            LANField(.model, short: model), LANField(.reference, short: reference), LANField(.serial, short: serial),
            LANField(.systemName, text: String(systemName.prefix(127))), LANField(.location, text: String(location.prefix(127))),
            LANField(.unlocked, flag: isUnlocked), LANField(.webPort, number: webPort),
        ]
    }

    init(_ message: LANMessage) throws(LANDecodingError) {
        guard message.kind == .announce, message.card != .any else { throw LANDecodingError(.badField, at: 5) }
        guard let address = message.address(.address), let mask = message.address(.mask), let firmware = message.text(.firmware) else {
            throw LANDecodingError(.missingField, at: LANMessage.headerLength)
        }
        self.init(
            card: message.card,
            network: NetworkSettings(
                address: address, mask: mask, gateway: message.address(.gateway) ?? 0, usesDHCP: message.flag(.dhcp) ?? false),
            firmware: firmware, model: message.text(.model) ?? "", reference: message.text(.reference) ?? "",
            serial: message.text(.serial) ?? "", systemName: message.text(.systemName) ?? "", location: message.text(.location) ?? "",
            isUnlocked: message.flag(.unlocked) ?? false, webPort: message.number(.webPort) ?? 0)
    }
}

extension LANField {
    /// A text of up to 31 characters: so that an announcement with the longest texts is still one datagram.
    fileprivate init(_ type: FieldType, short text: String) { self.init(type, text: String(text.prefix(31))) }
}
