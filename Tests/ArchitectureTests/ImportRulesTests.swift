import Testing

struct ImportRulesTests {
    static let manifest = Manifest(
        """
        let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
        let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
        let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
        let targets = [
            .target(name: "SNMP", dependencies: [nioCore]),
            .target(name: "NetVision", dependencies: ["SNMP", nioCore]),
            .executableTarget(name: "FleetServer", dependencies: ["SNMP", "NetVision", grdb, hummingbird]),
        ]
        """)

    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let source: String
        /// A part of the message; nil when the import is right.
        let complaint: String?

        var testDescription: String { "\(source) in \(path)" }
    }

    static let cases = [
        Case(path: "Sources/SNMP/Wire/PDU.swift", source: "import NIOCore", complaint: nil),
        Case(path: "Sources/SNMP/Wire/PDU.swift", source: "import NetVision", complaint: "may not import NetVision"),
        Case(path: "Sources/SNMP/Wire/PDU.swift", source: "package import Modbus", complaint: "may not import Modbus"),
        Case(path: "Sources/SNMP/Wire/PDU.swift", source: "@preconcurrency import Hummingbird", complaint: "does not declare Hummingbird"),
        Case(path: "Sources/SNMP/Wire/PDU.swift", source: "// import NetVision", complaint: nil),
        Case(path: "Sources/NetVision/MIB/Table.swift", source: "import struct SNMP.OID", complaint: nil),
        Case(path: "Sources/NetVision/MIB/Table.swift", source: "import FleetServer", complaint: "may not import FleetServer"),
        Case(path: "Sources/FleetServer/Database/Seam.swift", source: "import GRDB", complaint: nil),
        Case(
            path: "Sources/FleetServer/Features/Cards/CardStore.swift", source: "import GRDB",
            complaint: "only FleetServer/Database"),
        Case(path: "Sources/FleetServer/HTTP/Problem.swift", source: "import HTTPTypes", complaint: nil),
        Case(path: "Sources/Extra/File.swift", source: "import SNMP", complaint: "has no layer"),
    ]

    @Test(arguments: cases)
    func judgesImports(_ example: Case) {
        let violations = ImportRules.violations(in: .init(path: example.path, text: example.source), manifest: Self.manifest)
        if let complaint = example.complaint {
            #expect(violations.count == 1)
            #expect(violations.first?.message.contains(complaint) == true, "\(violations)")
        } else {
            #expect(violations.isEmpty, "\(violations)")
        }
    }

    @Test func refusesUpwardDependenciesInTheManifest() {
        let manifest = Manifest(#"[.target(name: "SNMP", dependencies: ["NetVision"]), .target(name: "Extra")]"#)
        #expect(ImportRules.violations(in: manifest).count == 2)
    }

    @Test func importsGoDownOnly() throws {
        let tree = SourceTree.repository
        let manifest = Manifest(try #require(tree.file("Package.swift")).text)
        expectNone(ImportRules.violations(in: manifest))
        expectNone(SourceTree.sources.flatMap { ImportRules.violations(in: $0, manifest: manifest) })
    }

    @Test func theLayerTableNamesOnlyModulesThatExist() {
        let folders = Set(SourceTree.repository.folders(in: "Sources"))
        for module in ImportRules.layers.keys.sorted() {
            #expect(folders.contains(module), "ImportRules.layers names \(module), which is not in Sources/. Remove the row.")
        }
    }
}
