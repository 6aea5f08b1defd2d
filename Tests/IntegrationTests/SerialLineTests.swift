import Testing

/// Other people's Modbus programs read every register map, at every rate of a serial line and by TCP.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(2))) struct SerialLineTests {
        static let rates = [2400, 9600, 19200, 57600]

        @Test(arguments: SimulatedUPS.Model.allCases, rates)
        func everyClientReadsEveryMapAtEachRate(model: SimulatedUPS.Model, baud: Int) async throws {
            try await SimulatedUPS.with(model) { _, scratch in
                ["--pty", scratch.path("line"), "--baud", "\(baud)"]
            } _: { ups, _ in
                try await ups.force()
                let line = ModbusPeer.Place.serial(path: ups.scratch.path("line"), baud: baud)
                for client in ModbusPeer.allCases {
                    let differences = try await ups.differences(seenBy: client, at: line)
                    #expect(differences.isEmpty, "\(client)")
                }
            }
        }

        @Test(arguments: ModbusPeer.allCases) func aWrongRateIsNoAnswerAndTheRightOneIsAgain(client: ModbusPeer) async throws {
            try await SimulatedUPS.with(.jbusp) { _, scratch in
                ["--pty", scratch.path("line"), "--baud", "9600"]
            } _: { ups, _ in
                let path = ups.scratch.path("line")
                for baud in Self.rates where baud != 9600 {
                    await #expect(throws: ModbusPeer.NoAnswer.self, "\(baud)") {
                        _ = try await client.read(0x1020, count: 4, from: .serial(path: path, baud: baud), in: ups.scratch)
                    }
                }
                let words = try await client.read(0x1020, count: 6, from: .serial(path: path, baud: 9600), in: ups.scratch)
                #expect(words.count == 6)
            }
        }

        @Test(arguments: SimulatedUPS.Model.allCases) func everyClientReadsEveryMapByTCP(model: SimulatedUPS.Model) async throws {
            try await SimulatedUPS.with(model) { network, _ in
                ["--listen", network.endpoint(5, 502)]
            } _: { ups, network in
                try await ups.force()
                let place = ModbusPeer.Place.tcp(host: network.host(5), port: network.port(502))
                for client in ModbusPeer.allCases {
                    for function in [3, 4] {
                        let differences = try await ups.differences(seenBy: client, at: place, function: function)
                        #expect(differences.isEmpty, "\(client), function \(function)")
                    }
                    await #expect(throws: ModbusPeer.NoAnswer.self, "\(client)") {
                        _ = try await client.read(0xEA60, count: 1, from: place, in: ups.scratch)
                    }
                }
            }
        }

        @Test func aSlaveThatIsNotThereIsSilent() async throws {
            try await SimulatedUPS.with(.vuMap) { _, scratch in
                ["--pty", scratch.path("line"), "--baud", "57600", "--units", "2"]
            } _: { ups, _ in
                let line = ModbusPeer.Place.serial(path: ups.scratch.path("line"), baud: 57600)
                for slave in [1, 2, 3] {
                    let words = try await ModbusPeer.mbpoll.read(0x0056, count: 1, slave: slave, from: line, in: ups.scratch)
                    #expect(words.count == 1)
                }
                await #expect(throws: ModbusPeer.NoAnswer.self) {
                    _ = try await ModbusPeer.mbpoll.read(0x0056, count: 1, slave: 4, from: line, in: ups.scratch)
                }
            }
        }
    }
}
