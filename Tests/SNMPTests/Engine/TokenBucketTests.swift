import NIOCore
import Testing

@testable import SNMP

struct TokenBucketTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private static func taken(_ bucket: inout TokenBucket, at now: NIODeadline, of attempts: Int) -> Int {
        (0..<attempts).reduce(0) { count, _ in count + (bucket.take(now: now) ? 1 : 0) }
    }

    @Test func allowsABurstAndThenTheRate() {
        var bucket = TokenBucket(rate: 10, burst: 50, now: Self.start)
        #expect(Self.taken(&bucket, at: Self.start, of: 100) == 50)
        #expect(Self.taken(&bucket, at: Self.start + .milliseconds(99), of: 100) == 0)
        #expect(Self.taken(&bucket, at: Self.start + .seconds(1), of: 100) == 10)
        #expect(Self.taken(&bucket, at: Self.start + .hours(1000), of: 100) == 50)
    }

    @Test func gainsNothingByAClockThatGoesBack() {
        var bucket = TokenBucket(rate: 10, burst: 1, now: Self.start + .seconds(10))
        #expect(bucket.take(now: Self.start) == true)
        #expect(bucket.take(now: Self.start) == false)
        #expect(bucket.take(now: Self.start + .seconds(10)) == false)
        #expect(bucket.take(now: Self.start + .seconds(11)) == true)
    }

    @Test func neverAllowsAnythingAtNoRate() {
        var bucket = TokenBucket(rate: -1, burst: 0, now: Self.start)
        #expect(bucket.take(now: Self.start + .hours(10)) == false)
    }
}
