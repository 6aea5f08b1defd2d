import PowerDevice

/// What a tester can get at: a simulated UPS, and the card in front of it where there is one.
package struct ControlledCard: Sendable {
    /// From 1.
    package let number: Int
    /// The card's IP address; nil where there is no card (`upssim`).
    package let address: String?
    package let mac: String?
    package let simulator: UPSSimulator
    /// The EMD on the card's EMD port; nil where there can be none.
    package let environment: EnvironmentSimulator?
    /// The firmware that runs, and the images received; nil where there is no card.
    package let firmware: (@Sendable () async -> FirmwareState)?
    package let faults: FaultHandler
    /// The traps that the card sends; nil where there is no card.
    package let traps: TrapHandler?
    /// Its alarm table and its logs; nil where there is no card.
    package let records: RecordHandler?
    /// What can be done to the card itself; nil where there is none.
    package let operations: OperationHandler?

    package struct TrapHandler: Sendable {
        /// Sends a test trap to each receiver that wants such traps, and returns how many there are.
        package let sendTest: @Sendable () -> Int
        package let state: @Sendable () -> TrapState

        package init(sendTest: @escaping @Sendable () -> Int, state: @escaping @Sendable () -> TrapState) {
            self.sendTest = sendTest
            self.state = state
        }
    }

    /// What has become of the card's traps since the program's start; informs are counted once each.
    package struct TrapState: Encodable, Sendable, Equatable {
        package var sent: Int
        /// Given up in favour of an equal one that came later.
        package var merged: Int
        /// Not sent: no room, no such user, or no way to the receiver.
        package var dropped: Int

        package init(sent: Int = 0, merged: Int = 0, dropped: Int = 0) {
            self.sent = sent
            self.merged = merged
            self.dropped = dropped
        }
    }

    package struct FirmwareState: Encodable, Sendable, Equatable {
        package let version: String
        /// Images received completely since the start.
        package let transfers: Int

        package init(version: String, transfers: Int) {
            self.version = version
            self.transfers = transfers
        }
    }

    /// What the card does about faults of its own. `linkDown` is the simulator's, and always accepted.
    package struct FaultHandler: Sendable {
        /// The faults that the card knows how to have.
        package let accepted: Set<Fault.Name>
        package let set: @Sendable (Fault) async throws -> Void
        package let clear: @Sendable (Fault.Name) async throws -> Void
        /// The faults that are set, as their names.
        package let active: @Sendable () async -> Set<Fault.Name>

        package init(
            accepted: Set<Fault.Name>, set: @escaping @Sendable (Fault) async throws -> Void,
            clear: @escaping @Sendable (Fault.Name) async throws -> Void, active: @escaping @Sendable () async -> Set<Fault.Name>
        ) {
            self.accepted = accepted
            self.set = set
            self.clear = clear
            self.active = active
        }

        /// A UPS without a card.
        package static let none = FaultHandler(accepted: [], set: { _ in }, clear: { _ in }, active: { [] })
    }

    package init(
        number: Int, address: String? = nil, mac: String? = nil, simulator: UPSSimulator,
        environment: EnvironmentSimulator? = nil, firmware: (@Sendable () async -> FirmwareState)? = nil, faults: FaultHandler = .none,
        traps: TrapHandler? = nil, records: RecordHandler? = nil, operations: OperationHandler? = nil
    ) {
        self.number = number
        self.address = address
        self.mac = mac
        self.simulator = simulator
        self.environment = environment
        self.firmware = firmware
        self.faults = faults
        self.traps = traps
        self.records = records
        self.operations = operations
    }

    var model: String { simulator.unit.model.name }
    var map: String { simulator.map.name }

    var acceptedFaults: Set<Fault.Name> { faults.accepted.union([.linkDown]) }
}
