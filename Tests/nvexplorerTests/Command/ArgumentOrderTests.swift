import Testing

@testable import nvexplorer

@Suite struct ArgumentOrderTests {
    @Test(arguments: [
        (["list"], ["list"]),
        (["--direct", "list"], ["list", "--direct"]),
        (["--server", "http://x", "--json", "show", "12"], ["show", "12", "--server", "http://x", "--json"]),
        (["--port-offset=7", "ip", "set", "--dhcp"], ["ip", "set", "--dhcp", "--port-offset=7"]),
        (["--snmp-users", "f", "--direct", "list"], ["list", "--snmp-users", "f", "--direct"]),
        (["--direct", "show", "--", "-x"], ["show", "--direct", "--", "-x"]),
        (["--help"], ["--help"]),
        (["--server"], ["--server"]),
        (["list", "--direct"], ["list", "--direct"]),
    ])
    func putsGlobalOptionsBehindTheCommand(given: [String], expected: [String]) {
        #expect(ArgumentOrder.globalOptionsLast(given) == expected)
    }
}
