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
            ["discover", "--range", "10.1.0.0/16", "--method", "lan,snmp", "--interface", "eth0", "--no-follow", "--accept"],
            ["discover", "--method", "lan", "--packets-per-second", "100"], ["candidates"], ["candidates", "list", "--state", "new"],
            ["candidates", "accept", "1", "--name", "Rack 3", "--inherit", "Rack 2", "--tag", "a", "--tag", "b"],
            ["candidates", "ignore", "1", "2"], ["import", "cards.csv", "--dry-run"], ["import", "cards", "--format", "yaml"],
            ["export", "--format", "yaml", "--site", "Berlin"], ["sites"], ["sites", "add", "Berlin", "--gateway", "10.1.0.1"], ["tags"],
            ["tags", "rename", "old", "new"], ["groups"], ["groups", "add", "slow", "--site", "Berlin", "--poll", "30:300"],
            ["groups", "remove", "slow"], ["credentials"],
            ["credentials", "add", "v3", "--user", "nms", "--authentication", "SHA", "--privacy", "AES", "--secrets", "file"],
            ["credentials", "remove", "3"], ["set", "12", "--name", "Rack 3", "--site", "", "--poll", "10:60", "--protocol", "modbus"],
            ["set", "12", "--gateway-port", "1502", "--gateway-writes"], ["set", "12", "13", "--no-gateway", "--no-profile"],
            ["inherit", "12", "--from", "3"], ["health", "12"], ["gateway"], ["system", "--json"],
            ["history", "12", "--metric", "battery.charge", "--metric", "ups.load", "--from", "7d", "--step", "1h", "--csv"],
            ["profiles"], ["profiles", "show", "NV8", "--direct"], ["profiles", "check", "a.yaml"],
            ["searches"], ["searches", "list", "--last", "5"], ["searches", "show", "3", "--json"], ["searches", "cancel", "3", "4"],
            ["schedules"], ["schedules", "add", "nightly", "--every", "1d", "--range", "10.1.0.0/16", "--method", "snmp,lan", "--accept"],
            ["schedules", "change", "nightly", "--every", "12h", "--method", ""], ["schedules", "pause", "nightly", "3"],
            ["schedules", "resume", "nightly"], ["schedules", "remove", "1", "2"],
            ["rules"], ["rules", "add", "berlin", "--accept", "--range", "10.1.0.0/16", "--generation", "NV8", "--site", "Berlin"],
            ["rules", "change", "berlin", "--ignore", "--site", ""], ["rules", "change", "2", "--position", "0"],
            ["rules", "remove", "1", "2"],
            ["add", "10.1.0.5", "10.1.0.6", "--site", "Berlin", "--user", "nms", "--secrets", "f"], ["retire", "12", "Rack 3", "--yes"],
            ["set", "12", "13", "--snmp", "2c", "--secrets", "f"], ["set", "12", "--no-credentials"],
            ["set", "12", "--user", "nms", "--privacy", "none"], ["sites", "change", "Berlin", "--gateway", ""],
            ["groups", "change", "slow", "--status", "onBattery", "--no-poll"], ["credentials", "change", "core", "--group", ""],
            ["discover", "10.1.0.0/16", "--community", "x", "--snmp-users", "f"], ["set", "12", "--poll", "30"],
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
        ["discover"], ["discover", "10.1.0.0/16", "--method", "telepathy"], ["discover", "10.1.0.0/16", "--packets-per-second", "0"],
        ["candidates", "accept", "1", "2", "--name", "x"], ["candidates", "--direct"], ["import", "cards"], ["set", "12"],
        ["set", "12", "--tag", "a", "--no-tags"], ["set", "12", "13", "--name", "x"], ["set", "12", "--poll", "60:10"],
        ["set", "12", "--gateway-unit", "248"], ["set", "12", "--no-gateway", "--gateway-port", "1502"],
        ["history", "12"], ["history", "12", "--metric", "x", "--csv", "--json"],
        ["history", "12", "--metric", "x", "--from", "yesterday"],
        ["credentials", "add", "x", "--snmp", "3"], ["credentials", "add", "x", "--user", "u", "--privacy", "AES"],
        ["groups", "add", "x", "--poll", "0"], ["system", "--direct"],
        ["schedules", "add", "x", "--range", "10.1.0.0/16"], ["schedules", "add", "x", "--every", "10"], ["schedules", "change", "x"],
        ["schedules", "add", "x", "--every", "8d"], ["schedules", "add", "x", "--every", "1h", "--method", "telepathy"],
        ["rules", "add", "x"], ["rules", "add", "x", "--accept", "--ignore"], ["rules", "add", "x", "--accept", "--generation", "NV9"],
        ["rules", "change", "x"], ["searches", "list", "--last", "0"], ["searches", "show", "x"], ["searches", "--direct"],
        ["add"], ["add", "nowhere"], ["add", "10.1.0.5", "10.1.0.6", "--name", "x"], ["add", "10.1.0.5", "--snmp", "3"],
        ["add", "10.1.0.5", "--community", "x"], ["add", "10.1.0.5", "--user", "nms", "--privacy", "AES"], ["retire"],
        ["set", "12", "--community", "x"], ["set", "12", "--no-credentials", "--user", "x"], ["set", "12", "--snmp", "2c", "--user", "x"],
        ["set", "12", "--user", "x", "--authentication", "none", "--privacy", "AES"], ["set", "12", "--name", "x", "--secrets", "f"],
        ["set", "12", "--poll", "2.5:10"], ["set", "12", "--poll", "abc"], ["set", "12", "--poll", "10:"],
        ["sites", "change", "x"], ["groups", "change", "x"], ["groups", "change", "x", "--poll", "5", "--no-poll"],
        ["credentials", "change", "x"], ["credentials", "add", "x", "--user", "u", "--authentication", "none"],
        ["traps", "--listen", "somewhere"], ["traps", "--listen", "127.0.0.1:x"], ["traps", "--listen", "127.0.0.1:70000"],
        ["traps", "--listen", "[::1]x"], ["traps", "--count", "0"], ["traps", "--port-offset", "-1"],
    ])
    func wrongUsageIsRefused(line: [String]) {
        #expect { try NVExplorer.parseAsRoot(line) } throws: { NVExplorer.exitCode(for: $0) == .validationFailure }
    }
}
