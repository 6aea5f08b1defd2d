import Glibc
import NIOCore
import NetVision

/// Tries whether a card's ports can be had at an address, and gives them back at once.
enum PortProbe {
    /// The first port that can't be had; nil if all can.
    static func firstFailure(at address: UInt32, offset: PortOffset, settings: CardSettings? = nil) -> CardStartError? {
        for port in settings?.enabledPorts ?? CardPort.allCases {
            let number = settings?.number(of: port, offset: offset) ?? port.number(offset)
            guard let code = failure(of: port, number, at: address) else { continue }
            return CardStartError(port: port, number: number, address: AddressRange.text(address), errno: code)
        }
        return nil
    }

    /// The errno of the failure of one port; nil if it can be had.
    static func failure(of port: CardPort, _ number: Int, at address: UInt32) -> CInt? {
        tryBinding(address, number, isDatagram: port != .modbus, isShared: port == .modbus || port == .lan)
    }

    /// Waits until all can be had, 3 s at most where another program has one: a predecessor may be about to end. Throws the reason why not.
    static func await(at address: UInt32, offset: PortOffset, settings: CardSettings) async throws {
        let deadline = ContinuousClock.now + patience
        while let failure = firstFailure(at: address, offset: offset, settings: settings) {
            guard failure.errno == EADDRINUSE, .now < deadline else { throw failure }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private static let patience = Duration.seconds(3)

    /// The errno of the failure; nil on success.
    private static func tryBinding(_ address: UInt32, _ port: Int, isDatagram: Bool, isShared: Bool) -> CInt? {
        let type = isDatagram ? SOCK_DGRAM : SOCK_STREAM
        let descriptor = socket(AF_INET, CInt(type.rawValue), 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        if isShared {
            // A TCP listener that has closed leaves connections behind that don't keep the port; the LAN protocol's port is also bound on the
            // wildcard address.
            var on: CInt = 1
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<CInt>.size))
        }
        guard let place = try? SocketAddress(ipAddress: AddressRange.text(address), port: port) else { return EINVAL }
        let result = place.withSockAddr { bind(descriptor, $0, socklen_t($1)) }
        return result == 0 ? nil : errno
    }
}
