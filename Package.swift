// swift-tools-version: 6.2
import PackageDescription

// Read this file as the architecture: protocols at the bottom, what we know of the devices above them, programs on top.
// Imports go down only (Tests/ArchitectureTests holds the tree to it); ARCHITECTURE.md has the layer table.

let swiftSettings: [SwiftSetting] = [
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0480-swiftpm-warning-control.md
    .treatAllWarnings(as: .error),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
    .enableUpcomingFeature("InternalImportsByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0470-isolated-conformances.md
    .enableUpcomingFeature("InferIsolatedConformances"),
]

/// `bin/fuzz` sets this: our modules are then built with the coverage that libFuzzer goes by, and its driver is built too.
let isFuzzing = Context.environment["NVFLEET_FUZZ"] == "1"
let instrumented = swiftSettings + (isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"])] : [])

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncAlgorithms = Target.Dependency.product(name: "AsyncAlgorithms", package: "swift-async-algorithms")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioFoundationEssentials = Target.Dependency.product(name: "NIOFoundationEssentialsCompat", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let swiftProtobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "NVFleet",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.36.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.30.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // MARK: - C: libraries of the system, and what Swift's Glibc module does not show
        .target(name: "CDatagram"),
        .target(name: "CProcess"),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CMosquitto", pkgConfig: "libmosquitto", providers: [.apt(["libmosquitto-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSnappy", providers: [.apt(["libsnappy-dev"])]),

        // MARK: - Protocols: each knows its RFC and no card
        .target(
            name: "SNMP", dependencies: ["CDatagram", "COpenSSL", logging, nioCore, nioPosix, serviceLifecycle], exclude: ["README.md"],
            swiftSettings: instrumented),
        .target(
            name: "Modbus", dependencies: [logging, nioCore, nioPosix, serviceLifecycle], exclude: ["README.md"],
            swiftSettings: instrumented),
        .target(
            name: "TFTP", dependencies: [logging, nioCore, nioPosix, serviceLifecycle], exclude: ["README.md"], swiftSettings: instrumented
        ),

        .target(name: "BACnet", dependencies: [nioCore], exclude: ["README.md"], swiftSettings: instrumented),
        .target(
            name: "SSDP", dependencies: [nioCore, nioHTTP1, nioPosix], exclude: ["README.md"], swiftSettings: instrumented),

        .target(
            name: "Syslog", dependencies: [logging, nioCore, nioPosix, nioSSL, nioTLS, serviceLifecycle], exclude: ["README.md"],
            swiftSettings: instrumented),

        // MARK: - Domain: what a UPS is, and what a NET VISION card is
        .target(name: "PowerDevice", exclude: ["README.md"], swiftSettings: instrumented),
        .target(
            name: "NetVision",
            dependencies: [
                "BACnet", "CDatagram", "Modbus", "PowerDevice", "SNMP", "SSDP", "TFTP", crypto, cryptoExtras, logging, nioCore, nioPosix,
                serviceLifecycle, yams,
            ],
            exclude: ["LANProtocol/README.md"], swiftSettings: instrumented),
        .target(name: "Alarming", dependencies: ["PowerDevice", yams], exclude: ["README.md"], swiftSettings: instrumented),
        .target(
            name: "Telemetry", dependencies: ["PowerDevice", grdb, logging], exclude: ["README.md"], swiftSettings: instrumented),
        .target(
            name: "UPSSimulation",
            dependencies: [
                "Modbus", "PowerDevice", httpTypes, hummingbird, logging, nioCore, nioFoundationEssentials, nioPosix, serviceLifecycle,
                yams,
            ],
            swiftSettings: swiftSettings),

        // MARK: - Programs
        .executableTarget(
            name: "FleetServer",
            dependencies: [
                "Alarming", "CCurl", "CLibPQ", "CMosquitto", "CProcess", "CSnappy", "Modbus", "NetVision", "PowerDevice", "SNMP", "Syslog",
                "TFTP", "Telemetry", argumentParser, asyncAlgorithms, asyncHTTPClient, configuration, crypto, cryptoExtras, grdb, httpTypes,
                hummingbird, logging, nioCore, nioFoundationEssentials, nioHTTP1, nioPosix, nioSSL, serviceLifecycle, swiftProtobuf,
                systemPackage, yams,
            ],
            exclude: ["Features/RemoteWrite/Protocol/README.md", "Features/RemoteWrite/Protocol/remote.proto"], swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "nvexplorer",
            dependencies: [
                "NetVision", "PowerDevice", "SNMP", "TFTP", argumentParser, asyncHTTPClient, crypto, logging, nioCore, nioHTTP1, nioPosix,
                serviceLifecycle, unixSignals, yams,
            ], swiftSettings: swiftSettings),
        .executableTarget(
            name: "CardAgent",
            dependencies: [
                "CProcess", "Modbus", "NetVision", "PowerDevice", "SNMP", "TFTP", "UPSSimulation", argumentParser, crypto, cryptoExtras,
                grdb,
                hummingbird, logging,
                nioCore, nioPosix, serviceLifecycle, unixSignals, yams,
            ], swiftSettings: swiftSettings),
        .executableTarget(
            name: "upssim",
            dependencies: [
                "Modbus", "PowerDevice", "UPSSimulation", argumentParser, hummingbird, logging, nioCore, nioPosix, serviceLifecycle,
                unixSignals,
            ],
            swiftSettings: swiftSettings),

        // MARK: - Tests
        .testTarget(name: "ArchitectureTests", swiftSettings: swiftSettings),
        .testTarget(name: "SNMPTests", dependencies: ["SNMP", logging, nioCore, nioPosix], swiftSettings: swiftSettings),
        .testTarget(
            name: "ModbusTests", dependencies: ["Modbus", logging, nioCore, nioPosix, serviceLifecycle], swiftSettings: swiftSettings),
        .testTarget(name: "BACnetTests", dependencies: ["BACnet", nioCore], swiftSettings: swiftSettings),
        .testTarget(name: "SSDPTests", dependencies: ["SSDP", nioCore, nioHTTP1, nioPosix], swiftSettings: swiftSettings),
        .testTarget(
            name: "SyslogTests", dependencies: ["Syslog", logging, nioCore, nioPosix, nioSSL, serviceLifecycle],
            swiftSettings: swiftSettings),
        .testTarget(name: "AlarmingTests", dependencies: ["Alarming", "PowerDevice"], swiftSettings: swiftSettings),
        .testTarget(name: "TFTPTests", dependencies: ["TFTP", logging, nioCore, nioPosix], swiftSettings: swiftSettings),
        .testTarget(name: "PowerDeviceTests", dependencies: ["PowerDevice"], swiftSettings: swiftSettings),
        .testTarget(
            name: "NetVisionTests",
            dependencies: ["BACnet", "Modbus", "NetVision", "PowerDevice", "SNMP", "SSDP", crypto, logging, nioCore, nioPosix],
            exclude: ["Fixtures"], swiftSettings: swiftSettings),
        .testTarget(name: "TelemetryTests", dependencies: ["PowerDevice", "Telemetry", grdb], swiftSettings: swiftSettings),
        .testTarget(
            name: "UPSSimulationTests",
            dependencies: ["Modbus", "PowerDevice", "UPSSimulation", httpTypes, hummingbird, hummingbirdTesting, logging, nioCore],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "FleetServerTests",
            dependencies: [
                "Alarming", "CSnappy", "FleetServer", "Modbus", "NetVision", "PowerDevice", "SNMP", "Syslog", "Telemetry", configuration,
                crypto, httpTypes, hummingbird, hummingbirdTesting, logging, nioCore, nioHTTP1, nioPosix, swiftProtobuf,
            ], swiftSettings: swiftSettings),
        .testTarget(
            name: "CardAgentTests",
            dependencies: [
                "CardAgent", "Modbus", "NetVision", "PowerDevice", "SNMP", "TFTP", "UPSSimulation", grdb, logging, nioCore, nioPosix,
                serviceLifecycle,
            ], swiftSettings: swiftSettings),
        .testTarget(
            name: "nvexplorerTests",
            dependencies: ["nvexplorer", "NetVision", "PowerDevice", "SNMP", argumentParser, logging, nioCore, nioPosix],
            swiftSettings: swiftSettings),
        // Programs against programs that are not ours: the built products are run, nothing of ours is linked.
        .testTarget(
            name: "IntegrationTests", exclude: ["alarms", "clock", "discovery", "modbus", "notifications", "polling", "snmp", "web"],
            swiftSettings: swiftSettings),
    ]
)

if isFuzzing {
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "Alarming", "BACnet", "Modbus", "NetVision", "PowerDevice", "SNMP", "SSDP", "Syslog", "TFTP", "Telemetry", nioCore,
            ],
            swiftSettings: instrumented, linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
}

// `bin/bench-snmp` sets this: the program that is measured beside its peers is no part of the product.
if Context.environment["NVFLEET_BENCHMARKS"] == "1" {
    package.targets.append(
        .executableTarget(
            name: "SNMPBenchmark", dependencies: ["SNMP", argumentParser, nioCore, unixSignals],
            swiftSettings: swiftSettings))
    package.targets.append(
        .executableTarget(
            name: "TelemetryBenchmark", dependencies: ["PowerDevice", "Telemetry", argumentParser, grdb, logging],
            swiftSettings: swiftSettings))
}
