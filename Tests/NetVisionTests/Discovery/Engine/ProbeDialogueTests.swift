import BACnet
import NIOCore
import SNMP
import SSDP
import Testing

@testable import NetVision

struct ProbeDialogueTests {
    private let now = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private let list = AddressList([AddressRange("10.0.0.0/24")].compactMap(\.self))
    private let card = ProbePeer(address: 0x0A00_0001, port: 161)

    private func answer(to question: ByteBuffer) throws -> ByteBuffer {
        guard case .pdu(let pdu) = try CommunityMessage(decoding: question).content else { return ByteBuffer() }
        return CommunityMessage(.v2c, "public", PDU(.response, requestID: pdu.requestID, names: [])).encoded()
    }

    @Test func snmpKnowsTheQuestionByItsAnswer() throws {
        var probe = SNMPProbe(list, credentials: [.v2c("public"), .v1("public")], port: 161, random: .max)
        let first = try answer(to: probe.question(0, pass: 3))
        let reaction = probe.received(first, from: card, now: now)
        #expect(reaction.news == [.agent(address: card.address, pass: 3)])
        #expect(reaction.answered == card.address)
        // From another address, from another port, and to nobody's question.
        let answer1 = probe.received(first, from: ProbePeer(address: 0x0A00_0002, port: 161), now: now)
        #expect(answer1 == ProbeReaction())
        let answer2 = probe.received(first, from: ProbePeer(address: card.address, port: 162), now: now)
        #expect(answer2 == ProbeReaction())
        var other = SNMPProbe(list, credentials: [.v2c("public")], port: 161, random: 5)
        let foreign = try answer(to: other.question(0, pass: 0))
        let answer3 = probe.received(foreign, from: card, now: now)
        #expect(answer3 == ProbeReaction())
    }

    @Test func lanCardIsToldOnce() {
        var probe = LANProbe(port: 4555, transaction: 7)
        let announcement = Announcement(
            card: HardwareAddress(octets: (0, 0xE0, 0xD8, 1, 2, 3)),
            network: NetworkSettings(address: card.address, mask: 0xFFFF_FF00, usesDHCP: false),
            firmware: "8.40", model: "NETYS")
        let datagram = LANMessage(.announce, card: announcement.card, transaction: 7, fields: announcement.fields).encoded()
        let answer4 = probe.received(datagram, from: card, now: now)
        #expect(answer4.news.count == 1)
        let answer5 = probe.received(datagram, from: card, now: now)
        #expect(answer5.news.isEmpty)
        let forged = LANMessage(
            .announce, card: HardwareAddress(octets: (0, 0xE0, 0xD8, 1, 2, 4)), transaction: 7, fields: announcement.fields
        ).encoded()
        let elsewhere = probe.received(forged, from: ProbePeer(address: 0x0A00_0002, port: 4555), now: now)
        #expect(elsewhere == ProbeReaction(), "it announces another address than its own")
        let late = LANMessage(.announce, card: announcement.card, transaction: 6, fields: announcement.fields).encoded()
        let answer6 = probe.received(late, from: card, now: now)
        #expect(answer6 == ProbeReaction())
    }

    private func datagram(_ apdu: APDU) -> ByteBuffer {
        BVLCMessage(.originalUnicastNPDU, payload: NPDU(apdu: apdu.encoded()).encoded()).encoded()
    }

    @Test func bacnetDevicesOfTheMakerAreAskedForTheirNames() throws {
        var probe = BACnetProbe(port: 47808, invokeID: 0)
        var reaction = probe.received(datagram(IAm(device: .device(1883), vendor: 591).apdu), from: card, now: now)
        let texts: [PropertyIdentifier: String] = [
            .objectName: "NETYS RT", .firmwareRevision: "Net Vision 8 v8.00", .description: "2D22451188",
        ]
        for _ in 0..<10 {
            guard let reply = reaction.replies.first else { break }
            let message = try BVLCMessage(decoding: reply.datagram)
            guard case .confirmedRequest(let id, _, let parameters) = try APDU(decoding: try NPDU(decoding: message.payload).payload) else {
                break
            }
            let request = try ReadProperty(decoding: parameters)
            let apdu =
                texts[request.property].map { ReadPropertyAck(request, value: .characterString($0)).apdu(invokeID: id) }
                ?? .error(invokeID: id, service: .readProperty, parameters: ByteBuffer())
            reaction = probe.received(datagram(apdu), from: card, now: now)
        }
        guard case .sighting(let sighting) = try #require(reaction.news.first) else { return }
        #expect(sighting.identity?.model == "NETYS RT")
        #expect(sighting.identity?.serial == "2D22451188")
        #expect(sighting.identity?.generation == .netVision8)
        #expect(!probe.isBusy)
    }

    @Test func bacnetDevicesOfOthersAreNoCards() {
        var probe = BACnetProbe(port: 47808, invokeID: 0)
        let reaction = probe.received(datagram(IAm(device: .device(1), vendor: 15).apdu), from: card, now: now)
        #expect(reaction.replies.isEmpty)
        guard case .sighting(let sighting)? = reaction.news.first else { return #expect(Bool(false)) }
        #expect(sighting.identity == nil)
        #expect(sighting.evidence == ["BACnet device 1 of vendor 15"])
        // Again: nothing new.
        let answer7 = probe.received(datagram(IAm(device: .device(1), vendor: 15).apdu), from: card, now: now)
        #expect(answer7.news.isEmpty)
    }

    @Test func upnpDevicesSayWhetherTheyAreCards() throws {
        var description = DeviceDescription()
        description.manufacturer = "ACME"
        description.modelName = "Router"
        #expect(CardIdentity(description) == nil)
        description.modelName = "NET VISION 7"
        description.serialNumber = "00E0D8FFC190"
        let identity = try #require(CardIdentity(description))
        #expect(identity.generation == .netVision7)
        #expect(identity.mac == "00:E0:D8:FF:C1:90")
        #expect(identity.serial == nil)
        description.modelName = nil
        description.manufacturer = "Socomec UPS"
        #expect(CardIdentity(description) != nil)
    }

    @Test func neighboursAreReadFromTheKernelsTable() {
        let table = """
            IP address       HW type     Flags       HW address            Mask     Device
            10.9.0.17        0x1         0x2         00:e0:d8:ff:c1:90     *        eth0
            10.9.0.18        0x1         0x0         00:e0:d8:ff:c1:91     *        eth0
            10.9.0.19        0x1         0x2         52:54:00:12:34:56     *        eth1
            10.9.0.20        0x1         0x2         00:00:00:00:00:00     *        eth1
            nonsense
            """
        let entries = NeighbourEntry.entries(table)
        #expect(entries.map(\.address) == [0x0A09_0011, 0x0A09_0013])
        #expect(entries.map(\.isCard) == [true, false])
        #expect(entries.first?.interface == "eth0")
        #expect(entries.first?.sighting.mac == "00:E0:D8:FF:C1:90")
        for length in 0...table.utf8.count { _ = NeighbourEntry.entries(String(table.prefix(length))) }
    }

    @Test func largeStandardSearchesSpareTheNetwork() {
        let large = AddressList([AddressRange("10.0.0.0/16")].compactMap(\.self))
        let standard = SearchPlan(ranges: [], ways: [])
        #expect(DiscoveryMethod.active.filter { standard.asksEach(large, by: $0) } == [.snmp])
        #expect(DiscoveryMethod.active.filter { standard.asksEach(list, by: $0) } == [.lan, .snmp, .ssdp, .bacnet])
        let named = SearchPlan(methods: [.ssdp, .lan], ranges: [], ways: [])
        #expect(DiscoveryMethod.active.filter { named.asksEach(large, by: $0) } == [.lan, .ssdp])
    }
}
