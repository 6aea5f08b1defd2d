package import NIOCore

/// Reads some properties of one device, one after the other. What the device lacks or does not answer is left out.
///
///     start ─► request ─► ack, error, reject, abort ─► next request … ─► done
///                 └─ timeout: the same again, twice at most, then the next; two silent ones in a row end it
package struct DeviceInquiry: Sendable {
    package enum Action: Equatable, Sendable {
        case send(APDU)
        case wait
        case done
    }

    static let attempts = 3
    static let patience = TimeAmount.seconds(1)
    private static let maximumSilence = 2

    package let device: ObjectIdentifier
    package private(set) var values: [PropertyIdentifier: PropertyValue] = [:]
    private var properties: ArraySlice<PropertyIdentifier>
    private var invokeID: UInt8
    private var attempt = 0
    private var silence = 0
    private var deadline: NIODeadline?

    /// - Parameter firstInvokeID: any number; an answer names the request by it.
    package init(_ device: ObjectIdentifier, properties: [PropertyIdentifier], firstInvokeID: UInt8) {
        self.device = device
        self.properties = properties[...]
        invokeID = firstInvokeID
    }

    package var isDone: Bool { properties.isEmpty }

    package mutating func start(now: NIODeadline) -> Action { ask(now: now) }

    /// Takes in what the device has sent.
    package mutating func received(_ apdu: APDU, now: NIODeadline) -> Action {
        guard let property = properties.first, apdu.answeredID == invokeID else { return isDone ? .done : .wait }
        if case .complexAck(_, .readProperty, let parameters) = apdu {
            guard let ack = try? ReadPropertyAck(decoding: parameters), ack.request.property == property else { return .wait }
            values[property] = ack.value
        }
        silence = 0
        return goOn(now: now)
    }

    package mutating func elapsed(now: NIODeadline) -> Action {
        guard let deadline, !isDone else { return .done }
        guard now >= deadline else { return .wait }
        guard attempt >= Self.attempts else { return ask(now: now) }
        silence += 1
        if silence >= Self.maximumSilence { properties = [] }
        return goOn(now: now)
    }

    private mutating func goOn(now: NIODeadline) -> Action {
        properties = properties.dropFirst()
        invokeID &+= 1
        attempt = 0
        return ask(now: now)
    }

    private mutating func ask(now: NIODeadline) -> Action {
        guard let property = properties.first else { return .done }
        attempt += 1
        deadline = now + Self.patience
        return .send(ReadProperty(property, of: device).apdu(invokeID: invokeID))
    }
}
