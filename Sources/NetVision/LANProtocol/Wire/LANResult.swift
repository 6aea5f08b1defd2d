/// A card's answer to a request that changes something.
package struct LANResult: Sendable, Equatable {
    package struct Code: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let done = Code(rawValue: 0)
        /// The password is wrong.
        package static let notAuthentic = Code(rawValue: 1)
        /// Too many wrong tries: `seconds` tells how long to wait.
        package static let lockedOut = Code(rawValue: 2)
        /// The nonce is unknown, used or too old: ask for a new challenge.
        package static let staleNonce = Code(rawValue: 3)
        /// The settings can't be used; the text says why.
        package static let invalid = Code(rawValue: 4)
        /// The card could not do it; the text says why.
        package static let failed = Code(rawValue: 5)
        /// The password is right, and has to be changed before the card does this.
        package static let passwordChangeRequired = Code(rawValue: 6)
    }

    package var code: Code
    package var text: String
    /// With `done` after an unlock: how long it lasts. With `lockedOut`: how long to wait.
    package var seconds: UInt16

    package init(_ code: Code, _ text: String = "", seconds: UInt16 = 0) {
        self.code = code
        self.text = text
        self.seconds = seconds
    }

    var fields: [LANField] {
        [LANField(.resultCode, [code.rawValue]), LANField(.resultText, text: text), LANField(.seconds, number: seconds)]
    }

    init(_ message: LANMessage) throws(LANDecodingError) {
        guard message.kind == .result, let code = message[.resultCode]?.first else {
            throw LANDecodingError(.missingField, at: LANMessage.headerLength)
        }
        self.init(Code(rawValue: code), message.text(.resultText) ?? "", seconds: message.number(.seconds) ?? 0)
    }
}
