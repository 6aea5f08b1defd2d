import Foundation
import Testing

/// Cards that take one Modbus connection, and many who want to read them.
extension ServerLane {
    @Suite(.serialized, .sharing(GatewayBench.self), .timeLimit(.minutes(2))) struct GatewayTests {
        @Test func severalClientsAndAGreedyOneReadACardThatTakesOneConnection() async throws {
            let bench = try GatewayBench.shared
            let scratch = bench.farm.scratch
            let id = try await bench.server.id(at: bench.network.host(1))
            try await bench.farm.put("points/M022", ["value": 61], card: 1)
            try await eventually("the card has read the charge", within: .seconds(10)) {
                try await ModbusPeer.mbpoll.read(0x40, count: 23, from: bench.direct(1), in: scratch).last == 61
            }
            // What does not change by itself: configuration, serial number, reference.
            let direct = try await ModbusPeer.mbpoll.read(1, count: 15, from: bench.direct(1), in: scratch)
            let port = bench.port(1)
            try await bench.open(["port": .number(Double(port.number)), "unit": 11], card: id)
            let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "modbus/greedy.py").path
            async let greedy = Peer.run(
                "python3", [script, bench.network.host(250), "\(port.number)", "6"], in: scratch, within: .seconds(30))
            try await withThrowingTaskGroup(of: Void.self) { group in
                let clients: [(peer: ModbusPeer, place: ModbusPeer.Place, slave: Int)] = [
                    (.mbpoll, port.place, 1), (.pymodbus, port.place, 1), (.mbpoll, bench.sharedPort, 11),
                    (.pymodbus, bench.sharedPort, 11),
                ]
                for (client, place, slave) in clients {
                    group.addTask {
                        for _ in 0..<3 {
                            let words = try await client.read(0x40, count: 80, slave: slave, from: place, in: scratch)
                            #expect(words.count == 80 && words[22] == 61, "\(client): \(words)")
                        }
                        let same = try await client.read(1, count: 15, slave: slave, from: place, in: scratch)
                        #expect(same == direct)
                    }
                }
                try await group.waitForAll()
            }
            let greed = try await greedy
            #expect(greed.exitCode == 0, "\(greed)")
            let counts = greed.text.split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }
            #expect(counts.count == 2 && counts[0] > 100, "the greedy one is served too: \(greed)")
            let state = try await bench.state(of: id)
            #expect(state["state"]?.string == "connected", "\(state.text)")
            #expect(state["lastError"]?.isNull == true, "\(state.text)")
            #expect(state["cacheHits"]?.int ?? 0 > 0, "\(state.text)")
            try await bench.farm.delete("points/M022", card: 1)
        }

        @Test func aCardThatSomebodyElseHoldsIsSaidToBeOccupied() async throws {
            let bench = try GatewayBench.shared
            let scratch = bench.farm.scratch
            let id = try await bench.server.id(at: bench.network.host(2))
            try await bench.open(["unit": 12], card: id)
            // Holds the card's only connection, as its answer shows.
            let holder = try TCPConnection(to: bench.network.host(2), port: bench.network.port(502))
            try holder.send([0, 1, 0, 0, 0, 6, 1, 3, 0, 0x40, 0, 1])
            #expect(try holder.receive(within: 5)?.isEmpty == false)
            await #expect(throws: ModbusPeer.NoAnswer.self) {
                _ = try await ModbusPeer.mbpoll.read(0x40, count: 1, slave: 12, from: bench.sharedPort, in: scratch)
            }
            let state = try await bench.state(of: id)
            #expect(state["state"]?.string == "occupied", "\(state.text)")
            #expect(state["lastError"]?.string?.contains("another program") == true, "\(state.text)")
            holder.close()
            try await eventually("the card is read when it is free", within: .seconds(20)) {
                try await ModbusPeer.mbpoll.read(0x40, count: 1, slave: 12, from: bench.sharedPort, in: scratch).count == 1
            }
            await #expect(throws: ModbusPeer.NoAnswer.self) {
                _ = try await ModbusPeer.mbpoll.read(0x40, count: 1, slave: 99, from: bench.sharedPort, in: scratch)
            }
        }

        /// A UPS with Modbus TCP of its own, behind what closes each connection after a second and takes one at a time.
        @Test func aUPSThatClosesIdleConnectionsIsPolledAndWrittenTo() async throws {
            let bench = try GatewayBench.shared
            let scratch = bench.farm.scratch
            let network = bench.network
            let control = network.endpoint(61, 9077)
            let ups = ["--model", "MASTERYS BC+", "--seed", "77", "--listen", network.endpoint(60, 502), "--control", control]
            try await ProgramUnderTest.with(executable: Executable.built("upssim"), ups, in: scratch) { program in
                try await program.line(containing: "control")
                let client = WebClient(base: "http://\(control)", scratch: scratch)
                try await client.json("PUT", "/points/M022", body: ["value": 57])
                let first = try relay(to: 60, at: 61, bench)
                let list = try scratch.write("address,name,protocol\n\(network.host(61)),Machine room,modbus\n", as: "machines.csv")
                try await bench.server.client.json("POST", "/api/v1/cards/import", file: list, type: "text/csv")
                let id = try await bench.server.id(at: network.host(61))
                try await charge(57, of: id, bench)
                #expect(try await bench.server.card(id)["status"]?.string == "normal")
                // Each poll finds the connection closed.
                try await Task.sleep(for: .seconds(5))
                let health = try await bench.server.client.json("GET", "/api/v1/cards/\(id)/health")
                #expect(health["consecutiveFailures"]?.int == 0, "\(health.text)")
                #expect(health["protocol"]?.string == "modbus", "\(health.text)")
                try await write(to: id, bench)
                // The card restarts.
                first.discard()
                try await client.json("PUT", "/points/M022", body: ["value": 43])
                let second = try relay(to: 60, at: 61, bench)
                try await charge(43, of: id, bench)
                second.discard()
                try await bench.server.client.json("DELETE", "/api/v1/cards/\(id)")
            }
        }

        @Test func anotherProgramsDeviceIsReadByTheRowsOfAProfile() async throws {
            let bench = try GatewayBench.shared
            let network = bench.network
            let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "modbus/scada.py").path
            let device = try ProgramUnderTest.start(
                executable: Executable.peer("python3"), [script, network.host(62), "\(network.port(502))"], in: bench.farm.scratch)
            try await device.line(containing: "serving")
            let list = try bench.farm.scratch.write(
                "address,name,protocol,profile\n\(network.host(62)),Building,modbus,scada\n", as: "building.csv")
            try await bench.server.client.json("POST", "/api/v1/cards/import", file: list, type: "text/csv")
            let id = try await bench.server.id(at: network.host(62))
            try await charge(77, of: id, bench)
            let readings = try await bench.server.readings(id)
            #expect(readings == ["battery.charge": 77, "input.voltage": 230.4])
            let card = try await bench.server.card(id)
            #expect(card["serial"]?.string == "SCADA1", "\(card.text)")
            #expect(card["status"]?.string == "normal", "\(card.text)")
            device.discard()
            try await eventually("its silence is told", within: .seconds(20)) {
                try await bench.server.card(id)["status"]?.string == "unreachable"
            }
            try await bench.server.client.json("DELETE", "/api/v1/cards/\(id)")
        }

        private func charge(_ value: Double, of card: Int, _ bench: GatewayBench) async throws {
            try await eventually("the charge is \(value)", within: .seconds(30)) {
                try await bench.server.readings(card)["battery.charge"] == value
            }
        }

        private func relay(to target: Int, at host: Int, _ bench: GatewayBench) throws -> ProgramUnderTest {
            let network = bench.network
            return try ProgramUnderTest.start(
                executable: Executable.peer("socat"),
                [
                    "-T", "1", "TCP-LISTEN:\(network.port(502)),bind=\(network.host(host)),reuseaddr,fork,max-children=1",
                    "TCP:\(network.endpoint(target, 502))",
                ], in: bench.farm.scratch)
        }

        /// Refused at first; with an administrator's leave it reaches the UPS, and the audit log says so either way.
        private func write(to card: Int, _ bench: GatewayBench) async throws {
            let port = bench.port(3)
            let order = ["-m", "tcp", "-p", "\(port.number)", "-a", "1", "-0", "-r", "640", bench.network.host(250), "1"]
            try await bench.open(["port": .number(Double(port.number))], card: card)
            let refused = try await Peer.run("mbpoll", order, in: bench.farm.scratch)
            #expect((refused.text + refused.errors).contains("Illegal function"), "\(refused)")
            try await bench.open(["port": .number(Double(port.number)), "writes": true], card: card)
            let passed = try await Peer.run("mbpoll", order, in: bench.farm.scratch)
            #expect(!(passed.text + passed.errors).contains("Illegal function"), "\(passed)")
            try await eventually("the write is in the audit log", within: .seconds(5)) {
                let entries = try await bench.server.client.json("GET", "/api/v1/audit")["items"]?.elements ?? []
                return entries.contains {
                    $0["action"]?.string == "modbus.write" && $0["target"]?.string == "Machine room"
                        && $0["detail"]?.string?.contains("register 640 = 1") == true
                }
            }
        }
    }
}
