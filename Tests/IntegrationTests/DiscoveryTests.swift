import Foundation
import Testing

/// Every method of a search against hosts on a bridge: a card, foreign UPnP, BACnet and Modbus devices, and a silent one.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct DiscoveryTests {
        /// What runs in the network: searches that don't disturb each other side by side, then all methods together.
        private static let searches = """
            nvx=$BIN/nvexplorer
            "$nvx" discover --direct --json --method lan,ssdp --interface br0 >"$HOME/heard.json" & heard=$!
            "$nvx" discover --direct --json --method bacnet --interface br0 >"$HOME/bacnet.json" & bacnet=$!
            "$nvx" discover --direct --json --method modbus 10.9.0.0/27 >"$HOME/modbus.json" & modbus=$!
            "$nvx" discover --direct --json --method lan,ssdp --interface void0 >"$HOME/void.json" & void=$!
            for job in $heard $bacnet $modbus $void; do wait "$job" || exit 1; done
            "$nvx" discover --direct --json 10.9.0.0/27 >"$HOME/all.json" || exit 1
            "$nvx" discover --direct --json --method neighbours --interface br0 >"$HOME/neighbours.json" || exit 1
            "$nvx" discover --direct --method snmp 172.16.0.0/30 >"$HOME/nowhere.txt" 2>&1
            "$nvx" discover --direct --method lan --interface eth7 >"$HOME/eth7.txt" 2>&1
            true
            """

        private struct Found {
            let cards: [String: JSON]

            init(_ name: String, _ scratch: Scratch) throws {
                let document = try JSON(parsing: try String(contentsOfFile: scratch.path(name), encoding: .utf8))
                let list = document["cards"]?.elements ?? []
                cards = Dictionary(list.map { ($0["address"]?.string ?? "", $0) }) { first, _ in first }
                #expect(cards.count == list.count, "each card once: \(document)")
            }

            var addresses: [String] { cards.keys.sorted() }
        }

        @Test func eachMethodFindsItsCardsAndNoOthers() async throws {
            try await Scratch.with { try await check($0) }
        }

        private func check(_ scratch: Scratch) async throws {
            let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "discovery").path
            let bin = URL(filePath: try Executable.built("nvexplorer")).deletingLastPathComponent().path
            let namespaces = ["--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child"]
            let output = try await Peer.run(
                "unshare",
                namespaces + [
                    "bash", "\(folder)/network.sh", bin, try Executable.peer("python3"), folder, "bash", "-c", Self.searches,
                ], in: scratch, environment: ["BIN": bin], within: .seconds(90))
            try #require(output.exitCode == 0, "\(output)")

            let heard = try Found("heard.json", scratch)
            #expect(heard.addresses == ["10.9.0.11", "10.9.0.12"])
            #expect(heard.cards["10.9.0.11"]?["mac"]?.string == "00:E0:D8:FF:C1:90")
            #expect(heard.cards["10.9.0.12"]?["generation"]?.string == "NV7")
            #expect(heard.cards["10.9.0.12"]?["mac"]?.string == "00:E0:D8:00:00:12")

            let bacnet = try Found("bacnet.json", scratch)
            #expect(bacnet.addresses == ["10.9.0.13"])
            #expect(bacnet.cards["10.9.0.13"]?["serial"]?.string == "2D22451188")
            #expect(bacnet.cards["10.9.0.13"]?["model"]?.string == "NETYS RT")

            #expect(try Found("modbus.json", scratch).addresses == ["10.9.0.11", "10.9.0.17"])
            #expect(try Found("void.json", scratch).addresses.isEmpty)
            #expect(try Found("neighbours.json", scratch).addresses == ["10.9.0.15"])
            #expect(try Found("all.json", scratch).addresses == ["10.9.0.11", "10.9.0.12", "10.9.0.13", "10.9.0.15"])

            let nowhere = try String(contentsOfFile: scratch.path("nowhere.txt"), encoding: .utf8)
            #expect(nowhere.contains("Nothing could be sent by SNMP: Network is unreachable"), "\(nowhere)")
            let eth7 = try String(contentsOfFile: scratch.path("eth7.txt"), encoding: .utf8)
            #expect(eth7.contains("There is no interface eth7. There are br0, lo, void0."), "\(eth7)")
        }
    }
}
