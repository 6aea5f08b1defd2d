/// A trap or an inform, whichever version carried it (RFC 3416 §4.2.6 and §4.2.7; RFC 3584 §3 for v1).
///
///     v1    enterprise E, generic 6, specific N   ◄──►   snmpTrapOID E.0.N    v2c, v3     (read from E.N too: SMIv2 modules name them so)
///     v1    enterprise E, generic G = 0…5         ◄──►   snmpTrapOID snmpTraps.(G + 1), snmpTrapEnterprise E
package struct SNMPNotification: Hashable, Sendable {
    /// The value of snmpTrapOID.0: what the notification is.
    package var trapOID: OID
    /// sysUpTime of the sender when it arose, in hundredths of a second.
    package var uptime: UInt32
    /// The notification's own variables: without sysUpTime.0, snmpTrapOID.0, and the three that are fields below.
    package var bindings: [VariableBinding]
    /// The address of the agent where it arose, as the sender tells it: agent-addr of v1, or snmpTrapAddress.0.
    package var agentAddress: SNMPValue.IPAddress?
    /// snmpTrapEnterprise.0: whose generic trap it is. The enterprise of any other trap is part of `trapOID`.
    package var trapEnterprise: OID?
    /// snmpTrapCommunity.0: the community of the v1 trap that a proxy has translated.
    package var trapCommunity: Community?

    package init(
        _ trapOID: OID, uptime: UInt32 = 0, bindings: [VariableBinding] = [], agentAddress: SNMPValue.IPAddress? = nil,
        trapEnterprise: OID? = nil, trapCommunity: Community? = nil
    ) {
        self.trapOID = trapOID
        self.uptime = uptime
        self.bindings = bindings
        self.agentAddress = agentAddress
        self.trapEnterprise = trapEnterprise
        self.trapCommunity = trapCommunity
    }

    /// The traps that RFC 3418 §2 defines, by their generic-trap number in v1.
    package enum GenericTrap: Int32, Sendable, CaseIterable {
        case coldStart = 0
        case warmStart
        case linkDown
        case linkUp
        case authenticationFailure
        case egpNeighborLoss

        package var trapOID: OID { SNMPNotification.snmpTraps.appending(UInt32(rawValue) + 1) }
    }

    static let sysUpTime: OID = "1.3.6.1.2.1.1.3.0"
    static let snmpTrapOID: OID = "1.3.6.1.6.3.1.1.4.1.0"
    static let snmpTrapEnterprise: OID = "1.3.6.1.6.3.1.1.4.3.0"
    static let snmpTrapAddress: OID = "1.3.6.1.6.3.18.1.3.0"
    static let snmpTrapCommunity: OID = "1.3.6.1.6.3.18.1.4.0"
    static let snmpTraps: OID = "1.3.6.1.6.3.1.1.5"
}

extension SNMPNotification {
    /// Nil unless it is one of the six.
    package var genericTrap: GenericTrap? {
        guard let arcs = trapOID.arcs(after: Self.snmpTraps), arcs.count == 1, 1...6 ~= arcs[0] else { return nil }
        return GenericTrap(rawValue: Int32(arcs[0]) - 1)
    }

    /// Whose trap it is, the same for all forms of it: `4555.1.1.7.2` of `4555.1.1.7.2.0.15`, of `4555.1.1.7.2.15` and of a v1 trap.
    package var enterprise: OID {
        if genericTrap != nil { return trapEnterprise ?? Self.snmpTraps }
        let parent = trapOID.arcs.dropLast()
        // An enterprise of less than two arcs can't be written.
        return OID(arcs: parent.last == 0 ? parent.dropLast() : parent) ?? .zeroDotZero
    }

    /// The trap's number within its enterprise; nil for a generic trap.
    package var specificTrap: Int32? {
        guard genericTrap == nil else { return nil }
        return trapOID.arcs.last.map { Int32(bitPattern: $0) }
    }
}

// MARK: - Version 1 (RFC 3584 §3.1, §3.2)

extension SNMPNotification {
    /// Translates from v1 (§3.1). Nil if the enterprise is so long that there is no name for the trap.
    package init?(_ trap: TrapV1) {
        self.init(.zeroDotZero, uptime: trap.timeStamp)
        if let generic = GenericTrap(rawValue: trap.genericTrap) {
            trapOID = generic.trapOID
        } else {
            guard trap.enterprise.count + 2 <= OID.maximumArcs else { return nil }
            trapOID = trap.enterprise.appending(0, UInt32(bitPattern: trap.specificTrap))
        }
        adopt(trap.bindings)
        if agentAddress == nil, trap.agentAddress.rawValue != 0 { agentAddress = trap.agentAddress }
        if genericTrap != nil, trapEnterprise == nil { trapEnterprise = trap.enterprise }
    }

    /// The form of v1 (§3.2). Nil if a value has a type that v1 has not: a Counter64, or an exception.
    ///
    /// - Parameter sender: Our own address, for a notification that arose here and names no other.
    package func trapV1(from sender: SNMPValue.IPAddress? = nil) -> TrapV1? {
        guard bindings.allSatisfy({ !$0.value.isException && !$0.value.isCounter64 }) else { return nil }
        let generic = genericTrap
        return TrapV1(
            enterprise: enterprise, agentAddress: agentAddress ?? sender ?? SNMPValue.IPAddress(rawValue: 0),
            genericTrap: generic?.rawValue ?? TrapV1.enterpriseSpecific, specificTrap: specificTrap ?? 0, timeStamp: uptime,
            bindings: bindings + (trapCommunity.map { [VariableBinding(Self.snmpTrapCommunity, .octetString($0.octets))] } ?? []))
    }
}

// MARK: - Versions 2c and 3

extension SNMPNotification {
    /// Reads a trap or inform PDU. Nil if it does not say which notification it is.
    ///
    /// The RFC wants sysUpTime.0 and snmpTrapOID.0 to be the first two. They are found anywhere, and an uptime that is missing is 0.
    package init?(_ pdu: PDU) {
        self.init(.zeroDotZero)
        var hasUptime = false
        var hasName = false
        var rest: [VariableBinding] = []
        rest.reserveCapacity(pdu.bindings.count)
        for binding in pdu.bindings {
            if !hasUptime, binding.name == Self.sysUpTime, case .timeTicks(let ticks) = binding.value {
                uptime = ticks
                hasUptime = true
            } else if !hasName, binding.name == Self.snmpTrapOID, case .objectIdentifier(let name) = binding.value {
                trapOID = name
                hasName = true
            } else {
                rest.append(binding)
            }
        }
        guard hasName else { return nil }
        adopt(rest)
    }

    /// The PDU of a trap, or of an inform.
    package func pdu(_ kind: PDU.Kind, requestID: Int32) -> PDU {
        var all = [VariableBinding(Self.sysUpTime, .timeTicks(uptime)), VariableBinding(Self.snmpTrapOID, .objectIdentifier(trapOID))]
        all += bindings
        if let agentAddress { all.append(VariableBinding(Self.snmpTrapAddress, .ipAddress(agentAddress))) }
        if let trapCommunity { all.append(VariableBinding(Self.snmpTrapCommunity, .octetString(trapCommunity.octets))) }
        if let trapEnterprise { all.append(VariableBinding(Self.snmpTrapEnterprise, .objectIdentifier(trapEnterprise))) }
        return PDU(kind, requestID: requestID, bindings: all)
    }

    /// Takes over variables; the three of a proxy (RFC 3584 §3.1 (4)) become fields, the first of each.
    private mutating func adopt(_ all: [VariableBinding]) {
        // Nearly all notifications have none of the three, and their array is kept as it is.
        guard
            all.contains(where: {
                $0.name == Self.snmpTrapAddress || $0.name == Self.snmpTrapCommunity || $0.name == Self.snmpTrapEnterprise
            })
        else { return bindings = all }
        for binding in all {
            switch binding.value {
            case .ipAddress(let address) where binding.name == Self.snmpTrapAddress && agentAddress == nil: agentAddress = address
            case .octetString(let name) where binding.name == Self.snmpTrapCommunity && trapCommunity == nil:
                trapCommunity = Community(octets: name)
            case .objectIdentifier(let oid) where binding.name == Self.snmpTrapEnterprise && trapEnterprise == nil: trapEnterprise = oid
            default: bindings.append(binding)
            }
        }
    }
}

extension SNMPValue {
    fileprivate var isCounter64: Bool { if case .counter64 = self { true } else { false } }
}
