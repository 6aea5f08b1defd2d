import ArgumentParser
import NIOCore
import SNMP

/// What the answerer and the trap sender are made for (snmp/fleet.h): addresses, and by what they let in.
enum Fleet {
    static let community: Community = "public"

    /// The user of every engine: SHA and AES.
    static func user() throws(USMUserError) -> USMUser {
        try USMUser(name: "bench", authentication: (.sha1, password: "authentication"), privacy: (.aes128, password: "privacy-password"))
    }

    /// 250 cards in each /24 from 127.20.0.0 on.
    static func address(of card: Int, port: Int) throws -> SocketAddress {
        try SocketAddress(ipAddress: "127.20.\(card / 250).\(card % 250 + 1)", port: port)
    }
}

enum Version: String, ExpressibleByArgument, CaseIterable {
    case v2c = "2c"
    case v3 = "3"
}
