import Testing

/// A card on a bad serial line helps itself.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct CardLineTests {
        /// upsEstimatedChargeRemaining and upsAlarmsPresent of RFC 1628.
        private static let charge = "1.3.6.1.2.1.33.1.2.4.0"
        private static let alarmsPresent = "1.3.6.1.2.1.33.1.6.1.0"

        @Test func noiseLostBytesAndAPulledCableAreSurvived() async throws {
            try await Scratch.with { scratch in
                let network = try LoopbackNetwork.free()
                // Of a thousand characters three are lost, changed or added.
                let first = try await start(baud: 9600, noise: 3000, network, scratch)
                try await withCard(network, scratch) { snmp in
                    try await force(61, network, scratch)
                    try await eventually("the card has found the rate, the map and the charge", within: .seconds(60)) {
                        try await snmp.value(Self.charge).integer == 61
                    }
                    try await force(43, network, scratch)
                    try await eventually("the card follows in spite of the noise", within: .seconds(30)) {
                        try await snmp.value(Self.charge).integer == 43
                    }
                    // Gone as a USB adapter is, path and all.
                    try await first.crash()
                    try await eventually("the card says that it has lost its UPS", within: .seconds(30)) {
                        try await snmp.value(Self.alarmsPresent).value == "Gauge32: 1"
                    }
                    let second = try await start(baud: 19200, noise: 3000, network, scratch)
                    try await force(57, network, scratch)
                    try await eventually("the card has found its UPS again, at another rate", within: .seconds(60)) {
                        try await snmp.value(Self.charge).integer == 57
                    }
                    await second.end()
                }
            }
        }

        @Test func aLineThatIsCutAndMendedIsUsedAgain() async throws {
            try await SimulatedUPS.with(.jbusp) { _, scratch in
                ["--pty", scratch.path("line"), "--baud", "57600"]
            } _: { ups, network in
                try await force(61, network, ups.scratch)
                try await withCard(network, ups.scratch) { snmp in
                    try await eventually("the card reads", within: .seconds(60)) { try await snmp.value(Self.charge).integer == 61 }
                    try await ups.control.json("PUT", "/faults/linkDown", body: [:])
                    try await eventually("the card says that it has lost its UPS", within: .seconds(30)) {
                        try await snmp.value(Self.alarmsPresent).value == "Gauge32: 1"
                    }
                    try await force(38, network, ups.scratch)
                    try await ups.control.json("DELETE", "/faults/linkDown")
                    try await eventually("the card reads again", within: .seconds(60)) { try await snmp.value(Self.charge).integer == 38 }
                }
            }
        }

        private func start(baud: Int, noise: Int, _ network: LoopbackNetwork, _ scratch: Scratch) async throws -> ProgramUnderTest {
            let program = try ProgramUnderTest.start(
                executable: Executable.built("upssim"),
                [
                    "--model", SimulatedUPS.Model.jbusp.rawValue, "--pty", scratch.path("line"), "--baud", "\(baud)", "--noise", "\(noise)",
                    "--control", network.endpoint(251, 9077),
                ], in: scratch)
            try await program.line(containing: "control")
            return program
        }

        /// Forces the charge of the battery.
        private func force(_ charge: Int, _ network: LoopbackNetwork, _ scratch: Scratch) async throws {
            let control = WebClient(base: "http://\(network.endpoint(251, 9077))", scratch: scratch)
            try await control.json("PUT", "/points/M04", body: ["value": .number(Double(charge))])
        }

        /// Runs a card that has to find out everything about the line by itself.
        private func withCard(_ network: LoopbackNetwork, _ scratch: Scratch, _ body: (SNMPPeer) async throws -> Void) async throws {
            let arguments = [
                "run", "--state", scratch.path("card"), "--address", network.host(1), "--port-offset", "\(network.portOffset)", "--device",
                "serial:\(scratch.path("line"))",
            ]
            try await ProgramUnderTest.with(executable: Executable.built("CardAgent"), arguments, in: scratch) { program in
                let snmp = SNMPPeer(
                    host: network.host(1), port: network.port(161), version: .v2c, community: "public", scratch: scratch)
                try await body(snmp)
            }
        }
    }
}
