import Foundation

/// A network below 127.0.0.0/8 and an offset of ports that nobody uses now.
struct LoopbackNetwork: Sendable {
    /// The first three numbers: `127.91.3`.
    let prefix: String
    /// Added to the well-known ports, so that nothing needs root.
    let portOffset: Int

    var cidr: String { "\(prefix).0/24" }

    func host(_ number: Int) -> String { "\(prefix).\(number)" }

    func port(_ wellKnown: Int) -> Int { portOffset + wellKnown }

    /// HOST:PORT of a service of one of our own programs, outside the addresses that cards have.
    func endpoint(_ host: Int, _ wellKnown: Int) -> String { "\(self.host(host)):\(port(wellKnown))" }

    struct NoneFree: Error, CustomStringConvertible {
        var description: String { "no free network was found below 127.0.0.0/8" }
    }

    /// All ports stay below 32768, where the system takes the ports of clients from.
    static func free() throws -> LoopbackNetwork {
        for _ in 0..<50 {
            let network = LoopbackNetwork(
                prefix: "127.\(Int.random(in: 64...250)).\(Int.random(in: 0...250))", portOffset: Int.random(in: 10_000...17_000))
            if network.isFree { return network }
        }
        throw NoneFree()
    }

    private var isFree: Bool {
        let host = host(1)
        return [69, 161, 4555].allSatisfy { Self.canBind(host, port($0), kind: SOCK_DGRAM) }
            && [162, 514].allSatisfy { Self.canBind("0.0.0.0", port($0), kind: SOCK_DGRAM) }
            && [80, 502, 8080, 9077].allSatisfy { Self.canBind(host, port($0), kind: SOCK_STREAM) }
    }

    private static func canBind(_ host: String, _ port: Int, kind: __socket_type) -> Bool {
        let descriptor = socket(AF_INET, Int32(kind.rawValue), 0)
        guard descriptor >= 0, var address = try? IPv4Endpoint(host, port).address else { return false }
        defer { close(descriptor) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
