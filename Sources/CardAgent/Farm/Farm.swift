import Logging
import Modbus
import NIOCore
import NIOPosix
import NetVision
import ServiceLifecycle
import UPSSimulation

/// The cards of a farm and the UPS behind them, in one process.
struct Farm: Service {
    struct Member: Sendable {
        let card: Card
        let simulator: UPSSimulator
        /// The environment sensor, plugged in or not.
        let sensor: EnvironmentSimulator
    }

    let members: [Member]
    private let lanListener: LANCardListener
    /// Where the firmware is kept when nothing else is.
    private let scratch: ScratchDirectory
    /// The logs of all cards.
    private let logs: LogDatabase

    init(_ plan: FarmPlan, logger: Logger, eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton) throws {
        let offset = plan.members.first?.card.portOffset ?? .none
        let listener = LANCardListener(on: eventLoopGroup, port: CardPort.lan.number(offset), logger: logger)
        let scratch = try ScratchDirectory()
        lanListener = listener
        self.scratch = scratch
        let logs = try Self.logs(of: plan, in: plan.directory ?? scratch.path, logger: logger)
        self.logs = logs
        members = try plan.members.map { member in
            let simulator = UPSSimulator(member.unit, layout: member.layout)
            let firmware = member.card.directory.map { "\($0)/firmware" } ?? "\(scratch.path)/card-\(member.card.number)"
            let sensor = EnvironmentSimulator(isPresent: member.hasSensor)
            let card = try Card(
                member.card, link: DeviceLink(.direct(simulator), map: simulator.map), lanListener: listener, firmwareDirectory: firmware,
                sensor: CardSensor(.direct(sensor)), logDatabase: logs,
                time: .host(ahead: { simulator.secondsAhead }), eventLoopGroup: eventLoopGroup, logger: logger)
            return Member(card: card, simulator: simulator, sensor: sensor)
        }
    }

    private static func logs(of plan: FarmPlan, in directory: String, logger: Logger) throws(StateDirectoryError) -> LogDatabase {
        try StateFile.makeDirectory(directory)
        let options = LogDatabase.Options(
            isKept: plan.directory != nil, pendingLimit: 4096 + 16 * plan.members.count, cache: 512 + 4 * plan.members.count)
        return LogDatabase(path: "\(directory)/card.sqlite", options: options, logger: logger)
    }

    /// Runs all cards until the task is cancelled or shuts down; throws as soon as one can't open its ports at the start.
    ///
    /// - Parameter onRunning: called once, when every card serves.
    func run(onRunning: @escaping @Sendable () -> Void) async throws {
        defer { scratch.remove() }
        let readiness = Readiness(expecting: members.count, then: onRunning)
        try await logs.written {
            try await cancelWhenGracefulShutdown {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await lanListener.runForCards() }
                    for member in members {
                        group.addTask { try await member.card.run { readiness.partIsReady() } }
                    }
                    // Not waitForAll: it would wait for the others before it told of the first that failed.
                    for try await _ in group {}
                }
            }
        }
    }

    func run() async throws { try await run {} }
}

extension Farm {
    /// What the simulation control can get at.
    var controlledCards: [ControlledCard] { members.map { $0.card.controlled($0.simulator, sensor: $0.sensor) } }
}
