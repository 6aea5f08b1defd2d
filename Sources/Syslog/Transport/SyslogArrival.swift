/// How a message comes, or goes.
package enum SyslogTransport: String, Hashable, Sendable, CaseIterable {
    /// RFC 5426.
    case udp
    /// RFC 6587.
    case tcp
    /// RFC 5425.
    case tls
}

/// A message that has come in.
package struct SyslogArrival: Hashable, Sendable {
    /// The IP address that it came from, without a port; of IPv4 in its own form.
    package let source: String
    package let transport: SyslogTransport
    package let message: SyslogMessage

    package init(source: String, transport: SyslogTransport, message: SyslogMessage) {
        self.source = source
        self.transport = transport
        self.message = message
    }

    /// What it takes in memory, roughly.
    var cost: Int { 512 + message.text.utf8.count + message.elements.count * 256 }
}
