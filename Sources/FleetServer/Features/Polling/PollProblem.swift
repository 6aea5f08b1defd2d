import SNMP

/// Why a card could not be read, in words for who can mend it.
enum PollProblem {
    /// Whether nothing came back, which lost datagrams may be the reason for.
    static func isLoss(_ error: any Error) -> Bool {
        switch error {
        case SNMPError.noResponse, SNMPError.security(.ignored), SNMPError.security(.notInTimeWindow): true
        default: false
        }
    }

    static func sentence(_ error: any Error, _ target: SNMPTarget) -> String {
        switch error {
        case SNMPError.noResponse(_, let attempts): "The card does not answer SNMP (\(attempts) attempts)."
        case SNMPError.errorStatus(let status, _): "The card refuses the SNMP request: \(status)."
        case SNMPError.security(let error): sentence(error, target)
        default: "The card can't be read: \(error)"
        }
    }

    private static func sentence(_ error: SNMPSecurityError, _ target: SNMPTarget) -> String {
        guard case .v3(let user, _) = target.credentials else { return "\(error)" }
        let cure =
            switch error {
            case .unknownUser, .wrongKey, .wrongPrivacyKey, .unsupportedLevel, .unknownContext, .ignored:
                " Correct the card's SNMP credentials here, or the user in the card."
            case .unknownEngine where user.privacy != nil:
                " If not, compare the privacy password and protocol: net-snmp's agents say this too of what they can't decrypt."
            case .notInTimeWindow, .unknownEngine, .other: ""
            }
        return "The card refuses the SNMPv3 user \(user.name). \(error)\(cure)"
    }
}
