import Glibc

/// Numbers that nobody can guess, fetched from the system many at a time: a system call for each would cost more than encoding a request.
struct RandomNumbers: RandomNumberGenerator {
    private var pool = [UInt64](repeating: 0, count: 32)
    private var unused = 0

    mutating func next() -> UInt64 {
        if unused == 0 { refill() }
        unused -= 1
        return pool[unused]
    }

    /// A request id of four octets.
    mutating func requestID() -> Int32 { Int32.random(in: EncodedPDU.requestIDs, using: &self) }

    private mutating func refill() {
        let failure = pool.withUnsafeMutableBytes { octets in octets.baseAddress.map { getentropy($0, octets.count) } }
        precondition(failure == 0, "the system has no random numbers")
        unused = pool.count
    }
}
