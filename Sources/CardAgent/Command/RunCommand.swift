import ArgumentParser
import Logging
import NIOPosix
import NetVision
import ServiceLifecycle
import UPSSimulation

/// `CardAgent run`: one card in front of one UPS.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs one card in front of a UPS.",
        discussion: """
            Example: CardAgent run --state ./card --address 127.77.1.1 --port-offset 10000 --device "sim:MASTERYS BC+"

            The admin password is the last six characters of the card's MAC address; it can't be changed yet.
            """)

    @Option(help: ArgumentHelp("Where the card keeps its settings and firmware; made if it isn't there.", valueName: "dir"))
    var state: String

    @Option(
        help: ArgumentHelp("The address of the card; without it the one in its settings, else this machine's first.", valueName: "ipv4"))
    var address: String?

    @Option(help: ArgumentHelp("The card's MAC address; without it the one in its settings, else a new one.", valueName: "mac"))
    var mac: String?

    @Option(
        help: ArgumentHelp(
            "The UPS: serial:/dev/ttyUSB0[?baud=auto&map=auto], tcp:HOST:PORT[?map=auto] or sim:MODEL[?units=U&modules=M].",
            valueName: "device"))
    var device: String

    @Option(
        help: ArgumentHelp(
            "The environment sensor at the EMD port: serial:PATH[?baud=9600], tcp:HOST:PORT or sim.", valueName: "sensor"))
    var emd: String?

    @OptionGroup var options: CardOptions

    func validate() throws {
        if let address, AddressRange.number(address) == nil {
            throw ValidationError("--address must be an IPv4 address, not \"\(address)\".")
        }
        if let mac, HardwareAddress(mac) == nil || HardwareAddress(mac) == .any {
            throw ValidationError("--mac must be like 00:E0:D8:FF:C1:90, not \"\(mac)\".")
        }
        do throws(DeviceArgument.Problem) {
            _ = try DeviceArgument(device)
        } catch {
            throw ValidationError("--device: \(error).")
        }
        do throws(SensorArgument.Problem) {
            _ = try sensor()
        } catch {
            throw ValidationError("--emd: \(error).")
        }
    }

    private func sensor() throws(SensorArgument.Problem) -> CardSensor? {
        guard let emd else { return nil }
        return CardSensor(try SensorArgument(emd).link().link)
    }

    func run() async throws {
        try await CommandExit.explaining("CardAgent run") {
            try StateFile.makeDirectory(state)
            let logger = options.logger()
            let argument = try DeviceArgument(device)
            let plan = try CardIdentityChoice(state: state, mac: mac, address: address).plan(options)
            let (link, simulator) = try argument.link(seed: plan.seed)
            let group = MultiThreadedEventLoopGroup.singleton
            let listener = LANCardListener(on: group, port: CardPort.lan.number(options.offset), logger: logger)
            let card = try Card(
                plan, link: link, lanListener: listener, firmwareDirectory: "\(state)/firmware", sensor: try sensor(),
                eventLoopGroup: group, logger: logger)
            if let address = address.flatMap(AddressRange.number) {
                // Only an address that can be had is remembered.
                if let failure = PortProbe.firstFailure(at: address, offset: options.offset, settings: card.settings.settings) {
                    throw failure
                }
                _ = card.settings.change { $0.network.address = address }
            }
            try await RunProgram(card: card, simulator: simulator, logger: logger).run()
        }
    }
}
