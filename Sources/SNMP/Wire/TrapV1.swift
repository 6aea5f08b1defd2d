/// The trap of SNMPv1, which has a layout of its own (RFC 1157 §4.1.6).
///
///     +------------+---------------+--------------+---------------+------------+----------+
///     | enterprise | agent-address | generic-trap | specific-trap | time-stamp | bindings |
///     +------------+---------------+--------------+---------------+------------+----------+
package struct TrapV1: Equatable, Sendable {
    /// The generic-trap of all traps that are not generic: the specific-trap says which it is.
    package static let enterpriseSpecific: Int32 = 6

    package var enterprise: OID
    package var agentAddress: SNMPValue.IPAddress
    /// coldStart(0) … egpNeighborLoss(5), enterpriseSpecific(6).
    package var genericTrap: Int32
    package var specificTrap: Int32
    /// sysUpTime when the trap arose, in hundredths of a second.
    package var timeStamp: UInt32
    package var bindings: [VariableBinding]

    package init(
        enterprise: OID, agentAddress: SNMPValue.IPAddress, genericTrap: Int32, specificTrap: Int32, timeStamp: UInt32,
        bindings: [VariableBinding] = []
    ) {
        self.enterprise = enterprise
        self.agentAddress = agentAddress
        self.genericTrap = genericTrap
        self.specificTrap = specificTrap
        self.timeStamp = timeStamp
        self.bindings = bindings
    }
}

extension TrapV1 {
    init(from reader: inout BERReader) throws(SNMPDecodingError) {
        var body = try reader.readConstructed(.trapV1)
        enterprise = try body.readOID()
        guard case .ipAddress(let address) = try SNMPValue(from: &body) else { throw body.error(.malformedValue) }
        agentAddress = address
        genericTrap = try body.readInt32()
        specificTrap = try body.readInt32()
        guard case .timeTicks(let ticks) = try SNMPValue(from: &body) else { throw body.error(.malformedValue) }
        timeStamp = ticks
        bindings = try [VariableBinding](from: &body)
        try body.finish()
    }

    func encode(into writer: inout BERWriter) {
        let mark = writer.count
        bindings.encode(into: &writer)
        SNMPValue.timeTicks(timeStamp).encode(into: &writer)
        writer.prepend(Int64(specificTrap))
        writer.prepend(Int64(genericTrap))
        SNMPValue.ipAddress(agentAddress).encode(into: &writer)
        writer.prepend(enterprise)
        writer.prependHeader(.trapV1, since: mark)
    }
}
