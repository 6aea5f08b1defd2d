import PowerDevice
import Testing

@Suite struct STSSnapshotTests {
    private let map = DeviceMap.sts

    /// Both sources well and synchronised, source 1 preferred, the load on it by switch 1.
    private static let normal: Set<PointCode> = [
        "STS:0x0140.0", "STS:0x0140.4", "STS:0x0140.6", "STS:0x0140.10", "STS:0x0140.12", "STS:0x0141.0", "STS:0x0141.1", "STS:0x0141.7",
        "STS:0x0141.12",
    ]

    private func transfer(_ set: Set<PointCode>) -> TransferState? { map.snapshot(of: map.registers(set)).state.transfer }

    @Test func normalOperationIsDecoded() {
        let state = map.snapshot(of: map.registers(Self.normal)).state
        #expect(
            state.transfer
                == TransferState(
                    source1: .ok, source2: .ok, preferredSource: 1, interaction: .synchronised, load: .preferredSource, output: .switch1))
        #expect(state.kind == .sts && state.isCommunicating && state.alarms.isEmpty)
        #expect(state.outputSource == nil && state.batteryStatus == nil)
        #expect(state.inputLines == 3 && state.outputLines == 3)
    }

    @Test(
        arguments: [
            ("STS:0x0140.0", .ok), ("STS:0x0140.1", .critical), ("STS:0x0140.2", .outOfTolerance), ("STS:0x0140.3", .absent),
        ] as [(PointCode, TransferState.SourceStatus)]) func source1IsDecoded(code: PointCode, status: TransferState.SourceStatus)
    {
        #expect(transfer([code])?.source1 == status && transfer([code, "STS:0x0140.0"])?.source1 == status)
        #expect(transfer([code])?.source2 == .unknown)
    }

    @Test(
        arguments: [
            ("STS:0x0140.6", .ok), ("STS:0x0140.7", .critical), ("STS:0x0140.8", .outOfTolerance), ("STS:0x0140.9", .absent),
        ] as [(PointCode, TransferState.SourceStatus)]) func source2IsDecoded(code: PointCode, status: TransferState.SourceStatus)
    {
        #expect(transfer([code])?.source2 == status && transfer([code, "STS:0x0140.6"])?.source2 == status)
        #expect(transfer([code])?.source1 == .unknown)
    }

    @Test(
        arguments: [
            (["STS:0x0140.12"], .synchronised), (["STS:0x0140.13"], .sliding), (["STS:0x0140.14"], .asynchronous),
            (["STS:0x0140.15"], .synchronised), (["STS:0x0140.13", "STS:0x0140.15"], .sliding), ([], .unknown),
        ] as [(Set<PointCode>, TransferState.Interaction)])
    func interactionIsDecoded(set: Set<PointCode>, interaction: TransferState.Interaction) {
        #expect(transfer(set)?.interaction == interaction)
    }

    @Test(
        arguments: [
            (["STS:0x0141.1"], .preferredSource), (["STS:0x0141.2"], .alternateSource), (["STS:0x0141.3"], .off),
            (["STS:0x0141.4"], .maintenanceBypass1), (["STS:0x0141.5"], .maintenanceBypass2), ([], .unknown),
            (["STS:0x0141.1", "STS:0x0141.2"], .alternateSource), (["STS:0x0141.1", "STS:0x0141.3"], .off),
            (["STS:0x0141.3", "STS:0x0141.4"], .maintenanceBypass1),
        ] as [(Set<PointCode>, TransferState.LoadStatus)]) func loadIsDecoded(set: Set<PointCode>, load: TransferState.LoadStatus)
    {
        #expect(transfer(set)?.load == load)
    }

    @Test(
        arguments: [
            (["STS:0x0141.7"], .switch1), (["STS:0x0141.8"], .switch2), ([], .off),
        ] as [(Set<PointCode>, TransferState.OutputStatus)]) func outputFollowsTheSwitches(
            set: Set<PointCode>, output: TransferState.OutputStatus
        )
    {
        #expect(transfer(set)?.output == output)
    }

    @Test func preferredSourceIsTheOtherOneWithoutItsBit() {
        #expect(transfer(["STS:0x0141.0"])?.preferredSource == 1 && transfer([])?.preferredSource == 2)
    }

    @Test func unreadWordsTellNothing() {
        let silent = map.snapshot(of: map.emptyRegisters).state
        #expect(!silent.isCommunicating && silent.transfer == TransferState() && silent.kind == .sts)
        #expect(map.silentSnapshot().plate.model == "STATYS" && map.silentSnapshot().state.outputLines == 3)
        var file = map.emptyRegisters
        file.store([1], at: 0x0148)
        let state = map.snapshot(of: file).state
        #expect(state.isCommunicating && state.transfer == TransferState() && state.alarms == [.stsImminentStop])
        #expect(map.traps.filter { map.holds($0.value, in: file) }.map(\.key) == [1])
    }

    @Test func plateNamesTheReferenceOrStatys() throws {
        var file = map.registers()
        let bare = map.snapshot(of: file).plate
        #expect(bare.model == "STATYS" && bare.reference == nil && bare.serial == nil && bare.inputLines == 3)
        file.setText("STATYS XS 63A", of: try #require(map["STS:0x0100"]))
        file.setText("P230012345", of: try #require(map["STS:0x0116"]))
        #expect(file[0x0100] == 0x5354 && file[0x0116] == 0x5032)
        let plate = map.snapshot(of: file).plate
        #expect(plate.model == "STATYS XS 63A" && plate.reference == "STATYS XS 63A" && plate.serial == "P230012345")
        #expect(!plate.hasBattery)
    }

    @Test func oneLineSystemsHaveNoOtherLines() {
        var file = map.registers(Self.normal)
        for address in [0x0221, 0x0222, 0x0229, 0x022A, 0x0231, 0x0232] as [UInt16] { file[address] = 0xFFFF }
        file[0x0220] = 230
        let state = map.snapshot(of: file).state
        #expect(state.inputLines == 1 && state.outputLines == 1 && state.readings[Variable("input.1.voltage")] == 230)
    }

    @Test func phaseShiftHasASign() {
        var file = map.registers()
        for (word, degrees) in [(0, 0), (12, 12), (180, 180), (0xFFF4, -12)] as [(UInt16, Double)] {
            file[0x023F] = word
            #expect(map.snapshot(of: file).state.readings[.phaseShift] == degrees)
        }
        file[0x023F] = 0xFFFF
        #expect(map.snapshot(of: file).state.readings[.phaseShift] == nil)
    }

    @Test(
        arguments: [
            ([], .normal), (["STS:0x0148.0"], .critical), (["STS:0x0148.3"], .critical), (["STS:0x0141.3"], .off),
            (["STS:0x0141.3", "STS:0x0148.0"], .critical), (["STS:0x0141.4"], .onBypass), (["STS:0x0141.5"], .onBypass),
            (["STS:0x0141.2"], .warning), (["STS:0x0149.15"], .warning), (["STS:0x0140.9"], .warning), (["STS:0x0140.1"], .warning),
            (["STS:0x0148.14"], .warning), (["STS:0x0149.13"], .warning),
        ] as [(Set<PointCode>, OperatingStatus)]) func operatingStatusFollows(set: Set<PointCode>, status: OperatingStatus)
    {
        #expect(OperatingStatus(map.snapshot(of: map.registers(Self.normal.union(set))).state) == status)
    }

    @Test func operatingStatusIsUnknownWithoutALoadStatus() {
        #expect(OperatingStatus(map.snapshot(of: map.registers()).state) == .unknown)
        #expect(OperatingStatus(map.silentSnapshot().state) == .unknown)
        #expect(OperatingStatus(DeviceState(kind: .sts, isCommunicating: true)) == .unknown)
    }
}
