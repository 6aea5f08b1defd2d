import PowerDevice
package import SNMP
package import TFTP

/// The steps that bring firmware to one card. Each can be taken alone, so that a campaign may store what it is about to do.
///
///     inspect ─▶ unlock ─▶ transfer ─▶ (the card verifies and restarts by itself) ─▶ awaitRestart ─▶ verify
///
/// What goes wrong is thrown as `UpgradeFailure`. Cancelling the task ends a step, a transfer with an ERROR packet to the card.
package struct CardUpgrade: Sendable {
    /// The card, and how it is reached.
    package struct Card: Sendable {
        package var identity: CardIdentity
        /// The card's SNMP agent.
        package var target: SNMPTarget
        /// IPv4.
        package var address: String
        /// 69 plus the fleet's offset.
        package var tftpPort: Int
        /// The password of the card's administrator, for CardAgents.
        package var password: String

        package init(identity: CardIdentity, target: SNMPTarget, address: String, tftpPort: Int, password: String) {
            self.identity = identity
            self.target = target
            self.address = address
            self.tftpPort = tftpPort
            self.password = password
        }
    }

    /// What carries the requests; shared by all upgrades.
    package struct Protocols: Sendable {
        package let snmp: SNMPClient
        package let lan: LANClient
        package let tftp: TFTPClient

        package init(snmp: SNMPClient, lan: LANClient, tftp: TFTPClient) {
            self.snmp = snmp
            self.lan = lan
            self.tftp = tftp
        }
    }

    package let card: Card
    let protocols: Protocols
    let clock: any Clock<Duration>
    /// Between two looks at a card that is awaited.
    let interval: Duration

    package init(
        _ card: Card, by protocols: Protocols, clock: any Clock<Duration> = ContinuousClock(), interval: Duration = .seconds(1)
    ) {
        self.card = card
        self.protocols = protocols
        self.clock = clock
        self.interval = interval
    }

    private var reader: CardReader { CardReader(protocols.snmp) }
    var isCardAgent: Bool { card.identity.generation == .cardAgent }
    private var mac: HardwareAddress? { card.identity.mac.flatMap { HardwareAddress($0) } }

    // MARK: - Inspection

    /// Reads the card: what it runs, since when, and everything about its UPS.
    ///
    /// Throws `unreachable`, or `otherCard` if its address belongs to something else by now.
    package func inspect() async throws -> CardInspection { try await inspect(card.target) }

    private func inspect(_ target: SNMPTarget) async throws -> CardInspection {
        do {
            let identity = try await identity(at: target)
            let plan = try await reader.plan(for: identity, at: target)
            let reading = try await reader.read(.all, of: identity, by: plan, at: target)
            return CardInspection(version: identity.firmware, uptime: try await uptime(of: target), state: reading.state)
        } catch is SNMPError {
            throw UpgradeFailure.unreachable
        }
    }

    private func identity(at target: SNMPTarget) async throws -> CardIdentity {
        guard let found = try await reader.identify(target) else { throw UpgradeFailure.otherCard("it is no NET VISION card") }
        if let mac = card.identity.mac, let other = found.mac, other != mac { throw UpgradeFailure.otherCard("a card with MAC \(other)") }
        return found
    }

    /// Seconds; nil where the agent does not tell.
    private func uptime(of target: SNMPTarget) async throws -> Double? {
        let bindings = try await protocols.snmp.getAvailable([SystemObjects.uptime], from: target)
        return bindings.first?.value.number.map { Double($0) / 100 }
    }

    // MARK: - Unlock

    /// Makes the card take firmware from this host for ten minutes. Real cards have no such lock: nothing is done.
    ///
    /// Throws `passwordRefused`, `passwordChangeRequired`, `lockedOut` or `unlockUnanswered`.
    package func unlock() async throws {
        guard isCardAgent else { return }
        guard let mac else { throw UpgradeFailure.unlockUnanswered }
        do {
            try await protocols.lan.order(.unlock, card: mac, at: card.address, password: card.password)
        } catch LANError.noAnswer {
            throw UpgradeFailure.unlockUnanswered
        } catch LANError.refused(let result) {
            throw switch result.code {
            case .lockedOut: UpgradeFailure.lockedOut
            case .passwordChangeRequired: UpgradeFailure.passwordChangeRequired
            default: UpgradeFailure.passwordRefused
            }
        }
    }

    // MARK: - Restart

    /// Waits until the card has restarted and answers.
    ///
    /// - Parameters:
    ///   - before: the card before the transfer; nil where that is not known any more.
    ///   - expected: the image's version; nil where the image does not tell.
    ///   - seconds: how long to wait at most.
    ///
    /// Throws `neverRestarted`, `neverCameBack`, `agentSilent` (CardAgents only), or `wrongVersion` as soon as that is sure.
    package func awaitRestart(before: CardInspection?, fromVersion: String?, expected: String?, seconds: Double) async throws {
        var watch = RestartWatch(
            before: before, fromVersion: fromVersion, expected: expected, bootsOnce: isCardAgent, recent: seconds)
        let target = patientTarget
        try await poll(seconds: seconds, clock) { () -> Void? in
            guard let pulse = try await pulse(target) else {
                watch.heardNothing()
                return nil
            }
            switch watch.answered(version: pulse.version, uptime: pulse.uptime) {
            case .wait: return nil
            case .restarted: return ()
            case .failed(let failure): throw failure
            }
        } atDeadline: {
            throw watch.failure(isOnLAN: try await answersLAN())
        }
    }

    private struct Pulse {
        let version: String?
        let uptime: Double?
    }

    private func pulse(_ target: SNMPTarget) async throws -> Pulse? {
        do {
            // The uptime first: after a restart between the two it is the old one, and the next look settles it.
            let uptime = try await uptime(of: target)
            return Pulse(version: try await identity(at: target).firmware, uptime: uptime)
        } catch is SNMPError {
            return nil
        } catch is UpgradeFailure {
            return nil
        }
    }

    /// A look at a card that may be away must not take long.
    private var patientTarget: SNMPTarget {
        var target = card.target
        target.retries = 0
        return target
    }

    private func answersLAN() async throws -> Bool {
        guard isCardAgent, let mac else { return false }
        var isThere = false
        try await protocols.lan.discover([card.address], patience: min(interval, .milliseconds(500))) { finding in
            if finding.announcement.card == mac { isThere = true }
        }
        return isThere
    }

    // MARK: - Verification

    /// Checks that the card runs the expected version, sees its UPS, and answers every reading that it answered before.
    ///
    /// Tries for so many seconds: a card that has just restarted needs a while to have read its UPS. Returns the card as it then is. Throws
    /// what was wrong at the last look: `wrongVersion`, `deviceLost`, `readingsLost`, `agentSilent`, `neverCameBack` or `otherCard`.
    package func verify(expected: String?, before: CardInspection? = nil, seconds: Double) async throws -> CardInspection {
        var problem = UpgradeFailure.unreachable
        return try await poll(seconds: seconds, clock) {
            do {
                let inspection = try await inspect(card.target)
                guard let found = Self.problem(of: inspection, expected: expected, before: before) else { return inspection }
                problem = found
            } catch let failure as UpgradeFailure {
                problem = failure
            }
            return nil
        } atDeadline: {
            guard problem == .unreachable else { throw problem }
            throw try await answersLAN() ? UpgradeFailure.agentSilent : .neverCameBack
        }
    }

    /// What is wrong with an upgraded card; nil if nothing is.
    static func problem(of card: CardInspection, expected: String?, before: CardInspection?) -> UpgradeFailure? {
        if let expected, !FirmwareVersion.areSame(card.version, expected) {
            return .wrongVersion(expected: expected, found: card.version ?? "an unknown version")
        }
        guard card.state.isCommunicating else { return .deviceLost }
        // How long the battery will last, or has lasted, is told on battery only.
        let passing: Set<Variable> = [.batteryRuntime, .batteryRuntimeElapsed]
        let lost = Set(before?.state.readings.keys.map { $0 } ?? []).subtracting(card.state.readings.keys).subtracting(passing)
        return lost.isEmpty ? nil : .readingsLost(lost.sorted().map(\.rawValue))
    }

    // MARK: - Polling

    /// Looks until `look` has something, but no longer than `seconds`; then `atDeadline` has to throw.
    private func poll<Value, Time: Clock<Duration>>(
        seconds: Double, _ clock: Time, look: () async throws -> Value?, atDeadline: () async throws -> Never
    ) async throws -> Value {
        let deadline = clock.now.advanced(by: .seconds(seconds))
        while true {
            if let value = try await look() { return value }
            guard clock.now < deadline else { try await atDeadline() }
            try await clock.sleep(for: min(interval, max(.zero, clock.now.duration(to: deadline))))
        }
    }
}
