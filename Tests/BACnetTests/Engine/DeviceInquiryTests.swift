import NIOCore
import Testing

@testable import BACnet

struct DeviceInquiryTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private let device = ObjectIdentifier.device(17)

    private func request(_ property: PropertyIdentifier, _ id: UInt8) -> DeviceInquiry.Action {
        .send(ReadProperty(property, of: device).apdu(invokeID: id))
    }

    private func ack(_ property: PropertyIdentifier, _ text: String, _ id: UInt8) -> APDU {
        ReadPropertyAck(ReadProperty(property, of: device), value: .characterString(text)).apdu(invokeID: id)
    }

    @Test func readsOnePropertyAfterTheOther() {
        var inquiry = DeviceInquiry(device, properties: [.objectName, .modelName, .serialNumber], firstInvokeID: 255)
        let answer1 = inquiry.start(now: start)
        #expect(answer1 == request(.objectName, 255))
        let answer2 = inquiry.received(ack(.objectName, "A", 255), now: start)
        #expect(answer2 == request(.modelName, 0))
        // The same answer again, one to another question, and one about another property.
        let answer3 = inquiry.received(ack(.objectName, "A", 255), now: start)
        #expect(answer3 == .wait)
        let answer4 = inquiry.received(ack(.modelName, "B", 9), now: start)
        #expect(answer4 == .wait)
        let answer5 = inquiry.received(ack(.description, "B", 0), now: start)
        #expect(answer5 == .wait)
        // What it lacks is left out.
        #expect(
            inquiry.received(.error(invokeID: 0, service: .readProperty, parameters: ByteBuffer()), now: start) == request(.serialNumber, 1)
        )
        let answer6 = inquiry.received(ack(.serialNumber, "S", 1), now: start)
        #expect(answer6 == .done)
        #expect(inquiry.values == [.objectName: .characterString("A"), .serialNumber: .characterString("S")])
        let answer7 = inquiry.received(ack(.serialNumber, "T", 1), now: start)
        #expect(answer7 == .done)
    }

    @Test func asksThriceAndGivesUpAfterTwoSilences() {
        var inquiry = DeviceInquiry(device, properties: [.objectName, .modelName, .serialNumber], firstInvokeID: 1)
        var now = start
        _ = inquiry.start(now: now)
        let answer8 = inquiry.elapsed(now: now)
        #expect(answer8 == .wait)
        var sent = 1
        var action = inquiry.elapsed(now: now)
        while action != .done, sent < 100 {
            if case .send = action { sent += 1 }
            now = now + .milliseconds(500)
            action = inquiry.elapsed(now: now)
        }
        #expect(sent == 2 * DeviceInquiry.attempts)
        #expect(inquiry.isDone)
    }
}
