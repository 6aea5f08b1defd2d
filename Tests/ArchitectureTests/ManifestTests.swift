import Testing

struct ManifestTests {
    static let sample = """
        let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
        let targets = [
            .target(
                name: "SNMP", dependencies: [nioCore], exclude: ["README.md"]),
            .executableTarget(name: "FleetServer", dependencies: ["SNMP", nioCore]),
            .testTarget(name: "SNMPTests", dependencies: ["SNMP"], resources: [.copy("Fixtures")]),
        ]
        """

    @Test func readsTargetsAndDependencies() {
        let manifest = Manifest(Self.sample)
        #expect(manifest.targets.map(\.name) == ["SNMP", "FleetServer", "SNMPTests"])
        #expect(manifest.target("FleetServer")?.modules == ["SNMP"])
        #expect(manifest.target("FleetServer")?.products == ["NIOCore"])
        #expect(manifest.target("SNMP")?.modules == [])
        #expect(manifest.target("SNMPTests")?.folder == "Tests/SNMPTests")
    }

    @Test func findsMissingAndUndeclaredFolders() {
        let strays = Manifest(Self.sample).strays(folders: ["Sources/SNMP", "Sources/Extra", "Tests/SNMPTests"])
        #expect(strays.map(\.path) == ["Package.swift", "Sources/Extra"])
        #expect(strays.first?.message.contains("Sources/FleetServer") == true)
    }

    @Test func everyTargetHasItsFolderAndEveryFolderItsTarget() throws {
        let tree = SourceTree.repository
        let manifest = Manifest(try #require(tree.file("Package.swift")).text)
        #expect(!manifest.targets.isEmpty, "no target was found: is Package.swift written in a way that Manifest.swift can't read?")
        expectNone(manifest.strays(folders: ["Sources", "Tests"].flatMap { top in tree.folders(in: top).map { "\(top)/\($0)" } }))
    }
}
