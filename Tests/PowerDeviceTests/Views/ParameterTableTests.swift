import PowerDevice
import Testing

@Suite struct ParameterTableTests {
    private struct Device {
        let snapshot: DeviceSnapshot
        let state: UPSState

        init(_ codes: [String], _ values: [String: UInt16], on map: DeviceMap = .vuMap) throws {
            let file = map.fixture(codes, values: values)
            snapshot = map.snapshot(of: file)
            state = try #require(map.upsState(of: file, snapshot: snapshot))
        }
    }

    private static let measured: [String: UInt16] = [
        "M000": 45, "M001": 44, "M002": 45, "M003": 46, "M004": 180, "M005": 162, "M006": 261, "M007": 262, "M008": 263, "M010": 230,
        "M011": 231, "M012": 232, "M013": 500, "M014": 14, "M015": 221, "M016": 5448, "M017": 5450, "M018": 12, "M022": 100, "M023": 400,
        "M024": 23, "M025": 180, "M026": 245, "M032": 229, "M033": 228, "M034": 230, "M035": 499, "M039": 231, "M040": 232, "M041": 233,
        "M042": 501, "M043": 400, "M044": 401, "M045": 402, "M054": 398, "M055": 399, "M056": 400, "M057": 99, "M058": 98, "M059": 97,
        "M064": 251, "M065": 252, "M066": 253, "M067": 55, "M068": 56, "M069": 57, "M073": 1, "M074": 2, "M075": 3,
    ]

    private func text(_ table: ParameterTable?) -> [String] {
        (table?.rows ?? []).map { row in
            ([row.title, row.unit] + row.values.map { $0?.description ?? "-" }).joined(separator: "|")
        }
    }

    @Test func upsTableHasTheManualsRows() throws {
        let device = try Device(["S000", "S032"], Self.measured)
        let clock = DeviceClock(year: 2026, month: 11, day: 23, hour: 8, minute: 5, second: 0)
        #expect(
            text(.ups(device.snapshot, device.state, clock: clock)) == [
                "UPS Status||Load protected by inverter", "Output load rate|%|44|45|46", "Output Power|kVA|18.0", "Output Power|kW|16.2",
                "Output Voltage|V|230|231|232", "Input Voltage|V|229|228|230", "Battery capacity|%|100", "Remaining backup time|mn|23",
                "Battery voltage|V|544.8|545.0", "Temperature|°C|22.1", "Date / time||23/11/2026 08:05:00",
            ])
    }

    @Test func batteryTableHasTheTimeOnBatteryWhileDischarging() throws {
        let normal = try Device(["S000", "S032"], Self.measured)
        #expect(
            text(.battery(normal.snapshot, normal.state)) == [
                "Battery Status||Battery OK", "Battery voltage|V|544.8|545.0", "Battery capacity|%|100", "Battery capacity|Ah|40.0",
                "Remaining backup time|mn|23", "Battery temperature|°C|24.5",
            ])
        let discharging = try Device(["S000", "A019"], Self.measured)
        let table = ParameterTable.battery(discharging.snapshot, discharging.state)
        #expect(text(table).last == "Time since on battery power|mn|3")
        #expect(table?.row("Remaining backup time", "mn")?.note == "computed")
        #expect(ParameterTable.battery(normal.snapshot, normal.state)?.row("Remaining backup time", "mn")?.note == "nominal")
    }

    @Test func outputTableHasTheManualsRows() throws {
        let device = try Device(["S006"], Self.measured)
        #expect(
            text(.output(device.snapshot, device.state)) == [
                "Output Status||Eco mode", "Output load rate|%|44|45|46", "Output Power|kVA|18.0", "Output Power|kW|16.2",
                "Output power factor||0.99|0.98|0.97", "Output crest factor||1.40", "Output Current|A|26.1|26.2|26.3",
                "Output Voltage|V|230|231|232", "Output Voltage|U|398|399|400", "Output Frequency|Hz|50.0",
            ])
    }

    @Test func inputTablesHaveTheManualsRows() throws {
        let device = try Device(["S023", "S052"], Self.measured)
        #expect(
            text(.rectifier(device.snapshot, device.state)) == [
                "Input Voltage|V|229|228|230", "Input Current|A|25.1|25.2|25.3", "Input Power|kW|5.5|5.6|5.7", "Input Frequency|Hz|49.9",
                "Gen Set Status||On",
            ])
        #expect(
            text(.bypass(device.snapshot, device.state)) == [
                "Bypass Voltage|V|231|232|233", "Bypass Voltage|U|400|401|402", "Bypass Power|kW|0.1|0.2|0.3", "Bypass Frequency|Hz|50.1",
            ])
        #expect(
            text(.inverter(device.snapshot, device.state)) == [
                "Inverter Voltage|V|230|231|232", "Inverter Voltage|U|398|399|400", "Inverter Frequency|Hz|50.0",
            ])
    }

    @Test func inverterThatIsOffHasNoVoltage() throws {
        let device = try Device(["S002"], Self.measured)
        #expect(
            text(.inverter(device.snapshot, device.state)) == [
                "Inverter Voltage|V|0|0|0", "Inverter Voltage|U|0|0|0", "Inverter Frequency|Hz|0.0",
            ])
    }

    @Test func whatIsNotMeasuredHasNoRow() throws {
        let device = try Device(["S000"], ["M000": 30, "M010": 230, "M012": 232])
        #expect(
            text(.ups(device.snapshot, device.state)) == [
                "UPS Status||Load protected by inverter", "Output load rate|%|30", "Output Voltage|V|230|-|232",
            ])
        #expect(ParameterTable.rectifier(device.snapshot, device.state).rows.isEmpty)
    }

    @Test func converterHasNoBatteryRows() throws {
        let device = try Device(["S000"], Self.measured.merging(["T010": 0]) { $1 })
        #expect(ParameterTable.battery(device.snapshot, device.state) == nil)
        #expect(!text(.ups(device.snapshot, device.state)).contains { $0.hasPrefix("Battery") || $0.hasPrefix("Remaining") })
        let module = try Device(["S000"], ["T009": 1 << 6])
        #expect(ParameterTable.bypass(module.snapshot, module.state) == nil)
    }

    @Test func onePhaseHasOneColumn() throws {
        let device = try Device(
            ["S03", "S01"], ["I00": 31, "M00": 40, "M09": 231, "M33": 229, "M15": 55, "M19": 500, "M20": 272], on: .jbusp)
        #expect(
            text(.ups(device.snapshot, device.state)) == [
                "UPS Status||Load protected by inverter", "Output load rate|%|40", "Output Voltage|V|231", "Input Voltage|V|229",
                "Battery capacity|%|100", "Battery voltage|V|27.2",
            ])
        #expect(text(.inverter(device.snapshot, device.state)) == ["Inverter Voltage|V|231", "Inverter Frequency|Hz|50.0"])
    }

    @Test func silentDeviceHasItsStatusOnly() throws {
        let snapshot = DeviceMap.vuMap.silentSnapshot()
        #expect(text(.ups(snapshot, UPSState(battery: .unknown))) == ["UPS Status||Unknown"])
    }

    @Test func transferSystemHasTheManualsRows() throws {
        let map = DeviceMap.sts
        var file = map.fixture("STS:0x0141.1")
        file.store([230, 231, 232, 398, 399, 400, 500, 312, 229, 228, 227, 397, 396, 395, 499, 321], at: 0x0220)
        file.store([230, 231, 232, 398, 399, 400, 500, 0xFFFF, 10, 11, 12, 1, 0xFFFF, 45, 0xFFFF, 4], at: 0x0230)
        file.store([2, 3, 4, 90, 91, 92], at: 0x0240)
        file.store([14, 15, 16, 0xFFFF], at: 0x0248)
        file.store([245, 1, 2, 3, 6], at: 0x024F)
        file.store([40, 45, 50], at: 0x0258)
        let snapshot = map.snapshot(of: file)
        let state = try #require(map.stsState(of: file, snapshot: snapshot))
        #expect(
            text(.transferSystem(snapshot, state)) == [
                "STS Status||On preferred source", "Output load rate|%|40|45|50", "Output Current|A|10.0|11.0|12.0", "Output Power|kW|6.0",
                "Output Voltage|V|230|231|232", "Output Frequency|Hz|50.0", "Phase shift|°|4", "STS Temperature|°C|24.5",
            ])
        #expect(
            text(.transferOutput(snapshot, state)) == [
                "STS Status||On preferred source", "Output load rate|%|40|45|50", "Output Power|kVA|2.0|3.0|4.0",
                "Output Power|kW|1.0|2.0|3.0", "Output Current|A|10.0|11.0|12.0", "Output Voltage|U|398|399|400",
                "Output Voltage|V|230|231|232", "Output Frequency|Hz|50.0", "Output power factor||0.90|0.91|0.92",
                "Output crest factor||1.40|1.50|1.60",
            ])
        #expect(
            text(.path(1, snapshot)) == [
                "Input Voltage|V|230|231|232", "Input Voltage|U|398|399|400", "Input Frequency|Hz|50.0", "Temperature|°C|31.2",
            ])
        #expect(text(.path(2, snapshot)).last == "Temperature|°C|32.1")
    }

    @Test func numbersArePrintedWithTheirDecimals() {
        let numbers: [(Double, Int, String)] = [
            (22, 1, "22.0"), (-3.5, 1, "-3.5"), (-0.04, 1, "0.0"), (0.07, 2, "0.07"), (99.95, 1, "100.0"), (400.4, 0, "400"),
            (.infinity, 1, ""), (1e300, 2, ""),
        ]
        for (number, decimals, text) in numbers {
            #expect(ParameterTable.Value.number(number, decimals: decimals).description == text)
        }
    }
}
