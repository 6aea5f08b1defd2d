/// The error-status of a response (RFC 1157 §4.1.1: 0 to 5; RFC 3416 §3: the rest). Others may come from the wire.
package struct ErrorStatus: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: Int32

    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let noError = ErrorStatus(rawValue: 0)
    package static let tooBig = ErrorStatus(rawValue: 1)
    package static let noSuchName = ErrorStatus(rawValue: 2)
    package static let badValue = ErrorStatus(rawValue: 3)
    package static let readOnly = ErrorStatus(rawValue: 4)
    package static let genErr = ErrorStatus(rawValue: 5)
    package static let noAccess = ErrorStatus(rawValue: 6)
    package static let wrongType = ErrorStatus(rawValue: 7)
    package static let wrongLength = ErrorStatus(rawValue: 8)
    package static let wrongEncoding = ErrorStatus(rawValue: 9)
    package static let wrongValue = ErrorStatus(rawValue: 10)
    package static let noCreation = ErrorStatus(rawValue: 11)
    package static let inconsistentValue = ErrorStatus(rawValue: 12)
    package static let resourceUnavailable = ErrorStatus(rawValue: 13)
    package static let commitFailed = ErrorStatus(rawValue: 14)
    package static let undoFailed = ErrorStatus(rawValue: 15)
    package static let authorizationError = ErrorStatus(rawValue: 16)
    package static let notWritable = ErrorStatus(rawValue: 17)
    package static let inconsistentName = ErrorStatus(rawValue: 18)

    private static let names = [
        "noError", "tooBig", "noSuchName", "badValue", "readOnly", "genErr", "noAccess", "wrongType", "wrongLength", "wrongEncoding",
        "wrongValue", "noCreation", "inconsistentValue", "resourceUnavailable", "commitFailed", "undoFailed", "authorizationError",
        "notWritable", "inconsistentName",
    ]

    package var description: String {
        Self.names.indices.contains(Int(rawValue)) ? Self.names[Int(rawValue)] : "errorStatus(\(rawValue))"
    }

    /// What a v1 manager is told instead (RFC 3584 §4.4).
    var v1: ErrorStatus {
        switch self {
        case .noError, .tooBig, .noSuchName, .badValue, .readOnly, .genErr: self
        case .wrongValue, .wrongEncoding, .wrongType, .wrongLength, .inconsistentValue: .badValue
        case .noAccess, .notWritable, .noCreation, .inconsistentName, .authorizationError: .noSuchName
        default: .genErr
        }
    }
}
