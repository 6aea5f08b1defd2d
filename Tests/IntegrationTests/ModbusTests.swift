import Testing

/// mbpoll reads the simulated UPS over TCP and over a serial line, and a card's Modbus TCP port.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(1))) struct ModbusTests {
        /// A000–A015.
        private static let alarms = 0x38
        /// M022, the battery's charge in per cent.
        private static let charge = 0x40 + 22

        /// Where mbpoll finds a device.
        enum Line {
            case tcp(host: String, port: Int)
            case serial(path: String)

            var arguments: [String] {
                switch self {
                case .tcp(let host, let port): ["-m", "tcp", "-p", "\(port)", host]
                case .serial(let path): ["-m", "rtu", "-b", "9600", "-P", "none", path]
                }
            }
        }

        /// Function 3 (holding registers) or 4 (input registers).
        private func read(_ address: Int, count: Int = 1, function: Int = 3, from line: Line, in scratch: Scratch) async throws -> [Int] {
            let table = function == 3 ? "4" : "3"
            // mbpoll takes the device as its last argument.
            let device = line.arguments.suffix(1)
            let output = try await Peer.run(
                "mbpoll",
                Array(line.arguments.dropLast()) + [
                    "-q", "-1", "-o", "2", "-a", "1", "-t", table, "-0", "-r", "\(address)", "-c", "\(count)",
                ]
                    + device, in: scratch)
            guard output.exitCode == 0 else { throw WebClient.Unexpected(description: "mbpoll \(output)") }
            return output.lines.filter { $0.hasPrefix("[") }.compactMap { line in
                line.split(separator: "\t").last.flatMap { Int($0.prefix { $0.isNumber || $0 == "-" }) }
            }
        }

        /// Lends a simulated UPS, and the address of its control.
        private func withUPS(
            _ place: (LoopbackNetwork, Scratch) -> ([String], Line), _ body: (Line, WebClient, Scratch) async throws -> Void
        ) async throws {
            try await Scratch.with { scratch in
                let network = try LoopbackNetwork.free()
                let (arguments, line) = place(network, scratch)
                let control = network.endpoint(251, 9077)
                try await ProgramUnderTest.with(
                    executable: Executable.built("upssim"), ["--model", "MASTERYS BC+", "--control", control] + arguments, in: scratch
                ) { program in
                    try await program.line(containing: "control")
                    try await body(line, WebClient(base: "http://\(control)", scratch: scratch), scratch)
                }
            }
        }

        private func withTCP(_ body: (Line, WebClient, Scratch) async throws -> Void) async throws {
            try await withUPS(
                { network, _ in
                    (["--listen", network.endpoint(5, 502)], .tcp(host: network.host(5), port: network.port(502)))
                }, body)
        }

        private func withSerialLine(_ body: (Line, WebClient, Scratch) async throws -> Void) async throws {
            try await withUPS({ _, scratch in (["--pty", scratch.path("ups.pty")], .serial(path: scratch.path("ups.pty"))) }, body)
        }

        @Test func mbpollReadsTheUPSOverTCP() async throws { try await withTCP(readsAndSees) }

        @Test func mbpollReadsTheUPSOverASerialLine() async throws { try await withSerialLine(readsAndSees) }

        private func readsAndSees(_ line: Line, _ control: WebClient, _ scratch: Scratch) async throws {
            #expect(try await read(Self.alarms, count: 8, from: line, in: scratch) == Array(repeating: 0, count: 8))
            let charge = try await read(Self.charge, from: line, in: scratch)
            #expect(charge.allSatisfy { (1...100).contains($0) } && charge.count == 1)
            #expect(try await read(Self.charge, function: 4, from: line, in: scratch) == charge)
            // A forced point shows in the registers before the PUT answers.
            try await control.json("PUT", "/points/A001", body: ["value": 1])
            #expect(try await read(Self.alarms, from: line, in: scratch) == [2])
            try await control.json("PUT", "/points/M022", body: ["value": 7])
            #expect(try await read(Self.charge, from: line, in: scratch) == [7])
            try await control.json("DELETE", "/points/A001")
            #expect(try await read(Self.alarms, from: line, in: scratch) == [0])
        }

        @Test func anAddressBeyondTheMapIsAnException() async throws {
            try await withTCP { line, _, scratch in
                await #expect(throws: WebClient.Unexpected.self) { _ = try await read(60_000, from: line, in: scratch) }
                let alarms = try await read(Self.alarms, from: line, in: scratch)
                #expect(alarms == [0])
            }
        }

        @Test func theSimulatorServesSeveralConnections() async throws {
            try await withTCP { line, _, scratch in
                guard case .tcp(let host, let port) = line else { return }
                let holder = try TCPConnection(to: host, port: port)
                defer { holder.close() }
                #expect(try await read(Self.alarms, from: line, in: scratch) == [0])
            }
        }

        @Test func aCardServesItsRegistersAndSeesAForcedPoint() async throws {
            try await CardFarm.with(count: 1) { farm in
                let card = Line.tcp(host: farm.network.host(1), port: farm.network.port(502))
                try await eventually("the card serves the charge", within: .seconds(10)) {
                    try await read(Self.charge, from: card, in: farm.scratch).first.map { (1...100).contains($0) } == true
                }
                try await farm.put("points/M022", ["value": 61], card: 1)
                try await eventually("the forced charge is served", within: .seconds(5)) {
                    try await read(Self.charge, from: card, in: farm.scratch) == [61]
                }
            }
        }

        @Test func aCardTakesOneConnectionAndClosesASecondAtOnce() async throws {
            try await CardFarm.with(count: 1) { farm in
                let host = farm.network.host(1)
                let port = farm.network.port(502)
                let first = try TCPConnection(to: host, port: port)
                defer { first.close() }
                // MBAP: transaction 1, protocol 0, 6 octets, unit 1; function 3, one register at 0x0056.
                let question: [UInt8] = [0, 1, 0, 0, 0, 6, 1, 3, 0, 0x56, 0, 1]
                try first.send(question)
                #expect(try first.receive(within: 5)?.prefix(8) == [0, 1, 0, 0, 0, 5, 1, 3])
                let second = try TCPConnection(to: host, port: port)
                defer { second.close() }
                #expect(try second.receive(within: 5) == [], "the second connection is not closed")
                try first.send(question)
                #expect(try first.receive(within: 5)?.count == 11)
                first.close()
                try await eventually("a new connection is served", within: .seconds(5)) {
                    let third = try TCPConnection(to: host, port: port)
                    defer { third.close() }
                    try third.send(question)
                    return try third.receive(within: 2)?.count == 11
                }
            }
        }

        @Test func modelsAreListedAndAnUnknownOneIsWrongUsage() async throws {
            try await Scratch.with { scratch in
                let list = try await Peer.runBuilt("upssim", ["--list-models"], in: scratch)
                #expect(list.exitCode == 0)
                #expect(list.text.contains("MASTERYS BC+\tVU-MAP"), "\(list)")
                let unknown = try await Peer.runBuilt("upssim", ["--model", "TOASTER", "--pty", scratch.path("p")], in: scratch)
                #expect(unknown.exitCode == 2, "\(unknown)")
            }
        }
    }
}
