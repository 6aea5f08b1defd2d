import PowerDevice
import Testing

@Suite struct UPSSynopticTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let element: Int
        let codes: [String]
        let colour: Synoptic.Colour?
        let values: [String: UInt16]
        var testDescription: String { "\(element) \(codes) \(values)" }

        init(_ element: Int, _ codes: String, _ colour: Synoptic.Colour?, _ values: [String: UInt16] = [:]) {
            self.element = element
            self.codes = codes.split(separator: " ").map(String.init)
            self.colour = colour
            self.values = values
        }
    }

    private func synoptic(
        _ map: DeviceMap, _ codes: [String], _ values: [String: UInt16] = [:], _ surroundings: Synoptic.Surroundings = .init()
    ) throws -> Synoptic {
        let file = map.fixture(codes, values: values)
        let snapshot = map.snapshot(of: file)
        return .unit(try #require(map.upsState(of: file, snapshot: snapshot)), snapshot, surroundings)
    }

    static let vuMap: [Row] = [
        Row(1, "", .grey), Row(1, "S048", .green), Row(2, "", .grey), Row(2, "S049", .green), Row(2, "S049 A033", .yellow),
        Row(2, "S049 A033 A032", .red), Row(3, "", .grey), Row(3, "S049", .green), Row(4, "", .grey), Row(4, "S049", .green),
        Row(5, "", .grey), Row(5, "S049", .green), Row(5, "A019", .yellow), Row(6, "", .grey), Row(6, "S052", .green),
        Row(6, "S052 A041", .yellow), Row(6, "A040", .red), Row(7, "", .grey), Row(7, "S052", .green), Row(7, "S052 A019", .yellow),
        Row(8, "", nil), Row(8, "S004", .grey), Row(8, "S013", .grey), Row(8, "S000", .green), Row(8, "S006", .green),
        Row(8, "S002", .yellow), Row(8, "S000 A019", .yellow), Row(8, "S003", .yellow), Row(9, "", nil), Row(9, "", .grey, ["M000": 0]),
        Row(9, "", .green, ["M000": 90]), Row(9, "", .yellow, ["M000": 91]), Row(9, "", .yellow, ["M000": 100]),
        Row(9, "", .red, ["M000": 101]), Row(9, "", .red, ["M001": 10, "M002": 20, "M003": 105]), Row(10, "", .green),
        Row(10, "A020", .yellow), Row(10, "A021", .yellow), Row(10, "A022", .yellow), Row(10, "A027", .red), Row(10, "A016", .red),
        Row(10, "A017", .red), Row(10, "", nil, ["T010": 0]), Row(11, "", .grey), Row(11, "S056", .green), Row(12, "", .grey),
        Row(12, "S056", .green), Row(12, "S056 S002", .yellow), Row(12, "S057", .yellow), Row(13, "", .grey), Row(13, "S002", .green),
        Row(13, "A049", .yellow), Row(13, "A048", .red), Row(14, "", .grey), Row(14, "S002", .yellow), Row(14, "S002 S006", .green),
        Row(15, "", .grey), Row(15, "S003", .yellow), Row(15, "", nil, ["T009": 0x80]), Row(16, "", nil), Row(16, "A004", .yellow),
        Row(16, "A003", .red), Row(17, "", nil), Row(17, "A012", .yellow), Row(18, "", nil), Row(18, "A015", .yellow),
        Row(18, "A000", .red), Row(19, "", nil), Row(19, "S023", .green), Row(19, "", .grey, ["T008": 8]), Row(20, "", nil),
        Row(21, "", nil),
    ]

    @Test(arguments: vuMap) func colourFollowsVUMap(_ row: Row) throws {
        #expect(try synoptic(.vuMap, row.codes, row.values)[row.element] == row.colour)
    }

    static let jbusp: [Row] = [
        Row(1, "", .grey), Row(1, "S00", .green), Row(2, "", .grey), Row(2, "S02", .green), Row(2, "S02 A23", .yellow), Row(2, "A52", .red),
        Row(3, "S02", .green), Row(4, "", .grey), Row(5, "S02", .green), Row(5, "S05", .yellow), Row(6, "S01", .green),
        Row(6, "A25", .yellow), Row(6, "A54", .red), Row(7, "S01", .green), Row(7, "S01 S05", .yellow), Row(8, "", .grey),
        Row(8, "S03", .green), Row(8, "S07", .green), Row(8, "S04", .yellow), Row(8, "S03 S05", .yellow), Row(9, "", .red, ["M03": 120]),
        Row(10, "", .green), Row(10, "A47", .yellow), Row(10, "S14", .yellow), Row(10, "A01", .red), Row(11, "S26", .green),
        Row(12, "S26", .green), Row(12, "S26 S04", .yellow), Row(13, "S04", .green), Row(13, "A29", .yellow), Row(13, "A62", .red),
        Row(14, "", .grey), Row(14, "S04", .yellow), Row(14, "S04 S07", .green), Row(15, "", .grey), Row(15, "A08", .yellow),
        Row(16, "A46", .yellow), Row(16, "A45", .red), Row(17, "A44", .yellow), Row(18, "A00", .yellow), Row(18, "A31", .red),
        Row(19, "S46", .green), Row(19, "", nil),
    ]

    @Test(arguments: jbusp) func colourFollowsJBUSP(_ row: Row) throws {
        #expect(try synoptic(.jbusp, row.codes, row.values)[row.element] == row.colour)
    }

    @Test func surroundingsAddTheirElements() throws {
        let surroundings = Synoptic.Surroundings(hasNewAlarm: true, isIoTEnabled: true, isBatteryShared: true)
        let synoptic = try synoptic(.vuMap, ["A015"], [:], surroundings)
        #expect(synoptic[20] == .green && synoptic[21] == .green)
        #expect(synoptic.elements.filter(\.isFlashing).map(\.number) == [18])
        #expect(try self.synoptic(.vuMap, ["A015"])[18] == .yellow)
        #expect(try !self.synoptic(.vuMap, ["A015"]).elements.contains(where: \.isFlashing))
    }

    @Test func elementsAreInTheManualsOrder() throws {
        let all = Synoptic.Surroundings(isIoTEnabled: true, isBatteryShared: true)
        let full = try synoptic(.vuMap, ["S000", "A003", "A012", "A015", "S023"], ["M000": 50], all)
        #expect(full.elements.map(\.number) == Array(1...21))
    }

    @Test func systemHasEightElements() throws {
        let file = DeviceMap.vuMap.fixture("S000", "S048", "S052", values: ["M000": 50])
        let snapshot = DeviceMap.vuMap.snapshot(of: file)
        let state = try #require(DeviceMap.vuMap.upsState(of: file, snapshot: snapshot))
        let synoptic = Synoptic.system(state, snapshot)
        #expect(synoptic.elements.map(\.number) == [1, 7, 8, 9, 11, 12, 14, 15])
        #expect(synoptic[8] == .green && synoptic[9] == .green && synoptic.load == 50 && synoptic.battery == nil)
    }

    @Test func loadIsHiddenOnMaintenanceBypass() throws {
        #expect(try synoptic(.vuMap, ["S000"], ["M000": 42]).load == 42)
        for code in ["S003", "S017", "S018"] { #expect(try synoptic(.vuMap, [code], ["M000": 42]).load == nil) }
        #expect(try synoptic(.jbusp, ["S03"], ["M03": 42]).load == 42)
        #expect(try synoptic(.jbusp, ["A08"], ["M03": 42]).load == nil)
    }

    @Test func batteryShowsChargeOrRemainingTime() throws {
        let values: [String: UInt16] = ["M022": 80, "M024": 12]
        #expect(try synoptic(.vuMap, ["S036"], values).batteryValue == .charge(80))
        #expect(try synoptic(.vuMap, ["S033"], values).batteryValue == .charge(80))
        #expect(try synoptic(.vuMap, ["A019"], values).batteryValue == .remaining(720))
        #expect(try synoptic(.vuMap, ["A018", "A019"], values).batteryValue == .remaining(720))
        #expect(try synoptic(.vuMap, ["A016"], values).batteryValue == nil)
        #expect(try synoptic(.vuMap, ["A019"]).batteryValue == nil)
    }

    @Test func batterySymbolFollowsItsState() throws {
        let symbols: [(String, BatterySymbol)] = [
            ("A016", .open), ("A017", .discharged), ("A018", .discharging), ("A019", .discharging), ("S034", .discharging),
            ("S036", .charging), ("S033", .charged), ("A027", .charged),
        ]
        for (code, symbol) in symbols { #expect(try synoptic(.vuMap, [code]).battery == symbol) }
    }

    @Test func loadStepIsTheLeastThatReachesTheLoad() {
        let steps: [(Double, LoadStep)] = [
            (0, .none), (0.5, .tenth), (10, .tenth), (11, .half), (50, .half), (90, .high), (90.5, .full), (100, .full), (101, .over),
            (120, .over), (300, .over), (-1, .none),
        ]
        for (load, step) in steps { #expect(LoadStep(load) == step) }
    }
}
