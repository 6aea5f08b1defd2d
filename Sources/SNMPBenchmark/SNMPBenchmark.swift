import ArgumentParser

/// Our side of the SNMP benchmarks, measured as a process beside its peers. `bin/bench-snmp` runs both; docs/benchmarks.md has the results.
@main
struct SNMPBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "SNMPBenchmark", abstract: "Measures SNMPClient and TrapListener.",
        subcommands: [PollCommand.self, TrapsCommand.self])
}
