import Foundation
import Testing

/// net-snmp's commands, and snmpsim's recorder, read a software card.
extension CardLane {
    @Suite(.serialized, .sharing(CardFarm.self), .timeLimit(.minutes(2))) struct CardAgentSNMPTests {
        private static let everything = "1.3.6.1"
        private static let ups = "1.3.6.1.4.1.4555.1.1.7.1"
        private static let rfc1628 = "1.3.6.1.2.1.33.1"

        /// Scalars of SOCOMECUPS-MIB 8.11 that real cards answer as INTEGER, without the last `.0`.
        private static let scalars =
            (1...9).map { "2.\($0)" } + ["3.1", "3.2", "4.1", "4.2", "4.3", "4.5", "4.6", "4.7", "5.1", "5.2", "6.1"]
            + (1...62).map { "6.3.\($0)" } + (1...4).map { "8.\($0)" }
        /// Scalars that are texts.
        private static let texts = (1...8).map { "1.\($0)" }

        /// UPS-MIB, RFC 1628 §3.
        private static let rfcIntegers = ["2.1", "2.2", "2.4", "2.5", "2.6", "2.7", "3.2", "4.1", "4.2", "4.3", "5.1", "5.2", "9.1", "9.2"]

        @Test func everyWayToWalkFindsTheSameObjects() async throws {
            let farm = try CardFarm.shared
            let first = try await farm.snmp(1, version: .v1).ask("snmpwalk", [Self.everything])
            let second = try await farm.snmp(1, version: .v2c).ask("snmpwalk", [Self.everything])
            let bulk = try await farm.snmp(1, version: .v2c).ask("snmpbulkwalk", ["-Cr40", Self.everything])
            let ends = second.filter { !$0.value.hasPrefix("No more variables") }
            #expect(first.count > 300)
            #expect(first.map(\.name) == ends.map(\.name))
            #expect(first.map(\.type) == ends.map(\.type))
            let bulkEnds = bulk.filter { !$0.value.hasPrefix("No more variables") }
            #expect(bulkEnds.map(\.name) == ends.map(\.name))
            #expect(bulkEnds.map(\.type) == ends.map(\.type))
        }

        /// pysnmp's walk of a subtree: one line of `name=value` for each object.
        private static let otherWalk = """
            import asyncio, sys
            from pysnmp.hlapi.v3arch.asyncio import *
            async def walk(host, port, root):
                target = await UdpTransportTarget.create((host, int(port)), timeout=3, retries=1)
                async for error, status, _, bindings in walk_cmd(
                    SnmpEngine(), CommunityData("public", mpModel=1), target, ContextData(), ObjectType(ObjectIdentity(root)),
                    lexicographicMode=False, lookupMib=False):
                    if error or status:
                        sys.exit(f"{error} {status}")
                    for name, value in bindings:
                        print(f"{name}={value}")
            asyncio.run(walk(*sys.argv[1:]))
            """

        @Test func anotherToolReadsTheSameTexts() async throws {
            let farm = try CardFarm.shared
            let peer = farm.snmp(1)
            let output = try await Peer.run(
                "python3", ["-c", Self.otherWalk, peer.host, "\(peer.port)", "\(Self.ups).1"], in: farm.scratch, within: .seconds(40))
            #expect(output.exitCode == 0, "\(output)")
            let ident = try await peer.ask("snmpwalk", ["\(Self.ups).1"])
            #expect(ident.count == Self.texts.count)
            #expect(output.lines == ident.map { "\($0.name)=\($0.string ?? "")" })
        }

        @Test func theSystemGroupIsThatOfAVersion8Card() async throws {
            let farm = try CardFarm.shared
            let system = try await farm.snmp(1).ask("snmpget", (1...7).map { "1.3.6.1.2.1.1.\($0).0" })
            #expect(system[0].string == "NetVision-8")
            #expect(system[1].value == "OID: .1.3.6.1.4.1.4555.1.1.7")
            #expect(system[2].type == "Timeticks")
            for text in system[3...5] { #expect(text.type == "STRING") }
            #expect(system[6].integer == 72)
        }

        @Test func theTextsSayWhoItIs() async throws {
            let farm = try CardFarm.shared
            let texts = try await farm.snmp(1).ask("snmpget", Self.texts.map { "\(Self.ups).\($0).0" })
            let model = try #require(try await farm.control.json("GET", "/cards")[0]?["model"]?.string)
            for text in texts { #expect(text.type == "STRING", "\(text)") }
            #expect(texts[0].string == model)
            #expect(texts[1].string?.isEmpty == false)
            #expect(texts[4].string == "Net Vision 8 v8.40")
        }

        @Test func everyNumberIsAnInteger() async throws {
            let farm = try CardFarm.shared
            let walk = try await farm.snmp(1).ask("snmpbulkwalk", [Self.ups])
            let names = Set(walk.map(\.name))
            for scalar in Self.scalars { #expect(names.contains("\(Self.ups).\(scalar).0"), "\(scalar) is missing") }
            let groups = (2...8).map { "\(Self.ups).\($0)." }
            // The schedules have times of day, and the one of special days has dates.
            let times = ["5.1.3", "5.1.5", "6.1.2", "6.1.3", "6.1.4", "6.1.5", "7.1.3", "7.1.5"].map { "\(Self.ups).7.\($0)." }
            let numbers = walk.filter { binding in
                groups.contains(where: binding.name.hasPrefix) && !times.contains(where: binding.name.hasPrefix)
            }
            for number in numbers { #expect(number.integer != nil, "\(number)") }
        }

        @Test func thereAre62AlarmFlagsAndNoneIsSet() async throws {
            let farm = try CardFarm.shared
            let flags = try await farm.snmp(1).ask("snmpwalk", ["\(Self.ups).6.3"])
            #expect(flags.map(\.name) == (1...62).map { "\(Self.ups).6.3.\($0).0" })
            #expect(flags.allSatisfy { $0.integer == 0 })
            #expect(try await farm.snmp(1).value("\(Self.ups).6.1.0").integer == 0)
        }

        @Test(arguments: SNMPPeer.Version.allCases) func theStandardMIBIsServedToo(_ version: SNMPPeer.Version) async throws {
            let farm = try CardFarm.shared
            let integers = try await farm.snmp(1, version: version).ask("snmpget", Self.rfcIntegers.map { "\(Self.rfc1628).\($0).0" })
            for binding in integers { #expect(binding.integer != nil, "\(binding)") }
            let ident = try await farm.snmp(1, version: version).ask("snmpget", (1...6).map { "\(Self.rfc1628).1.\($0).0" })
            #expect(ident[0].string == "SOCOMEC")
            #expect(try await farm.snmp(1, version: version).value("\(Self.rfc1628).6.1.0").type == "Gauge32")
            let lines = try await farm.snmp(1, version: version).ask("snmpwalk", ["\(Self.rfc1628).4.4.1.2"])
            #expect(lines.allSatisfy { binding in binding.integer.map { (100...250).contains($0) } == true }, "\(lines)")
        }

        @Test func getnextGoesFromEachObjectToTheNext() async throws {
            let farm = try CardFarm.shared
            let walk = try await farm.snmp(1).ask("snmpwalk", ["\(Self.ups).2"])
            let next = try await farm.snmp(1).ask("snmpgetnext", walk.dropLast().map(\.name))
            #expect(next.map(\.name) == walk.dropFirst().map(\.name))
        }

        @Test func whatIsNotThereIsSaidSoInEachVersion() async throws {
            let farm = try CardFarm.shared
            let second = try await farm.snmp(1, version: .v2c).ask("snmpget", ["\(Self.ups).99.0"])
            #expect(second.first?.value.hasPrefix("No Such") == true)
            let first = try await farm.snmp(1, version: .v1).run("snmpget", ["\(Self.ups).99.0"])
            #expect(first.exitCode != 0)
            #expect(first.errors.contains("noSuchName"), "\(first)")
        }

        @Test func aWrongCommunityGetsNoAnswer() async throws {
            let farm = try CardFarm.shared
            for version in SNMPPeer.Version.allCases {
                let output = try await farm.snmp(1, version: version, community: "publik").run(
                    "snmpget", ["1.3.6.1.2.1.1.1.0"], timeout: 1, retries: 0)
                #expect(output.exitCode != 0)
                #expect(output.errors.contains("Timeout"), "\(output)")
            }
        }

        @Test(arguments: SNMPPeer.Version.allCases) func theWriteCommunityMaySetAndTheReadCommunityMayNot(_ version: SNMPPeer.Version)
            async throws
        {
            let farm = try CardFarm.shared
            let location = "1.3.6.1.2.1.1.6.0"
            let before = try await farm.snmp(2).value(location)
            let refused = try await farm.snmp(2, version: version).run("snmpset", [location, "s", "nowhere"], timeout: 1, retries: 0)
            #expect(refused.exitCode != 0)
            #expect(try await farm.snmp(2).value(location) == before)
            let done = try await farm.snmp(2, version: version, community: "private").run(
                "snmpset", [location, "s", "Hall \(version.rawValue)"])
            #expect(done.exitCode == 0, "\(done)")
            #expect(try await farm.snmp(2).value(location).string == "Hall \(version.rawValue)")
            #expect(try await farm.snmp(2).value("\(Self.ups).1.8.0").string == "Hall \(version.rawValue)")
        }

        @Test func aWrongTypeIsNotSet() async throws {
            let farm = try CardFarm.shared
            let output = try await farm.snmp(2, community: "private").run("snmpset", ["1.3.6.1.2.1.1.6.0", "i", "7"])
            #expect(output.exitCode != 0)
            #expect(output.errors.contains("wrongType"), "\(output)")
        }

        @Test func aForcedAlarmHasItsFlagAndItsRow() async throws {
            let farm = try CardFarm.shared
            try await farm.put("points/A001", ["value": 1], card: 3)
            // A card with one unit sees a changed register within 5 s.
            try await eventually("the flag is set", within: .seconds(5)) {
                try await farm.snmp(3).value("\(Self.ups).6.3.2.0").integer == 1
            }
            #expect(try await farm.snmp(3).value("\(Self.ups).6.1.0").integer == 1)
            let table = try await farm.snmp(3).ask("snmpwalk", ["\(Self.ups).6.2.1"])
            let row = try #require(table.first { $0.name.hasPrefix("\(Self.ups).6.2.1.1.") }?.integer)
            #expect(table.map(\.name) == (1...4).map { "\(Self.ups).6.2.1.\($0).\(row)" })
            #expect(table.dropFirst().first?.value == "OID: .\(Self.ups).6.3.2")
            #expect(table.dropFirst(2).first?.type == "Timeticks")
            let standard = try await farm.snmp(3).ask("snmpwalk", ["\(Self.rfc1628).6.2.1.2"])
            // upsAlarmOutputOverload, RFC 1628 §3.
            #expect(standard.contains { $0.value == "OID: .\(Self.rfc1628).6.3.8" }, "\(standard)")
            try await farm.delete("points/A001", card: 3)
            try await eventually("the row is gone", within: .seconds(5)) {
                try await farm.snmp(3).value("\(Self.ups).6.1.0").integer == 0
            }
            #expect(try await farm.snmp(3).value("\(Self.ups).6.3.2.0").integer == 0)
        }

        @Test func aForcedMeasurementIsServedInTheMIBsUnit() async throws {
            let farm = try CardFarm.shared
            // Ambient temperature, tenths of a degree in the register and in the object.
            try await farm.put("points/M015", ["value": 377], card: 3)
            try await eventually("the temperature is served", within: .seconds(5)) {
                try await farm.snmp(3).value("\(Self.ups).2.7.0").integer == 377
            }
            // The charge, in per cent everywhere.
            try await farm.put("points/M022", ["value": 43], card: 3)
            try await eventually("the charge is served", within: .seconds(5)) {
                let private7 = try await farm.snmp(3).value("\(Self.ups).2.4.0").integer
                let standard = try await farm.snmp(3).value("\(Self.rfc1628).2.4.0").integer
                return private7 == 43 && standard == 43
            }
            try await farm.delete("points/M015", card: 3)
            try await farm.delete("points/M022", card: 3)
        }

        @Test func aSingleCardKeepsItsSettingsOverARestart() async throws {
            try await Scratch.with { scratch in
                let network = try LoopbackNetwork.free()
                let peer = SNMPPeer(host: network.host(7), port: network.port(161), version: .v2c, community: "private", scratch: scratch)
                let arguments = [
                    "run", "--state", scratch.path("card"), "--address", network.host(7), "--port-offset", "\(network.portOffset)",
                    "--mac", "00:E0:D8:11:22:33", "--device", "sim:MASTERYS BC+",
                ]
                for name in ["first", "second"] {
                    try await ProgramUnderTest.with(executable: Executable.built("CardAgent"), arguments, in: scratch) { card in
                        try await card.ready("the card answers") {
                            try await peer.run("snmpget", ["1.3.6.1.2.1.1.1.0"], timeout: 1, retries: 0).exitCode == 0 ? true : nil
                        }
                        #expect(try await peer.value("1.3.6.1.2.1.2.2.1.6.1").value == "Hex-STRING: 00 E0 D8 11 22 33")
                        if name == "first" {
                            let output = try await peer.run("snmpset", ["1.3.6.1.2.1.1.6.0", "s", "Rack 7"])
                            #expect(output.exitCode == 0, "\(output)")
                        } else {
                            #expect(try await peer.value("1.3.6.1.2.1.1.6.0").string == "Rack 7")
                        }
                    }
                }
            }
        }
    }
}
