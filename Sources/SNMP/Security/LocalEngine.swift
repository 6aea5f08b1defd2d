package import NIOCore

/// Our own engine, authoritative for the requests and informs it gets: who may ask, and what becomes of a message that may not be answered.
///
///     datagram ─► decode ─► engine id ─► user ─► level ─► signature ─► time ─► decrypt ─► PDU kind, context ─► access ─► accept
///                   │           │          │       │          │          │        │              │                │
///                   └ drop      └──────────┴───────┴──────────┴──────────┴────────┴──────────────┘                └ authorizationError
///                                          counted; a report if the sender wants one
///
/// The order is that of RFC 3412 §7.2 and RFC 3414 §3.2. Not Sendable, because a user's ciphers are not: made from its configuration on the
/// event loop that it stays on.
package struct LocalEngine {
    package enum Access: Hashable, Sendable { case readOnly, readWrite }

    /// A user, and what it may do.
    package struct User: Hashable, Sendable {
        package var user: USMUser
        package var access: Access
        /// The lowest level at which the user is served: that of its keys, if not said otherwise. Requests below it are authentic as far as
        /// they claim, but access control refuses them (RFC 3415 §3.2: no access entry at that level).
        package var minimumLevel: SecurityLevel

        package init(_ user: USMUser, _ access: Access, minimumLevel: SecurityLevel? = nil) {
            self.user = user
            self.access = access
            self.minimumLevel = minimumLevel ?? user.level
        }
    }

    package struct Configuration: Hashable, Sendable {
        package var engineID: EngineID
        /// Of users with the same name, the last counts.
        package var users: [User]
        /// The PDUs that somebody here handles.
        package var handledKinds: Set<PDU.Kind>
        /// The longest message that we accept: 484 octets or more.
        package var maximumSize: Int32

        package init(
            engineID: EngineID, users: [User], handledKinds: Set<PDU.Kind> = [.get, .getNext, .getBulk, .set], maximumSize: Int32 = 65_507
        ) {
            self.engineID = engineID
            self.users = users
            self.handledKinds = handledKinds
            self.maximumSize = max(maximumSize, SecureMessage.minimumMaximumSize)
        }
    }

    package enum ReceivedAction {
        /// To be answered with what `seal` makes of the response.
        case accept(AcceptedRequest)
        /// To be sent to where the datagram came from: a report, or an error response.
        case answer(ByteBuffer)
        case drop(DropReason)
    }

    package enum DropReason: Equatable, Sendable {
        case malformed(SNMPDecodingError)
        /// Counted; the sender wants no report.
        case refused(EngineCounter)
        /// A response or report: nobody here has asked.
        case notARequest
    }

    package let engineID: EngineID
    package let clock: EngineClock
    package var statistics = EngineStatistics()
    let handledKinds: Set<PDU.Kind>
    let maximumSize: Int32
    private var users: [InlineOctets: Entry] = [:]
    private let contexts: AESContexts
    var salts: SaltCounter
    private var scratch: [UInt8] = []
    /// Grows with the first report: an engine may never send one.
    var writer = BERWriter(capacity: 0)

    struct Entry {
        let user: User
        let localized: LocalizedUser
    }

    /// - Parameters:
    ///   - saltStart: random.
    ///   - contexts: shared by all engines of the event loop.
    package init(_ configuration: Configuration, clock: EngineClock, saltStart: UInt64, contexts: AESContexts = AESContexts()) {
        self.contexts = contexts
        engineID = configuration.engineID
        handledKinds = configuration.handledKinds
        maximumSize = configuration.maximumSize
        self.clock = clock
        salts = SaltCounter(start: saltStart)
        replaceUsers(configuration.users)
    }

    /// Takes these users instead of those before; what has been accepted already can still be answered.
    package mutating func replaceUsers(_ users: [User]) {
        self.users.removeAll()
        for user in users {
            let localized = LocalizedUser(user.user, engineID: engineID, contexts: contexts)
            self.users[user.user.nameOctets] = Entry(user: user, localized: localized)
        }
    }

    /// Takes a datagram's readable octets.
    package mutating func received(_ datagram: ByteBuffer, now: NIODeadline) -> ReceivedAction {
        datagram.withUnsafeReadableBytes { received($0, now: now) }
    }

    mutating func received(_ octets: UnsafeRawBufferPointer, now: NIODeadline) -> ReceivedAction {
        var plaintext: [UInt8] = []
        swap(&plaintext, &scratch)
        defer { swap(&plaintext, &scratch) }
        switch open(octets, now: now, into: &plaintext) {
        case .answer(let message): return .answer(message)
        case .drop(let reason): return .drop(reason)
        case .open(let request):
            do throws(SNMPDecodingError) {
                let scoped = try request.withScopedPDU(octets, plaintext) { (scoped) throws(SNMPDecodingError) in
                    try ScopedPDU(decoding: scoped)
                }
                return .accept(AcceptedRequest(request, scoped))
            } catch {
                return .drop(.malformed(error))
            }
        }
    }
}

// MARK: - Requests that stay octets

extension LocalEngine {
    /// As `ReceivedAction`, for whoever reads the PDU himself.
    enum OpenAction {
        case open(OpenRequest)
        case answer(ByteBuffer)
        case drop(DropReason)
    }

    /// Takes a datagram, and decodes no more of its PDU than the kind.
    /// - Parameter plaintext: replaced by the scoped PDU of an encrypted message; keeps its memory.
    mutating func open(_ octets: UnsafeRawBufferPointer, now: NIODeadline, into plaintext: inout [UInt8]) -> OpenAction {
        let message: SecureMessage
        do throws(SNMPDecodingError) { message = try SecureMessage(octets) } catch {
            if let counter = error.counter { statistics[counter] &+= 1 }
            return .drop(.malformed(error))
        }
        switch admit(message, octets, now) {
        case .refused(let refusal): return refuse(refusal, message, octets, now)
        case .admitted(let entry): return open(message, octets, from: entry, now, &plaintext)
        }
    }
}

/// A message that is counted, and perhaps reported.
struct Refusal {
    let counter: EngineCounter
    /// At which level, and by whose keys, the report is sent; unsigned if nil.
    var signer: (user: LocalizedUser, level: SecurityLevel)?
    /// What the message held, where that is known.
    var scoped: ScopedPDU?
}

extension LocalEngine {
    private enum Admission {
        case admitted(Entry)
        case refused(Refusal)
    }

    /// Who sent the message (RFC 3414 §3.2 steps 3 to 7).
    private func admit(_ message: SecureMessage, _ octets: UnsafeRawBufferPointer, _ now: NIODeadline) -> Admission {
        guard engineID.matches(UnsafeRawBufferPointer(rebasing: octets[message.engineID])) else { return refusal(.unknownEngineIDs) }
        guard let name = InlineOctets(UnsafeRawBufferPointer(rebasing: octets[message.userName])), let entry = users[name] else {
            return refusal(.unknownUserNames)
        }
        guard message.level <= entry.localized.level else { return refusal(.unsupportedSecurityLevels) }
        guard message.level.isAuthenticated else { return .admitted(entry) }
        guard entry.localized.isAuthentic(message, in: octets) else { return refusal(.wrongDigests) }
        guard clock.accepts(EngineTime(boots: message.boots, time: message.time), now: now) else {
            return .refused(Refusal(counter: .notInTimeWindows, signer: (entry.localized, .authNoPriv)))
        }
        return .admitted(entry)
    }

    private func refusal(_ counter: EngineCounter) -> Admission { .refused(Refusal(counter: counter)) }

    /// What the sender asks for (RFC 3414 §3.2 step 8, RFC 3412 §7.2 steps 7 to 13).
    private mutating func open(
        _ message: SecureMessage, _ octets: UnsafeRawBufferPointer, from entry: Entry, _ now: NIODeadline, _ plaintext: inout [UInt8]
    ) -> OpenAction {
        let request = OpenRequest(message, entry)
        if message.level.isEncrypted, !entry.localized.decrypt(message, in: octets, into: &plaintext) {
            return refuse(Refusal(counter: .decryptionErrors), message, octets, now)
        }
        let head: ScopedPDU.Head
        do throws(SNMPDecodingError) {
            head = try request.withScopedPDU(octets, plaintext) { (scoped) throws(SNMPDecodingError) in
                try ScopedPDU.Head(scoped, to: engineID)
            }
        } catch {
            // A wrong key does not fail, but yields what is no PDU. Agents that drop this leave the user with a timeout and no idea.
            // It tells nobody anything of a key: the message carries the user's signature.
            return message.level.isEncrypted
                ? refuse(Refusal(counter: .decryptionErrors), message, octets, now) : .drop(.malformed(error))
        }
        if let counter = misdirection(head) {
            let scoped = try? request.withScopedPDU(octets, plaintext) { try ScopedPDU(decoding: $0) }
            return refuse(Refusal(counter: counter, signer: (entry.localized, message.level), scoped: scoped), message, octets, now)
        }
        guard handledKinds.contains(head.kind) else { return .drop(.notARequest) }
        guard message.level < entry.user.minimumLevel else { return .open(request) }
        do throws(SNMPDecodingError) {
            let scoped = try request.withScopedPDU(octets, plaintext) { (octets) throws(SNMPDecodingError) in
                try ScopedPDU(decoding: octets)
            }
            return denyAccess(AcceptedRequest(request, scoped), now)
        } catch {
            return .drop(.malformed(error))
        }
    }

    /// Why nobody here handles a request, if so.
    private func misdirection(_ head: ScopedPDU.Head) -> EngineCounter? {
        switch head.kind {
        case .response, .report: return nil
        case .get, .getNext, .getBulk, .set, .inform, .trapV2: break
        }
        guard handledKinds.contains(head.kind) else { return .unknownPDUHandlers }
        // The objects of an inform are its sender's, in any context of his (RFC 3413 §3.4); those of a request are ours.
        guard head.kind != .inform else { return nil }
        guard head.isForEngine else { return .unknownPDUHandlers }
        return head.isDefaultContext ? nil : .unknownContexts
    }
}
