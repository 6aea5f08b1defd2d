import ArgumentParser
import Logging
import NetVision

/// What `run` and `farm` have in common.
struct CardOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Added to every port of a card: 0 to 17727. From 955 on nothing needs root.", valueName: "n"))
    var portOffset = 0

    @Option(
        help: ArgumentHelp(
            "Take firmware that is signed with this key (repeatable). Without one, every image is refused.", valueName: "file.pub"))
    var trustKey: [String] = []

    @Option(help: ArgumentHelp("What to log: debug, info, notice, warning or error.", valueName: "level"))
    var logLevel = LogLevel.notice

    enum LogLevel: String, ExpressibleByArgument, CaseIterable {
        case debug, info, notice, warning, error

        var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .notice }
    }

    func validate() throws {
        guard PortOffset(rawValue: portOffset) != nil else {
            throw ValidationError(
                "--port-offset must be from \(PortOffset.allowed.lowerBound) to \(PortOffset.allowed.upperBound), not \(portOffset).")
        }
    }

    var offset: PortOffset { PortOffset(rawValue: portOffset) ?? .none }

    /// Reads the keys; throws where a file is none.
    func trustedKeys() throws(CommandFailure) -> [FirmwarePublicKey] {
        var keys: [FirmwarePublicKey] = []
        for path in trustKey {
            guard let text = try Self.read(path) else { throw CommandFailure("--trust-key: there is no file \(path).") }
            guard let key = FirmwarePublicKey(text: text) else {
                throw CommandFailure(
                    "--trust-key: \(path) is no public key; make one with `nvexplorer firmware keygen --out KEY` and give KEY.pub.")
            }
            keys.append(key)
        }
        return keys
    }

    static func read(_ path: String) throws(CommandFailure) -> String? {
        do throws(StateDirectoryError) {
            return try StateFile.read(path)
        } catch {
            throw CommandFailure("can't read \(error)")
        }
    }

    func logger() -> Logger {
        var logger = Logger(label: "CardAgent") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = logLevel.level
        return logger
    }
}

/// Why the program can't do what it was started for, as its user reads it.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
