import Foundation
import Testing

/// Images whose payloads are programs: they are really started, and what does not come up is left again.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(6))) struct CardFirmwareTests {
        /// A payload that is no good, and a word of the reason that the card's log gives.
        struct BadPayload: Sendable {
            let name: String
            let octets: Data
            let reason: String
        }

        static let badPayloads = [
            BadPayload(
                name: "garbage", octets: Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }), reason: "can't be started"),
            BadPayload(name: "leaves", octets: Data("#!/bin/sh\nexit 3\n".utf8), reason: "exited with status 3"),
            BadPayload(name: "crashes", octets: Data("#!/bin/sh\nkill -SEGV $$\n".utf8), reason: "was ended by signal 11"),
            BadPayload(name: "hangs", octets: Data("#!/bin/sh\nexec sleep 600\n".utf8), reason: "did not become healthy within"),
        ]

        @Test func firmwareIsReallyStartedAndWhatIsNoGoodIsLeftAgain() async throws {
            try await CardWithFirmware.with { card in
                let program = try card.start(patience: 15)
                let process = program.process.pid
                try await program.line(containing: "SNMP")
                #expect(try await card.version() == "8.40")
                #expect(ProcessTable.children(of: process).isEmpty)
                try await upgrade(card, to: card.good("8.41"))
                try await comesUp(card, with: "8.41", program)
                #expect(runningFirmware(of: process) == ["CardAgent-a"])
                #expect(program.logged.contains("NET VISION UPS Agent Firmware upgrade"))
                for bad in Self.badPayloads {
                    let before = program.logged.count
                    try await upgrade(card, to: card.image(bad.name, version: "8.66", payload: bad.octets))
                    try await eventually("\(bad.name) is left again", within: .seconds(60)) {
                        program.logged.dropFirst(before).contains("Firmware fallback: 8.66 \(bad.reason)")
                    }
                    try await comesUp(card, with: "8.41", program)
                    #expect(runningFirmware(of: process) == ["CardAgent-a"])
                }
                try await upgrade(card, to: card.good("8.42"))
                try await comesUp(card, with: "8.42", program)
                #expect(runningFirmware(of: process) == ["CardAgent-b"])
                try await aCrashIsRepaired(card, program)
                await program.end()
                #expect(ProcessTable.children(of: process).isEmpty)
            }
        }

        private func aCrashIsRepaired(_ card: CardWithFirmware, _ program: ProgramUnderTest) async throws {
            let child = try #require(ProcessTable.children(of: program.process.pid).first)
            kill(child.pid, SIGKILL)
            try await eventually("the card is started again", within: .seconds(20)) {
                guard let now = ProcessTable.children(of: program.process.pid).first, now.pid != child.pid else { return false }
                return try await card.version() == "8.42"
            }
        }

        /// At random moments: the supervisor alone is killed, and what it has started must not outlive it.
        @Test func aCardThatIsKilledInAnUpgradeComesUpWithTheOldVersionOrTheNew() async throws {
            try await CardWithFirmware.with { card in
                var running = "8.40"
                for round in 1...8 {
                    let next = "8.\(40 + round)"
                    let image = try await card.good(next)
                    try await interrupt(card, image, after: .milliseconds(Int.random(in: 100...8000)))
                    let program = try card.start()
                    let found = try await program.ready("the card is back", within: .seconds(60)) { try await card.version() }
                    #expect(found == running || found == next, "round \(round)")
                    running = found
                    await program.end()
                }
            }
        }

        private func interrupt(_ card: CardWithFirmware, _ image: String, after pause: Duration) async throws {
            let program = try card.start()
            try await program.ready("the card is there", within: .seconds(60)) { try await card.version() }
            try await card.unlock()
            async let push = card.push(image)
            try await Task.sleep(for: pause)
            let children = ProcessTable.children(of: program.process.pid)
            program.process.signal(SIGKILL)
            try await eventually("it is dead", within: .seconds(5), every: .milliseconds(10)) { program.process.poll() }
            try await eventually("so is what it has started", within: .seconds(5), every: .milliseconds(10)) {
                children.allSatisfy { kill($0.pid, 0) != 0 }
            }
            await program.end()
            // Whether it came to its end does not matter.
            _ = try await push
        }

        private func upgrade(_ card: CardWithFirmware, to image: String) async throws {
            try await card.unlock()
            let output = try await card.push(image)
            #expect(output.exitCode == 0, "\(output)")
            try await eventually("the card goes away", within: .seconds(15)) { try await card.version() == nil }
        }

        private func comesUp(_ card: CardWithFirmware, with version: String, _ program: ProgramUnderTest) async throws {
            let found = try await program.ready("the card is back", within: .seconds(60)) { try await card.version() }
            #expect(found == version)
            // What it says when it serves; a moment later its supervisor has confirmed it.
            let confirmed = try await eventually("it is confirmed", within: .seconds(10)) {
                let manifest = try String(contentsOfFile: card.scratch.path("card/firmware/manifest"), encoding: .utf8)
                return manifest.hasSuffix("candidate -\ntrying 0\n") ? manifest : nil
            }
            #expect(confirmed.contains("active "))
        }

        private func runningFirmware(of process: pid_t) -> [String] {
            ProcessTable.children(of: process).map { URL(filePath: $0.executable).lastPathComponent }
        }
    }
}
