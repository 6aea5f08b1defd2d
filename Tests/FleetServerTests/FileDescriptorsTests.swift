import Glibc
import Testing

@testable import FleetServer

struct FileDescriptorsTests {
    @Test func theLimitIsWhatTheSystemGrants() {
        var limit = rlimit()
        let raised = FileDescriptors.raiseLimit()
        #expect(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
        #expect(Int(clamping: limit.rlim_cur) == raised)
        #expect(limit.rlim_cur == limit.rlim_max || limit.rlim_cur >= 1 << 20)
    }
}
