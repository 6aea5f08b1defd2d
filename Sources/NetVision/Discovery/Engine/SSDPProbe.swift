import NIOCore
import SSDP

/// Asks for UPnP devices by multicast and by unicast. What a device is, its description tells.
struct SSDPProbe: ProbeDialogue {
    let method = DiscoveryMethod.ssdp
    let port: UInt16
    let usesBroadcast = false
    let multicastGroup: UInt32? = SSDPMessage.group

    private let addresses: AddressList
    private var devices = DeviceTable()

    init(_ addresses: AddressList, port: UInt16) {
        self.addresses = addresses
        self.port = port
    }

    /// All parts of all devices, and the devices alone: there are responders that know the one or the other only.
    private static func target(_ round: Int) -> String { round % 2 == 0 ? SearchRequest.all : SearchRequest.rootDevices }

    mutating func question(_ index: Int, pass: Int) -> ByteBuffer {
        SearchRequest(Self.target(pass), host: "\(AddressRange.text(addresses[index])):\(port)").message.encoded()
    }

    mutating func broadcastQuestion(round: Int) -> ByteBuffer? {
        SearchRequest(
            Self.target(round), host: "\(AddressRange.text(SSDPMessage.group)):\(port)", maximumWait: 1
        ).message.encoded()
    }

    mutating func received(_ datagram: ByteBuffer, from source: ProbePeer, now: NIODeadline) -> ProbeReaction {
        guard let message = try? SSDPMessage(decoding: datagram), let response = SearchResponse(message) else { return ProbeReaction() }
        var reaction = ProbeReaction(answered: source.address)
        guard devices.isNew(response, from: source.address) else { return reaction }
        reaction.news = [.device(address: source.address, location: response.location, evidence: "UPnP device (\(response.server))")]
        return reaction
    }
}

extension CardIdentity {
    /// The card that a UPnP device says to be; nil of any other device.
    init?(_ description: DeviceDescription) {
        func folded(_ text: String?) -> String { (text ?? "").lowercased().filter { $0 != " " && $0 != "-" } }
        let names = [description.modelName, description.friendlyName, description.modelDescription]
        let isNetVision = names.contains { folded($0).contains("netvision") }
        guard isNetVision || folded(description.manufacturer).contains("socomec") else { return nil }
        let generation = names.lazy.compactMap { $0.flatMap(CardGeneration.init(agent:)) }.first
        self.init(generation: generation ?? .unknown)
        // The serial number here is the card's, where there is one: its MAC in most.
        mac = description.serialNumber.flatMap { HardwareAddress($0) }.map { "\($0)" }
        if mac == nil { serial = description.serialNumber }
        name = description.friendlyName
        firmware = description.modelNumber.flatMap { CardGeneration.version(in: $0) }
    }
}
