import PowerDevice
import Testing

@Suite struct STSSynopticTests {
    private func synoptic(_ codes: [String], _ values: [String: UInt16] = [:]) throws -> Synoptic {
        let map = DeviceMap.sts
        let file = map.fixture(codes.map { "STS:" + $0 }, values: values)
        let snapshot = map.snapshot(of: file)
        return .transferSystem(try #require(map.stsState(of: file, snapshot: snapshot)), snapshot)
    }

    /// Element, bits, colour. On source 1, which is preferred, unless said.
    private static let rows: [(Int, [String], Synoptic.Colour?)] = [
        (1, ["0x0141.0"], .green), (1, ["0x0141.1"], nil), (7, ["0x0141.1"], .green), (7, ["0x0141.0"], nil),
        (2, ["0x0140.0"], .green), (2, ["0x0140.2"], .green), (2, ["0x0140.3"], .grey), (2, ["0x0140.0", "0x0141.7", "0x0141.2"], .yellow),
        (2, ["0x0140.0", "0x0141.7", "0x0141.1"], .green), (8, ["0x0140.6"], .green), (8, ["0x0140.9"], .grey),
        (8, ["0x0140.6", "0x0141.8", "0x0141.2"], .yellow), (3, ["0x0142.3"], .green), (3, ["0x0141.0"], .grey),
        (3, ["0x0142.3", "0x0148.9"], .red), (3, ["0x0148.10"], .red), (3, ["0x0148.11"], .red), (9, ["0x0142.4"], .green),
        (9, ["0x0148.13"], .red), (9, ["0x0148.14"], .red), (9, ["0x0148.15"], .red), (4, ["0x0141.7", "0x0141.1"], .green),
        (4, ["0x0141.7", "0x0141.2"], .yellow), (4, ["0x0141.8", "0x0141.1"], .grey), (10, ["0x0141.8", "0x0141.2"], .yellow),
        (10, ["0x0141.8", "0x0141.1"], .green), (5, ["0x0141.1"], .green), (5, ["0x0141.2"], .yellow), (5, ["0x0141.3"], .grey),
        (11, ["0x0140.14"], .yellow), (11, ["0x0141.0"], nil), (12, ["0x0140.13"], .yellow), (12, ["0x0141.0"], nil),
        (13, ["0x0148.7"], .yellow), (13, ["0x0141.0"], nil), (14, ["0x0149.14"], .yellow), (14, ["0x0142.14"], .yellow),
        (15, ["0x0149.15"], .yellow), (15, ["0x0148.0"], .red), (15, ["0x0141.0"], nil), (16, ["0x0141.0"], .grey),
        (17, ["0x0141.4"], .yellow), (17, ["0x0142.6"], .yellow), (17, ["0x0141.0"], .grey), (18, ["0x0141.5"], .yellow),
        (18, ["0x0142.7"], .yellow), (18, ["0x0141.0"], .grey),
    ]

    @Test func colourFollowsItsBits() throws {
        for (element, codes, colour) in Self.rows {
            #expect(try synoptic(codes)[element] == colour, "\(element) \(codes)")
        }
    }

    @Test func loadHasItsSteps() throws {
        #expect(try synoptic(["0x0141.1"])[6] == nil)
        #expect(try synoptic(["0x0141.1"], ["STS:0x023D": 0])[6] == .grey)
        #expect(try synoptic(["0x0141.1"], ["STS:0x023D": 60])[6] == .green)
        #expect(try synoptic(["0x0141.1"], ["STS:0x023D": 95])[6] == .yellow)
        #expect(try synoptic(["0x0141.1"], ["STS:0x023D": 110])[6] == .red)
    }

    @Test func silentDeviceHasNoElements() {
        let snapshot = DeviceMap.sts.silentSnapshot()
        #expect(Synoptic.transferSystem(STSState(), snapshot).elements.isEmpty)
    }
}
