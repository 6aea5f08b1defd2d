/// Who may import whom.
enum ImportRules {
    /// The layer table of ARCHITECTURE.md: which of our own modules each module may import.
    static let layers: [String: Set<String>] = [
        "CCurl": [], "CDatagram": [], "CLibPQ": [], "CMosquitto": [], "CSnappy": [], "COpenSSL": [], "CProcess": [],
        "SNMP": ["CDatagram", "COpenSSL"], "Modbus": [], "TFTP": [],
        "PowerDevice": [], "Telemetry": ["PowerDevice"],
        "BACnet": [], "SSDP": [], "Syslog": [], "Alarming": ["PowerDevice"],
        "NetVision": ["BACnet", "CDatagram", "Modbus", "PowerDevice", "SNMP", "SSDP", "TFTP"],
        "UPSSimulation": ["Modbus", "PowerDevice"],
        "FleetServer": [
            "Alarming", "CCurl", "CLibPQ", "CMosquitto", "CProcess", "CSnappy", "Modbus", "NetVision", "PowerDevice", "SNMP", "Syslog",
            "TFTP",
            "Telemetry",
        ],
        "nvexplorer": ["NetVision", "PowerDevice", "SNMP", "TFTP"],
        "CardAgent": ["CProcess", "Modbus", "NetVision", "PowerDevice", "SNMP", "TFTP", "UPSSimulation"],
        "upssim": ["Modbus", "PowerDevice", "UPSSimulation"],
        "SNMPBenchmark": ["SNMP"], "TelemetryBenchmark": ["PowerDevice", "Telemetry"],
        "Fuzz": ["Alarming", "BACnet", "Modbus", "NetVision", "PowerDevice", "SNMP", "SSDP", "Syslog", "TFTP", "Telemetry"],
    ]

    /// C libraries of the system, which keep no rule of ours: a pure folder may import one only where it is named.
    static let systemLibraries: Set<String> = ["COpenSSL"]

    /// Modules that come with the toolchain.
    static let platform: Set<String> = [
        "Swift", "Darwin", "Foundation", "FoundationEssentials", "Dispatch", "Glibc", "Musl", "Synchronization", "SystemPackage",
    ]

    /// Modules whose types are part of a product's own interface.
    static let interfaces: [String: Set<String>] = ["Hummingbird": ["HTTPTypes", "HummingbirdCore"]]

    static let drawing = "See the layer table in ARCHITECTURE.md."

    /// The modules that a file imports, with the line of each.
    static func imports(in text: SwiftText) -> [(module: String, line: Int)] {
        let attributes = #"(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"#
        let kinds = "(?:(?:struct|class|enum|protocol|func|var|let|typealias) +)?"
        return occurrences(of: "^[ \\t]*" + attributes + "import +" + kinds + "([A-Za-z_]\\w*)", in: text.joinedCode).map {
            (module: $0.group, line: $0.line)
        }
    }

    /// Imports of a file in `Sources/` that point upwards, sideways, or to what its target does not declare.
    static func violations(in file: SourceTree.File, manifest: Manifest) -> [Violation] {
        let parts = file.path.split(separator: "/").map(String.init)
        guard parts.count > 2, parts[0] == "Sources" else { return [] }
        let module = parts[1]
        return imports(in: file.swift).compactMap { imported, line in
            complaint(module: module, imported: imported, folder: parts[2], manifest: manifest).map {
                Violation(path: file.path, line: line, message: $0)
            }
        }
    }

    private static func complaint(module: String, imported: String, folder: String, manifest: Manifest) -> String? {
        if imported == module || platform.contains(imported) { return nil }
        if layers[imported] != nil {
            guard let allowed = layers[module] else {
                return "the module \(module) has no layer. Give it a row here and in ARCHITECTURE.md."
            }
            if allowed.contains(imported) { return nil }
            return "\(module) may not import \(imported). Move what you need to a layer below both, or pass it in as a value. \(drawing)"
        }
        if imported == "GRDB", module != "TelemetryBenchmark",
            !["FleetServer/Database", "CardAgent/Logs", "Telemetry/Store"].contains("\(module)/\(folder)")
        {
            return "only FleetServer/Database, Telemetry/Store and CardAgent/Logs may import GRDB. Write plain SQL against what they lend."
        }
        let products = manifest.target(module)?.products ?? []
        if products.contains(imported) || products.contains(where: { interfaces[$0]?.contains(imported) == true }) { return nil }
        return "\(module) does not declare \(imported). Add the product to the target in Package.swift, or do without it."
    }

    /// Dependencies in the manifest that the layer table does not know.
    static func violations(in manifest: Manifest) -> [Violation] {
        manifest.targets.filter { $0.kind != "testTarget" }.flatMap { target -> [Violation] in
            guard let allowed = layers[target.name] else {
                let message = "the target \(target.name) has no layer. Give it a row in ImportRules.layers and in ARCHITECTURE.md."
                return [Violation(path: "Package.swift", line: 0, message: message)]
            }
            return target.modules.filter { !allowed.contains($0) }.map {
                Violation(path: "Package.swift", line: 0, message: "\(target.name) may not depend on \($0). \(drawing)")
            }
        }
    }
}
