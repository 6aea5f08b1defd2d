import NetVision
import PowerDevice
import SNMP
import Testing

@testable import CardAgent

@Suite struct TrapReceiverTests {
    private static let row: AlarmTable.Row = {
        var table = AlarmTable()
        _ = table.update(active: [14], uptime: 0)
        return table.rows[0]
    }()

    private func receiver(_ kind: TrapReceiver.Kind = .netVision, _ filter: TrapFilter = .severity(.information)) -> TrapReceiver {
        var receiver = TrapReceiver()
        receiver.address = TrapAddress("10.0.0.9")
        receiver.kind = kind
        receiver.filter = filter
        return receiver
    }

    private func wanted(_ receiver: TrapReceiver, isTrapFilterEnabled: Bool = false) -> Set<Int32> {
        let traps = UPSTrap.numbers.map { number in
            let isAlarm = number == UPSTrap.alarmEntryAdded || number == UPSTrap.alarmEntryRemoved
            return TrapEvent(number, alarm: isAlarm ? Self.row : nil)
        }
        return Set(traps.filter { receiver.wants($0, isTrapFilterEnabled: isTrapFilterEnabled) }.map(\.number))
    }

    @Test func aSeverityLetsThroughWhatIsAsGrave() {
        #expect(wanted(receiver()) == Set(1...42))
        #expect(wanted(receiver(.netVision, .severity(.critical))) == [5, 8, 9, 10, 12, 13, 14, 28, 30, 32, 34, 36, 38, 42])
        #expect(wanted(receiver(.netVision, .severity(.warning))).isSuperset(of: [1, 3, 5, 15, 41]))
        #expect(wanted(receiver(.netVision, .severity(.warning))).isDisjoint(with: [2, 4, 22, 27, 40]))
    }

    @Test func theTrapFilterTakesThreeAndFourFromSeveritiesOnly() {
        #expect(wanted(receiver(), isTrapFilterEnabled: true) == Set(1...42).subtracting([3, 4]))
        #expect(wanted(receiver(.netVision, .events([3, 5])), isTrapFilterEnabled: true) == [3, 5, 42])
    }

    @Test func eventsLetThroughWhatIsListed() {
        #expect(wanted(receiver(.netVision, .events([3, 5, 15]))) == [3, 5, 15, 42])
        #expect(wanted(receiver(.netVision, .events([]))) == [42])
    }

    @Test func theTypeDecidesAboutTheFamily() {
        let standard = TrapEvent(UPSTrap.onBattery, family: .rfc1628)
        #expect(receiver(.rfc1628, .severity(.critical)).wants(standard, isTrapFilterEnabled: true))
        #expect(!receiver(.netVision).wants(standard, isTrapFilterEnabled: false))
        #expect(wanted(receiver(.rfc1628)).isEmpty)
        #expect(wanted(receiver(.none)).isEmpty)
        var empty = receiver()
        empty.address = nil
        #expect(wanted(empty).isEmpty)
    }

    @Test func anAddressMayHaveAPort() throws {
        let offset = try #require(PortOffset(rawValue: 10_000))
        #expect(TrapAddress("10.0.0.9")?.port(offset) == 10_162)
        #expect(TrapAddress("10.0.0.9:162")?.port(offset) == 162)
        #expect(TrapAddress("10.0.0.9:162")?.description == "10.0.0.9:162")
        for bad in [
            "", "10.0.0", "10.0.0.9:", "10.0.0.9:0", "10.0.0.9:65536", "10.0.0.9:+1", "10.0.0.9:1:2", "host", "0.0.0.0", " 10.0.0.9",
        ] {
            #expect(TrapAddress(bad) == nil, "\(bad)")
        }
    }

    @Test func theTableTakesEightAndKnowsWhatIsSentWhere() throws {
        var table = TrapReceiverTable()
        for number in 1...8 {
            var receiver = receiver()
            receiver.address = TrapAddress("10.0.0.\(number)")
            let isTaken = table.take(receiver)
            #expect(isTaken)
        }
        var again = receiver()
        again.address = TrapAddress("10.0.0.3")
        again.community = "other"
        let isReplaced = table.take(again)
        #expect(isReplaced)
        #expect(table[2].community == "other")
        again.version = .v1
        let hasRoomForAnotherVersion = table.take(again)
        #expect(!hasRoomForAnotherVersion)
        again.version = .v2c
        again.address = TrapAddress("10.0.0.3:163")
        let hasRoomForAnotherPort = table.take(again)
        #expect(!hasRoomForAnotherPort)
    }
}
