package import PowerDevice

/// A card at one moment of an upgrade: what it runs, since when, and whether it sees its UPS.
package struct CardInspection: Sendable, Equatable {
    /// The firmware version, `8.40`; nil if the card does not tell.
    package var version: String?
    /// Seconds since the card's start (sysUpTime).
    package var uptime: Double?
    package var state: DeviceState

    package init(version: String?, uptime: Double?, state: DeviceState) {
        self.version = version
        self.uptime = uptime
        self.state = state
    }
}
