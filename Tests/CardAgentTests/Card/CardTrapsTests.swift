import NIOCore
import NetVision
import PowerDevice
import SNMP
import Testing
import UPSSimulation

@testable import CardAgent

@Suite struct CardTrapsTests {
    private static let ops = Result { try USMUser(name: "ops", authentication: (.sha256, "authpass1"), privacy: (.aes128, "privpass1")) }

    /// Waits for the first complete poll.
    private func isPolled(_ farm: TestFarm) async throws -> Bool {
        try await eventually { farm.card.device.contents.snapshot.state.isCommunicating }
    }

    @Test func aMainsFailureIsToldToEachVersion() async throws {
        let user = try Self.ops.get()
        try await withTrapListener(users: [user], communities: ["public", "tr4ps"]) { log, address in
            let receivers: [TrapReceiver] = [
                .test(address) { $0.version = .v1 }, .test(address) { $0.community = "tr4ps" },
                .test(address) {
                    $0.version = .v3
                    $0.community = "ops"
                },
                .test(address) { $0.isConfirmed = true },
                .test(address) {
                    $0.version = .v3
                    $0.community = "ops"
                    $0.isConfirmed = true
                },
            ]
            try await withFarm(users: [CardUser(user: user, access: .readWrite)], trapReceivers: receivers) { farm async throws in
                #expect(try await isPolled(farm))
                #expect(log.all.isEmpty)
                try farm.simulator.apply(.mains(isPresent: false, voltage: nil, frequency: nil))
                farm.simulator.advance(by: .seconds(1))
                #expect(try await eventually { log.all.count { $0.notification.specificTrap == 15 } == receivers.count })
                let told = log.all.filter { $0.notification.specificTrap == 15 }
                #expect(told.count { $0.version == .v1 } == 1)
                #expect(told.count { $0.version == .v2c } == 2)
                #expect(told.count { $0.version == .v3 } == 2)
                #expect(told.count { $0.isInform } == 2)
                #expect(told.allSatisfy { $0.source.ipAddress == farm.card.address })
                let one = try #require(log.all.first { $0.notification.specificTrap == 1 }?.notification)
                #expect(one.bindings.map(\.name) == ["1.3.6.1.4.1.4555.1.1.7.1.2.3.0", "1.3.6.1.4.1.4555.1.1.7.1.2.2.0"])
                // Every half second in this test.
                #expect(try await eventually { log.all.count { $0.notification.specificTrap == 1 } >= 3 * receivers.count })
                #expect(try await eventually { farm.card.traps.statistics.sent > 0 })
                #expect(try await farm.value("1.3.6.1.2.1.11.29.0")?.number ?? 0 > 0)
            }
        }
    }

    @Test func aReceiverOfRFC1628GetsItsOwnTraps() async throws {
        try await withTrapListener { log, address in
            try await withFarm(trapReceivers: [.test(address) { $0.kind = .rfc1628 }]) { farm async throws in
                #expect(try await isPolled(farm))
                try farm.simulator.apply(.point("A018", 1))
                let added: OID = "1.3.6.1.2.1.33.2.3"
                #expect(try await eventually { log.all.contains { $0.notification.trapOID == added } })
                try farm.simulator.apply(.point("A018", 0))
                #expect(try await eventually { log.all.contains { $0.notification.trapOID == "1.3.6.1.2.1.33.2.4" } })
                let described = log.all.first { $0.notification.trapOID == added }?.notification.bindings.last?.value
                #expect(described == .objectIdentifier("1.3.6.1.2.1.33.1.6.3.3"))
                #expect(farm.card.traps.raise(UPSTrap.test) == 0)
                #expect(log.numbers.isEmpty)
            }
        }
    }

    @Test func theWayToTheUPSIsToldWhenItIsLostAndFound() async throws {
        try await withTrapListener { log, address in
            try await withFarm(trapReceivers: [.test(address)]) { farm async throws in
                #expect(try await isPolled(farm))
                farm.simulator.setLinkDown(true)
                #expect(try await log.has(14))
                farm.simulator.setLinkDown(false)
                #expect(try await log.has(25))
                #expect(log.numbers == [3, 14, 4, 25])
            }
        }
    }

    @Test func aRestartIsToldAndTheStateFoundAfterwardsIsNot() async throws {
        try await withTrapListener { log, address in
            try await withFarm(trapReceivers: [.test(address) { $0.isConfirmed = true }]) { farm async throws in
                #expect(try await isPolled(farm))
                try farm.simulator.apply(.point("A018", 1))
                #expect(try await log.has(10))
                farm.card.restart()
                #expect(try await log.has(27))
                #expect(try await eventually { farm.card.engine.identity.clock.boots == 2 })
                #expect(try await eventually { try await farm.value("1.3.6.1.4.1.4555.1.1.7.1.6.3.14.0")?.number == 1 })
                try farm.simulator.apply(.point("A001", 1))
                #expect(try await log.has(6))
                #expect(log.numbers.filter { $0 == 10 }.count == 1)
                #expect(log.numbers.filter { $0 == 3 }.count == 2)
            }
        }
    }

    /// On, off, on and off again in less than 5 s: the second pair waits.
    @Test func anEqualTrapWaitsForFiveSeconds() async throws {
        try await withTrapListener { log, address in
            try await withFarm(trapReceivers: [.test(address) { $0.filter = .events([19, 24]) }]) { farm async throws in
                #expect(try await isPolled(farm))
                let clock = ContinuousClock()
                let start = clock.now
                for value in [1, 0, 1] {
                    try farm.simulator.apply(.point("A015", value))
                    let revision = farm.card.device.revision
                    #expect(try await eventually { farm.card.device.revision > revision })
                }
                #expect(try await eventually { log.numbers == [19, 24, 19] })
                #expect(clock.now - start > .seconds(4.9))
            }
        }
    }

    @Test func anUnreachableCardTellsNothing() async throws {
        try await withTrapListener { log, address in
            try await withFarm(trapReceivers: [.test(address)]) { farm async throws in
                #expect(try await isPolled(farm))
                farm.card.faults.set(.unreachable)
                #expect(farm.card.traps.raise(UPSTrap.test) == 0)
                farm.card.faults.clear(.unreachable)
                #expect(farm.card.traps.raise(UPSTrap.test) == 1)
                #expect(try await log.has(42))
                #expect(log.numbers == [42])
            }
        }
    }

    @Test func aReceiverWithoutSuchAUserIsCounted() async throws {
        try await withTrapListener { log, address in
            let stranger = TrapReceiver.test(address) {
                $0.version = .v3
                $0.community = "nobody"
            }
            try await withFarm(trapReceivers: [stranger]) { farm async throws in
                #expect(farm.card.traps.raise(UPSTrap.test) == 0)
                #expect(farm.card.traps.statistics.dropped == 1)
            }
        }
    }

    @Test func aReceiverIsSetByItsTable() async throws {
        let row: OID = "1.3.6.1.4.1.4555.1.1.7.1.9.21.1"
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        try await withTrapListener(communities: ["nms"]) { log, address in
            try await withFarm(directory: scratch.path) { farm async throws in
                #expect(try await farm.value(row.appending(2, 8))?.text == "")
                let bindings = [
                    VariableBinding(row.appending(2, 5), .text(address.description)), VariableBinding(row.appending(3, 5), .text("nms")),
                    VariableBinding(row.appending(4, 5), .integer(3)),
                ]
                try await farm.manager.set(bindings, on: farm.target(community: "private"))
                #expect(farm.card.traps.raise(UPSTrap.test) == 1)
                #expect(try await log.has(42))
                for bad in [VariableBinding(row.appending(2, 5), .text("nowhere")), VariableBinding(row.appending(4, 5), .integer(4))] {
                    await #expect(throws: SNMPError.self) { try await farm.manager.set([bad], on: farm.target(community: "private")) }
                }
            }
            try await withFarm(directory: scratch.path) { farm async throws in
                #expect(try await farm.value(row.appending(2, 5))?.text == address.description)
                #expect(farm.card.traps.raise(UPSTrap.test) == 1)
            }
        }
    }
}
