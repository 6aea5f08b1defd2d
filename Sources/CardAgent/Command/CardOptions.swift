import ArgumentParser
import Logging
import NetVision
import SNMP

/// What `run` and `farm` have in common.
struct CardOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Added to every port of a card: 0 to 17727. From 955 on nothing needs root.", valueName: "n"))
    var portOffset = 0

    @Option(
        help: ArgumentHelp(
            "Take firmware that is signed with this key (repeatable). Without one, every image is refused.", valueName: "file.pub"))
    var trustKey: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            A user of SNMPv3 (repeatable, 8 at most): MD5, SHA, SHA-224, SHA-256, SHA-384 or SHA-512; DES, AES, AES-192, AES-256, or \
            AES-192-C and AES-256-C with Reeder's key extension. Users may write; NAME/ro may only read. Arguments are visible in the list \
            of processes: --snmp-users keeps passwords out of it.
            """, valueName: "name[/ro][:auth:password[:priv:password]]"))
    var snmpUser: [String] = []

    @Option(help: ArgumentHelp("A file of such users, one a line; # begins a comment.", valueName: "file"))
    var snmpUsers: String?

    @Option(
        help: ArgumentHelp(
            """
            Send traps there (repeatable, 8 at most): ADDRESS[:PORT][,version=v1|v2c|v3][,type=netvision|rfc1628][,community=C|,user=U]\
            [,inform][,severity=information|warning|critical|,events=5+13+15]. The port is 162 plus the offset, the version v2c.
            """, valueName: "receiver"))
    var trapReceiver: [String] = []

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

    /// The users of `--snmp-user` and `--snmp-users`; of two with one name the last counts.
    func users() throws(CommandFailure) -> [CardUser] {
        var users: [CardUser] = []
        do throws(USMSpecificationError) {
            for text in snmpUser { users.append(try CardUser(specification: text)) }
        } catch {
            throw CommandFailure("--snmp-user: \(error)", exitCode: CommandFailure.wrongArgument)
        }
        if let path = snmpUsers {
            guard let document = try Self.read(path) else {
                throw CommandFailure("--snmp-users: there is no file \(path).", exitCode: CommandFailure.wrongArgument)
            }
            do throws(USMSpecificationError) {
                users += try CardUser.users(in: document)
            } catch {
                throw CommandFailure("--snmp-users \(path): \(error)", exitCode: CommandFailure.wrongArgument)
            }
        }
        guard let table = [].merged(with: users) else {
            throw CommandFailure("a card has \(CardUser.maximumCount) users of SNMPv3 at most.", exitCode: CommandFailure.wrongArgument)
        }
        return table
    }

    /// The receivers of `--trap-receiver`.
    func trapReceivers() throws(CommandFailure) -> [TrapReceiver] {
        guard trapReceiver.count <= TrapReceiver.count else {
            throw CommandFailure("a card has \(TrapReceiver.count) trap receivers at most.", exitCode: CommandFailure.wrongArgument)
        }
        do throws(TrapReceiverArgument.Problem) {
            var receivers: [TrapReceiver] = []
            for text in trapReceiver { receivers.append(try TrapReceiverArgument(text).receiver) }
            return receivers
        } catch {
            throw CommandFailure("--trap-receiver: \(error)", exitCode: CommandFailure.wrongArgument)
        }
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
    /// Of an argument that can't be.
    static let wrongArgument: Int32 = 2

    let description: String
    let exitCode: Int32

    init(_ description: String, exitCode: Int32 = 1) {
        self.description = description
        self.exitCode = exitCode
    }
}
