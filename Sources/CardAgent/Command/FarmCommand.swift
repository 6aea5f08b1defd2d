import ArgumentParser
import Logging
import NetVision
import ServiceLifecycle
import UPSSimulation

/// `CardAgent farm`: many cards in one process, each with a simulated UPS.
struct FarmCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "farm",
        abstract: "Runs many cards in front of simulated UPS, one on each address of a network.",
        discussion: """
            Example: CardAgent farm --count 12 --subnet 127.77.0.0/24 --port-offset 10000 --control 127.0.0.1:19077
            Then:    snmpwalk -v2c -c public 127.77.0.1:10161 1.3.6.1.2.1.33
                     curl -X PUT -d '{"present": false}' http://127.0.0.1:19077/cards/1/mains

            The first password of a card is the last six characters of its MAC address.
            """)

    @Option(help: ArgumentHelp("How many cards.", valueName: "n"))
    var count: Int

    @Option(help: ArgumentHelp("The network whose first addresses the cards have, such as 127.77.0.0/24.", valueName: "cidr"))
    var subnet: String

    @Option(help: "Another number makes other machines; the same number makes the same.")
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "\"mixed\", or a YAML file that lists devices: [{model: NAME, count: N, units: U, modules: M}, …].",
            valueName: "mixed|file.yaml"))
    var profile = "mixed"

    @Option(help: ArgumentHelp("Offer the simulation control (HTTP) there.", valueName: "host:port"))
    var control: Endpoint?

    @Option(help: ArgumentHelp("Keep settings and firmware there. Without it they are gone when the farm ends.", valueName: "dir"))
    var state: String?

    @OptionGroup var options: CardOptions

    static let largestFarm = 10_000

    func validate() throws {
        guard (1...Self.largestFarm).contains(count) else {
            throw ValidationError("--count must be from 1 to \(Self.largestFarm), not \(count).")
        }
        guard subnet.contains("/"), let range = AddressRange(subnet) else {
            throw ValidationError("--subnet must be an IPv4 network such as 127.77.0.0/24, not \"\(subnet)\".")
        }
        guard range.count >= count else {
            throw ValidationError(
                "--subnet \(subnet) has \(range.count) addresses; \(count) cards need a larger one, or --count a smaller number.")
        }
    }

    func run() async throws {
        try await CommandExit.explaining("CardAgent farm") {
            let logger = options.logger()
            guard let range = AddressRange(subnet) else { throw CommandFailure("\"\(subnet)\" is no network.") }
            var plan = FarmPlan(
                count: count, subnet: range, portOffset: options.offset, seed: seed, layouts: try layouts(), directory: state,
                trustedKeys: try options.trustedKeys())
            plan.preload(users: try options.users(), trapReceivers: try options.trapReceivers())
            let farm = try Farm(plan, logger: logger)
            try await FarmProgram(farm: farm, control: control, portOffset: options.offset, logger: logger).run()
        }
    }

    private func layouts() throws(CommandFailure) -> [SystemLayout] {
        if profile == "mixed" { return FarmProfile.mixed }
        guard let document = try CardOptions.read(profile) else {
            throw CommandFailure("--profile must be \"mixed\" or a file; there is no file \(profile).")
        }
        do throws(FarmProfile.Problem) {
            return try FarmProfile.layouts(document)
        } catch {
            throw CommandFailure("--profile \(profile), \(error)")
        }
    }
}
