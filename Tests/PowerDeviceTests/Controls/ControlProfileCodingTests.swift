import Foundation
import PowerDevice
import Testing

@Suite struct ControlProfileCodingTests {
    private func profile(_ text: String) throws -> ControlProfile {
        try JSONDecoder().decode(ControlProfile.self, from: Data(text.utf8))
    }

    @Test func builtInProfilesSurviveTheirDocument() throws {
        for profile in ControlProfile.builtIn {
            let data = try JSONEncoder().encode(profile)
            #expect(try JSONDecoder().decode(ControlProfile.self, from: data) == profile)
            for command in profile.commands { #expect(command.carriesItsValues) }
            let map = try #require(DeviceMap.named(profile.map))
            #expect(profile.bitsNeverRead(on: map).isEmpty)
        }
    }

    @Test func ownersWriteProfilesOfTheirOwn() throws {
        let profile = try profile(
            """
            {
              "name": "Boiler room UPS", "map": "VU-MAP",
              "signature": [{"address": "0x0F00", "value": 7}],
              "readable": [{"address": "0x2000", "count": 2}],
              "enabled": ["!0x2000.3"],
              "commands": [
                {"control": "ecoModeOn", "address": "0x2100", "words": [21845], "requires": ["0x2001.0", {"bit": "0x0008.0", "else": "no eco"}]},
                {"control": "setClock", "address": 8464, "words": ["year", "month|0", "day|hour", "minute|second"]},
                {"control": "scheduleStandby", "address": "0x2120", "words": ["0x00AA", "kind", "delay", "standby"], "function": 16},
                {"control": "acknowledgeAlarms", "address": "0x2100", "words": ["0x00FF"], "always": true}
              ]
            }
            """)
        #expect(profile.enabled == [RegisterBit(0x2000, 3, isSet: false)] && profile.signature == [.init(0x0F00, 7)])
        var file = RegisterFile(DeviceMap.vuMap.readPlan + profile.readable)
        file.store([0, 1], at: 0x2000)
        #expect(throws: ControlProfile.Refusal.notPermitted("no eco")) {
            try profile.write(for: .ecoModeOn, on: .vuMap, registers: file)
        }
        file[0x0008] = 1
        #expect(try profile.write(for: .ecoModeOn, on: .vuMap, registers: file) == .init(0x2100, [0x5555]))
        let clock = DeviceClock(year: 2030, month: 2, day: 3, hour: 4, minute: 5, second: 6)
        let write = try profile.write(for: .setClock(clock), on: .vuMap, registers: file)
        #expect(write == .init(0x2110, [30, 0x0200, 0x0304, 0x0506]))
        #expect(profile.control(of: write) == .setClock(clock))
        #expect(profile.control(of: .init(0x2120, [0xAA, 4, 60, 10])) == .scheduleStandby(.init(kind: .restore, delay: 60, standby: 10)))
        #expect(profile.control(of: .init(0x2120, [0xAB, 4, 60, 10])) == nil)
        file[0x2000] = 8
        #expect(profile.permitted(on: .vuMap, registers: file) == [.acknowledgeAlarms])
    }

    @Test(arguments: [
        #"{"name": "x"}"#,
        #"{"name": "x", "map": "FOO"}"#,
        #"{"name": "x", "map": "STS", "enabled": ["0x3000.0"]}"#,
        #"{"name": "x", "map": "STS", "commands": [{"control": "ecoModeOn", "address": 1, "words": [1], "requires": ["0x3000.0"]}]}"#,
        #"{"name": "x", "map": "STS", "colour": "red"}"#,
        #"{"name": "x", "map": "STS", "enabled": ["0x0142.16"]}"#,
        #"{"name": "x", "map": "STS", "enabled": ["0x0142"]}"#,
        #"{"name": "x", "map": "STS", "readable": [{"address": "0xFFFF", "count": 2}]}"#,
        #"{"name": "x", "map": "STS", "readable": [{"address": 1, "count": 0}]}"#,
        #"{"name": "x", "map": "STS", "signature": [{"address": 70000, "value": 0}]}"#,
        #"{"name": "x", "map": "STS", "commands": [{"control": "fly", "address": 1, "words": [1]}]}"#,
        #"{"name": "x", "map": "STS", "commands": [{"control": "ecoModeOn", "address": 1, "words": []}]}"#,
        #"{"name": "x", "map": "STS", "commands": [{"control": "ecoModeOn", "address": 1, "words": ["weeks"]}]}"#,
        #"{"name": "x", "map": "STS", "commands": [{"control": "ecoModeOn", "address": 1, "words": ["soon"]}]}"#,
        #"{"name": "x", "map": "STS", "commands": [{"control": "ecoModeOn", "address": 1, "words": [1, 2], "function": 6}]}"#,
        #"{"name": "x", "map": "STS", "commands": [{"control": "ecoModeOn", "address": 1, "words": [1], "function": 5}]}"#,
        #"{"name": "x", "map": "STS", "commands": [{"control": "setClock", "address": 1, "words": ["year"]}]}"#,
        #"{"name": "x", "map": "STS", "commands": [{"control": "scheduleStandby", "address": 1, "words": ["kind", "delay"]}]}"#,
        #"{"name": "x", "map": "STS", "commands": [{"control": "ecoModeOn", "address": 1, "words": [1], "if": ["1.1"]}]}"#,
    ])
    func documentThatMeansNothingIsRefused(_ text: String) {
        #expect(throws: DecodingError.self) { try profile(text) }
    }

    @Test func documentedExampleIsAProfile() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/device-profiles.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let example = try #require(text.split(separator: "```json").dropFirst().first?.split(separator: "```").first)
        let profile = try profile(String(example))
        #expect(profile.name == "Pump house UPS" && profile.commands.count == 5)
        for kind in DeviceControl.Kind.allCases { #expect(text.contains("| \(kind.number) | `\(kind.rawValue)`"), "\(kind) is documented") }
    }

    @Test func registerBitsAreRead() {
        #expect(RegisterBit("0x0142.13") == RegisterBit(0x0142, 13) && RegisterBit("322.13") == RegisterBit(0x0142, 13))
        #expect(RegisterBit("!0x1020.6") == RegisterBit(0x1020, 6, isSet: false))
        for text in ["", ".", "!", "0x.1", "1.", "1.16", "1.-1", "70000.1", "1.2.3", "0xG.1"] {
            #expect(RegisterBit(text) == nil, "\(text)")
        }
        #expect(RegisterBit(0x1020, 6, isSet: false).description == "!0x1020.6")
    }
}
