import Foundation
import Testing

/// The MIB files of CardAgent, before libsmi's checker and net-snmp, which have never heard of our tables.
extension CardLane {
    @Suite(.serialized, .sharing(CardFarm.self), .timeLimit(.minutes(2))) struct MIBFilesTests {
        private static let modules = ["NVFLEET-UPS-MIB", "NVFLEET-UPS5-MIB", "NVFLEET-STS-MIB"]

        /// The folder with SNMPv2-SMI, SNMPv2-TC and SNMPv2-CONF.
        private static var baseModules: String {
            get throws {
                try #require(
                    ProcessInfo.processInfo.environment["NVFLEET_MIBS"], "bin/test unpacks the base modules and says by NVFLEET_MIBS where")
            }
        }

        /// Writes the files into a folder of their own.
        private func files(_ scratch: Scratch) async throws -> String {
            let folder = scratch.path("mibs")
            let output = try await Peer.runBuilt("CardAgent", ["mib", "--out", folder], in: scratch)
            #expect(output.exitCode == 0, "\(output)")
            #expect(output.lines == Self.modules.map { "\(folder)/\($0).mib" })
            return folder
        }

        /// What smilint says of a module: nothing, if there is nothing to say.
        private func complaints(about module: String, in folder: String, _ scratch: Scratch) async throws -> String {
            let configuration = try scratch.write("path \(Self.baseModules):\(folder)\n", as: "smi.conf")
            let output = try await Peer.run("smilint", ["-c", configuration, "-l", "3", "-s", "-m", module], in: scratch)
            #expect(output.exitCode == 0, "\(output)")
            return output.text + output.errors
        }

        /// What net-snmp says besides an answer: of modules that it can't read, in the first place.
        private func complaints(in output: Peer.Output) -> [Substring] {
            output.errors.split(separator: "\n").filter { !$0.hasPrefix("Created directory: ") }
        }

        @Test func aCheckerHasNothingToSay() async throws {
            try await Scratch.with { scratch in
                let folder = try await files(scratch)
                for module in Self.modules { #expect(try await complaints(about: module, in: folder, scratch) == "") }
            }
        }

        @Test func theCheckerWouldSaySomething() async throws {
            try await Scratch.with { scratch in
                let path = "\(try await files(scratch))/\(Self.modules[0]).mib"
                let text = try String(contentsOfFile: path, encoding: .utf8)
                try scratch.write(text.replacing("{ upsBattery 1 }", with: "{ upsBatterie 1 }"), as: "wrong/\(Self.modules[0]).mib")
                #expect(try await complaints(about: Self.modules[0], in: scratch.path("wrong"), scratch).contains("upsBatterie"))
            }
        }

        @Test func aNameBecomesItsNumber() async throws {
            try await Scratch.with { scratch in
                let folder = try await files(scratch)
                let numbers = [
                    "NVFLEET-UPS-MIB::upsBatteryStatus.0": ".1.3.6.1.4.1.4555.1.1.7.1.2.1.0",
                    "NVFLEET-UPS-MIB::upsAlarmBatteryTest": ".1.3.6.1.4.1.4555.1.1.7.1.6.3.18",
                    "NVFLEET-UPS-MIB::receiverNmstype.8": ".1.3.6.1.4.1.4555.1.1.7.1.9.21.1.4.8",
                    "NVFLEET-UPS-MIB::upsTrapOnBatteryPower": ".1.3.6.1.4.1.4555.1.1.7.2.0.15",
                    "NVFLEET-STS-MIB::stsOutputLoadStatus.0": ".1.3.6.1.4.1.4555.1.1.10.1.5.1.0",
                    "NVFLEET-STS-MIB::stsTrapTest": ".1.3.6.1.4.1.4555.1.1.10.2.0.23",
                    "NVFLEET-UPS5-MIB::upsBatteryStatus.0": ".1.3.6.1.4.1.4555.1.1.1.1.2.1.0",
                ]
                for (name, number) in numbers {
                    let output = try await Peer.run(
                        "snmptranslate", ["-M", "\(Self.baseModules):\(folder)", "-m", "ALL", "-On", name], in: scratch)
                    #expect(output.lines == [number], "\(name): \(output)")
                    #expect(complaints(in: output) == [], "\(output)")
                }
            }
        }

        @Test(arguments: [("NVFLEET-UPS-MIB", "1.3.6.1.4.1.4555.1.1.7"), ("NVFLEET-UPS5-MIB", "1.3.6.1.4.1.4555.1.1.1")])
        func aWalkHasTheModulesNamesAndLabels(_ module: String, _ branch: String) async throws {
            let peer = try CardFarm.shared.snmp(1)
            try await Scratch.with { scratch in
                let folder = try await files(scratch)
                let output = try await Peer.run(
                    "snmpwalk",
                    [
                        "-v", "2c", "-c", peer.community, "-M", "\(Self.baseModules):\(folder)", "-m", module, "-t", "3",
                        "\(peer.host):\(peer.port)", branch,
                    ], in: scratch)
                #expect(output.exitCode == 0 && complaints(in: output) == [], "\(output)")
                let objects = output.lines.filter { $0.contains(" = ") }
                #expect(objects.count > 100)
                for line in objects {
                    #expect(line.wholeMatch(of: /(NVFLEET-UPS5?-MIB)::[a-z]\w*\.(?:\d+|"[^"]+") = .*/)?.1 == module[...], "\(line)")
                    #expect(!line.contains("Wrong Type"), "\(line)")
                }
                let source = try #require(objects.first { $0.hasPrefix("\(module)::upsOutputSource.0 = ") })
                #expect(source.wholeMatch(of: /.* = INTEGER: \w+\(\d\)/) != nil, "\(source)")
                let battery = try #require(objects.first { $0.hasPrefix("\(module)::upsBatteryStatus.0 = ") })
                #expect(battery.contains("INTEGER: battery"), "\(battery)")
                let voltage = try #require(objects.first { $0.hasPrefix("\(module)::upsBatteryVoltage.0 = ") })
                #expect(voltage.hasSuffix(" 0.1 V"), "\(voltage)")
            }
        }

        @Test func withoutAFolderAllModulesArePrinted() async throws {
            try await Scratch.with { scratch in
                let output = try await Peer.runBuilt("CardAgent", ["mib"], in: scratch)
                #expect(output.exitCode == 0, "\(output)")
                #expect(
                    output.lines.filter { $0.hasSuffix(" DEFINITIONS ::= BEGIN") } == Self.modules.map { "\($0) DEFINITIONS ::= BEGIN" })
                let folder = try await files(scratch)
                let written = try Self.modules.map { try String(contentsOfFile: "\(folder)/\($0).mib", encoding: .utf8) }
                #expect(output.text == written.joined())
            }
        }

        @Test func aFolderThatCannotBeMadeIsNamed() async throws {
            try await Scratch.with { scratch in
                let file = try scratch.write("", as: "file")
                let output = try await Peer.runBuilt("CardAgent", ["mib", "--out", "\(file)/mibs"], in: scratch)
                #expect(output.exitCode == 1)
                #expect(output.errors.contains("\(file)/mibs"), "\(output)")
            }
        }
    }
}
