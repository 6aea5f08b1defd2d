import NetVision

/// What the settings say of an account's password.
enum StoredPassword: Sendable {
    /// The admin's, as long as nobody has set another.
    case first(String)
    case digest(PasswordDigest)
    /// As somebody wrote it into a settings document; the card makes a digest of it.
    case plain(String)
    /// It admits nobody.
    case unusable

    private static let digestPrefix = "scrypt:"

    init(_ text: String, first: String?) {
        if text.isEmpty {
            self = first.map { .first($0) } ?? .unusable
        } else if text.hasPrefix(Self.digestPrefix) {
            self = PasswordDigest(text).map { .digest($0) } ?? .unusable
        } else {
            self = .plain(text)
        }
    }

    var isFirst: Bool { if case .first = self { true } else { false } }

    /// What the key of the LAN protocol has to be made of; nil where it is kept, or there is none.
    var plainText: String? {
        switch self {
        case .first(let text), .plain(let text): text
        case .digest, .unusable: nil
        }
    }

    /// The kept key of the LAN protocol.
    var lanKey: LANKey? { if case .digest(let digest) = self { digest.lanKey } else { nil } }

    /// Takes its time: not on an event loop. The first password costs nothing, for it is no secret.
    func matches(_ password: String) -> Bool {
        switch self {
        case .first(let text): PasswordDigest.isEqual(Array(password.utf8), Array(text.utf8))
        case .digest(let digest): digest.matches(password)
        case .plain(let text):
            PasswordDigest.refuse(password) || PasswordDigest.isEqual(Array(password.utf8), Array(text.utf8))
        case .unusable: PasswordDigest.refuse(password)
        }
    }
}

extension StoredPassword: CustomStringConvertible, CustomReflectable {
    var description: String { "StoredPassword" }
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
