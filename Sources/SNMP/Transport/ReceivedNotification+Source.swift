package import NIOCore

extension ReceivedNotification {
    /// Where the datagram came from.
    package var source: SocketAddress { peer.socketAddress }

    /// Nil unless the source is an IP address.
    package init?(
        from source: SocketAddress, version: SNMPVersion, principal: Principal, notification: SNMPNotification, isInform: Bool = false
    ) {
        guard let peer = PeerAddress(source) else { return nil }
        self.init(peer: peer, version: version, principal: principal, notification: notification, isInform: isInform)
    }
}
