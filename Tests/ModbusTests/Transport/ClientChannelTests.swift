import Glibc
import NIOCore
import Testing

@testable import Modbus

struct ClientChannelTests {
    private func failure(_ code: CInt) -> LinkFailure {
        LinkFailure(connecting: IOError(errnoCode: code, reason: "connect"), host: "card", port: 502)
    }

    @Test func aServerWithoutDescriptorsDoesNotBlameTheCard() {
        #expect(failure(EMFILE) == .noDescriptors)
        #expect(failure(ENFILE) == .noDescriptors)
        #expect(failure(ECONNREFUSED) == .unreachable(host: "card", port: 502))
    }
}
