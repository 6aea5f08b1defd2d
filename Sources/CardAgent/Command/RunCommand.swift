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

            Once firmware has been installed, this process starts it and watches over it (docs/operations.md).

            The first admin password is the last six characters of the card's MAC address. It has to be changed before the card takes firmware \
            or restarts: nvexplorer passwd --direct ADDRESS, or, while the card does not run, CardAgent passwd --state DIR.

            Signals: SIGHUP restarts the card, SIGUSR1 resets its accounts, SIGUSR2 resets all settings.
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
            let handover = FirmwareHandover.received()
            if handover == nil, try SupervisorStart.isNeeded(in: state) {
                let keys = try options.trustedKeys()
                throw ExitCode(try await SupervisorStart.run(in: state, trustedKeys: keys, logger: logger))
            }
            do {
                try await runCard(handover, logger)
            } catch is CardStartsAgain {
                guard handover == nil else { throw ExitCode(Supervision.restartStatus) }
                throw SupervisorStart.becomeSupervisor()
            }
        }
    }

    private func runCard(_ handover: FirmwareHandover?, _ logger: Logger) async throws {
        let lock = try await StateLock.held(state, patience: .seconds(3))
        defer { lock.release() }
        let argument = try DeviceArgument(device)
        var plan = try CardIdentityChoice(state: state, mac: mac, address: address).plan(options)
        plan.firmwareHost = handover.map { .supervisor($0) } ?? .builtIn
        let (link, simulator) = try argument.link(seed: plan.seed)
        let group = MultiThreadedEventLoopGroup.singleton
        let listener = LANCardListener(on: group, port: CardPort.lan.number(options.offset), logger: logger)
        let logs = LogDatabase(path: "\(state)/card.sqlite", logger: logger)
        let card = try Card(
            plan, link: link, lanListener: listener, firmwareDirectory: SupervisorStart.firmware(in: state), sensor: try sensor(),
            logDatabase: logs, time: simulator.map { simulator in .host(ahead: { simulator.secondsAhead }) } ?? .host,
            eventLoopGroup: group,
            logger: logger)
        try await awaitPorts(of: card)
        try await logs.written { try await RunProgram(card: card, simulator: simulator, logger: logger).run() }
    }

    /// Waits for a predecessor that still is about to end. Only an address that can be had is remembered.
    private func awaitPorts(of card: Card) async throws {
        let chosen = address.flatMap(AddressRange.number)
        let settings = card.settings.settings
        try await PortProbe.await(at: chosen ?? settings.network.address, offset: options.offset, settings: settings)
        if let chosen {
            try card.settings.change(by: ChangeOrigin(.program, by: "--address")) {
                $0.network.move(to: chosen, mask: card.plan.network.mask)
            }
        }
    }
}
