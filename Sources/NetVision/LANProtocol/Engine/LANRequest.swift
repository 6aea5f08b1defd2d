package import NIOCore

/// The manager's side of one request to one card: challenge, then the request with the card's nonce and the authenticator.
package struct LANRequest: Sendable {
    package enum Order: Sendable, Equatable {
        case unlock
        case lock
        case setNetwork(NetworkSettings)
        case setPassword(String)
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
    private let share: LANKeyShare
    private var state = State.challenging

    /// - Parameter share: of this conversation alone; a new password is sealed with it.
    package init(_ order: Order, card: HardwareAddress, key: LANKey, transaction: UInt64, share: LANKeyShare = LANKeyShare()) {
        self.order = order
        self.card = card
        self.key = key
        self.transaction = transaction
        self.share = share
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
            if case .setPassword = order, message[.keyShare].flatMap(share.agreed) == nil { return .ignore }
            guard let fields = fields(nonce: nonce, cardsShare: message[.keyShare]) else {
                state = .complete
                return .complete(LANResult(.invalid, "The card takes passwords of 64 characters at most."))
            }
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
        case .setPassword: .setPassword
        case .identify: .identify
        case .restart: .restart
        }
    }

    /// Nil where the order can't be put into a message.
    private func fields(nonce: [UInt8], cardsShare: [UInt8]?) -> [LANField]? {
        switch order {
        case .unlock, .lock, .restart: []
        case .setNetwork(let settings):
            [
                LANField(.address, address: settings.address), LANField(.mask, address: settings.mask),
                LANField(.gateway, address: settings.gateway), LANField(.dhcp, flag: settings.usesDHCP),
            ]
        case .setPassword(let password): fields(password: password, nonce: nonce, cardsShare: cardsShare ?? [])
        case .identify(let seconds): [LANField(.seconds, number: UInt16(clamping: seconds))]
        }
    }

    private func fields(password: String, nonce: [UInt8], cardsShare: [UInt8]) -> [LANField]? {
        guard let agreed = share.agreed(with: cardsShare) else { return nil }
        let conversation = SealedPassword.Conversation(
            card: card, transaction: transaction, nonce: nonce, askersShare: share.octets, cardsShare: cardsShare)
        guard let sealed = SealedPassword(conversation, key: key, agreed: agreed)?.sealed(password) else { return nil }
        return [LANField(.keyShare, share.octets), LANField(.sealedPassword, sealed)]
    }
}
