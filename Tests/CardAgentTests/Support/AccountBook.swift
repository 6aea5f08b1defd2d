import NIOCore
import NetVision
import Synchronization

@testable import CardAgent

/// Accounts whose settings and clocks a test turns by hand, and what they report.
final class AccountBook: Sendable {
    struct Contents {
        var settings = AccountSettings(
            validityDays: 90, loginTimeout: 300, adminSecret: "", adminChangedAt: 0,
            users: Array(repeating: .init(name: "", secret: "", access: .disabled, changedAt: 0), count: AccountSettings.count))
        /// 2026-01-01.
        var now: Int64 = 1_767_225_600
        var uptime = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
        /// Why no change can be kept.
        var problem: String?
        var events: [AccountEvent] = []
        var origins: [ChangeOrigin] = []
    }

    static let mac = HardwareAddress(octets: (0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x9A))
    static let firstPassword = "FFC19A"
    static let password = "Good-enough no".filter { $0 != " " && $0 != "-" } + "7%"

    private let contents = Mutex(Contents())

    var current: Contents { contents.withLock { $0 } }
    func turn(_ change: (inout Contents) -> Void) { contents.withLock { change(&$0) } }

    func accounts(firstPasswordSuffices: Bool = false) -> Accounts {
        Accounts(
            mac: Self.mac, firstPasswordSuffices: firstPasswordSuffices,
            Accounts.Surroundings(
                settings: { self.current.settings },
                change: { origin, body in
                    if let problem = self.current.problem { return problem }
                    self.turn {
                        body(&$0.settings)
                        $0.origins.append(origin)
                    }
                    return nil
                }, now: { self.current.now }, uptime: { self.current.uptime },
                report: { event in self.turn { $0.events.append(event) } }))
    }

    /// A row of the table.
    func addUser(_ name: String, password: String, access: AccountSettings.Access, row: Int = 0) {
        let secret = PasswordDigest(password: password, card: nil).text
        turn { $0.settings.users[row] = .init(name: name, secret: secret, access: access, changedAt: $0.now) }
    }
}

extension Accounts {
    func login(_ user: String, _ password: String, from host: String = "10.0.0.9") async -> Result<Authentication, AccountRefusal> {
        await authenticate(user: user, password: password, from: host, way: .web)
    }

    /// The admin's.
    func login(_ password: String, from host: String = "10.0.0.9") async -> Result<Authentication, AccountRefusal> {
        await login(Accounts.admin, password, from: host)
    }
}
