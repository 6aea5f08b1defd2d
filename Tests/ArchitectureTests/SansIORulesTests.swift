import Testing

struct SansIORulesTests {
    @Test(arguments: [
        "let start = ContinuousClock.now", "let at = Date()", "let id = Int.random(in: 0...9)", "let text = \"\\(Date())\"",
        "let fd = socket(AF_INET, SOCK_DGRAM, 0)", "import Glibc", "import NIOPosix", "import FoundationEssentials", "Task { await run() }",
        "let id = UUID()", "func f(_ channel: any Channel) {}", "let now = NIODeadline.now()", "func f() async {}", "print(1)",
    ])
    func refusesWhatIsNotPure(_ source: String) {
        #expect(!SansIORules.violations(in: .init(path: "Sources/SNMP/Wire/PDU.swift", text: source)).isEmpty)
        #expect(!SansIORules.violations(in: .init(path: "Sources/NetVision/LANProtocol/Engine/Lock.swift", text: source)).isEmpty)
        #expect(SansIORules.violations(in: .init(path: "Sources/SNMP/Transport/Client.swift", text: source)).isEmpty)
    }

    @Test(arguments: [
        "import NIOCore", "import SNMP", "// Date() is the caller's", "let text = \"Date()\"", "let due = now + .seconds(5)",
        "var id = UInt16.random(in: 0...9, using: &generator)", "let instant: ContinuousClock.Instant", "func elapsed(now: Instant) {}",
        "let timeout = time + 1",
    ])
    func acceptsWhatIsPure(_ source: String) {
        expectNone(SansIORules.violations(in: .init(path: "Sources/SNMP/Engine/RequestTable.swift", text: source)))
    }

    @Test func letsCryptographyIntoSecurityOnly() {
        let source = "import Crypto\nimport NIOCore"
        #expect(SansIORules.violations(in: .init(path: "Sources/NetVision/LANProtocol/Security/Key.swift", text: source)).isEmpty)
        #expect(SansIORules.violations(in: .init(path: "Sources/NetVision/LANProtocol/Engine/Key.swift", text: source)).count == 1)
        #expect(SansIORules.violations(in: .init(path: "Sources/SNMP/Security/Key.swift", text: "import COpenSSL")).isEmpty)
        #expect(SansIORules.violations(in: .init(path: "Sources/SNMP/Wire/Key.swift", text: "import COpenSSL")).count == 1)
        #expect(SansIORules.violations(in: .init(path: "Sources/SNMP/Security/Key.swift", text: "let at = Date()")).count == 1)
        #expect(SansIORules.violations(in: .init(path: "Sources/FleetServer/Security/Key.swift", text: "import Glibc")).isEmpty)
    }

    @Test func declarationsNeedNoBuffer() {
        #expect(SansIORules.violations(in: .init(path: "Sources/NetVision/MIB/Points.swift", text: "import NIOCore")).count == 1)
        #expect(SansIORules.violations(in: .init(path: "Sources/NetVision/MIB/Points.swift", text: "import SNMP")).isEmpty)
    }

    @Test func wireAndEngineArePure() {
        let files = SourceTree.sources
        #expect(
            files.contains { SansIORules.pureFolder(of: $0.path) != nil },
            "no file in Wire/ or Engine/ was found; the rule would hold nothing")
        expectNone(files.flatMap(SansIORules.violations))
    }
}
