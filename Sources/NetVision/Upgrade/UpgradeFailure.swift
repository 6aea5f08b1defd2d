/// Why a card's firmware upgrade did not come to its good end.
package enum UpgradeFailure: Error, Sendable, Equatable {
    /// The card does not answer before anything was done to it.
    case unreachable
    /// Something else than the card answers at its address, described in a few words.
    case otherCard(String)
    /// The card does not take the password.
    case passwordRefused
    /// The password is right, and has to be changed before the card can be unlocked.
    case passwordChangeRequired
    /// The card has locked unlocking for a while after wrong passwords.
    case lockedOut
    /// The card does not answer the LAN protocol at all.
    case unlockUnanswered
    /// The card refused the image, in its own words.
    case imageRefused(String)
    /// The transfer stopped before its end.
    case transferStalled(String)
    /// The card took the image and goes on with the old version, never having restarted.
    case neverRestarted(version: String)
    /// The card went down for the restart and did not come back in time.
    case neverCameBack
    /// The card is back (it answers the LAN protocol), but its SNMP agent is silent.
    case agentSilent
    /// The card came back with another version than the image's.
    case wrongVersion(expected: String, found: String)
    /// The card came back, but does not see its UPS any more.
    case deviceLost
    /// The card came back, and no longer answers these readings.
    case readingsLost([String])

    /// Whether the card needs a look before anybody tries again: it is not known to work.
    package var needsAttention: Bool {
        switch self {
        case .neverCameBack, .agentSilent, .deviceLost, .readingsLost: true
        case .unreachable, .otherCard, .passwordRefused, .passwordChangeRequired, .lockedOut, .unlockUnanswered, .imageRefused,
            .transferStalled, .neverRestarted, .wrongVersion:
            false
        }
    }
}

extension UpgradeFailure: CustomStringConvertible {
    /// A sentence for the operator: what happened, and where it helps, what to do.
    package var description: String {
        switch self {
        case .unreachable: "The card does not answer."
        case .otherCard(let other): "Another device answers at the card's address: \(other)."
        case .passwordRefused: "The card refused the password. Store the card's admin password in its credentials."
        case .passwordChangeRequired:
            "The card's password has to be changed first: it is the first one, or too old. Use nvexplorer passwd, and store the new one."
        case .lockedOut: "The card has locked itself after wrong passwords. Try again later with the right one."
        case .unlockUnanswered: "The card did not answer the unlock request."
        case .imageRefused(let words): "The card refused the image: \(words)"
        case .transferStalled(let words): "The transfer stopped: \(words)"
        case .neverRestarted(let version): "The card took the image but never restarted; it still runs \(version)."
        case .neverCameBack: "The card restarted and did not come back. Look at it on the spot; the old version is in its other slot."
        case .agentSilent: "The card came back, but its SNMP agent does not answer."
        case .wrongVersion(let expected, let found): "The card came back with version \(found) instead of \(expected)."
        case .deviceLost: "The card came back, but has no communication with its device."
        case .readingsLost(let names): "The card came back, but no longer answers \(names.joined(separator: ", "))."
        }
    }
}
