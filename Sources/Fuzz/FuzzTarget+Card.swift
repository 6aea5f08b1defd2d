import NIOCore
import NetVision
import PowerDevice
import SNMP

extension FuzzTarget {
    static let card = [
        FuzzTarget(name: "LAN message") { input in
            guard let message = try? LANMessage(decoding: input) else { return }
            require((try? LANMessage(decoding: message.encoded())) == message, "what was decoded does not survive encoding")
        },
        FuzzTarget(name: "LAN session") { input in
            let card = HardwareAddress(octets: (0, 0xE0, 0xD8, 1, 2, 3))
            guard let peer = try? SocketAddress(ipAddress: "192.0.2.1", port: 4555) else { return }
            var session = LANCardSession(card: card, password: "x")
            let announcement = Announcement(card: card, network: NetworkSettings(address: 1, mask: 1), firmware: "1.0", model: "m")
            _ = session.received(input, from: peer, now: .uptimeNanoseconds(1), announcement: { announcement }, random: { 4 })
        },
        FuzzTarget(name: "firmware image") { input in
            guard let image = try? FirmwareImage(decoding: input) else { return }
            require(image.encoded == input, "an image that was read is not what was given")
            try? image.verifySignature(trustedKeys: [])
        },
        FuzzTarget(name: "card's answers") { input in
            guard case .pdu(let pdu)? = (try? CommunityMessage(decoding: input))?.content else { return }
            guard let card = CardIdentity(pdu.bindings) else { return }
            let state = DeviceState(pdu.bindings, from: card)
            require(state.readings.values.allSatisfy(\.isFinite), "a reading is no number")
            _ = OperatingStatus(state)
        },
        FuzzTarget(name: "texts") { input in
            let text = String(buffer: input)
            if let range = AddressRange(text) { require(range.first <= range.last, "a range without addresses") }
            _ = FirmwareVersion(text)
            _ = HardwareAddress(text)
            _ = FirmwarePublicKey(text: text)
            _ = OID(text)
        },
    ]
}
