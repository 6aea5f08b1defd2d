import Testing

/// A farm of software cards with its simulation control.
struct CardFarm: SharedBySuite {
    let network: LoopbackNetwork
    let scratch: Scratch
    let program: ProgramUnderTest
    let firmware: FirmwareWorkshop
    let control: WebClient

    static let slot = TaskLocal<CardFarm?>(wrappedValue: nil)

    static func lend(_ body: (CardFarm) async throws -> Void) async throws { try await with(count: 4, body) }

    /// - Parameters:
    ///   - network: where the cards are, if they have been there before: an address is remembered with the other settings.
    ///   - namespace: the network namespace of `network`; nil: ours.
    ///   - options: further arguments of the farm, of the network that it will have.
    static func with<Result>(
        count: Int, network: LoopbackNetwork? = nil, namespace: String? = nil, options: (LoopbackNetwork) -> [String] = { _ in [] },
        _ body: (CardFarm) async throws -> Result
    ) async throws -> Result {
        try await Scratch.with { scratch in
            let network = try network ?? LoopbackNetwork.free()
            let firmware = try await FirmwareWorkshop.open(in: scratch)
            let control = network.endpoint(251, 9077)
            let arguments =
                [
                    "farm", "--count", "\(count)", "--subnet", network.cidr, "--port-offset", "\(network.portOffset)", "--control", control,
                    "--trust-key", firmware.publicKey,
                ] + options(network)
            return try await ProgramUnderTest.with(
                executable: Executable.built("CardAgent"), arguments, in: scratch, namespace: namespace
            ) { program in
                let farm = CardFarm(
                    network: network, scratch: scratch, program: program, firmware: firmware,
                    control: WebClient(base: "http://\(control)", scratch: scratch, namespace: namespace))
                try await program.ready("the farm's control answers", within: .seconds(30)) {
                    let cards = try await farm.control.json("GET", "/cards").elements
                    return cards.count == count ? true : nil
                }
                return try await body(farm)
            }
        }
    }

    /// SNMP of the card with this number, counted from 1.
    func snmp(_ card: Int, version: SNMPPeer.Version = .v2c, community: String = "public") -> SNMPPeer {
        SNMPPeer(host: network.host(card), port: network.port(161), version: version, community: community, scratch: scratch)
    }

    /// The physics, points and firmware of a card.
    func state(of card: Int) async throws -> JSON { try await control.json("GET", "/cards/\(card)/state") }

    func put(_ what: String, _ value: JSON, card: Int) async throws {
        try await control.json("PUT", "/cards/\(card)/\(what)", body: value)
    }

    func delete(_ what: String, card: Int) async throws { try await control.json("DELETE", "/cards/\(card)/\(what)") }

    /// The version that runs on a card, as its control tells it.
    func version(of card: Int) async throws -> String? { try await state(of: card)["firmware"]?["version"]?.string }

    /// Images that a card has received completely since its start.
    func transfers(of card: Int) async throws -> Int? { try await state(of: card)["firmware"]?["transfers"]?.int }
}
