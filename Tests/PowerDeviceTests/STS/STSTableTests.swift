import PowerDevice
import Testing

/// STS against a second copy of the manual's tables, with the levels of its events log.
@Suite struct STSTableTests {
    private let map = DeviceMap.sts

    static let words: [(address: UInt16, levels: String, texts: String)] = [
        (0x0140, "-CWW---CWW---WW-", "xxxxx.xxxxx.xxxx"),
        (0x0141, "--WCWW----W--WW-", "xxxxxx.xx.x.xxx."),
        (0x0142, "W-------------W-", "xxxxxxxx.....xxx"),
        (0x0143, "----------------", "................"),
        (0x0148, "CWWWCWWW-WWC-WWC", "xxxxxxxx.xxx.xxx"),
        (0x0149, "WWW------WWWWWWW", "xxx......xxxxxxx"),
    ]

    @Test func codesAreMadeOfAddresses() {
        #expect(STS.code(0x0220) == "STS:0x0220" && STS.code(0x025F) == "STS:0x025F")
        #expect(STS.code(0x0140, bit: 3) == "STS:0x0140.3" && STS.code(0x0149, bit: 15) == "STS:0x0149.15")
        for code in ["STS:0x0140.16", "STS:0x0260", "STS:0x0144", "STS:0x014A.0", "S000", "0x0140"] as [PointCode] {
            #expect(map[code] == nil)
        }
    }

    @Test func everyWordHasARow() {
        let plain = [(0x0100, 1), (0x0116, 1), (0x0120, 16), (0x0140, 4), (0x0148, 2), (0x0220, 64)] as [(UInt16, UInt16)]
        for (first, count) in plain {
            for address in first..<first + count { #expect(map[STS.code(address)]?.address == address, "\(address)") }
        }
        #expect(map.points.count == 2 + 16 + 4 * 17 + 2 * 17 + 64)
        #expect(Set(map.points.map(\.code)).count == map.points.count)
        for point in map.points { #expect(map.emptyRegisters.contains(point.address), "\(point.code)") }
        #expect(map.readPlan.map(\.address) == [0x0140, 0x0148, 0x0220, 0x0100, 0x0116, 0x0120])
        #expect(map.readPlan.map(\.count) == [4, 2, 64, 10, 10, 16] && map.optionalRanges.isEmpty)
    }

    @Test func bitsAreThePrintedOnes() throws {
        for word in Self.words {
            for (bit, (level, text)) in zip(Printed.levels(word.levels), word.texts).enumerated() {
                let point = try #require(map[STS.code(word.address, bit: bit)])
                #expect(point.address == word.address && point.bit == bit && point.isAlarm == (word.address >= 0x0148))
                #expect(point.level == level && (point.title != nil) == (text == "x"), "\(point.code)")
            }
        }
    }

    /// Address, unit (`K` kVA or kW, `p` power factor, `c` crest factor), variable on three lines.
    static let measurements = Printed.rows(
        """
        0220 V input.1.L1-N.voltage; 0221 V input.1.L2-N.voltage; 0222 V input.1.L3-N.voltage
        0223 V input.1.L1-L2.voltage; 0224 V input.1.L2-L3.voltage; 0225 V input.1.L3-L1.voltage
        0226 Hz input.1.frequency; 0227 °C input.1.switch.temperature
        0228 V input.2.L1-N.voltage; 0229 V input.2.L2-N.voltage; 022A V input.2.L3-N.voltage
        022B V input.2.L1-L2.voltage; 022C V input.2.L2-L3.voltage; 022D V input.2.L3-L1.voltage
        022E Hz input.2.frequency; 022F °C input.2.switch.temperature
        0230 V output.L1-N.voltage; 0231 V output.L2-N.voltage; 0232 V output.L3-N.voltage
        0233 V output.L1-L2.voltage; 0234 V output.L2-L3.voltage; 0235 V output.L3-L1.voltage
        0236 Hz output.frequency; 0237; 0238 A output.L1.current; 0239 A output.L2.current; 023A A output.L3.current
        023B A output.N.current; 023C; 023D % ups.load; 023E; 023F ° input.phase.shift
        0240 kVA output.L1.power; 0241 kVA output.L2.power; 0242 kVA output.L3.power
        0243 p output.L1.powerfactor; 0244 p output.L2.powerfactor; 0245 p output.L3.powerfactor; 0246; 0247
        0248 c output.L1.crestfactor; 0249 c output.L2.crestfactor; 024A c output.L3.crestfactor; 024B c output.N.crestfactor
        024C; 024D; 024E; 024F °C ambient.temperature
        0250 kW output.L1.realpower; 0251 kW output.L2.realpower; 0252 kW output.L3.realpower; 0253 kW ups.realpower
        0254; 0255; 0256; 0257
        0258 % output.L1.power.percent; 0259 % output.L2.power.percent; 025A % output.L3.power.percent; 025B % output.N.power.percent
        025C; 025D; 025E; 025F
        """)

    @Test func measurementsAreThePrintedOnes() throws {
        #expect(Self.measurements.count == 64)
        let factors = ["Hz": 0.1, "°C": 0.1, "c": 0.1, "p": 0.01, "kVA": 1000, "kW": 1000]
        var all = map.registers()
        for row in Self.measurements {
            let address = try #require(UInt16(row[0], radix: 16))
            let measurement = try #require(map[STS.code(address)]?.measurement)
            guard row.count == 3 else {
                #expect(measurement.variable == nil && map[STS.code(address)]?.title == nil, "\(row)")
                continue
            }
            #expect(measurement.unit.rawValue == ["p": "", "c": ""][row[1]] ?? row[1], "\(row)")
            let raw = address % 256 + 100
            all[address] = raw
            let reading = map.snapshot(of: all).state.readings[Variable(row[2])]
            let expected = Double(raw) * (factors[row[1]] ?? 1)
            #expect(reading.map { abs($0 - expected) < 1e-6 } ?? false, "\(row)")
        }
        #expect(map.snapshot(of: all).state.readings.count == Self.measurements.count { $0.count == 3 })
    }

    static let wellKnown = Printed.conditions(
        """
        STS:0x0148.0 STS:0x0148.7 STS:0x0148.5 STS:0x0148.3 STS:0x0148.9|STS:0x0148.10|STS:0x0148.11
        STS:0x0148.13|STS:0x0148.14|STS:0x0148.15 STS:0x0149.9|STS:0x0149.14|STS:0x0142.14 STS:0x0149.15 STS:0x0149.13
        """)
    static let traps: [Int32: Printed.Condition] = [
        1: .init("STS:0x0148.0"), 2: .init("STS:0x0148.3"), 3: .init("STS:0x0141.1"), 4: .init("STS:0x0141.2"), 5: .init("STS:0x0141.0"),
        6: .init("STS:0x0141.3"), 7: .init("STS:0x0149.15"), 8: .init("!STS:0x0149.15"),
    ]

    @Test func conditionsAreThePrintedOnes() {
        expectConditions(of: map, Self.wellKnown, [], Self.traps)
        #expect(map.wellKnownAlarms.map(\.alarm.name) == Alarm.stsWellKnown.map(\.name))
        #expect(
            Alarm.stsWellKnown.map(\.name) == [
                "stsImminentStop", "stsTransferImpossible", "stsConsecutiveDetection", "stsOverload", "stsString1Alarm", "stsString2Alarm",
                "stsPreventiveMaintenance", "stsGeneralAlarm", "stsCustomInputAlarm",
            ])
    }

    @Test func alarmListHasEveryManagedBit() {
        let conditions = map.snapshot(of: map.registers(map.bits)).conditions
        let printed = Self.words.filter { $0.address >= 0x0148 }.flatMap { word in
            word.levels.enumerated().filter { $0.element != "-" }.map { STS.code(word.address, bit: $0.offset) }
        }
        #expect(conditions.map(\.code) == printed && conditions.count == 24)
    }
}
