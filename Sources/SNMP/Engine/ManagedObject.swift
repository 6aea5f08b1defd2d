/// One object instance of an agent: its name, its value now, and what may be written to it.
///
/// Agents hold hundreds of them for each of thousands of devices: what all instances of an object share is in its `ObjectType`.
package struct ManagedObject: Sendable {
    private final class Computation: Sendable {
        let value: @Sendable () -> SNMPValue

        init(_ value: @escaping @Sendable () -> SNMPValue) { self.value = value }
    }

    private enum Source: Sendable {
        case constant(SNMPValue)
        case computed(Computation)
    }

    package let name: OID
    private let source: Source
    /// What the object is declared as. Absent where a test makes one out of nothing.
    package let type: ObjectType?
    let write: WriteHandler?

    private init(name: OID, source: Source, type: ObjectType?, write: WriteHandler?) {
        precondition(write == nil || type.map { $0.access == .readWrite } != false, "\(name) is declared as not to be written")
        self.name = name
        self.source = source
        self.type = type
        self.write = write
    }

    package var value: SNMPValue {
        switch source {
        case .constant(let value): value
        case .computed(let computation): computation.value()
        }
    }

    /// Why a value can't be set (RFC 3416 §4.2.5): what the declaration says of its type, length and range goes before what the object says.
    func refusal(of value: SNMPValue) -> ErrorStatus? {
        guard let write else { return .notWritable }
        if let type {
            if let refusal = type.syntax.refusal(of: value) { return refusal }
        } else if value.tag != self.value.tag {
            return .wrongType
        }
        return write.validate(value)
    }
}

extension ManagedObject {
    /// The instance of a scalar.
    package init(_ type: ObjectType, _ value: SNMPValue, write: WriteHandler? = nil) {
        self.init(name: type.scalar, source: .constant(value), type: type, write: write)
    }

    /// The instance of a scalar whose value is asked for at each request, such as sysUpTime.
    package init(_ type: ObjectType, write: WriteHandler? = nil, computing value: @escaping @Sendable () -> SNMPValue) {
        self.init(name: type.scalar, source: .computed(Computation(value)), type: type, write: write)
    }

    /// The instance of a column in one row.
    package init(_ type: ObjectType, row: UInt32, _ value: SNMPValue, write: WriteHandler? = nil) {
        self.init(name: type.instance(row), source: .constant(value), type: type, write: write)
    }

    /// An instance whose name has been worked out before.
    package init(_ type: ObjectType, named name: OID, _ value: SNMPValue) {
        self.init(name: name, source: .constant(value), type: type, write: nil)
    }

    /// An object without a declaration: only its type is checked, by the value that it has.
    package init(_ name: OID, _ value: SNMPValue, write: WriteHandler? = nil) {
        self.init(name: name, source: .constant(value), type: nil, write: write)
    }

    package init(_ name: OID, write: WriteHandler? = nil, computing value: @escaping @Sendable () -> SNMPValue) {
        self.init(name: name, source: .computed(Computation(value)), type: nil, write: write)
    }
}

/// What a SET does to an object, in two phases (RFC 3416 §4.2.5): all values of a request are validated before the first is committed.
///
/// The object's declaration has been asked before: the value is of the right type, length and range, or among the named numbers.
package final class WriteHandler: Sendable {
    /// Why the value cannot be set all the same (`wrongValue`, `inconsistentValue` …), or nil if it can. Must have no effect.
    let validate: @Sendable (SNMPValue) -> ErrorStatus?
    /// Sets the validated value. False if that failed after all: the responder then sets the request's other objects back.
    let commit: @Sendable (SNMPValue) -> Bool
    /// Takes a committed value back, given the one before; false if that can't be done any more. Unless something else is said, the old
    /// value is committed: of an order that would be another order.
    let undo: @Sendable (SNMPValue) -> Bool

    package init(
        validate: @escaping @Sendable (SNMPValue) -> ErrorStatus? = { _ in nil }, commit: @escaping @Sendable (SNMPValue) -> Bool,
        undo: (@Sendable (SNMPValue) -> Bool)? = nil
    ) {
        self.validate = validate
        self.commit = commit
        self.undo = undo ?? commit
    }
}
