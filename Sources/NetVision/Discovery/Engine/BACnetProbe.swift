import BACnet
import NIOCore

/// Asks for BACnet devices by Who-Is, and those of the cards' maker for the names that tell who they are.
struct BACnetProbe: ProbeDialogue {
    /// SOCOMEC UPS (manual, appendix "BACnet Object definition").
    static let vendor: UInt16 = 591
    /// Of more devices at a time none is asked for its names.
    static let maximumInquiries = 4096
    static let maximumDevices = 1 << 16

    /// What a card's device object holds: the UPS's model is the object's name, its serial number the description.
    private static let properties: [PropertyIdentifier] = [
        .objectName, .modelName, .firmwareRevision, .applicationSoftwareVersion, .description, .serialNumber,
    ]

    let method = DiscoveryMethod.bacnet
    let port: UInt16
    /// Many devices broadcast their I-Am to the port of all devices, whoever has asked (ASHRAE 135, 16.10.2).
    var answersPort: UInt16? { port }

    private var inquiries: [ProbePeer: DeviceInquiry] = [:]
    private var seen: Set<ProbePeer> = []
    private var invokeID: UInt8

    init(port: UInt16, invokeID: UInt8) {
        self.port = port
        self.invokeID = invokeID
    }

    var isBusy: Bool { !inquiries.isEmpty }

    mutating func question(_ index: Int, pass: Int) -> ByteBuffer { Self.datagram(WhoIs().apdu, .originalUnicastNPDU) }

    mutating func broadcastQuestion(round: Int) -> ByteBuffer? { Self.datagram(WhoIs().apdu, .originalBroadcastNPDU) }

    private static func datagram(_ apdu: APDU, _ function: BVLCMessage.Function, expectsReply: Bool = false) -> ByteBuffer {
        BVLCMessage(function, payload: NPDU(apdu: apdu.encoded(), expectsReply: expectsReply).encoded()).encoded()
    }

    mutating func received(_ datagram: ByteBuffer, from source: ProbePeer, now: NIODeadline) -> ProbeReaction {
        guard let message = try? BVLCMessage(decoding: datagram), let network = message.network,
            let npdu = try? NPDU(decoding: network), npdu.source == nil, npdu.messageType == nil,
            let apdu = try? APDU(decoding: npdu.payload)
        else { return ProbeReaction() }
        let peer = message.originator.map { ProbePeer(address: $0.address, port: $0.port) } ?? source
        if case .unconfirmedRequest(.iAm, let parameters) = apdu, let device = try? IAm(decoding: parameters) {
            return announced(device, peer, now: now)
        }
        guard let action = inquiries[peer]?.received(apdu, now: now) else { return ProbeReaction() }
        return follow(action, peer)
    }

    private mutating func announced(_ device: IAm, _ peer: ProbePeer, now: NIODeadline) -> ProbeReaction {
        var reaction = ProbeReaction(answered: peer.address)
        guard seen.count < Self.maximumDevices, seen.insert(peer).inserted else { return reaction }
        guard device.vendor == Self.vendor, inquiries.count < Self.maximumInquiries else {
            reaction.news = [
                .sighting(
                    Sighting(
                        address: AddressRange.text(peer.address), method: .bacnet,
                        identity: device.vendor == Self.vendor ? CardIdentity(generation: .unknown) : nil,
                        evidence: ["BACnet device \(device.device.instance) of vendor \(device.vendor)"]))
            ]
            return reaction
        }
        invokeID &+= 1
        var inquiry = DeviceInquiry(device.device, properties: Self.properties, firstInvokeID: invokeID)
        let action = inquiry.start(now: now)
        inquiries[peer] = inquiry
        return follow(action, peer, reaction)
    }

    mutating func elapsed(now: NIODeadline) -> ProbeReaction {
        var reaction = ProbeReaction()
        for peer in Array(inquiries.keys) {
            guard let action = inquiries[peer]?.elapsed(now: now) else { continue }
            reaction = follow(action, peer, reaction)
        }
        return reaction
    }

    private mutating func follow(_ action: DeviceInquiry.Action, _ peer: ProbePeer, _ soFar: ProbeReaction = .init()) -> ProbeReaction {
        var reaction = soFar
        switch action {
        case .wait: break
        case .send(let apdu):
            reaction.replies.append(
                .init(datagram: Self.datagram(apdu, .originalUnicastNPDU, expectsReply: true), peer: peer))
        case .done:
            guard let inquiry = inquiries.removeValue(forKey: peer) else { break }
            reaction.news.append(.sighting(Self.sighting(inquiry, at: peer)))
        }
        return reaction
    }

    private static func sighting(_ inquiry: DeviceInquiry, at peer: ProbePeer) -> Sighting {
        func text(_ property: PropertyIdentifier) -> String? {
            let text = inquiry.values[property]?.text.map { String($0.prefix(127)) }
            return text.flatMap { $0.isEmpty ? nil : $0 }
        }
        let agents = [text(.applicationSoftwareVersion), text(.firmwareRevision)].compactMap(\.self)
        let generation = agents.lazy.compactMap { CardGeneration(agent: $0) }.first
        let identity = CardIdentity(
            generation: generation ?? .unknown, firmware: agents.lazy.compactMap { CardGeneration.version(in: $0) }.first,
            model: text(.objectName) ?? text(.modelName), serial: text(.serialNumber) ?? text(.description))
        return Sighting(
            address: AddressRange.text(peer.address), method: .bacnet, identity: identity,
            evidence: ["BACnet device \(inquiry.device.instance) of vendor \(vendor)"])
    }
}
