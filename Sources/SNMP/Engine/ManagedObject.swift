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

    /// Why no object of this declaration can have a value: its type, length or range (RFC 3416 §4.2.5).
    func typeRefusal(of value: SNMPValue) -> ErrorStatus? {
        if let type { return type.syntax.refusal(of: value) }
        return value.tag == self.value.tag ? nil : .wrongType
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
    package init(_ type: ObjectType, named name: OID, _ value: SNMPValue, write: WriteHandler? = nil) {
        self.init(name: name, source: .constant(value), type: type, write: write)
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
    enum Way: Sendable {
        case alone(Alone)
        /// The object is the one of this key in a group.
        case together(any SetGroup, key: Int)
    }

    /// What happens to an object that has to do with no other.
    struct Alone: Sendable {
        /// Why the value cannot be set all the same (`wrongValue`, `inconsistentValue` …), or nil if it can. Must have no effect.
        let validate: @Sendable (SNMPValue) -> ErrorStatus?
        /// Sets the validated value. False if that failed after all: the responder then sets the request's other objects back.
        let commit: @Sendable (SNMPValue, Requester) -> Bool
        /// Takes a committed value back, given the one before; false if that can't be done any more.
        let undo: @Sendable (SNMPValue) -> Bool
    }

    let way: Way

    /// - Parameter undo: Unless something else is said, the old value is committed: of an order that would be another order.
    package init(
        validate: @escaping @Sendable (SNMPValue) -> ErrorStatus? = { _ in nil }, commit: @escaping @Sendable (SNMPValue) -> Bool,
        undo: (@Sendable (SNMPValue) -> Bool)? = nil
    ) {
        way = .alone(Alone(validate: validate, commit: { value, _ in commit(value) }, undo: undo ?? commit))
    }

    /// - Parameter perform: Does what is asked for, at the request of somebody.
    package init(
        validate: @escaping @Sendable (SNMPValue) -> ErrorStatus? = { _ in nil },
        perform: @escaping @Sendable (SNMPValue, Requester) -> Bool, undo: @escaping @Sendable (SNMPValue) -> Bool
    ) {
        way = .alone(Alone(validate: validate, commit: perform, undo: undo))
    }

    /// For an object that is set together with the others of its group.
    package init(_ group: any SetGroup, key: Int) { way = .together(group, key: key) }
}
