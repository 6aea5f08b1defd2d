import PowerDevice

/// A line of the card's own event log (manual 18.5), which tells of the card, its network and its users; its device has a log of its own.
struct CardEvent: Equatable, Sendable {
    let severity: Severity
    let text: String

    init(_ severity: Severity, _ text: String) {
        self.severity = severity
        self.text = text
    }
}

// MARK: - Start and network

extension CardEvent {
    static let coldBoot = CardEvent(.information, "Cold boot")
    static let warmBoot = CardEvent(.information, "Warm boot")
    static let networkLinkUp = CardEvent(.information, "Network link up")
    static let networkLinkDown = CardEvent(.warning, "Network link down")
    static let agentRestart = CardEvent(.information, "NET VISION UPS Agent Restart")
    static let firmwareUpgrade = CardEvent(.information, "NET VISION UPS Agent Firmware upgrade")
}

// MARK: - Settings

extension CardEvent {
    static let parametersReset = CardEvent(.warning, "NET VISION UPS Agent Parameters reset to default")
    static let parametersChecksumError = CardEvent(.warning, "Parameters checksum error")

    /// - Parameter title: of the setting, as the settings table names it.
    static func changed(_ title: String, by origin: ChangeOrigin) -> CardEvent {
        changed(title, way: origin.way.rawValue, by: origin.by)
    }

    static func changed(_ title: String, way: String, by: String) -> CardEvent {
        CardEvent(.information, "\(title) has been changed via \(way) by \(by)")
    }

    /// A settings document has come in.
    ///
    /// - Parameters:
    ///   - errors: lines that were not understood or not valid.
    ///   - peer: the address that it came from.
    static func configurationUploaded(errors: Int, by peer: String) -> CardEvent {
        errors == 0 ? configurationUploaded(by: peer) : configurationUploaded(withErrors: "\(errors)", by: peer)
    }

    static func configurationUploaded(by peer: String) -> CardEvent {
        CardEvent(.information, "Upload configuration successfully via NET VISION Explorer by \(peer)")
    }

    static func configurationUploaded(withErrors errors: String, by peer: String) -> CardEvent {
        CardEvent(.warning, "Upload configuration with \(errors) error(s) via NET VISION Explorer by \(peer)")
    }
}

// MARK: - Time

extension CardEvent {
    /// Who has set the card's clock.
    enum TimeSource: String, CaseIterable, Sendable {
        case user
        /// NTP.
        case server
        /// The clock of the UPS.
        case rtc = "RTC"
    }

    /// - Parameter address: the card's own.
    static func timeChanged(at address: String, by source: TimeSource) -> CardEvent {
        CardEvent(.information, "\(address) Time changed by \(source.rawValue)")
    }

    static let timeServerFailed = CardEvent(.warning, "Ntp Time Server Connected Failed")
}

// MARK: - UPS and servers

extension CardEvent {
    static let communicationLost = CardEvent(.critical, "UPS communication lost")
    static let communicationRestored = CardEvent(.information, "UPS communication restored")
    static let shutdownWarningSent = CardEvent(.warning, "Send shutdown warning to clients")
    static let shutdownRequestSent = CardEvent(.warning, "Send shutdown request to clients")
    static let shutdownCancelSent = CardEvent(.information, "Send shutdown cancel to clients")
    static let shutdownCommandSent = CardEvent(.warning, "Send UPS shutdown command to UPS")
    static let outputOnCommandSent = CardEvent(.information, "Send UPS output on command to UPS")
    /// The device has done what it was told to.
    static func controlDone(_ control: String, by origin: String) -> CardEvent {
        CardEvent(.information, "UPS control done via \(origin): \(control)")
    }
    static let wakeOnLANSent = CardEvent(.information, "Wake On LAN packet sent to clients")
}

// MARK: - Mail and authentication

extension CardEvent {
    static let mailServerUnreachable = CardEvent(.warning, "Cannot connect to mail server")
    static let mailReceiverIncorrect = CardEvent(.warning, "Incorrect Mail receiver")
    static let mailServerIncorrect = CardEvent(.warning, "Incorrect Mail server name/IP address")
    static let mailFailed = CardEvent(.warning, "Mail send error/unknown error")
    static let mailSent = CardEvent(.information, "Mail sent")
    static let mailTestSent = CardEvent(.information, "Mail send test")
    static let radiusFailed = CardEvent(.warning, "All RADIUS servers invalid or connection failed")

    static func mailFailed(_ reason: String) -> CardEvent { CardEvent(.warning, "Mail send error:\(reason)") }
}
