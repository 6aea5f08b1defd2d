import ArgumentParser
import Testing

@testable import nvexplorer

/// What the commands take and refuse before they do anything.
@Suite struct CommandLineTests {
    @Test func everyCommandParses() throws {
        let lines = [
            ["login", "-u", "olga", "--server", "http://192.0.2.1:8080"], ["logout"], ["discover", "10.1.0.0/16", "--no-accept"],
            ["list", "--status", "onBattery", "--model", "NETYS RT"], ["show", "12"],
            ["ip", "set", "12", "--address", "10.1.0.5", "--netmask", "255.255.0.0", "--gateway", "10.1.0.1", "--yes"],
            ["ip", "set", "12", "--dhcp"], ["unlock", "10.1.0.5", "--direct"], ["identify", "1", "2"], ["restart", "1"],
            ["upgrade", "--all", "--firmware", "3", "--canary", "1", "--wave", "25%", "--halt-failures", "2%"],
            ["upgrade", "10.1.0.5", "--firmware", "a.bin", "--direct", "--port-offset", "10000", "--restart-deadline", "20"],
            ["list", "--direct", "--snmp-users", "users", "--community", "c"], ["browse", "12"], ["firmware", "keygen", "--out", "k"],
            ["firmware", "pack", "--version", "8.41", "--payload", "p", "--out", "o.bin", "--minimum", "8.0", "--hardware", "NV8"],
            ["firmware", "sign", "--key", "k", "o.bin"], ["firmware", "inspect", "o.bin", "--trust-key", "k.pub"],
            ["firmware", "upload", "o.bin"], ["firmware", "list", "--json"],
            ["traps"],
            ["traps", "--listen", "[::1]:10162", "--community", "a", "--community", "b", "--users", "u", "--count", "1", "--json"],
        ]
        for line in lines { #expect(throws: Never.self, "\(line)") { try NVExplorer.parseAsRoot(line) } }
    }

    @Test(arguments: [
        ["ip", "set", "12"], ["ip", "set", "12", "--address", "10.1.0.0", "--netmask", "255.255.0.0"],
        ["ip", "set", "12", "--dhcp", "--address", "10.1.0.5"], ["upgrade", "--firmware", "3"],
        ["upgrade", "1", "--all", "--firmware", "3"], ["upgrade", "1", "--firmware", "3", "--direct", "--canary", "1"], ["unlock", "12"],
        ["list", "--port-offset", "20000"], ["list", "--server", "ftp://x"], ["list", "--direct", "--server", "http://x"],
        ["firmware", "pack", "--version", "new", "--payload", "p", "--out", "o"], ["firmware", "list", "--direct"],
        ["identify", "1", "--seconds", "0"], ["show", "1", "--password-stdin", "--ask-password"],
        ["traps", "--listen", "somewhere"], ["traps", "--listen", "127.0.0.1:x"], ["traps", "--listen", "127.0.0.1:70000"],
        ["traps", "--listen", "[::1]x"], ["traps", "--count", "0"], ["traps", "--port-offset", "-1"],
    ])
    func wrongUsageIsRefused(line: [String]) {
        #expect { try NVExplorer.parseAsRoot(line) } throws: { NVExplorer.exitCode(for: $0) == .validationFailure }
    }
}
