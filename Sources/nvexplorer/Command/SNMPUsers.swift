import ArgumentParser
import FoundationEssentials
import NIOCore
import NIOPosix
import SNMP

/// How SNMPv3 users come in: never as an argument, which everybody on the machine could read.
struct SNMPUsers: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "With --direct, and with discover: SNMPv3 users to read with, a line each: \(USMUserSpecification.form). "
                + "(default: with --direct $NVFLEET_SNMP_USER)",
            valueName: "file"))
    var snmpUsers: String?

    private static let sizeLimit = 1 << 16
    private static let maximumCount = 8

    /// The users in their order; none if none were given.
    func given() async throws -> [USMUser] {
        if let snmpUsers {
            let document = String(buffer: try await LocalFile.read(snmpUsers, limit: Self.sizeLimit))
            return try await Self.users(in: document, of: snmpUsers)
        }
        guard let text = ProcessInfo.processInfo.environment["NVFLEET_SNMP_USER"], !text.isEmpty else { return [] }
        return try await Self.users(in: text, of: "NVFLEET_SNMP_USER")
    }

    static func users(in document: String, of source: String) async throws -> [USMUser] {
        // Off the cooperative pool: making the keys takes some milliseconds a user.
        let users = try await NIOThreadPool.singleton.runIfActive {
            Result { () throws(USMSpecificationError) in try USMUser.users(in: document) }
        }
        .mapError { CommandFailure(.usage, "\(source) can't be used: \($0)") }.get()
        guard users.count <= maximumCount else {
            throw CommandFailure(.usage, "\(source) has \(users.count) users; at most \(maximumCount) are tried.")
        }
        return users
    }
}
