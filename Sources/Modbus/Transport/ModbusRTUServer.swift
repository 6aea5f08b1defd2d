package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Serves a device's registers by Modbus RTU on one serial line until its task is cancelled or shut down.
package struct ModbusRTUServer: Service {
    package enum Line: Hashable, Sendable {
        /// A serial device, 8N1. One that goes away (a USB adapter) is opened again when it comes back.
        case serial(path: String, baudRate: BaudRate)
        /// A new pseudo-terminal, with a symbolic link to it at `link` while the server runs.
        ///
        /// It behaves as a wire: bytes take their time at `baudRate`, and a program that sets another rate sends and reads garbage.
        case pseudoTerminal(link: String?, baudRate: BaudRate = .baud9600)
    }

    package struct Configuration: Sendable {
        package var line: Line
        /// The unit numbers answered to, 1…247; nil leaves it to the bank.
        package var units: Set<UInt8>?
        /// When false, functions 6 and 16 are answered with exception 01.
        package var allowsWrites: Bool

        package init(line: Line, unit: UInt8 = 1, allowsWrites: Bool = true) {
            self.init(line: line, units: [unit], allowsWrites: allowsWrites)
        }

        package init(line: Line, units: Set<UInt8>?, allowsWrites: Bool = true) {
            self.line = line
            self.units = units
            self.allowsWrites = allowsWrites
        }
    }

    /// How long to wait before a lost serial device is opened again.
    private static let reopenDelay = Duration.seconds(1)

    private let configuration: Configuration
    private let responder: Responder
    private let admit: Admit?
    private let faults: LineFaults?
    private let logger: Logger
    private let onRunning: @Sendable (String) -> Void

    /// - Parameters:
    ///   - admit: decides about each request; nil answers all.
    ///   - faults: what a pseudo-terminal's line suffers from; a real one has its own faults.
    ///   - onRunning: told the path of the device to talk to, once the server listens (and again when a device came back).
    package init(
        _ configuration: Configuration, bank: any RegisterBank, admit: Admit? = nil, faults: LineFaults? = nil,
        logger: Logger = Logger(label: "modbus.rtu"),
        onRunning: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.responder = Responder(bank: bank, allowsWrites: configuration.allowsWrites, units: configuration.units)
        self.admit = admit
        self.faults = faults
        self.logger = logger
        self.onRunning = onRunning
    }

    /// Serves until cancelled or shut down; throws when the line can't be opened in the first place.
    package func run() async throws {
        try await cancelWhenGracefulShutdown {
            switch configuration.line {
            case .serial(let path, let baudRate): try await serveDevice(path, baudRate)
            case .pseudoTerminal(let link, let baudRate): try await serveTerminal(link, baudRate)
            }
        }
    }

    private func serveTerminal(_ link: String?, _ baudRate: BaudRate) async throws {
        let terminal = try PseudoTerminal(link: link, baudRate: baudRate)
        let wire = SimulatedWire(baudRate, faults: faults, peerRate: terminal.peerRate)
        try await serve(
            terminal.device, wire, timing: RTUTiming(baudRate), path: link ?? terminal.devicePath, dropUnread: terminal.dropUnread)
        guard Task.isCancelled else { throw ModbusError.linkFailed(.lost) }
    }

    private func serveDevice(_ path: String, _ baudRate: BaudRate) async throws {
        try await serveWhilePresent(path, baudRate)
        while !Task.isCancelled {
            logger.warning("Serial device lost", metadata: ["modbus.device": "\(path)"])
            await serveOnceBack(path, baudRate)
        }
    }

    /// Waits for a lost device, and serves it until it is lost again.
    private func serveOnceBack(_ path: String, _ baudRate: BaudRate) async {
        while !Task.isCancelled {
            // Cut short by cancellation, which ends the loop.
            try? await Task.sleep(for: Self.reopenDelay)
            // An error here is one more moment of absence, not news.
            if (try? await serveWhilePresent(path, baudRate)) != nil { return }
        }
    }

    private func serveWhilePresent(_ path: String, _ baudRate: BaudRate) async throws {
        try await serve(try SerialDevice(path: path, baudRate: baudRate), nil, timing: RTUTiming(baudRate), path: path) {}
    }

    /// Answers on `device` until it is lost or the task cancelled.
    private func serve(
        _ device: borrowing SerialDevice, _ wire: SimulatedWire?, timing: RTUTiming, path: String,
        dropUnread: @escaping @Sendable () -> Void
    ) async throws {
        let channel = try await device.open(on: MultiThreadedEventLoopGroup.singleton) { [responder, admit] channel in
            channel.eventLoop.makeCompletedFuture {
                let handler = RTUServerHandler(responder: responder, timing: timing, admit: admit, dropUnread: dropUnread)
                if let wire { try channel.pipeline.syncOperations.addHandler(SimulatedWireHandler(wire)) }
                try channel.pipeline.syncOperations.addHandler(handler)
                return channel
            }
        }
        onRunning(path)
        await withTaskCancellationHandler {
            // A close future does not fail.
            try? await channel.closeFuture.get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }
}
