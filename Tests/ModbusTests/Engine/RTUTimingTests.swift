import Modbus
import NIOCore
import Testing

struct RTUTimingTests {
    @Test(arguments: [(BaudRate.baud57600, Int64(1_750_000)), (.baud38400, 1_750_000), (.baud115200, 1_750_000)])
    func silenceIsFixedAbove19200Baud(baudRate: BaudRate, nanoseconds: Int64) {
        #expect(RTUTiming(baudRate).silence.nanoseconds == nanoseconds)
    }

    @Test(arguments: [(BaudRate.baud19200, Int64(2_005)), (.baud9600, 4_010), (.baud2400, 16_041)])
    func silenceIsThreeAndAHalfCharactersBelow(baudRate: BaudRate, microseconds: Int64) {
        #expect(RTUTiming(baudRate).silence.nanoseconds / 1000 == microseconds)
    }

    @Test(arguments: BaudRate.allCases) func patienceExceedsSilence(baudRate: BaudRate) {
        #expect(RTUTiming(baudRate).patience > RTUTiming(baudRate).silence)
    }
}
