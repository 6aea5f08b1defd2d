import Foundation
import Testing

/// net-snmp sends traps and informs; `nvexplorer traps` shows them.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(2))) struct TrapsTests {
        /// How net-snmp and we call the same user.
        struct User: CustomTestStringConvertible, Sendable {
            let name: String
            var authentication: String?
            var privacy: String?

            static let all = [
                User(name: "plain"), User(name: "md5", authentication: "MD5"), User(name: "sha", authentication: "SHA"),
                User(name: "des", authentication: "MD5", privacy: "DES"), User(name: "aes", authentication: "SHA", privacy: "AES"),
                User(name: "sha224", authentication: "SHA-224", privacy: "AES"),
                User(name: "sha256", authentication: "SHA-256", privacy: "AES-192"),
                User(name: "sha384", authentication: "SHA-384", privacy: "AES-256"),
                User(name: "sha512", authentication: "SHA-512", privacy: "AES-256"),
            ]

            static let authenticationPassword = "correct horse"
            static let privacyPassword = "battery staple"

            var testDescription: String { name }
            var level: String { privacy != nil ? "authPriv" : authentication != nil ? "authNoPriv" : "noAuthNoPriv" }

            /// A line of the file of `--users`.
            var line: String {
                let protection = [
                    authentication.map { "\($0):\(Self.authenticationPassword)" }, privacy.map { "\($0):\(Self.privacyPassword)" },
                ]
                return ([name] + protection.compactMap { $0 }).joined(separator: ":")
            }

            func arguments(password: String = authenticationPassword) -> [String] {
                ["-v3", "-u", name, "-l", level] + (authentication.map { ["-a", $0, "-A", password] } ?? [])
                    + (privacy.map { ["-x", $0, "-X", Self.privacyPassword] } ?? [])
            }
        }

        private static let engine = ["-e", "0x8000137001020304"]
        private static let vendor = "1.3.6.1.4.1.4555.1.1.7"
        /// upsTrapAlarmEntryAdded for the overload.
        private static let alarm = [
            "4711", "\(vendor).2.0.3", "\(vendor).1.6.2.1.1.12", "i", "12", "\(vendor).1.6.2.1.2.12", "o", "\(vendor).1.6.3.2",
        ]

        private struct Watch {
            let program: ProgramUnderTest
            let address: String
            let scratch: Scratch

            func send(_ command: String, _ arguments: [String], _ trap: [String] = TrapsTests.alarm) async throws -> Peer.Output {
                try await Peer.run(command, arguments + ["-On", "-t", "2", "-r", "2", address] + trap, in: scratch)
            }

            /// The notifications shown so far, at least so many.
            func shown(_ count: Int) async throws -> [JSON] {
                try await program.ready("\(count) notifications are shown", within: .seconds(10)) {
                    let lines = program.said.split(separator: "\n")
                    return lines.count >= count ? try lines.map { try JSON(parsing: String($0)) } : nil
                }
            }
        }

        /// Lends a running `nvexplorer traps`.
        private func watching(_ more: [String] = [], _ body: (Watch) async throws -> Void) async throws {
            try await Scratch.with { scratch in
                let users = try scratch.write(User.all.map(\.line).joined(separator: "\n"), as: "users")
                let arguments = ["traps", "--listen", "127.0.0.1:0", "--users", users, "--json"] + more
                try await ProgramUnderTest.with(executable: Executable.built("nvexplorer"), arguments, in: scratch) { program in
                    let address = try await program.ready("it listens", within: .seconds(10)) {
                        program.logged.firstMatch(of: /Listening on ([0-9.:]+)\./).map { String($0.1) }
                    }
                    try await body(Watch(program: program, address: address, scratch: scratch))
                }
            }
        }

        @Test func trapsOfVersions1And2AreTheSame() async throws {
            try await watching { watch in
                let old = ["\(Self.vendor).2", "10.1.2.3", "6", "3"] + [Self.alarm[0]] + Self.alarm.dropFirst(2)
                #expect(try await watch.send("snmptrap", ["-v1", "-c", "public"], old).exitCode == 0)
                #expect(try await watch.send("snmptrap", ["-v2c", "-c", "public"]).exitCode == 0)
                let shown = try await watch.shown(2)
                #expect(shown.map { $0["version"]?.string } == ["v1", "v2c"])
                #expect(shown[0]["agentAddress"]?.string == "10.1.2.3")
                for trap in shown {
                    #expect(trap["name"]?.string == "upsTrapAlarmEntryAdded")
                    #expect(trap["severity"]?.string == "warning")
                    #expect(trap["number"]?.int == 3)
                    #expect(trap["enterprise"]?.string == "\(Self.vendor).2")
                    #expect(trap["uptime"]?.number == 47.11)
                    #expect(trap["raises"]?.elements == ["upsAlarmOverload"])
                    #expect(trap["alarm"]?["number"]?.int == 2)
                    #expect(trap["inform"]?.bool == false)
                }
            }
        }

        @Test func genericTrapsAndStrangersAreShownToo() async throws {
            try await watching { watch in
                _ = try await watch.send("snmptrap", ["-v1", "-c", "x"], [Self.vendor, "10.1.2.3", "0", "0", "1"])
                _ = try await watch.send(
                    "snmptrap", ["-v2c", "-c", "x"], ["1", "1.3.6.1.4.1.9.9.41.2.0.1", "1.3.6.1.4.1.9.1", "x", "00FF"])
                let shown = try await watch.shown(2)
                #expect(shown[0]["name"]?.string == "coldStart")
                #expect(shown[0]["enterprise"]?.string == Self.vendor)
                #expect(shown[1]["name"]?.isNull == true)
                #expect(shown[1]["variables"]?[0]?["value"]?.string == "00 ff")
            }
        }

        @Test func informsAreAcknowledged() async throws {
            try await watching { watch in
                // snmpinform fails without an acknowledgement.
                #expect(try await watch.send("snmpinform", ["-v2c", "-c", "public"]).exitCode == 0)
                for user in User.all {
                    let output = try await watch.send("snmpinform", user.arguments())
                    #expect(output.exitCode == 0 && output.errors.isEmpty, "\(user.name): \(output)")
                }
                let shown = try await watch.shown(User.all.count + 1)
                #expect(shown.count == User.all.count + 1)
                #expect(shown.allSatisfy { $0["inform"]?.bool == true })
                #expect(shown.dropFirst().map { $0["user"]?.string } == User.all.map(\.name))
            }
        }

        @Test func usersOfAllLevelsAndProtocolsAreKnown() async throws {
            try await watching { watch in
                for user in User.all { _ = try await watch.send("snmptrap", user.arguments() + Self.engine) }
                let shown = try await watch.shown(User.all.count)
                #expect(shown.map { $0["user"]?.string } == User.all.map(\.name))
                #expect(shown.map { $0["securityLevel"]?.string } == User.all.map(\.level))
                #expect(shown.allSatisfy { $0["engine"]?.string == "80:00:13:70:01:02:03:04" })
                #expect(shown.allSatisfy { $0["alarm"]?["name"]?.string == "upsAlarmOverload" })
            }
        }

        @Test func whatIsDroppedIsTold() async throws {
            try await watching(["--community", "public"]) { watch in
                _ = try await watch.send("snmptrap", ["-v2c", "-c", "other"])
                let user = try #require(User.all.first { $0.name == "aes" })
                _ = try await watch.send("snmptrap", user.arguments(password: "wrong password") + Self.engine)
                let refused = try await watch.send("snmpinform", user.arguments(password: "wrong password"))
                #expect(refused.exitCode != 0)
                #expect(refused.errors.contains("Authentication failure"), "\(refused)")
                try await watch.program.ready("it tells of both", within: .seconds(10)) {
                    let told = watch.program.logged
                    return told.contains("another community") && told.contains("wrong key") ? true : nil
                }
                #expect(watch.program.said.isEmpty)
            }
        }

        @Test func itEndsAfterTheCountAndBusyAddressesAreTold() async throws {
            try await watching { watch in
                let output = try await Peer.runBuilt("nvexplorer", ["traps", "--listen", watch.address], in: watch.scratch)
                #expect(output.exitCode == 1)
                #expect(output.errors.contains("in use"), "\(output)")
            }
            try await Scratch.with { scratch in
                let program = try ProgramUnderTest.start(
                    executable: Executable.built("nvexplorer"), ["traps", "--listen", "127.0.0.1:0", "--count", "2"], in: scratch)
                defer { program.discard() }
                let address = try await program.ready("it listens", within: .seconds(10)) {
                    program.logged.firstMatch(of: /Listening on ([0-9.:]+)\./).map { String($0.1) }
                }
                let watch = Watch(program: program, address: address, scratch: scratch)
                for _ in 1...2 { _ = try await watch.send("snmptrap", ["-v2c", "-c", "public"]) }
                let ending = try await eventually("it ends", within: .seconds(10)) { program.process.poll() }
                #expect(ending == .exited(0))
                #expect(program.said.contains("WARNING  upsTrapAlarmEntryAdded (3)"), "\(program.said)")
            }
        }
    }
}
