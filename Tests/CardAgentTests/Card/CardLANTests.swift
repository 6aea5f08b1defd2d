import NetVision
import PowerDevice
import SNMP
import Testing
import UPSSimulation

@testable import CardAgent

@Suite struct CardLANTests {
    @Test func everyCardAnnouncesItself() async throws {
        try await withFarm(count: 3) { farm async throws in
            #expect(try await eventually { farm.card.device.contents.snapshot.state.isCommunicating })
            let found = try await farm.discover(farm.farm.members.map(\.card.address))
            #expect(Set(found.map(\.card)) == Set(farm.farm.members.map(\.card.plan.mac)))
            let first = try #require(found.first { $0.card == farm.card.plan.mac })
            #expect(first.firmware == "8.40")
            #expect(first.serial == farm.simulator.unit.serial)
            #expect(first.model == farm.simulator.unit.model.name)
            #expect(first.systemName == farm.card.plan.systemName)
            #expect(AddressRange.text(first.network.address) == farm.card.address)
            #expect(!first.isUnlocked)
        }
    }

    @Test func aBroadcastReachesEveryCard() async throws {
        try await withFarm(count: 3) { farm async throws in
            let found = try await farm.discover(["127.255.255.255"])
            #expect(Set(found.map(\.card)) == Set(farm.farm.members.map(\.card.plan.mac)))
        }
    }

    @Test func theFirstPasswordUnlocksAndNoOther() async throws {
        try await withFarm { farm async throws in
            await #expect(throws: LANError.self) {
                try await farm.lan.order(.unlock, card: farm.card.plan.mac, at: farm.card.address, password: "000000")
            }
            try await farm.unlock()
        }
    }

    @Test func aCardMovesToAnotherAddress() async throws {
        try await withFarm { farm async throws in
            let old = farm.card.address
            var network = farm.card.settings.settings.network
            network.address += 100
            network.gateway = network.address + 1
            try await order(.setNetwork(network), farm)
            let new = AddressRange.text(network.address)
            #expect(try await eventually { try await farm.value(SystemObjects.name, at: new) != nil })
            #expect(try await farm.isSilent(at: old))
            #expect(farm.card.settings.settings.network == network)
        }
    }

    @Test func aCardStaysWhereItIsWhenItCanNotHaveTheAddress() async throws {
        try await withFarm { farm async throws in
            let before = farm.card.settings.settings.network
            // TEST-NET-1 (RFC 5737): nobody's.
            let foreign = try #require(NetworkSettings(address: "192.0.2.5", mask: "255.255.255.0", gateway: nil, usesDHCP: false))
            await #expect(throws: LANError.self) { try await order(.setNetwork(foreign), farm) }
            #expect(farm.card.settings.settings.network == before)
            #expect(try await farm.value(SystemObjects.name) != nil)
        }
    }

    @Test func theDHCPFlagIsKeptAndTheAddressToo() async throws {
        try await withFarm { farm async throws in
            let before = farm.card.settings.settings.network
            try await order(.setNetwork(NetworkSettings(address: 0, mask: 0, usesDHCP: true)), farm)
            #expect(farm.card.settings.settings.network.usesDHCP)
            #expect(farm.card.settings.settings.network.address == before.address)
        }
    }

    @Test func aRestartedCardIsAwayForAWhile() async throws {
        try await withFarm { farm async throws in
            try await order(.restart, farm)
            #expect(try await eventually { try await farm.isSilent() })
            #expect(try await eventually { try await farm.value(SystemObjects.name) != nil })
        }
    }

    @Test func aCardThatNeverRebootsGoesOn() async throws {
        try await withFarm { farm async throws in
            farm.card.faults.set(.neverReboot)
            #expect(try await eventually { try await farm.value(SystemObjects.uptime)?.number ?? 0 > 50 })
            try await order(.restart, farm)
            try await Task.sleep(for: CardTiming.quick.closing * 2)
            #expect(try await farm.value(SystemObjects.uptime)?.number ?? 0 > 50)
        }
    }

    @Test func aNewPasswordCountsAtOnceAndEndsTheUnlocks() async throws {
        try await withFarm { farm async throws in
            try await farm.unlock()
            #expect(try await farm.discover([farm.card.address]).first?.isUnlocked == true)
            try await order(.setPassword(AccountBook.password), farm)
            #expect(try await farm.discover([farm.card.address]).first?.isUnlocked == false)
            await #expect(throws: LANError.refused(LANResult(.notAuthentic, "The password is wrong."))) { try await farm.unlock() }
            try await farm.lan.order(.unlock, card: farm.card.plan.mac, at: farm.card.address, password: AccountBook.password)
        }
    }

    @Test func aPasswordThatIsNoneIsRefusedInWords() async throws {
        try await withFarm { farm async throws in
            let words = "The password needs 12 characters at least, an upper-case letter (A to Z), a digit (0 to 9), one of ! % # @ ^ *."
            await #expect(throws: LANError.refused(LANResult(.invalid, words))) { try await order(.setPassword("short"), farm) }
            try await farm.unlock()
        }
    }

    @Test func fiveWrongPasswordsLockTheHostOutAndAreTold() async throws {
        try await withTrapListener { log, address in
            try await withFarm(trapReceivers: [.test(address)]) { farm async throws in
                #expect(try await eventually { farm.card.device.contents.snapshot.state.isCommunicating })
                for _ in 0..<5 {
                    await #expect(throws: LANError.refused(LANResult(.notAuthentic, "The password is wrong."))) {
                        try await farm.lan.order(.unlock, card: farm.card.plan.mac, at: farm.card.address, password: "000000")
                    }
                }
                await #expect(throws: LANError.refused(LANResult(.lockedOut, "Too many wrong passwords.", seconds: 300))) {
                    try await farm.unlock()
                }
                #expect(try await log.has(UPSTrap.accountLocked))
                #expect(log.numbers.count { $0 == UPSTrap.accountLocked } == 1)
                #expect(!log.numbers.contains(UPSTrap.sessionOpened))
                let events = try await farm.card.logs.events(.cardEvents).records.map(\.text)
                #expect(events.contains("Account admin locked via NET VISION Explorer by 127.0.0.1"))
            }
        }
    }

    @Test func anUnlockIsASessionsTrapOnce() async throws {
        try await withTrapListener { log, address in
            try await withFarm(trapReceivers: [.test(address)]) { farm async throws in
                #expect(try await eventually { farm.card.device.contents.snapshot.state.isCommunicating })
                try await farm.unlock()
                #expect(try await log.has(UPSTrap.sessionOpened))
                try await farm.unlock()
                farm.card.traps.raise(UPSTrap.test)
                #expect(try await log.has(UPSTrap.test))
                #expect(log.numbers.count { $0 == UPSTrap.sessionOpened } == 1)
            }
        }
    }

    private func order(_ order: LANRequest.Order, _ farm: TestFarm) async throws {
        try await farm.lan.order(
            order, card: farm.card.plan.mac, at: farm.card.address, password: farm.card.plan.mac.firstPassword)
    }
}
