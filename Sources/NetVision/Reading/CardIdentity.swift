package import PowerDevice
package import SNMP

/// Who a card is: what it was made as, and what it is plugged into. Identity proper is the MAC address or the serial number.
package struct CardIdentity: Sendable, Equatable, Codable {
    package var generation: CardGeneration
    package var kind: DeviceKind
    /// The card's firmware, `7.20`.
    package var firmware: String?
    /// upsIdentAgentSoftwareVersion as it stands, `Net Vision 7 v7.20`.
    package var agent: String?
    package var model: String?
    /// The serial number of the UPS; of the card, where an old one tells only that.
    package var serial: String?
    /// `00:E0:D8:1C:C9:DE`. Of a foreign card nil: nothing tells which of its interfaces is the card's.
    package var mac: String?
    /// The SNMP engine that answered by version 3, in hexadecimal; only of a card that tells neither MAC nor serial number.
    package var engine: String?
    package var name: String?
    package var contact: String?
    package var location: String?
    /// The owner's profile that the card matches; nil: it is read by the built-in one of its generation.
    package var profile: String?

    package init(
        generation: CardGeneration, kind: DeviceKind = .ups, firmware: String? = nil, agent: String? = nil, model: String? = nil,
        serial: String? = nil, mac: String? = nil, name: String? = nil, contact: String? = nil, location: String? = nil
    ) {
        self.generation = generation
        self.kind = kind
        self.firmware = firmware
        self.agent = agent
        self.model = model
        self.serial = serial
        self.mac = mac
        self.name = name
        self.contact = contact
        self.location = location
    }
}

extension CardIdentity {
    /// Whether the card has told what it watches. An announcement on the LAN does not: until the card is asked it counts as that of a UPS.
    package var tellsKind: Bool { kind != .ups || agent != nil }

    /// What CardAgent says of itself in its sysORTable.
    package static let cardAgentMark = "CardAgent"

    static let capability = SystemObjects.capabilities.appending(3, 1)

    /// What tells whether a responder is a card, and which: few enough for one request of a sweep.
    package static let recognitionObjects: [OID] =
        [
            SystemObjects.description, SystemObjects.objectID, SystemObjects.name, capability, MIBModule.rfc1628.object("1.1.0"),
            MIBModule.rfc1628.object("1.4.0"), MIBModule.rfc1628.batteryStatusObject, MIBModule.netVision7.object("1.5.0"),
            MIBModule.netVision6.object("1.3.0"),
        ] + TransferModule.standard.agentObjects

    /// The rest of what identifies a card that `recognitionObjects` have recognised.
    package static func objects(of card: CardIdentity, by profile: CardProfile? = nil) -> [OID] {
        let known = Set(recognitionObjects)
        let idents =
            switch card.kind {
            case .ups: card.generation.modules.flatMap { module in module.identity.map { module.object($0.tail) } }
            case .sts: TransferModule.standard.declarations.identity.map(\.type.scalar)
            }
        let system = [SystemObjects.contact, SystemObjects.location] + (card.generation.isNetVision ? [] : [SystemObjects.interfaceCount])
        let own = profile.map { $0.isBuiltIn ? [] : $0.identity.map(\.object) } ?? []
        return (system + physicalAddresses + idents + own).filter { !known.contains($0) }.uniqued()
    }

    /// Where a card's MAC may stand: the interfaces after these are none of a card's.
    static let physicalAddresses = (1...4).map { SystemObjects.physicalAddresses.appending($0) }

    /// Recognises a card by its answers to `recognitionObjects`, and describes it as far as the others are among them.
    ///
    /// Nil if the responder is no UPS or STS card: a switch, or one of the vendor's devices that is no card either.
    ///
    /// - Parameters:
    ///   - profiles: An owner's profile that the card matches tells what it is.
    ///   - profile: The profile that the card is set to, whatever it matches.
    package init?(_ bindings: [VariableBinding], profiles: ProfileLibrary = .builtIn, as profile: CardProfile? = nil) {
        let answers = Answers(bindings)
        let own = profile ?? answers.match(in: profiles)
        guard let (generation, kind) = own.map({ ($0.generation, $0.kind) }) ?? answers.recognise(), !answers.isEmpty else { return nil }
        self.init(generation: generation, kind: kind)
        let rows = own.flatMap { $0.isBuiltIn ? nil : $0.identity } ?? []
        func told(_ field: CardProfile.IdentityRow.Field) -> String? {
            rows.lazy.filter { $0.field == field }.compactMap { answers.text($0.object) }.first
        }
        agent = told(.agent) ?? answers.text(.agent, kind) ?? answers.describedAgent
        firmware = told(.firmware) ?? agent.flatMap(CardGeneration.version(in:))
        model = told(.model) ?? answers.text(.model, kind)
        serial = told(.serial) ?? answers.text(.serial, kind) ?? agent.flatMap(Self.serial(in:))
        mac =
            rows.lazy.filter { $0.field == .mac }.compactMap { answers.physicalAddress($0.object) }.first
            ?? (generation.isNetVision ? answers.mac : answers.onlyMAC)
        name = told(.name) ?? answers.text(.systemName, kind) ?? answers.text(SystemObjects.name)
        contact = told(.contact) ?? answers.text(.systemContact, kind) ?? answers.text(SystemObjects.contact)
        location =
            told(.location) ?? answers.text(.systemLocation, kind) ?? answers.text(SystemObjects.location)
            ?? answers.text(.unitLocation, kind)
        self.profile = own?.name
    }

    /// The number in `Net Vision v6.30 (SN 0101702174)`; all zeros are none.
    static func serial(in agent: String) -> String? {
        guard let mark = agent.firstRange(of: "(SN ") else { return nil }
        let serial = agent[mark.upperBound...].prefix { $0 != ")" }.filter { $0 != " " }
        return serial.allSatisfy { $0 == "0" } ? nil : serial
    }

    /// The answers of one responder by object.
    private struct Answers {
        private let values: [OID: SNMPValue]

        init(_ bindings: [VariableBinding]) {
            values = bindings.answers
        }

        var isEmpty: Bool { values.isEmpty }

        func text(_ object: OID) -> String? { values[object]?.cardText }

        func physicalAddress(_ object: OID) -> String? { values[object].flatMap(PhysicalAddress.told) }

        /// The owner's profile that the card matches.
        func match(in profiles: ProfileLibrary) -> CardProfile? {
            profiles.match(
                objectID: values[SystemObjects.objectID]?.oid, description: text(SystemObjects.description),
                agent: text(.agent, .sts) ?? text(.agent) ?? describedAgent)
        }

        /// A string of the ident groups: of a UPS's newest module that has it.
        func text(_ field: IdentityObject.Field, _ kind: DeviceKind = .ups) -> String? {
            if kind == .sts { return TransferModule.standard.object(field).flatMap(text) }
            for module in [MIBModule.netVision7, .netVision6, .rfc1628] {
                guard let object = module.identity.first(where: { $0.field == field }) else { continue }
                if let text = text(module.object(object.tail)) { return text }
            }
            return nil
        }

        /// Old cards describe themselves by the agent's version string.
        var describedAgent: String? {
            text(SystemObjects.description).flatMap { CardGeneration(agent: $0) != nil && CardGeneration.version(in: $0) != nil ? $0 : nil }
        }

        func recognise() -> (CardGeneration, DeviceKind)? {
            let objectID = values[SystemObjects.objectID]?.oid ?? .zeroDotZero
            let names = [text(.agent, .sts), text(.agent), text(SystemObjects.description)]
            let named = names.lazy.compactMap { $0.flatMap(CardGeneration.init(agent:)) }.first
            for other in [CardObjectIDs.adicom, CardObjectIDs.rackPDU, CardObjectIDs.pdu] where objectID.isWithin(other) { return nil }
            if objectID.isWithin(CardObjectIDs.transferSwitch) || text(.agent, .sts) != nil { return (marked(named ?? .netVision7), .sts) }
            if let named { return (marked(named), .ups) }
            if objectID.isWithin(CardObjectIDs.netVision7) || answers(.netVision7) { return (marked(.netVision8), .ups) }
            if objectID.isWithin(CardObjectIDs.netVision5) || answers(.netVision6) { return (.netVision6, .ups) }
            return answers(.rfc1628) ? (.rfc1628, .ups) : nil
        }

        private func marked(_ generation: CardGeneration) -> CardGeneration {
            text(capability)?.hasPrefix(cardAgentMark) == true ? .cardAgent : generation
        }

        private func answers(_ module: MIBModule) -> Bool { values.keys.contains { $0.isDescendant(of: module.root) } }

        /// The address of the vendor's prefix, else the first that is an Ethernet station's.
        var mac: String? {
            let stations = values.filter { $0.key.isDescendant(of: SystemObjects.physicalAddresses) }.sorted { $0.key < $1.key }
                .compactMap { PhysicalAddress.station($0.value) }
            return (stations.first { $0.starts(with: PhysicalAddress.netVisionPrefix) } ?? stations.first).map(PhysicalAddress.text)
        }

        /// The address of a foreign card: of one that has more than one Ethernet interface nothing tells which is the card's own.
        var onlyMAC: String? {
            guard let count = values[SystemObjects.interfaceCount]?.number, 1...Int64(physicalAddresses.count) ~= count else { return nil }
            let stations = Set(physicalAddresses.compactMap { values[$0].flatMap(PhysicalAddress.station) })
            guard stations.count == 1, let station = stations.first, station[0] & 2 == 0 else { return nil }
            return PhysicalAddress.text(station)
        }
    }
}

extension OID {
    fileprivate func isWithin(_ ancestor: OID) -> Bool { self == ancestor || isDescendant(of: ancestor) }
}

/// Ethernet addresses as SNMP carries them.
enum PhysicalAddress {
    static let netVisionPrefix: [UInt8] = [0x00, 0xE0, 0xD8]

    /// Six octets that can be one station's address; loopbacks and tunnels answer none, or zeros.
    static func station(_ value: SNMPValue) -> [UInt8]? {
        guard case .octetString(let octets) = value, octets.count == 6, octets[0] & 1 == 0, octets.contains(where: { $0 != 0 }) else {
            return nil
        }
        return octets
    }

    /// As octets, or in words: `00:E0:D8:1C:C9:DE`, `00-e0-d8-1c-c9-de`, `00e0d81cc9de`.
    static func told(_ value: SNMPValue) -> String? {
        if let octets = station(value) { return text(octets) }
        guard let digits = value.cardText?.filter({ ![":", "-", ".", " "].contains($0) }), digits.utf8.count == 12 else { return nil }
        let octets = stride(from: 0, to: 12, by: 2).compactMap { UInt8(digits.dropFirst($0).prefix(2), radix: 16) }
        return octets.count == 6 ? station(.octetString(octets)).map(text) : nil
    }

    static func text(_ octets: [UInt8]) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: ":")
    }
}
