import FoundationEssentials
import NetVision
import PowerDevice
import Testing

@testable import FleetServer

struct CardFileTests {
    @Test func readsYAMLAsAListOrUnderCards() throws {
        let text = """
            # The bank
            cards:
              - address: 10.0.0.1
                name: Rack 3
                tags: [a, b]
              - mac: "00:E0:D8:00:00:01"
                site: ~
            """
        let file = try CardFile(yaml: text)
        #expect(file.entries.map(\.line) == [3, 6])
        #expect(file.entries[0][.tags] == "a;b" && file.entries[0][.name] == "Rack 3")
        #expect(file.entries[1][.site] == nil && file.entries[1][.mac] == "00:E0:D8:00:00:01")
        let bare = try CardFile(yaml: "- address: 10.0.0.1\n")
        #expect(bare.entries.map(\.line) == [1])
    }

    @Test func namesTheLineOfWrongYAML() {
        #expect(throws: CardFileError.self) { try CardFile(yaml: "cards: 7") }
        do {
            _ = try CardFile(yaml: "- address: 10.0.0.1\n- address: [\n")
            Issue.record("no error")
        } catch {
            #expect(error.line >= 2)
        }
    }

    @Test func saysWhichKeyOrColumnThereIsNot() throws {
        let file = try CardFile(yaml: "- address: 10.0.0.1\n  colour: red\n- address: {a: b}\n")
        #expect(file.entries[0].problem == "Line 2: there is no key colour.")
        #expect(file.entries[1].problem == "Line 3: address is a text.")
        #expect(throws: CardFileError.self) { try CardFile(csv: "address,colour\n") }
        #expect(throws: CardFileError(line: 1, reason: "the column name comes twice")) { try CardFile(csv: "address,name,name\n") }
        #expect(throws: CardFileError(line: 1, reason: "no column tells which card it is: address, mac or serial")) {
            try CardFile(csv: "name,site\n")
        }
    }

    @Test func saysThatALineHasOtherFieldsThanTheHeader() throws {
        let file = try CardFile(csv: "address,name\n10.0.0.1\n10.0.0.2,x\n")
        #expect(file.entries[0].problem == "The line has 1 fields, and the header has 2 columns.")
        #expect(file.entries[1].problem == nil)
    }

    @Test func readsBackWhatItWrites() throws {
        var card = try Self.card()
        (card.name, card.site, card.tags) = ("Rack \"3\", left", "Köln\\Süd", ["a b", "c"])
        for file in [try CardFile(csv: CardFile.csv([card])), try CardFile(yaml: CardFile.yaml([card]))] {
            let entry = try #require(file.entries.first)
            #expect(entry.problem == nil)
            #expect(entry[.name] == card.name && entry[.site] == card.site && entry[.tags] == "a b;c")
            #expect(entry[.mac] == card.mac && entry[.serial] == card.serial && entry[.address] == card.address)
            #expect(entry[.community] == nil && entry[.user] == nil)
        }
    }

    @Test func noPrefixAndNoChangedByteOfYAMLTraps() {
        let sample = Array("cards:\n- address: 10.0.0.1\n  tags: [a, \"b\"]\n- &x {mac: 1}\n- *x\n".utf8)
        for length in 0...sample.count { _ = try? CardFile(yaml: String(decoding: sample[..<length], as: UTF8.self)) }
        for place in sample.indices {
            for byte in [UInt8(0), 9, 10, 34, 38, 42, 58, 91, 123, 255] {
                var changed = sample
                changed[place] = byte
                _ = try? CardFile(yaml: String(decoding: changed, as: UTF8.self))
            }
        }
    }

    private static func card() throws -> Card {
        Card(
            id: 1, name: "", mac: "00:E0:D8:00:00:01", serial: "P1", address: "10.0.0.1", generation: .netVision8, kind: .ups, tags: [],
            snmpVersion: .v2c, createdAt: Date(timeIntervalSince1970: 0))
    }
}
