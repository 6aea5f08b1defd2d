package import NIOCore

/// The manager's side of one request to one card: challenge, then the request with the card's nonce and the authenticator.
package struct LANRequest: Sendable {
    package enum Order: Sendable, Equatable {
        case unlock
        case lock
        case setNetwork(NetworkSettings)
        case identify(seconds: Int)
        case restart
    }

    package enum ReceivedAction: Sendable, Equatable {
        case send(ByteBuffer)
        case complete(LANResult)
        case ignore
    }

    private enum State: Sendable { case challenging, ordered(ByteBuffer), complete }

    private let card: HardwareAddress
    private let order: Order
    private let key: LANKey
    private let transaction: UInt64
    private var state = State.challenging

    package init(_ order: Order, card: HardwareAddress, key: LANKey, transaction: UInt64) {
        self.order = order
        self.card = card
        self.key = key
        self.transaction = transaction
    }

    /// What is to be sent now, and again when no reply comes.
    package var datagram: ByteBuffer {
        switch state {
        case .challenging, .complete: LANMessage(.challenge, card: card, transaction: transaction).encoded()
        case .ordered(let datagram): datagram
        }
    }

    package mutating func received(_ datagram: ByteBuffer) -> ReceivedAction {
        guard let message = try? LANMessage(decoding: datagram), message.card == card, message.transaction == transaction else {
            return .ignore
        }
        switch (state, message.kind) {
        case (.challenging, .challengeReply):
            guard let nonce = message[.nonce], nonce.count == 16 else { return .ignore }
            let request = LANMessage(kind, card: card, transaction: transaction, fields: [LANField(.nonce, nonce)] + fields)
            let datagram = key.authenticate(request).encoded()
            state = .ordered(datagram)
            return .send(datagram)
        case (.ordered, .result):
            guard let result = try? LANResult(message) else { return .ignore }
            // The request may have arrived and its result been lost: then our repetition finds the nonce used. Begin again.
            if result.code == .staleNonce {
                state = .challenging
                return .send(self.datagram)
            }
            state = .complete
            return .complete(result)
        default:
            return .ignore
        }
    }

    private var kind: LANMessage.Kind {
        switch order {
        case .unlock: .unlock
        case .lock: .lock
        case .setNetwork: .setNetwork
        case .identify: .identify
        case .restart: .restart
        }
    }

    private var fields: [LANField] {
        switch order {
        case .unlock, .lock, .restart: []
        case .setNetwork(let settings):
            [
                LANField(.address, address: settings.address), LANField(.mask, address: settings.mask),
                LANField(.gateway, address: settings.gateway), LANField(.dhcp, flag: settings.usesDHCP),
            ]
        case .identify(let seconds): [LANField(.seconds, number: UInt16(clamping: seconds))]
        }
    }
}
