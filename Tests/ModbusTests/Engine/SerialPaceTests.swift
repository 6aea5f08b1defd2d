import Modbus
import NIOCore
import Testing

struct SerialPaceTests {
    let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    /// Takes what is due whenever it is due; returns each group with the time it took.
    func drain(_ pace: inout SerialPace) -> [(bytes: ByteBuffer, after: TimeAmount)] {
        var groups: [(ByteBuffer, TimeAmount)] = []
        while let due = pace.dueAt { groups.append((pace.take(now: due), due - start)) }
        return groups
    }

    @Test(arguments: [(BaudRate.baud2400, Int64(1168)), (.baud9600, 292), (.baud19200, 146), (.baud57600, 48)])
    func aLongAnswerTakesItsTime(baudRate: BaudRate, milliseconds: Int64) throws {
        var pace = SerialPace(baudRate)
        pace.append(ByteBuffer(repeating: 0x55, count: 255), now: start)
        let last = try #require(drain(&pace).last)
        #expect(last.after.nanoseconds / 1_000_000 == milliseconds)
        #expect(pace.isIdle)
    }

    @Test(arguments: BaudRate.allCases) func keepsEveryCharacterInItsOrder(baudRate: BaudRate) {
        var pace = SerialPace(baudRate)
        pace.append(ByteBuffer(bytes: 0..<100), now: start)
        pace.append(ByteBuffer(bytes: 100..<200), now: start)
        #expect(drain(&pace).flatMap { Array($0.bytes.readableBytesView) } == Array(0..<200))
    }

    @Test func passesGroupsNotSingleCharactersOnAFastLine() {
        var pace = SerialPace(.baud115200)
        pace.append(ByteBuffer(repeating: 0, count: 420), now: start)
        #expect(drain(&pace).map(\.bytes.readableBytes) == Array(repeating: 42, count: 10))
    }

    @Test func givesNothingBeforeItsTime() throws {
        var pace = SerialPace(.baud2400)
        pace.append(bytes("01 02"), now: start)
        #expect(pace.take(now: start + .milliseconds(4)).readableBytes == 0)
        #expect(pace.take(now: start - .seconds(1)).readableBytes == 0)
        #expect(pace.take(now: start + .milliseconds(5)) == bytes("01"))
    }

    @Test func catchesUpWhenItIsAskedLate() {
        var pace = SerialPace(.baud9600)
        pace.append(ByteBuffer(repeating: 0, count: 300), now: start)
        #expect(pace.take(now: start + .milliseconds(115)).readableBytes == 100)
        #expect(pace.take(now: start + .seconds(9)).readableBytes == 200)
    }

    @Test func losesWhatADriverHasNoRoomFor() {
        var pace = SerialPace(.baud57600)
        for _ in 0..<3 { pace.append(ByteBuffer(repeating: 0, count: 4000), now: start) }
        #expect(pace.take(now: start + .seconds(60)).readableBytes == SerialPace.capacity)
    }
}
