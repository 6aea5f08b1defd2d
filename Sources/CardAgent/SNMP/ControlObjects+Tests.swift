import NetVision
import PowerDevice
import SNMP

/// The group upsTest, of RFC 1628 (§4.7) and of the older private branch: one record of tests, shown by two sets of objects.
extension ControlObjects {
    private static let standardTestNames = MIBModule.rfc1628.root.appending(7, 7)

    func standardTests() -> [ManagedObject] {
        typealias Types = StandardObjectTypes
        let tests = controls.tests
        let uptime = controls.uptime
        return [
            ManagedObject(Types.upsTestId, write: startTest(Self.standardTestNames)) {
                .objectIdentifier(Self.standardTestNames.appending(tests.contents.test.rawValue))
            },
            ManagedObject(Types.upsTestSpinLock, write: spinLock) { .integer(tests.contents.spinLock) },
            ManagedObject(Types.upsTestResultsSummary) { .integer(tests.contents.summary.rawValue) },
            ManagedObject(Types.upsTestResultsDetail) { Types.upsTestResultsDetail.text(tests.contents.detail) },
            ManagedObject(Types.upsTestStartTime) { .timeTicks(tests.contents.start) },
            ManagedObject(Types.upsTestElapsedTime) {
                .integer(Int32(clamping: tests.contents.elapsed(uptime: uptime.ticks)))
            },
        ]
    }

    func olderTests() -> [ManagedObject] {
        typealias Types = OlderTestGroup
        let tests = controls.tests
        let uptime = controls.uptime
        let names = Types.names.enumerated().map { position, type in
            ManagedObject(type) { .integer(tests.contents.test.rawValue == UInt32(position + 1) ? 1 : 0) }
        }
        return [
            ManagedObject(Types.upsTestId, write: startTest(Types.wellKnownTests)) {
                .objectIdentifier(Types.wellKnownTests.appending(tests.contents.test.rawValue))
            },
            ManagedObject(Types.upsTestSpinLock, write: spinLock) { .integer(tests.contents.spinLock) },
            ManagedObject(Types.upsTestResultsSummary) { .integer(tests.contents.summary.olderNumber) },
            ManagedObject(Types.upsTestResultsDetail) { Types.upsTestResultsDetail.text(tests.contents.detail) },
            ManagedObject(Types.upsTestStartTime) { .timeTicks(tests.contents.start) },
            ManagedObject(Types.upsTestElapsedTime) {
                .integer(Int32(clamping: tests.contents.elapsed(uptime: uptime.ticks)))
            },
        ] + names
    }

    private static func test(_ value: SNMPValue, _ names: OID) -> BatteryTestRecord.Test? {
        (1...5).lazy.compactMap { BatteryTestRecord.Test(rawValue: $0) }.first { value == .objectIdentifier(names.appending($0.rawValue)) }
    }

    /// The general systems test and the quick battery test are the UPS's battery test. It has no deep calibration, and can't be told to stop.
    ///
    /// - Parameter names: what the tests are named below.
    private func startTest(_ names: OID) -> WriteHandler {
        let ticket = OrderTicket()
        return WriteHandler { [controls] value in
            guard let test = Self.test(value, names) else { return .wrongValue }
            guard test.isBatteryTest, controls.tests.contents.summary != .inProgress else { return .inconsistentValue }
            return controls.controller.refusal(of: .startBatteryTest)?.errorStatus
        } perform: { [controls] value, requester in
            guard let test = Self.test(value, names) else { return false }
            let before = controls.tests.contents
            controls.tests.ordered(test, uptime: controls.uptime.ticks)
            let isTaken = ticket.take(
                controls.controller.submit(.startBatteryTest, by: .snmp("\(requester)")) { failure in
                    if let failure { controls.tests.failed(failure, uptime: controls.uptime.ticks) }
                })
            if !isTaken { controls.tests.restore(before) }
            return isTaken
        } undo: { [controls] _ in
            guard ticket.giveBack(to: controls.controller) else { return false }
            controls.tests.failed(.cancelled, uptime: controls.uptime.ticks)
            return true
        }
    }

    /// Asked again at the commit: another object of the same request may have advanced it.
    private var spinLock: WriteHandler {
        WriteHandler { [tests = controls.tests] value in
            value.integer == tests.contents.spinLock ? nil : .inconsistentValue
        } commit: { [tests = controls.tests] value in
            value.integer.map { tests.advanceLock(from: $0) } ?? false
        } undo: { _ in
            // Somebody has had the lock: that stays so.
            true
        }
    }
}

extension BatteryTestRecord.Summary {
    /// notActive(1), inProgress(2), byPass(3), which is a test that was passed, and failed(4).
    fileprivate var olderNumber: Int32 {
        switch self {
        case .none: 1
        case .inProgress: 2
        case .passed: 3
        case .failed, .aborted: 4
        }
    }
}
