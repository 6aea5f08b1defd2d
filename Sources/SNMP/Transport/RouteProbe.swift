import NIOCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Tells whether the system would send a datagram to an address, without sending one.
///
/// NIO closes a shared datagram socket when one destination has no route. Connecting a spare UDP socket asks the kernel the same question at
/// the price of about a microsecond, and harms nobody. Lives on one event loop.
final class RouteProbe {
    private let ipv4 = RouteProbe.open(AF_INET)
    private let ipv6 = RouteProbe.open(AF_INET6)

    deinit {
        if ipv4 >= 0 { close(ipv4) }
        if ipv6 >= 0 { close(ipv6) }
    }

    private static func open(_ family: CInt) -> CInt {
        #if canImport(Glibc)
            socket(family, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        #else
            socket(family, SOCK_DGRAM, 0)
        #endif
    }

    /// Nil if the address can be sent to, else the error that sending would meet.
    func failure(of address: SocketAddress) -> CInt? {
        guard address.port != 0, !address.isMulticast else { return EINVAL }
        let descriptor: CInt
        switch address {
        case .v4: descriptor = ipv4
        case .v6: descriptor = ipv6
        case .unixDomainSocket: return EAFNOSUPPORT
        }
        guard descriptor >= 0 else { return nil }
        return address.withSockAddr { pointer, length in
            connect(descriptor, pointer, socklen_t(length)) == 0 ? nil : errno
        }
    }
}
