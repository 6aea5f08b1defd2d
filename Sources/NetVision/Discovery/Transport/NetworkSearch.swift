package import NIOCore
import NIOPosix
package import SNMP

/// Finds cards by all methods at once: what any of them sees is asked who it is by SNMP, and each card is told once for each method.
///
///     LAN · SNMP · SSDP · BACnet (a `ProbeLoop` each) · Modbus · neighbour table
///          └──────────── sightings ─────────────┘
///                             │            ask by SNMP (`AgentInquiry`)
///                             ▼                  ▲ │
///                        SearchBoard ────────────┘ └──► findings
///
/// All of them together keep to the plan's packets a second.
package struct NetworkSearch: Sendable {
    /// The ports of the protocols, without the fleet's offset.
    enum Port {
        static let snmp = 161
        static let modbus = 502
        static let ssdp = 1900
        static let lan = 4555
        static let bacnet = 47808
    }

    let snmp: SNMPClient
    let profiles: ProfileLibrary
    let group: any EventLoopGroup
    let portOffset: Int

    /// - Parameters:
    ///   - profiles: By which what answers is told to be a card.
    ///   - portOffset: Added to all ports.
    package init(snmp: SNMPClient, profiles: ProfileLibrary = .builtIn, on group: any EventLoopGroup, portOffset: Int) {
        self.profiles = profiles
        self.snmp = snmp
        self.group = group
        self.portOffset = portOffset
    }

    /// Searches until everything is asked and answered. `found` is called with one finding at a time.
    ///
    /// Throws `SearchError` if an interface does not exist (then nothing is sent) or a method could not send anything (then the others have
    /// searched), `CancellationError`, and what `found` throws.
    package func run(
        _ plan: SearchPlan, monitor: SearchMonitor = SearchMonitor(), found: (SearchFinding) async throws -> Void
    ) async throws {
        let interfaces = try SearchInterface.named(plan.interfaces)
        let (findings, continuation) = AsyncStream.makeStream(of: SearchFinding.self)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                var course = SearchCourse(self, plan, interfaces, monitor) { continuation.yield($0) }
                try await course.run()
            }
            do {
                for await finding in findings { try await found(finding) }
                try await tasks.waitForAll()
            } catch {
                tasks.cancelAll()
                throw error
            }
        }
        try Task.checkCancellation()
    }
}
