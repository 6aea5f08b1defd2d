import Foundation

/// A TCP connection, blocking and bounded in time.
final class TCPConnection {
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    private var descriptor: Int32

    init(to host: String, port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = try IPv4Endpoint(host, port).address
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard code == 0 else { throw Failed(description: "\(host):\(port): \(String(cString: strerror(errno)))") }
    }

    deinit { close() }

    func close() {
        if descriptor >= 0 { Foundation.close(descriptor) }
        descriptor = -1
    }

    func send(_ octets: [UInt8]) throws {
        guard Foundation.send(descriptor, octets, octets.count, Int32(MSG_NOSIGNAL)) == octets.count else {
            throw Failed(description: "nothing can be sent: \(String(cString: strerror(errno)))")
        }
    }

    /// What comes next; empty when the peer has closed, nil when nothing comes.
    func receive(within seconds: Int) throws -> [UInt8]? {
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var octets = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &octets, octets.count, 0)
        if count < 0 { return errno == ECONNRESET ? [] : nil }
        return Array(octets.prefix(count))
    }
}

/// An address and a port as the system wants them.
struct IPv4Endpoint {
    let address: sockaddr_in

    init(_ host: String, _ port: Int) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { throw TCPConnection.Failed(description: "\(host) is no address") }
        self.address = address
    }
}
