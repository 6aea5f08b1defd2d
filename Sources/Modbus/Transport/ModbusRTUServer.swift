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
        case pseudoTerminal(link: String?)
    }

    package struct Configuration: Sendable {
        package var line: Line
        /// The unit number answered to, 1…247.
        package var unit: UInt8
        /// When false, functions 6 and 16 are answered with exception 01.
        package var allowsWrites: Bool

        package init(line: Line, unit: UInt8 = 1, allowsWrites: Bool = true) {
            self.line = line
            self.unit = unit
            self.allowsWrites = allowsWrites
        }
    }

    /// How long to wait before a lost serial device is opened again.
    private static let reopenDelay = Duration.seconds(1)

    private let configuration: Configuration
    private let responder: Responder
    private let admit: Admit?
    private let logger: Logger
    private let onRunning: @Sendable (String) -> Void

    /// - Parameters:
    ///   - admit: decides about each request; nil answers all.
    ///   - onRunning: told the path of the device to talk to, once the server listens (and again when a device came back).
    package init(
        _ configuration: Configuration, bank: any RegisterBank, admit: Admit? = nil, logger: Logger = Logger(label: "modbus.rtu"),
        onRunning: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.responder = Responder(bank: bank, allowsWrites: configuration.allowsWrites, units: [configuration.unit])
        self.admit = admit
        self.logger = logger
        self.onRunning = onRunning
    }

    /// Serves until cancelled or shut down; throws when the line can't be opened in the first place.
    package func run() async throws {
        try await cancelWhenGracefulShutdown {
            switch configuration.line {
            case .serial(let path, let baudRate): try await serveDevice(path, baudRate)
            case .pseudoTerminal(let link): try await serveTerminal(link)
            }
        }
    }

    private func serveTerminal(_ link: String?) async throws {
        let terminal = try PseudoTerminal(link: link)
        // The kernel does not pace a pseudo-terminal: the short pauses of a fast line do.
        try await serve(
            terminal.device, timing: RTUTiming(.baud115200), path: link ?? terminal.devicePath, dropUnread: terminal.dropUnread)
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
        try await serve(try SerialDevice(path: path, baudRate: baudRate), timing: RTUTiming(baudRate), path: path) {}
    }

    /// Answers on `device` until it is lost or the task cancelled.
    private func serve(
        _ device: borrowing SerialDevice, timing: RTUTiming, path: String, dropUnread: @escaping @Sendable () -> Void
    ) async throws {
        let channel = try await device.open(on: MultiThreadedEventLoopGroup.singleton) { [responder, admit] channel in
            channel.eventLoop.makeCompletedFuture {
                let handler = RTUServerHandler(responder: responder, timing: timing, admit: admit, dropUnread: dropUnread)
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
