import NIOCore

/// A peer's address without its port, as a quick key: TFTP servers answer from another port than the one they were asked at.
///
/// Read from the kernel's structures as they lie in memory (netinet/in.h), because text would cost an allocation for each packet.
///
/// ```
///  sockaddr_in    | family 2 | port 2 | address 4 | …
///  sockaddr_in6   | family 2 | port 2 | flow 4    | address 16 | scope 4 |
/// ```
struct HostKey: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64
    private let scope: UInt32

    /// Nil for what is no IP address.
    init?(_ address: SocketAddress) {
        switch address {
        case .v4(let address):
            high = 0
            low = withUnsafeBytes(of: address.address) { UInt64($0.loadUnaligned(fromByteOffset: 4, as: UInt32.self).bigEndian) }
            scope = 0
        case .v6(let address):
            (high, low, scope) = withUnsafeBytes(of: address.address) {
                (
                    $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self).bigEndian,
                    $0.loadUnaligned(fromByteOffset: 16, as: UInt64.self).bigEndian,
                    $0.loadUnaligned(fromByteOffset: 24, as: UInt32.self)
                )
            }
        case .unixDomainSocket:
            return nil
        }
    }

    /// 127.0.0.0/8 or ::1.
    var isLoopback: Bool {
        high == 0 && (low == 1 || (low >> 24 == 127))
    }
}
