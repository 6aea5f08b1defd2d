import Modbus
import Testing

@testable import CardAgent

@Suite struct BatteryTestRecordTests {
    @Test func aTestThatPasses() {
        let record = BatteryTestRecord()
        #expect(record.contents.summary == .none)
        record.ordered(.quickBattery, uptime: 100)
        record.observe(isTesting: false, hasFailed: false, uptime: 110)
        #expect(record.contents.summary == .inProgress)
        record.observe(isTesting: true, hasFailed: false, uptime: 200)
        #expect(record.contents.elapsed(uptime: 300) == 200)
        record.observe(isTesting: false, hasFailed: false, uptime: 600)
        #expect(record.contents.summary == .passed)
        #expect(record.contents.start == 100)
        #expect(record.contents.elapsed(uptime: 9999) == 500)
    }

    @Test func aFailureOfTheTestBeforeIsNotOneOfThis() {
        let record = BatteryTestRecord()
        record.observe(isTesting: false, hasFailed: true, uptime: 1)
        record.ordered(.generalSystems, uptime: 100)
        record.observe(isTesting: false, hasFailed: true, uptime: 110)
        #expect(record.contents.summary == .inProgress)
        record.observe(isTesting: true, hasFailed: false, uptime: 120)
        record.observe(isTesting: false, hasFailed: true, uptime: 130)
        #expect(record.contents.summary == .failed)
        #expect(record.contents.test == .generalSystems)
    }

    @Test func aBatteryThatFailsAtOnceIsSeen() {
        let record = BatteryTestRecord()
        record.ordered(.quickBattery, uptime: 0)
        record.observe(isTesting: false, hasFailed: true, uptime: 10)
        #expect(record.contents.summary == .failed)
    }

    @Test func anOrderThatIsNotCarriedOutIsAborted() {
        let record = BatteryTestRecord()
        record.ordered(.quickBattery, uptime: 0)
        record.failed(.notAcknowledged(.exception(.serverDeviceBusy)), uptime: 5)
        #expect(record.contents.summary == .aborted)
        #expect(record.contents.detail.contains("refuses"))
    }

    @Test func theUPSTestsByItself() {
        let record = BatteryTestRecord()
        record.observe(isTesting: true, hasFailed: false, uptime: 50)
        #expect(record.contents.summary == .inProgress)
        #expect(record.contents.test == .quickBattery)
    }

    @Test func theLockAdvancesForWhoeverKnowsItsValue() {
        let record = BatteryTestRecord()
        #expect(record.advanceLock(from: 0))
        #expect(!record.advanceLock(from: 0))
        #expect(record.contents.spinLock == 1)
        record.ordered(.quickBattery, uptime: 0)
        #expect(record.contents.spinLock == 1)
    }
}
