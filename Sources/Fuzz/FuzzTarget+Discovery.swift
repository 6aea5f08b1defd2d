import BACnet
import NIOCore
import NetVision
import SSDP

extension FuzzTarget {
    /// What strangers answer to a search.
    static let discovery = [
        FuzzTarget(name: "SSDP message") { input in
            guard let message = try? SSDPMessage(decoding: input), let response = SearchResponse(message) else { return }
            if let location = DescriptionLocation(response.location, from: "10.0.0.1") {
                require(location.host == "10.0.0.1", "a description would be fetched from somebody else")
            }
        },
        FuzzTarget(name: "UPnP description") { input in _ = try? DeviceDescription(decoding: input) },
        FuzzTarget(name: "BACnet datagram") { input in
            guard let message = try? BVLCMessage(decoding: input) else { return }
            require((try? BVLCMessage(decoding: message.encoded())) == message, "what was decoded does not survive encoding")
            guard let network = message.network, let npdu = try? NPDU(decoding: network) else { return }
            require((try? NPDU(decoding: npdu.encoded()))?.payload == npdu.payload || npdu.destination != nil, "an NPDU that is lost")
            read(npdu.payload)
        },
        FuzzTarget(name: "BACnet APDU", feed: read),
        FuzzTarget(name: "BACnet value") { input in
            var rest = input
            guard let value = try? PropertyValue(readingFrom: &rest) else { return }
            var again = ByteBuffer()
            value.encode(into: &again)
            require((try? PropertyValue(readingFrom: &again)) == value, "a value that does not survive encoding")
        },
        FuzzTarget(name: "Neighbour table") { input in _ = NeighbourEntry.entries(String(buffer: input)) },
    ]

    @Sendable private static func read(_ octets: ByteBuffer) {
        guard let apdu = try? APDU(decoding: octets) else { return }
        switch apdu {
        case .unconfirmedRequest(_, let parameters):
            _ = try? IAm(decoding: parameters)
            _ = try? WhoIs(decoding: parameters)
        case .confirmedRequest(_, _, let parameters): _ = try? ReadProperty(decoding: parameters)
        case .complexAck(_, _, let parameters): _ = try? ReadPropertyAck(decoding: parameters)
        case .simpleAck, .error, .reject, .abort: break
        }
    }
}
