package import SNMP

/// Traps that are numbered together: the same number means something else in another family.
package enum TrapFamily: String, Sendable, CaseIterable {
    /// NET VISION 5 and 6 (SOCOMECUPS-MIB 6.20).
    case netVision5
    /// NET VISION 7 and 8 (SOCOMECUPS7-MIB 7.11: 1 to 39; SOCOMECUPS-MIB 8.11: 1 to 42).
    case netVision7
    /// Static transfer systems (SOCOMECUPSSTS-MIB 1.00: 1 to 8; of 2025: 1 to 23).
    case sts
    /// The older card on board of a UPS (SOCOMECUPS-ADICOM-MIB 1.04).
    case adicom
    /// UPS-MIB (RFC 1628 §4).
    case rfc1628
    /// What every SNMP agent may send (RFC 3418 §2, RFC 2863).
    case generic

    /// The enterprise of the family's v1 traps.
    package var enterprise: OID {
        switch self {
        case .netVision5: "1.3.6.1.4.1.4555.1.1.1.2"
        case .netVision7: "1.3.6.1.4.1.4555.1.1.7.2"
        case .sts: "1.3.6.1.4.1.4555.1.1.10.2"
        case .adicom: "1.3.6.1.4.1.4555.1.1.5.2"
        case .rfc1628: "1.3.6.1.2.1.33.2"
        case .generic: "1.3.6.1.6.3.1.1.5"
        }
    }

    /// In the order of their numbers, without a gap.
    package var traps: [TrapDefinition] {
        switch self {
        case .netVision5: TrapDefinition.netVision5
        case .netVision7: TrapDefinition.netVision7
        case .sts: TrapDefinition.sts
        case .adicom: TrapDefinition.adicom
        case .rfc1628: TrapDefinition.rfc1628
        case .generic: TrapDefinition.generic
        }
    }

    /// The trap of a number; nil if the family has none.
    package func trap(_ number: Int32) -> TrapDefinition? {
        guard let first = traps.first, let last = traps.last, first.number...last.number ~= number else { return nil }
        return traps[Int(number - first.number)]
    }

    /// The MIB whose objects the family's traps carry.
    package var module: MIBModule? {
        switch self {
        case .netVision5: .netVision6
        case .netVision7: .netVision7
        case .rfc1628: .rfc1628
        case .sts, .adicom, .generic: nil
        }
    }

    /// The object of the string for the operator, without its instance.
    package var textObject: OID? {
        switch self {
        case .netVision5: "1.3.6.1.4.1.4555.1.1.1.1.10.50"
        case .sts: "1.3.6.1.4.1.4555.1.1.10.1.7.1"
        case .adicom: "1.3.6.1.4.1.4555.1.1.5.1.7.1"
        case .netVision7, .rfc1628, .generic: nil
        }
    }

    private static let byEnterprise: [OID: TrapFamily] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.enterprise, $0) })

    /// The family and the trap of a notification, by its enterprise and its number.
    package static func definition(of notification: SNMPNotification) -> (family: TrapFamily, trap: TrapDefinition)? {
        if let generic = notification.genericTrap { return TrapFamily.generic.trap(generic.rawValue).map { (.generic, $0) } }
        guard let family = byEnterprise[notification.enterprise], let number = notification.specificTrap, family != .generic else {
            return nil
        }
        return family.trap(number).map { (family, $0) }
    }
}
