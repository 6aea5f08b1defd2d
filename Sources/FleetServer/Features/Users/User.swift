import FoundationEssentials

/// What a user may do: look; act on cards; administer.
enum Role: String, Codable, Sendable, Comparable, CaseIterable {
    case viewer
    case `operator`
    case admin

    private var rank: Int {
        switch self {
        case .viewer: 0
        case .operator: 1
        case .admin: 2
        }
    }

    static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }
}

struct User: Codable, Sendable, Equatable {
    let id: Int64
    let username: String
    let role: Role
    let createdAt: Date
}

/// Who makes a request, and what they may do with the token that they show.
struct Identity: Sendable, Equatable {
    let userID: Int64
    let username: String
    /// The token's role: never above its user's.
    let role: Role
    let tokenID: Int64
    let expiresAt: Date?
}

/// The rules for names and passwords of our own users.
enum UserPolicy {
    static func check(username: String) throws {
        let allowed = username.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-@".contains($0)) }
        guard (1...64).contains(username.count), allowed else {
            throw Problem.invalid("username", "A user name has 1 to 64 letters, digits, or . _ - @.")
        }
    }

    static func check(password: String) throws {
        guard (12...256).contains(password.count) else {
            throw Problem.invalid("password", "A password has 12 to 256 characters.")
        }
    }
}
