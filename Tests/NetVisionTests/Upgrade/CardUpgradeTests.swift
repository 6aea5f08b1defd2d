import NIOCore
import PowerDevice
import SNMP
import Synchronization
import TFTP
import Testing

@testable import NetVision

/// The steps over real sockets, on a card that does as it is told.
@Suite struct CardUpgradeTests {
    private let card: ScriptedCard

    init() throws { card = ScriptedCard(try CardFixture.named("nv8.00_netys-rt")) }

    private func change(_ body: (inout ScriptedCard.State) -> Void) { card.state.withLock { body(&$0) } }

    @Test func inspectionTellsVersionUptimeAndState() async throws {
        try await card.withUpgrade { upgrade in
            let inspection = try await upgrade.inspect()
            #expect(inspection.version == "8.00")
            #expect(inspection.uptime == 1000)
            #expect(OperatingStatus(inspection.state) == .normal)
        }
    }

    @Test func silentCardIsUnreachable() async throws {
        change { $0.isSilent = true }
        try await card.withUpgrade { upgrade in
            await #expect(throws: UpgradeFailure.unreachable) { try await upgrade.inspect() }
        }
    }

    @Test func realCardNeedsNoUnlock() async throws {
        try await card.withUpgrade { try await $0.unlock() }
    }

    @Test(arguments: [OptionLimits(), OptionLimits(isNegotiating: false)])
    func imageArrivesWithAndWithoutOptions(limits: OptionLimits) async throws {
        let image = ByteBuffer(repeating: 0x5A, count: 70_000)
        try await card.withUpgrade(limits: limits) { upgrade in
            try await upgrade.transfer(image: image, name: "nv8", seconds: 30)
        }
        #expect(card.state.withLock { $0.received } == [image])
        #expect(card.state.withLock { $0.names } == ["nv8.bin"])
    }

    @Test func refusalComesInTheCardsWords() async throws {
        change { $0.refusal = TFTPErrorReply(.undefined, "the image is not signed") }
        try await card.withUpgrade { upgrade in
            await #expect(throws: UpgradeFailure.imageRefused("the image is not signed")) {
                try await upgrade.transfer(image: ByteBuffer(string: "x"), name: "a.bin")
            }
        }
    }

    @Test func awaitsTheRestart() async throws {
        try await card.withUpgrade { upgrade in
            let before = try await upgrade.inspect()
            change {
                $0.requestsToDrop = 3
                $0.version = "8.11"
                $0.uptime = 50
            }
            try await upgrade.awaitRestart(before: before, fromVersion: "8.00", expected: "8.11", seconds: 20)
            #expect(card.state.withLock { $0.requestsToDrop } == 0)
        }
    }

    @Test func saysThatTheCardNeverRestarted() async throws {
        try await card.withUpgrade { upgrade in
            let before = try await upgrade.inspect()
            await #expect(throws: UpgradeFailure.neverRestarted(version: "8.00")) {
                try await upgrade.awaitRestart(before: before, fromVersion: "8.00", expected: "8.11", seconds: 0.1)
            }
        }
    }

    @Test func saysThatTheCardNeverCameBack() async throws {
        try await card.withUpgrade { upgrade in
            let before = try await upgrade.inspect()
            change { $0.isSilent = true }
            await #expect(throws: UpgradeFailure.neverCameBack) {
                try await upgrade.awaitRestart(before: before, fromVersion: "8.00", expected: "8.11", seconds: 0.1)
            }
        }
    }

    @Test func verifiesVersionDeviceAndReadings() async throws {
        try await card.withUpgrade { upgrade in
            let before = try await upgrade.inspect()
            await #expect(throws: UpgradeFailure.wrongVersion(expected: "8.11", found: "8.00")) {
                try await upgrade.verify(expected: "8.11", before: before, seconds: 0.05)
            }
            #expect(try await upgrade.verify(expected: "8.00", before: before, seconds: 5).version == "8.00")
            // upsBatteryVoltage
            change { $0.absent = ["1.3.6.1.4.1.4555.1.1.7.1.2.5.0"] }
            await #expect(throws: UpgradeFailure.readingsLost(["battery.voltage"])) {
                try await upgrade.verify(expected: "8.00", before: before, seconds: 0.05)
            }
            #expect(try await upgrade.verify(expected: "8.00", seconds: 5).version == "8.00")
        }
    }

    @Test func verificationFailsWhereTheCardHasLostItsUPS() throws {
        let inspection = CardInspection(version: "8.41", uptime: 1, state: DeviceState(isCommunicating: false))
        #expect(CardUpgrade.problem(of: inspection, expected: "8.41", before: nil) == .deviceLost)
    }

    @Test func runTakesAllSteps() async throws {
        let image = try UpgradeImage(name: "nv8.bin", bytes: ByteBuffer(repeating: 1, count: 2000))
        try await card.withUpgrade { upgrade in
            // A vendor's image tells no version: the card's smaller uptime is what shows the restart.
            let after = try await upgrade.run(image, deadlines: .init(transfer: 20, restart: 20, verify: 20)) { step, _ in
                if step == .restart { card.state.withLock { $0.uptime = 10 } }
            }
            #expect(after.uptime == 0.1)
        }
        #expect(card.state.withLock { $0.received.count } == 1)
    }

    @Test func errorsOfTFTPAreTold() {
        #expect(CardUpgrade.failure(.refused(code: .diskFull, message: "")) == .imageRefused("TFTP error 3"))
        #expect(CardUpgrade.failure(.timeout(repetitions: 3)) == .transferStalled("no answer after 3 repetitions"))
        #expect(CardUpgrade.blamesOptions(.refused(code: .optionRefused, message: "")))
        #expect(!CardUpgrade.blamesOptions(.refused(code: .accessViolation, message: "locked")))
    }
}
