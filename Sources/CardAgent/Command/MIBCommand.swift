import ArgumentParser
import NetVision
import SNMP

/// `CardAgent mib`: the MIB files of what a card serves.
struct MIBCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mib",
        abstract: "Prints the MIB files of the card, or writes them.",
        discussion: """
            The card's own branches only: a monitoring system has the standard MIBs (UPS-MIB, SNMPv2-MIB).

            Example: CardAgent mib --out ~/.snmp/mibs && snmpwalk -m +NVFLEET-UPS-MIB …
            """)

    @Option(help: ArgumentHelp("A folder for one file per module; made if it isn't there.", valueName: "dir"))
    var out: String?

    func run() async throws {
        try await CommandExit.explaining("CardAgent mib") {
            guard let out else { return NVFleetModules.all.forEach { print($0.text, terminator: "") } }
            // For everybody: these are no secrets, and a monitoring system is somebody else.
            try StateFile.makeDirectory(out, mode: 0o755)
            for module in NVFleetModules.all {
                let path = "\(out)/\(module.name).mib"
                try StateFile.write(module.text, to: path, mode: 0o644)
                CommandExit.announce(path)
            }
        }
    }
}
