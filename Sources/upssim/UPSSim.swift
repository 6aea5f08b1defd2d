import ArgumentParser
import Modbus
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

    @Option(
        help: ArgumentHelp(
            "How many units work in parallel: 1 to 6, or 10 with VU-MAP; by default as the model's name says.", valueName: "count"))
    var units: Int?

    @Option(help: ArgumentHelp("How many power modules are in each unit, 1 to 8; by default as the model has them.", valueName: "count"))
    var modules: Int?

    @Option(
        help: ArgumentHelp(
            "Whether each unit of a parallel system has its bypass (distributed) or all have one (centralised).", valueName: "kind"))
    var bypass: SystemLayout.Bypass?

    @Flag(help: "A frequency converter: neither battery nor bypass.")
    var converter = false

    @Flag(help: "A power module that stands alone: no bypass of its own.")
    var noBypass = false

    @Flag(help: "Simulate an environment monitoring device (EMD) instead.")
    var emd = false

    @Option(help: ArgumentHelp("Serve Modbus RTU (unit 1) on a new pseudo-terminal with a link to it at this path.", valueName: "path"))
    var pty: String?

    @Option(help: ArgumentHelp("The rate of the line, with --pty: 2400, 9600, 19200 or 57600.", valueName: "baud"))
    var baud: Int = 9600

    @Option(help: ArgumentHelp("How many of a million characters the line spoils, with --pty.", valueName: "count"))
    var noise: Int = 0

    @Option(help: ArgumentHelp("Serve Modbus TCP there.", valueName: "host:port"))
    var listen: Endpoint?

    @Option(help: ArgumentHelp("A scenario to play (YAML or JSON), from the start on.", valueName: "file"))
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
        guard [2400, 9600, 19_200, 57_600].contains(baud) else {
            throw ValidationError("--baud must be 2400, 9600, 19200 or 57600, not \(baud).")
        }
        guard (0...1_000_000).contains(noise) else { throw ValidationError("--noise must be from 0 to 1000000, not \(noise).") }
    }

    var baudRate: BaudRate { BaudRate(rawValue: baud) ?? .baud9600 }

    func run() async throws {
        if listModels {
            for model in UPSModel.all { print("\(model.name)\t\(model.map.name)") }
            return
        }
        do {
            if emd {
                try await EnvironmentProgram(options: self).run()
            } else {
                try await Simulation(layout: layout(), options: self).run()
            }
        } catch let failure as StartFailure {
            throw stop(failure.description, code: 1)
        }
    }

    /// The model and its units and modules; leaves with 2 where they are not what there is.
    private func layout() throws -> SystemLayout {
        guard let model = UPSModel.named(model) else {
            throw stop("there is no model \"\(model)\". \(Self.knownModels)", code: 2)
        }
        do throws(SimulationError) {
            return try SystemLayout(
                model, units: units, modules: modules, bypass: bypass, isConverter: converter, hasNoBypass: noBypass)
        } catch {
            throw stop(error.description, code: 2)
        }
    }

    private static var knownModels: String {
        "There are:\n" + UPSModel.all.map { "  \($0.name)\t\($0.map.name)" }.joined(separator: "\n")
    }

    /// Says why on standard error, and leaves with that code.
    private func stop(_ reason: String, code: Int32) -> ExitCode {
        StandardError.write("upssim: \(reason)\n")
        return ExitCode(code)
    }
}

extension SystemLayout.Bypass: ExpressibleByArgument {}
