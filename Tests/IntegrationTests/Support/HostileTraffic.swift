import Foundation

/// Bytes that nobody should send: random ones, and well-formed messages cut short, changed or blown up. The same seed makes the same bytes.
struct HostileTraffic {
    private var generator: Generator

    init(seed: UInt64) { generator = Generator(state: seed) }

    /// SplitMix64.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// `count` messages made of `valid` ones and of nothing.
    mutating func messages(like valid: [[UInt8]], count: Int) -> [[UInt8]] {
        (0..<count).map { number in
            guard let base = valid.randomElement(using: &generator), !base.isEmpty else { return random(upTo: 600) }
            switch number % 6 {
            case 0: return random(upTo: 600)
            case 1: return Array(base.prefix(Int.random(in: 0...base.count, using: &generator)))
            case 2, 3: return changed(base, places: number % 6)
            case 4: return base + random(upTo: 1200)
            default: return number % 60 == 5 ? base + random(exactly: 60_000) : changed(base, places: 1)
            }
        }
    }

    mutating func random(exactly count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) } }

    private mutating func random(upTo limit: Int) -> [UInt8] { random(exactly: Int.random(in: 0...limit, using: &generator)) }

    private mutating func changed(_ base: [UInt8], places: Int) -> [UInt8] {
        var octets = base
        for _ in 0..<places {
            octets[Int.random(in: 0..<octets.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        return octets
    }
}

/// Sends datagrams from one port, and reads what comes back only to throw it away.
struct DatagramSender {
    static func send(_ messages: [[UInt8]], to host: String, port: Int) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        defer { close(descriptor) }
        var address = try IPv4Endpoint(host, port).address
        var scrap = [UInt8](repeating: 0, count: 65_536)
        for (number, message) in messages.enumerated() {
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    sendto(descriptor, message, message.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            while recv(descriptor, &scrap, scrap.count, 0) > 0 {}
            // The receiver's queue is to be filled by bad messages, not by their number alone.
            if number % 50 == 49 { usleep(2000) }
        }
    }
}
