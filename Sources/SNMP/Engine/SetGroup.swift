package import NIOCore

/// Objects that one thing stands behind, such as a document of settings: what a request sets of them is checked together and kept at once.
package protocol SetGroup: AnyObject, Sendable {
    /// A request begins that sets at least one of them.
    func draft(for requester: Requester) -> any SetDraft
}

/// What a request sets of a `SetGroup`, until all of it is kept or none. It lives as long as the request.
package protocol SetDraft: AnyObject {
    /// Takes a value in, or says why the object can't have it. Must have no effect on anything but the draft.
    ///
    /// - Parameter key: the object's place in the group. An object that is named twice gets both values, one after the other.
    func take(_ value: SNMPValue, for key: Int) -> ErrorStatus?
    /// Why the values can't be together: asked when all are in. Must have no effect.
    var refusal: SetRefusal? { get }
    /// Keeps all of it; false, and nothing has changed, if that fails.
    func commit() -> Bool
    /// Takes back what has been kept; false if that can't be done any more.
    func undo() -> Bool
}

/// Why a draft can't be kept.
package struct SetRefusal: Hashable, Sendable {
    /// The object to blame.
    package let key: Int
    package let status: ErrorStatus

    package init(key: Int, _ status: ErrorStatus) {
        self.key = key
        self.status = status
    }
}

/// Who has sent a request.
package struct Requester: Sendable, CustomStringConvertible {
    /// Nil where it came from nowhere, as in tests.
    package let address: SocketAddress?

    package init(_ address: SocketAddress? = nil) { self.address = address }

    /// The IP address; `?` where there is none.
    package var description: String { address?.ipAddress ?? "?" }
}
