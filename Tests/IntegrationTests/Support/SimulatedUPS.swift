/// `upssim` with its control, for the time of a test.
struct SimulatedUPS: Sendable {
    /// A device of each register map, and what is forced to be read of it: control code, value, and where a client finds which word.
    enum Model: String, CaseIterable, Sendable {
        case vuMap = "MASTERYS BC+"
        case jbusp = "MASTERYS 3/3 UPS"
        case sts = "STATYS"

        struct Forced: Sendable {
            let code: String
            let value: Int
            let address: Int
            /// The word that is read; for a bit the others of its word are not known.
            let word: Int
            var mask = 0xFFFF
        }

        var forced: [Forced] {
            switch self {
            case .vuMap:
                [
                    Forced(code: "A001", value: 1, address: 0x0038, word: 2, mask: 2),
                    Forced(code: "M022", value: 61, address: 0x0056, word: 61),
                ]
            case .jbusp:
                [
                    Forced(code: "A01", value: 1, address: 0x1040, word: 2, mask: 2),
                    Forced(code: "M04", value: 61, address: 0x1064, word: 61),
                ]
            case .sts:
                [
                    Forced(code: "STS:0x0140.3", value: 1, address: 0x0140, word: 8, mask: 8),
                    Forced(code: "STS:0x0220", value: 4660, address: 0x0220, word: 4660),
                ]
            }
        }
    }

    let model: Model
    let control: WebClient
    let scratch: Scratch
    let program: ProgramUnderTest

    /// Starts it with `arguments`, of the network and the folder that it has, and lends it to `body`.
    static func with(
        _ model: Model, _ arguments: (LoopbackNetwork, Scratch) -> [String], _ body: (SimulatedUPS, LoopbackNetwork) async throws -> Void
    ) async throws {
        try await Scratch.with { scratch in
            let network = try LoopbackNetwork.free()
            let control = network.endpoint(251, 9077)
            try await ProgramUnderTest.with(
                executable: Executable.built("upssim"),
                ["--model", model.rawValue, "--control", control] + arguments(network, scratch), in: scratch
            ) { program in
                try await program.line(containing: "control")
                let client = WebClient(base: "http://\(control)", scratch: scratch)
                try await body(SimulatedUPS(model: model, control: client, scratch: scratch, program: program), network)
            }
        }
    }

    /// Forces what `model.forced` tells.
    func force() async throws {
        for point in model.forced { try await control.json("PUT", "/points/\(point.code)", body: ["value": .number(Double(point.value))]) }
    }

    /// What differs from what has been forced, as a client reads it; empty when all is right.
    func differences(seenBy client: ModbusPeer, at place: ModbusPeer.Place, function: Int = 3) async throws -> [String] {
        var differences: [String] = []
        for point in model.forced {
            let words = try await client.read(point.address, count: 4, function: function, from: place, in: scratch)
            if words.count != 4 || words[0] & point.mask != point.word { differences.append("\(point.code): \(words)") }
        }
        return differences
    }
}
