/// One object instance of an agent: its name, its value now, and what may be written to it.
package struct ManagedObject: Sendable {
    private enum Source: Sendable {
        case constant(SNMPValue)
        case computed(@Sendable () -> SNMPValue)
    }

    package let name: OID
    private let source: Source
    let write: WriteHandler?

    package init(_ name: OID, _ value: SNMPValue, write: WriteHandler? = nil) {
        self.name = name
        source = .constant(value)
        self.write = write
    }

    /// An object whose value is asked for at each request, such as sysUpTime.
    package init(_ name: OID, write: WriteHandler? = nil, computing value: @escaping @Sendable () -> SNMPValue) {
        self.name = name
        source = .computed(value)
        self.write = write
    }

    package var value: SNMPValue {
        switch source {
        case .constant(let value): value
        case .computed(let value): value()
        }
    }
}

/// What a SET does to an object, in two phases (RFC 3416 §4.2.5): all values of a request are validated before the first is committed.
///
/// The responder has checked that the value is of the object's present type.
package final class WriteHandler: Sendable {
    /// Why the value cannot be set (`wrongLength`, `wrongValue`, `inconsistentValue` …), or nil if it can. Must have no effect.
    let validate: @Sendable (SNMPValue) -> ErrorStatus?
    /// Sets the validated value. False if that failed after all: the responder then sets the request's other objects back.
    let commit: @Sendable (SNMPValue) -> Bool

    package init(
        validate: @escaping @Sendable (SNMPValue) -> ErrorStatus? = { _ in nil }, commit: @escaping @Sendable (SNMPValue) -> Bool
    ) {
        self.validate = validate
        self.commit = commit
    }
}
