import ArgumentParser
import PowerDevice
import UPSSimulation

/// A UPS that answers Modbus like a real one, with physics and scenarios.
@main
struct UPSSim: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upssim",
        abstract: "Simulates a UPS that answers Modbus, by serial line or TCP.",
        discussion: """
            Example: upssim --model "MASTERYS BC+" --listen 127.0.0.1:1502 --control 127.0.0.1:19077
            Then:    mbpoll -m tcp -p 1502 -a 1 -t 4:hex -0 -r 0x30 -c 16 127.0.0.1
                     curl -X PUT -d '{"present": false}' http://127.0.0.1:19077/mains
            """)

    @Option(help: "What to simulate; --list-models prints the names.")
    var model = "MASTERYS BC+"

    @Option(help: ArgumentHelp("Serve Modbus RTU (unit 1) on a new pseudo-terminal with a link to it at this path.", valueName: "path"))
    var pty: String?

    @Option(help: ArgumentHelp("Serve Modbus TCP there.", valueName: "host:port"))
    var listen: Endpoint?

    @Option(help: ArgumentHelp("A scenario to play (JSON), from the start on.", valueName: "file"))
    var scenario: String?

    @Option(help: ArgumentHelp("Simulated seconds in a second, 0 to 3600.", valueName: "factor"))
    var speed = 1.0

    @Option(help: ArgumentHelp("Offer the simulation control (HTTP) there.", valueName: "host:port"))
    var control: Endpoint?

    @Option(help: "Which machine of the model: serial number, battery, load and room follow from it.")
    var seed: UInt64 = 1

    @Flag(help: "Print the names of the models with their register maps.")
    var listModels = false

    func validate() throws {
        guard !listModels else { return }
        guard (pty == nil) != (listen == nil) else { throw ValidationError("Give either --pty PATH or --listen HOST:PORT.") }
        guard UPSSimulator.speeds.contains(speed) else { throw ValidationError("--speed must be from 0 to 3600, not \(speed).") }
    }

    func run() async throws {
        if listModels {
            for model in UPSModel.catalogue { print("\(model.name)\t\(model.map.name)") }
            return
        }
        guard let model = UPSModel.named(model) else {
            throw stop("there is no model \"\(model)\". \(Self.knownModels)", code: 2)
        }
        do {
            try await Simulation(model: model, options: self).run()
        } catch let failure as StartFailure {
            throw stop(failure.description, code: 1)
        }
    }

    private static var knownModels: String {
        "There are:\n" + UPSModel.catalogue.map { "  \($0.name)\t\($0.map.name)" }.joined(separator: "\n")
    }

    /// Says why on standard error, and leaves with that code.
    private func stop(_ reason: String, code: Int32) -> ExitCode {
        StandardError.write("upssim: \(reason)\n")
        return ExitCode(code)
    }
}
