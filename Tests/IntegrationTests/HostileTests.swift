import Foundation
import Testing

/// Truncated, oversized and random bytes on every port: all goes on as before, and memory stays bounded.
extension CardLane {
    @Suite(.serialized, .sharing(CardFarm.self), .timeLimit(.minutes(2))) struct HostileCardTests {
        /// Growth that buffers and caches may need, in octets.
        private static let allowance = 48 << 20
        private static let rounds = 3000

        private static let snmp: [[UInt8]] = [
            // GET, GETNEXT and GETBULK of sysDescr, v2c, public.
            [
                0x30, 0x29, 2, 1, 1, 4, 6, 0x70, 0x75, 0x62, 0x6C, 0x69, 0x63, 0xA0, 0x1C, 2, 4, 1, 2, 3, 4, 2, 1, 0, 2, 1, 0, 0x30, 0x0E,
                0x30, 0x0C, 6, 8, 0x2B, 6, 1, 2, 1, 1, 1, 0, 5, 0,
            ],
            [
                0x30, 0x29, 2, 1, 1, 4, 6, 0x70, 0x75, 0x62, 0x6C, 0x69, 0x63, 0xA1, 0x1C, 2, 4, 1, 2, 3, 4, 2, 1, 0, 2, 1, 0, 0x30, 0x0E,
                0x30, 0x0C, 6, 8, 0x2B, 6, 1, 2, 1, 1, 1, 0, 5, 0,
            ],
            [
                0x30, 0x2A, 2, 1, 1, 4, 6, 0x70, 0x75, 0x62, 0x6C, 0x69, 0x63, 0xA5, 0x1D, 2, 4, 1, 2, 3, 4, 2, 1, 0, 2, 2, 0x7F, 0xFF,
                0x30, 0x0E, 0x30, 0x0C, 6, 8, 0x2B, 6, 1, 2, 1, 1, 1, 0, 5, 0,
            ],
        ]
        private static let tftp: [[UInt8]] = [
            [0, 2] + Array("card.bin\0octet\0blksize\01428\0windowsize\08\0tsize\0999999999\0".utf8),
            [0, 1] + Array("card.bin\0octet\0".utf8), [0, 3, 0, 1, 1, 2, 3], [0, 4, 0, 1], [0, 5, 0, 0] + Array("no\0".utf8),
        ]
        /// discover, challenge and unlock, to every card.
        private static let lan: [[UInt8]] = [1, 3, 5].map { kind in
            Array("NVLP".utf8) + [1, kind] + Array(repeating: 0xFF, count: 6) + [1, 2, 3, 4, 5, 6, 7, 8]
                + [13, 16] + Array(repeating: 7, count: 16) + [14, 32] + Array(repeating: 9, count: 32)
        }
        private static let modbus: [[UInt8]] = [
            [0, 1, 0, 0, 0, 6, 1, 3, 0, 0x40, 0, 10], [0, 2, 0, 0, 0, 6, 1, 4, 0, 0x40, 0, 125],
            [0, 3, 0, 0, 0, 9, 1, 16, 0, 0, 0, 1, 2, 0, 0],
        ]

        private func expectSound(_ farm: CardFarm, growthFrom before: Int) async throws {
            #expect(farm.program.process.poll() == nil, "CardAgent has ended: \(farm.program.lastWords)")
            for card in [1, 2] { #expect(try await farm.snmp(card).value("1.3.6.1.2.1.1.1.0").string == "NetVision-8") }
            let grown = (farm.program.process.residentBytes ?? 0) - before
            #expect(grown < Self.allowance, "resident memory has grown by \(grown >> 20) MB")
        }

        @Test(arguments: [(161, snmp), (69, tftp), (4555, lan)]) func badDatagramsChangeNothing(_ port: Int, _ valid: [[UInt8]])
            async throws
        {
            let farm = try CardFarm.shared
            // Two rounds: what the first fills, the second must not fill again.
            for seed in [UInt64(port), UInt64(port) + 1] {
                let before = farm.program.process.residentBytes ?? 0
                var traffic = HostileTraffic(seed: seed)
                try DatagramSender.send(
                    traffic.messages(like: valid, count: Self.rounds), to: farm.network.host(1), port: farm.network.port(port))
                try await expectSound(farm, growthFrom: before)
            }
        }

        @Test func afterwardsTFTPAndTheLANProtocolAnswerToo() async throws {
            let farm = try CardFarm.shared
            let network = farm.network
            let read = try await Peer.run(
                "tftp", ["-m", "binary", network.host(1), "\(network.port(69))", "-c", "get", "x.bin", farm.scratch.path("x.bin")],
                in: farm.scratch, within: .seconds(30))
            #expect(read.text.contains("Error code"), "\(read)")
            let found = try await Peer.runBuilt(
                "nvexplorer", ["--direct", "--json", "--port-offset", "\(network.portOffset)", "discover", network.host(1)],
                in: farm.scratch)
            #expect(found.exitCode == 0)
            #expect(found.text.contains("CardAgent"), "\(found)")
        }

        @Test func badModbusConnectionsChangeNothing() async throws {
            let farm = try CardFarm.shared
            let host = farm.network.host(1)
            let port = farm.network.port(502)
            let before = farm.program.process.residentBytes ?? 0
            var traffic = HostileTraffic(seed: 502)
            for message in traffic.messages(like: Self.modbus, count: 400) {
                let connection = try TCPConnection(to: host, port: port)
                // That the card has closed in the meantime is its right.
                try? connection.send(message)
                connection.close()
            }
            try await expectSound(farm, growthFrom: before)
            try await eventually("a good request is answered", within: .seconds(10)) {
                let connection = try TCPConnection(to: host, port: port)
                defer { connection.close() }
                try connection.send(Self.modbus[0])
                return try connection.receive(within: 2)?.count == 29
            }
        }
    }
}

extension ServerLane {
    @Suite(.serialized, .sharing(DemoFleet.self), .timeLimit(.minutes(2))) struct HostileServerTests {
        private static let requests: [[UInt8]] = [
            "GET /api/v1/cards HTTP/1.1\r\nHost: fleet\r\n\r\n",
            "POST /api/v1/session HTTP/1.1\r\nHost: fleet\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{\"a\":",
            "POST /api/v1/session HTTP/1.1\r\nHost: fleet\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
            "GET /../../etc/passwd HTTP/1.1\r\nHost: fleet\r\n\r\n",
        ].map { Array($0.utf8) }

        private func endpoint(_ demo: DemoFleet) -> (host: String, port: Int) {
            (demo.farm.network.host(250), demo.farm.network.port(8080))
        }

        private func expectSound(_ demo: DemoFleet, growthFrom before: Int) async throws {
            #expect(try await demo.server.client.call("GET", "/health/ready", within: 10).status == 200)
            #expect(try await demo.server.cards().count == DemoFleet.size)
            let grown = (demo.server.program.process.residentBytes ?? 0) - before
            #expect(grown < 96 << 20, "resident memory has grown by \(grown >> 20) MB")
        }

        @Test func badRequestsChangeNothing() async throws {
            let demo = try DemoFleet.shared
            _ = try await demo.server.liveCards(DemoFleet.size, within: .seconds(30))
            let (host, port) = endpoint(demo)
            let before = demo.server.program.process.residentBytes ?? 0
            var traffic = HostileTraffic(seed: 80)
            for message in traffic.messages(like: Self.requests, count: 400) {
                let connection = try TCPConnection(to: host, port: port)
                try? connection.send(message)
                connection.close()
            }
            try await expectSound(demo, growthFrom: before)
        }

        @Test func connectionsThatSayNothingKeepNobodyOut() async throws {
            let demo = try DemoFleet.shared
            let (host, port) = endpoint(demo)
            let before = demo.server.program.process.residentBytes ?? 0
            let connections = try (0..<300).map { _ in try TCPConnection(to: host, port: port) }
            for connection in connections { try connection.send(Array("GET /api/v1/ca".utf8)) }
            try await expectSound(demo, growthFrom: before)
            connections.forEach { $0.close() }
        }

        @Test func aBodyWithoutEndIsRefused() async throws {
            let demo = try DemoFleet.shared
            let body = try demo.server.scratch.write(Data(repeating: 0x20, count: 30 << 20), as: "endless.json")
            let before = demo.server.program.process.residentBytes ?? 0
            let answer = try? await demo.server.client.call("POST", "/api/v1/discoveries", file: body)
            // Either a problem, or the connection is closed before all is sent.
            if let answer { #expect((400...499).contains(answer.status), "\(answer)") }
            try await expectSound(demo, growthFrom: before)
        }

        @Test func strangeAnswersOfACardChangeNothing() async throws {
            let demo = try DemoFleet.shared
            let id = try await demo.id(of: 4)
            for fault in ["packetLoss", "slow"] {
                try await demo.farm.put("faults/\(fault)", fault == "slow" ? ["ms": 300] : ["percent": 30], card: 4)
            }
            try await eventually("card \(id) is still read", within: .seconds(30)) {
                try await demo.server.card(id)["status"]?.string == "normal"
            }
            for fault in ["packetLoss", "slow"] { try await demo.farm.delete("faults/\(fault)", card: 4) }
        }
    }
}
