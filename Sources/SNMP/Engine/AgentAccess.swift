package import NIOCore

/// Whom an agent answers, and who may write.
package struct AgentAccess: Sendable {
    package typealias Right = LocalEngine.Access

    /// The v3 engine that an agent is.
    package struct Engine: Hashable, Sendable {
        package var engineID: EngineID
        /// Its boots are kept by the program, which adds one at each start.
        package var clock: EngineClock
        package var users: [LocalEngine.User]

        package init(engineID: EngineID, clock: EngineClock, users: [LocalEngine.User]) {
            self.engineID = engineID
            self.clock = clock
            self.users = users
        }
    }

    /// The communities of v1 and v2c. An empty one admits nobody.
    package var communities: [Community: Right]
    /// Nil for an agent that does not speak v3.
    package var engine: Engine?
    /// Of what is left out nothing is answered; v3 needs the engine besides.
    package var versions: Set<SNMPVersion> = Set(SNMPVersion.allCases)

    package init(communities: [Community: Right], engine: Engine? = nil) {
        self.communities = communities
        self.engine = engine
    }

    /// - Parameters:
    ///   - readCommunity: may read.
    ///   - writeCommunity: may read and write, also if it is the same.
    package init(readCommunity: Community = "public", writeCommunity: Community = "", engine: Engine? = nil) {
        self.init(communities: [readCommunity: .readOnly], engine: engine)
        communities[writeCommunity] = .readWrite
    }

    /// Nil for a community that nobody has.
    func right(of community: UnsafeRawBufferPointer) -> Right? {
        guard !community.isEmpty else { return nil }
        for (name, right) in communities where name.octets.elementsEqual(community) { return right }
        return nil
    }
}

extension AgentAccess.Engine {
    /// snmpEngine, 1.3.6.1.6.3.10.2.1.n.0 (SNMP-FRAMEWORK-MIB, RFC 3411 §5).
    /// - Parameter now: asked whenever the boots or the time are read.
    package func objects(maximumMessageSize: Int, now: @escaping @Sendable () -> NIODeadline) -> [ManagedObject] {
        [
            ManagedObject(AgentObjectTypes.snmpEngineID, .octetString(engineID.octets)),
            ManagedObject(AgentObjectTypes.snmpEngineBoots) { [clock] in .integer(clock.reading(at: now()).boots) },
            ManagedObject(AgentObjectTypes.snmpEngineTime) { [clock] in .integer(clock.reading(at: now()).time) },
            ManagedObject(AgentObjectTypes.snmpEngineMaxMessageSize, .integer(Int32(clamping: maximumMessageSize))),
        ]
    }
}
