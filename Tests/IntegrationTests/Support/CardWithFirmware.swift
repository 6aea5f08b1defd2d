import Foundation
import Testing

/// `CardAgent run` in front of a simulated UPS, with a state directory that outlives it, and images whose payloads are programs.
struct CardWithFirmware: Sendable {
    let scratch: Scratch
    let network: LoopbackNetwork
    let workshop: FirmwareWorkshop
    /// Our own program as a payload.
    let payload: String

    static let address = 9
    private static let password = "Firmware#Slots42"
    private static let agentString = "1.3.6.1.4.1.4555.1.1.7.1.1.5.0"

    static func with(_ body: (CardWithFirmware) async throws -> Void) async throws {
        try await Scratch.with { scratch in
            let workshop = try await FirmwareWorkshop.open(in: scratch)
            let card = CardWithFirmware(
                scratch: scratch, network: try LoopbackNetwork.free(), workshop: workshop, payload: try await workshop.cardProgram())
            try await card.takePassword()
            try await body(card)
        }
    }

    /// A card takes firmware from who knows its password, once that is no more the first one.
    private func takePassword() async throws {
        let program = try start()
        try await program.ready("the card is there", within: .seconds(60)) { try await version() }
        let output = try await explore("passwd", input: Self.password)
        await program.end()
        guard output.exitCode == 0 else { throw WebClient.Unexpected(description: "passwd: \(output)") }
    }

    private func explore(_ command: String, input: String? = nil, environment: [String: String] = [:]) async throws -> Peer.Output {
        try await Peer.runBuilt(
            "nvexplorer", ["--direct", "--port-offset", "\(network.portOffset)", command, host], in: scratch, input: input,
            environment: environment)
    }

    var host: String { network.host(Self.address) }

    /// Starts it; `patience` is the seconds that new firmware has to become healthy.
    func start(patience: Int = 20) throws -> ProgramUnderTest {
        try ProgramUnderTest.start(
            executable: Executable.built("CardAgent"),
            [
                "run", "--state", scratch.path("card"), "--address", host, "--port-offset", "\(network.portOffset)", "--device",
                "sim:MASTERYS BC+", "--trust-key", workshop.publicKey, "--log-level", "info",
            ], in: scratch, environment: ["NVFLEET_FIRMWARE_PATIENCE": "\(patience)"])
    }

    /// What it says by SNMP: `8.41`; nil while it does not answer.
    func version() async throws -> String? {
        let peer = SNMPPeer(host: host, port: network.port(161), version: .v2c, community: "public", scratch: scratch)
        let output = try await peer.run("snmpget", [Self.agentString], timeout: 1, retries: 0)
        guard output.exitCode == 0, let text = SNMPPeer.bindings(output).first?.string else { return nil }
        return text.split(separator: " v").last.map(String.init)
    }

    func unlock() async throws {
        let output = try await explore("unlock", environment: ["NVEXPLORER_CARD_PASSWORD": Self.password])
        guard output.exitCode == 0 else { throw WebClient.Unexpected(description: "unlock: \(output)") }
    }

    /// Sends an image; curl's words are for the test to judge.
    func push(_ image: String) async throws -> Peer.Output {
        try await Peer.run(
            "curl",
            ["-q", "-sS", "-m", "60", "--tftp-blksize", "32768", "-T", image, "tftp://\(host):\(network.port(69))/card.bin"], in: scratch,
            within: .seconds(70))
    }

    /// An image of our own program that calls itself `version`.
    func good(_ version: String) async throws -> String {
        try await workshop.image("good-\(version).bin", version: version, payload: payload, signedBy: workshop.key)
    }

    /// An image of `payload`.
    func image(_ name: String, version: String, payload: Data) async throws -> String {
        let file = try scratch.write(payload, as: "\(name).payload")
        return try await workshop.image("\(name).bin", version: version, payload: file, signedBy: workshop.key)
    }
}

/// What the process table tells.
enum ProcessTable {
    /// The programs that a process has started and that still run.
    static func children(of parent: pid_t) -> [(pid: pid_t, executable: String)] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { pid_t($0) }.compactMap { pid in
            guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
                // The name before may hold blanks and parentheses.
                let fields = text.split(separator: ")").last?.split(separator: " "), fields.count > 1, fields[0] != "Z",
                pid_t(fields[1]) == parent,
                let executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe")
            else { return nil }
            return (pid, executable)
        }
    }
}
