import Glibc
import Logging
import Modbus
import NIOCore
import NetVision
import SNMP
import TFTP

// The services of a card that have a port.
extension CardServices {
    /// Keeps a port as the settings want it.
    func supervisor(of port: CardPort) -> PortSupervisor {
        PortSupervisor(
            logger: card.logger,
            place: { [card] in
                let settings = card.settings.settings
                guard settings.enabledPorts.contains(port) else { return nil }
                let number = settings.number(of: port, offset: card.plan.portOffset)
                // A connection that the firewall would not have let in ends.
                return PortSupervisor.Place(number: number, firewall: port == .modbus ? card.live.firewall : .open)
            },
            serve: { try await serve(port, at: $0.number, onOpen: $1) })
    }

    private var accepts: @Sendable (SocketAddress) -> Bool { { [live = card.live] in live.firewall.accepts($0) } }

    private func serve(_ port: CardPort, at number: Int, onOpen: @escaping @Sendable () -> Void) async throws {
        guard number <= CardSettings.ports.upperBound else {
            throw CardStartError(port: port, number: number, address: address, errno: EINVAL)
        }
        do {
            switch port {
            case .snmp:
                let agent = try snmp(number, onOpen)
                defer { agentStatistics.keep(agent.statistics) }
                try await agent.run()
            case .modbus: try await modbus(number, onOpen).run()
            case .tftp: try await tftp(number, onOpen).run()
            case .lan: try await card.lanListener.serve(address: address, ready: onOpen) { [lan] in lan.received($0) }
            }
        } catch let error as IOError {
            throw CardStartError(port: port, number: number, address: address, errno: error.errnoCode)
        } catch LANError.socket(let code) {
            throw CardStartError(port: port, number: number, address: address, errno: code)
        } catch is CancellationError {
            return
        }
    }

    private func snmp(_ port: Int, _ onOpen: @escaping @Sendable () -> Void) throws -> SNMPAgent {
        let agent = SNMPAgent(
            address: try SocketAddress(ipAddress: address, port: port),
            access: Self.access(of: card, card.settings.settings), group: card.eventLoopGroup,
            configuration: .init(accepts: accepts, onBound: { _ in onOpen() }), statistics: agentStatistics.current, logger: card.logger,
            admit: { [faults = card.faults] in faults.snmpAdmission },
            tree: { [tree] in tree.current })
        agentStatistics.follow(agent)
        // What has been changed since it was read, the agent has not been told.
        agent.access = Self.access(of: card, card.settings.settings)
        return agent
    }

    private func modbus(_ port: Int, _ onOpen: @escaping @Sendable () -> Void) throws -> ModbusTCPServer {
        ModbusTCPServer(
            .init(address: try SocketAddress(ipAddress: address, port: port), accepts: accepts), bank: card.device,
            admit: { [faults = card.faults] in faults.modbusAdmission }, eventLoopGroup: card.eventLoopGroup,
            onRunning: { _ in onOpen() })
    }

    private func tftp(_ port: Int, _ onOpen: @escaping @Sendable () -> Void) throws -> TFTPServer {
        var configuration = TFTPServer.Configuration(address: try SocketAddress(ipAddress: address, port: port), maximumTransfers: 1)
        configuration.eventLoopGroup = card.eventLoopGroup
        configuration.accepts = accepts
        // Shorter than senders have: one that begins anew after a broken transfer finds the place free.
        configuration.timing = TransferTiming(patience: .seconds(12))
        let desk = UpgradeDesk(
            firmware: card.firmware, settings: card.settings, logs: card.logs, logger: card.logger,
            isUnlocked: { [lan] in lan.isUnlocked(for: $0) },
            installed: { [unowned card] in card.restart() })
        return TFTPServer(
            configuration,
            faults: .init(
                stallAt: { [faults = card.faults] in faults.transferStall }, drops: { [faults = card.faults] in faults.drops(at: .tftp) }),
            logger: card.logger, bound: { _ in onOpen() }, accept: { await desk.decide(on: $0, from: $1) })
    }
}
