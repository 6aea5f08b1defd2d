import Foundation
import Testing

/// Every object that a card lets somebody write, set by net-snmp: values that it takes are read back, values that it can't take change nothing.
extension CardLane {
    @Suite(.serialized, .sharing(CardFarm.self), .timeLimit(.minutes(10))) struct SNMPFaceTests {
        private static let newer = "1.3.6.1.4.1.4555.1.1.7.1"
        private static let older = "1.3.6.1.4.1.4555.1.1.1.1"

        private func writer(_ card: Int) throws -> SNMPPeer { try CardFarm.shared.snmp(card, community: "private") }

        /// Sets values by one request; returns the error that net-snmp names, or nil.
        private func set(_ peer: SNMPPeer, _ values: [(object: String, value: WritableObject.Value)]) async throws -> String? {
            let output = try await peer.run("snmpset", values.flatMap { [$0.object, $0.value.type, $0.value.text] })
            if output.exitCode == 0 { return nil }
            let reason = output.errors.split(separator: "\n").first { $0.hasPrefix("Reason: ") }
            return reason.map { String($0.dropFirst("Reason: ".count).prefix { $0 != " " }) } ?? output.errors
        }

        private func check(_ row: WritableObject) async throws {
            let peer = try writer(2)
            let first = try await peer.value(row.object).value
            for value in row.good {
                let error = try await set(peer, [(row.object, value)])
                #expect(error == nil, "\(row.object) can't be \(value): \(error ?? "")")
                let shown = try await peer.value(row.object).value
                #expect(shown == value.printed, "\(row.object)")
            }
            let last = try await peer.value(row.object).value
            for (value, expected) in row.bad {
                let error = try await set(peer, [(row.object, value)])
                #expect(error == expected, "\(row.object) as \(value)")
                let shown = try await peer.value(row.object).value
                #expect(shown == last, "\(row.object) after \(value)")
            }
            let refused = try await CardFarm.shared.snmp(2).run("snmpset", [row.object, row.good[0].type, row.good[0].text])
            #expect(refused.exitCode != 0 && refused.errors.contains("noAccess"), "\(row.object): \(refused)")
            #expect(try await peer.value(row.object).value == last)
            try await restore(row, first, peer)
        }

        /// Leaves a row as it was, where a text like that can be set.
        private func restore(_ row: WritableObject, _ first: String, _ peer: SNMPPeer) async throws {
            guard let type = row.good.first?.type else { return }
            let binding = SNMPPeer.Binding(name: row.object, value: first)
            let text = binding.string ?? first.split(separator: " ").last.map(String.init) ?? ""
            let output = try await peer.run("snmpset", [row.object, type, text])
            #expect(output.exitCode == 0, "\(row.object) can't be what it was, \(first): \(output.errors)")
        }

        @Test func everyWritableObjectOfTheNewerBranchTakesWhatItsMIBSays() async throws {
            for row in WritableObject.ofNewerBranch { try await check(row) }
        }

        @Test func everyWritableObjectOfTheOlderBranchTakesWhatItsMIBSays() async throws {
            for row in WritableObject.ofOlderBranch { try await check(row) }
        }

        @Test func everyWritableObjectOfTheStandardMIBsTakesWhatTheySay() async throws {
            for row in WritableObject.ofStandardMIBs { try await check(row) }
        }

        @Test(arguments: WritableObject.readOnly) func whatIsOnlyToBeReadIsNotWritable(_ object: String) async throws {
            let peer = try writer(2)
            let before = try await peer.value(object)
            for value in [WritableObject.Value.i(1), .s("x")] {
                #expect(try await set(peer, [(object, value)]) == "notWritable")
            }
            #expect(try await peer.value(object) == before)
        }

        @Test func oneBadValueKeepsAllOthersOfTheRequestFromBeingSet() async throws {
            let peer = try writer(2)
            let objects = ["\(Self.newer).7.2.0", "1.3.6.1.2.1.1.6.0", "\(Self.newer).9.21.1.2.4", "\(Self.older).8.5.1.3.2"]
            let before = try await peer.ask("snmpget", objects)
            let values: [WritableObject.Value] = [.i(123), .s("nowhere"), .s("10.9.8.7"), .s("25:00")]
            #expect(try await set(peer, Array(zip(objects, values))) == "wrongValue")
            #expect(try await set(peer, [(objects[0], .i(123)), ("\(Self.newer).9.23.0", .i(1))]) == "notWritable")
            #expect(try await peer.ask("snmpget", objects) == before)
        }

        /// The same setting by the numbers of each branch.
        @Test func bothBranchesShowOneSetting() async throws {
            let peer = try writer(2)
            let event = WritableObject.index(WritableObject.events[4])
            let pairs: [(set: String, value: WritableObject.Value, shown: String, printed: String)] = [
                ("\(Self.newer).9.21.1.4.3", .i(2), "\(Self.older).10.21.1.4.3", "INTEGER: 3"),
                ("\(Self.older).10.21.1.4.3", .i(2), "\(Self.newer).9.21.1.4.3", "INTEGER: 3"),
                ("\(Self.newer).7.4.1.2.5", .i(2), "\(Self.older).8.4.1.2.\(event)", "INTEGER: 1"),
                ("\(Self.older).8.4.1.2.\(event)", .i(1), "\(Self.newer).7.4.1.2.5", "INTEGER: 2"),
                ("\(Self.older).8.4.1.2.\(event)", .i(2), "\(Self.newer).7.4.1.2.5", "INTEGER: 1"),
                ("\(Self.older).8.4.1.2.\(event)", .i(1), "\(Self.newer).7.4.1.2.5", "INTEGER: 3"),
                ("\(Self.newer).9.10.0", .i(2), "\(Self.older).10.10.0", "INTEGER: 3"),
                ("\(Self.older).10.11.0", .i(3), "\(Self.newer).9.11.0", "INTEGER: 19200"),
                ("\(Self.older).10.11.0", .i(2), "\(Self.newer).9.11.0", "INTEGER: 9600"),
                ("\(Self.newer).7.6.1.4.8", .s("02/01/2027"), "\(Self.older).8.6.1.4.8", "STRING: \"02/01/2027\""),
                ("\(Self.newer).1.8.0", .s("Rack 9"), "1.3.6.1.2.1.1.6.0", "STRING: \"Rack 9\""),
            ]
            for pair in pairs {
                #expect(try await set(peer, [(pair.set, pair.value)]) == nil, "\(pair.set)")
                #expect(try await peer.value(pair.shown).value == pair.printed, "\(pair.shown) after \(pair.set)")
            }
        }
    }
}
