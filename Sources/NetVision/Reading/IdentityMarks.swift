package import SNMP

/// What a card answered of its identity when its plan was made: by this its answers are told from those of another card at its address.
package struct IdentityMarks: Sendable, Equatable {
    package struct Mark: Sendable, Equatable {
        package let object: OID
        /// As the card answered it, octet for octet.
        package let value: SNMPValue
    }

    /// The ifPhysAddress of the interface that has the card's MAC.
    package let mac: Mark?
    package let serial: Mark?

    package init(mac: Mark? = nil, serial: Mark? = nil) {
        self.mac = mac
        self.serial = serial
    }

    /// A card that tells neither a MAC nor a serial number.
    package static let none = IdentityMarks()

    /// What the card is, as the inventory has it: its MAC, else its serial number.
    private var proper: Mark? { mac ?? serial }

    /// The objects that a read asks for besides: the first with each request, the others once.
    func asked(_ scope: ReadPlan.Scope) -> [OID] {
        guard scope == .all, let mac, let serial else { return proper.map { [$0.object] } ?? [] }
        return [mac.object, serial.object]
    }

    /// Who answered instead of the card, if somebody did. All requests of a read have to be answered by the card.
    func stranger(in bindings: [VariableBinding]) -> CardStranger? {
        guard let proper else { return nil }
        var isProven = false
        for binding in bindings where binding.name == proper.object {
            guard binding.value == proper.value else { return stranger(answering: bindings) }
            isProven = true
        }
        return isProven ? nil : stranger(answering: bindings)
    }

    /// Whether the card has got another UPS.
    func isMoved(by bindings: [VariableBinding]) -> Bool {
        guard mac != nil, let serial else { return false }
        return bindings.contains { $0.name == serial.object && $0.value.isAnswer && $0.value != serial.value }
    }

    private func stranger(answering bindings: [VariableBinding]) -> CardStranger {
        func others(_ mark: Mark?) -> SNMPValue? { bindings.first { $0.name == mark?.object && $0.value != mark?.value }?.value }
        return CardStranger(mac: others(mac).flatMap(PhysicalAddress.station).map(PhysicalAddress.text), serial: others(serial)?.cardText)
    }
}

/// What answered a poll without being the card that was asked. Both absent: it does not tell what the card told.
package struct CardStranger: Sendable, Equatable {
    /// `00:E0:D8:1C:C9:DE`
    package let mac: String?
    package let serial: String?

    package init(mac: String? = nil, serial: String? = nil) {
        self.mac = mac
        self.serial = serial
    }
}
