import Foundation
import Testing

/// Cards that move, are replaced, or have the same address; and the inventory as a file.
extension ServerLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct InventoryTests {
        private static let macs = ["00:E0:D8:00:77:01", "00:E0:D8:00:77:02", "00:E0:D8:00:77:03"]

        /// A card with a state folder of its own, as it comes out of the box.
        private func card(
            _ mac: String, at address: String, offset: Int, model: String = "MASTERYS BC+", namespace: String? = nil, in scratch: Scratch
        ) throws -> ProgramUnderTest {
            let agent = try Executable.built("CardAgent")
            let arguments = [
                "run", "--state", try scratch.makeFolder(scratch.unusedName("card")), "--address", address, "--port-offset", "\(offset)",
                "--mac", mac, "--device", "sim:\(model)",
            ]
            return try ProgramUnderTest.start(executable: agent, arguments, in: scratch, namespace: namespace)
        }

        @Test func aCardThatMovesKeepsItsHistoryAndASwappedOneIsOfferedThePlace() async throws {
            try await Scratch.with { scratch in
                let network = try LoopbackNetwork.free()
                let offset = network.portOffset
                var program = try card(Self.macs[0], at: network.host(20), offset: offset, in: scratch)
                defer { program.discard() }
                try await FleetUnderTest.with(.init(network: network, polling: (status: 1, all: 2)), in: scratch) { fleet in
                    try await eventually("the card is found", within: .seconds(20)) {
                        try await fleet.discover(network, methods: ["lan", "snmp"])["found"]?.int ?? 0 > 0
                    }
                    _ = try await fleet.liveCards(1, within: .seconds(20))
                    let id = try await fleet.id(at: network.host(20))
                    try await fleet.client.json("PATCH", "/api/v1/cards/\(id)", body: ["name": "Rack 3", "site": "Bern"])

                    await program.end()
                    program = try card(Self.macs[0], at: network.host(21), offset: offset, in: scratch)
                    try await eventually("the card is found where it went", within: .seconds(30), every: .milliseconds(500)) {
                        let card = try await fleet.card(id)
                        return card["address"]?.string == network.host(21) && card["status"]?.string == "normal"
                    }
                    let all = try await fleet.cards()
                    #expect(all.count == 1 && all.first?["name"]?.string == "Rack 3")

                    await program.end()
                    program = try card(Self.macs[1], at: network.host(21), offset: offset, in: scratch)
                    let candidate = try await eventually(
                        "another card is seen in its place", within: .seconds(30), every: .milliseconds(500)
                    ) {
                        let found = try await fleet.client.json("GET", "/api/v1/candidates?state=new")["items"]?.elements ?? []
                        return found.first { $0["mac"]?.string == Self.macs[1] }
                    }
                    #expect(candidate["place"]?["card"]?.int == id && candidate["place"]?["name"]?.string == "Rack 3")
                    #expect(try await fleet.card(id)["mac"]?.string == Self.macs[0])
                    let number = try #require(candidate["id"]?.int)
                    let accepted = try await fleet.client.json(
                        "POST", "/api/v1/candidates/\(number)/accept", body: ["inherit": .number(Double(id))])
                    let heir = try await fleet.card(try #require(accepted["card"]?.int))
                    #expect(heir["name"]?.string == "Rack 3" && heir["site"]?.string == "Bern" && heir["predecessor"]?.int == id)
                    let old = try await fleet.card(id)
                    #expect(old["successor"]?.int == heir["id"]?.int && old["status"]?.string == "unknown")
                    #expect(old["retiredAt"]?.string != nil)
                    let points = try await fleet.client.json("GET", "/api/v1/cards/\(id)/history?metric=battery.charge")["points"]?.elements
                    #expect(points?.isEmpty == false)
                    let listed = try await fleet.client.json("GET", "/api/v1/cards")["items"]?.elements
                    #expect(listed?.contains { $0["id"]?.int == id } == false)
                }
            }
        }

        @Test func twoCardsWithOneAddressConflictAndAreNotMixed() async throws {
            try await Scratch.with { scratch in
                try await SwitchedNetwork.with(["10.66.0.1/24", "192.168.7.1/24"], in: scratch) { lan in
                    let offset = 10_000
                    let places = [("a", "10.66.0.18", "MASTERYS BC+"), ("b", "10.66.0.18", "NETYS RT"), ("c", "192.168.7.18", "NETYS RT")]
                    var programs: [ProgramUnderTest] = []
                    defer { for program in programs { program.discard() } }
                    for (place, mac) in zip(places, Self.macs) {
                        let namespace = try await lan.host(place.0, "\(place.1)/24")
                        programs.append(
                            try card(mac, at: place.1, offset: offset, model: place.2, namespace: namespace, in: scratch))
                    }
                    for program in programs { try await program.line(containing: "SNMP") }
                    let network = LoopbackNetwork(prefix: "127.0.0", portOffset: offset)
                    let settings = FleetUnderTest.Settings(
                        network: network, namespace: lan.server, host: 1, polling: (status: 1, all: 2))
                    try await FleetUnderTest.with(settings, in: scratch) { fleet in try await theyConflict(fleet) }
                }
            }
        }

        private func theyConflict(_ fleet: FleetUnderTest) async throws {
            let order: JSON = ["methods": ["lan"], "ranges": ["10.66.0.0/24", "192.168.7.0/24"], "interfaces": ["br0"], "accept": true]
            try await fleet.client.json("POST", "/api/v1/discoveries", body: order)
            let cards = try await eventually("three cards are found", within: .seconds(20)) {
                let cards = try await fleet.cards()
                return cards.count == 3 ? cards : nil
            }
            let factory = try #require(cards.first { $0["address"]?.string == "192.168.7.18" })
            #expect(factory["warnings"]?.elements.contains { $0.string?.contains("never configured") == true } == true)
            let twins = try cards.filter { $0["address"]?.string == "10.66.0.18" }.map { try #require($0["id"]?.int) }
            #expect(twins.count == 2)
            for id in twins {
                try await eventually("card \(id) has the alarm", within: .seconds(20)) {
                    let alarms = try await fleet.client.json("GET", "/api/v1/cards/\(id)/alarms?active=true")["items"]?.elements ?? []
                    return alarms.contains { $0["name"]?.string == "addressConflict" }
                }
                let card = try await eventually("card \(id) warns of the other", within: .seconds(10)) {
                    let card = try await fleet.card(id)
                    let other = Self.macs.first { $0 != card["mac"]?.string } ?? ""
                    return card["warnings"]?.elements.contains { $0.string?.contains(other) == true } == true ? card : nil
                }
                let readings = try await fleet.readings(id)
                let isLarge = card["mac"]?.string == Self.macs[0]
                #expect(readings.keys.contains { $0 == (isLarge ? "output.voltage" : "output.L1-N.voltage") } == false, "\(readings)")
            }
        }

        /// Two cards whose leases are swapped: each finds the other at its place of before. Then one gets an address that nobody had.
        @Test func cardsThatDHCPMovesKeepTheirHistories() async throws {
            try await Scratch.with { scratch in
                try await SwitchedNetwork.with(["10.66.0.1/24"], in: scratch) { lan in
                    let offset = 10_000
                    let models = ["MASTERYS BC+", "NETYS RT"]
                    var hosts: [String] = []
                    for (name, mac) in zip(["a", "b"], Self.macs) { hosts.append(try await lan.host(name, mac: mac)) }
                    var programs: [ProgramUnderTest] = []
                    defer { for program in programs { program.discard() } }
                    /// Both cards get their addresses from a DHCP server, and start there.
                    func start(at addresses: [String]) async throws {
                        for program in programs { await program.end() }
                        programs = []
                        let leases = try await DHCPServer.lease(addresses, to: zip(hosts, Self.macs).map { ($0, $1) }, on: lan, in: scratch)
                        try #require(leases == addresses)
                        for (index, address) in leases.enumerated() {
                            programs.append(
                                try card(
                                    Self.macs[index], at: address, offset: offset, model: models[index], namespace: hosts[index],
                                    in: scratch))
                        }
                    }
                    try await start(at: ["10.66.0.20", "10.66.0.21"])
                    for program in programs { try await program.line(containing: "SNMP") }
                    let network = LoopbackNetwork(prefix: "127.0.0", portOffset: offset)
                    let settings = FleetUnderTest.Settings(
                        network: network, namespace: lan.server, host: 1, polling: (status: 1, all: 2))
                    try await FleetUnderTest.with(settings, in: scratch) { fleet in
                        let order: JSON = ["methods": ["lan", "snmp"], "ranges": ["10.66.0.0/26"], "interfaces": ["br0"], "accept": true]
                        try await fleet.client.json("POST", "/api/v1/discoveries", body: order)
                        _ = try await fleet.liveCards(2, within: .seconds(30))
                        let ids = [try await fleet.id(at: "10.66.0.20"), try await fleet.id(at: "10.66.0.21")]
                        for (id, name) in zip(ids, ["Rack 1", "Rack 2"]) {
                            try await fleet.client.json("PATCH", "/api/v1/cards/\(id)", body: ["name": .string(name)])
                        }
                        for addresses in [["10.66.0.21", "10.66.0.20"], ["10.66.0.21", "10.66.0.30"]] {
                            let movedAt = Date()
                            try await start(at: addresses)
                            try await expect(ids, at: addresses, since: movedAt, in: fleet)
                        }
                    }
                }
            }
        }

        /// Each card is read at its address, its values are its own, and there are no others.
        private func expect(_ ids: [Int], at addresses: [String], since moved: Date, in fleet: FleetUnderTest) async throws {
            for (id, address) in zip(ids, addresses) {
                try await eventually("card \(id) is read at \(address)", within: .seconds(60), every: .milliseconds(500)) {
                    let card = try await fleet.card(id)
                    guard card["address"]?.string == address, card["status"]?.string == "normal" else {
                        throw WebClient.Unexpected(description: card.text)
                    }
                    return (card["lastSeen"]?.date ?? .distantPast) > moved
                }
            }
            #expect(Set(try await fleet.cards().compactMap { $0["id"]?.int }) == Set(ids))
            for (id, foreign) in zip(ids, ["output.voltage", "output.L1-N.voltage"]) {
                let metrics = try await fleet.client.json("GET", "/api/v1/cards/\(id)/metrics")["items"]?.elements ?? []
                #expect(metrics.count > 5 && metrics.allSatisfy { $0["metric"]?.string != foreign }, "card \(id) has values of the other")
                try await eventually("card \(id) is alone at its address", within: .seconds(30)) {
                    let alarms = try await fleet.client.json("GET", "/api/v1/cards/\(id)/alarms?active=true")["items"]?.elements ?? []
                    return alarms.allSatisfy { $0["name"]?.string != "addressConflict" }
                }
            }
        }

        @Test func threeHundredCardsAreImportedOnce() async throws {
            try await Scratch.with { scratch in
                let network = try LoopbackNetwork.free()
                try await FleetUnderTest.with(.init(network: network), in: scratch) { fleet in
                    let lines = (1...300).map {
                        "\(network.prefix).\($0 % 250 + 1),00:E0:D8:0A:0\($0 / 250):\(Self.hex($0 % 250)),Card \($0),Site \($0 % 5)"
                    }
                    let file = try scratch.write("address,mac,name,site\r\n" + lines.joined(separator: "\r\n") + "\r\n", as: "cards.csv")
                    // Two lines with one address are a slip.
                    let first = try await fleet.client.json("POST", "/api/v1/cards/import", file: file, type: "text/csv")
                    #expect(first["added"]?.int == 250 && first["refused"]?.int == 50)
                    #expect(first["items"]?.elements.last?["error"]?.string?.contains("Line") == true)
                    let second = try await fleet.client.json("POST", "/api/v1/cards/import", file: file, type: "text/csv")
                    #expect(second["unchanged"]?.int == 250 && second["added"]?.int == 0)
                    let sites = try await fleet.client.json("GET", "/api/v1/sites")["items"]?.elements ?? []
                    #expect(sites.compactMap { $0["cards"]?.int }.reduce(0, +) == 250 && sites.count == 5)
                    let exported = try await fleet.client.call("GET", "/api/v1/cards/export?format=csv&site=Site%201")
                    #expect(exported.text.split(whereSeparator: \.isNewline).count == 51)
                }
            }
        }

        private static func hex(_ number: Int) -> String {
            let text = String(number, radix: 16, uppercase: true)
            return text.count == 1 ? "0\(text)" : text
        }
    }
}
