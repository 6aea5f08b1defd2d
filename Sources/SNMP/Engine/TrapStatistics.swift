/// Why a received datagram brings no notification.
package enum NotificationDropReason: String, Hashable, Sendable, CaseIterable {
    /// No SNMP message, or a trap that does not say which it is.
    case malformed
    case unsupportedVersion
    /// A message of another kind: a request, a response.
    case notANotification
    case unknownCommunity
    case unknownUser
    /// A level of security that the user has not, or a lower one than the user's.
    case unsupportedSecurityLevel
    case wrongDigest
    /// Authentic, but older than what the engine has sent before: a replay, or an engine that has lost its count of boots.
    case notInTimeWindow
    /// Signed with the right key, but not readable with the user's privacy key.
    case decryption
    /// For a context that is not the default one.
    case unknownContext
    /// From an engine that was never heard before, at a time when too many of those come.
    case rateLimited
    /// The consumer does not keep up. An inform dropped so is not acknowledged, and will come again.
    case queueFull
}

/// A receiver's counters since it was made.
package struct TrapStatistics: Equatable, Sendable {
    /// Datagrams that came in.
    package var received: UInt64 = 0
    /// Notifications handed on: traps and informs.
    package var delivered: UInt64 = 0
    /// Informs that were acknowledged, repeated ones included.
    package var acknowledged: UInt64 = 0
    /// Informs that had been delivered before.
    package var duplicates: UInt64 = 0
    /// Reports sent: a part of every v3 inform's way in.
    package var reports: UInt64 = 0
    package var drops: [NotificationDropReason: UInt64] = [:]
    /// Datagrams that the system dropped because they were not fetched in time.
    package var overflowed: UInt64 = 0
    /// The v3 engines that are known now.
    package var engines = 0
    /// How often an engine was heard at another address than before, without having started again.
    package var engineConflicts: UInt64 = 0

    package init() {}
}
