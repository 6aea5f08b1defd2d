import CMosquitto
import FoundationEssentials
import Glibc

/// Why a broker can't be used.
struct MQTTTrouble: Error {
    let words: String
    /// Whether the same would be said again.
    var isFinal = false
}

/// One connection to a broker, with libmosquitto. It stays on the thread that has made it.
final class MQTTLine {
    private static let keepAlive: Int32 = 60
    private static let connectSeconds = 10.0
    private static let publishSeconds = 15.0

    /// What the library's callbacks have told.
    private final class Ear {
        /// The broker's answer to CONNECT; nil before it.
        var answer: Int32?
        var acknowledged: Set<Int32> = []
        var isLost = false
    }

    private static let isReady = mosquitto_lib_init() == MOSQ_ERR_SUCCESS.code

    private let handle: OpaquePointer
    private let ear: Ear

    private init?(clientID: String) {
        let ear = Ear()
        guard Self.isReady, let handle = mosquitto_new(clientID, true, Unmanaged.passUnretained(ear).toOpaque()) else { return nil }
        self.handle = handle
        self.ear = ear
        mosquitto_connect_callback_set(handle) { _, ear, answer in
            ear.map { Unmanaged<Ear>.fromOpaque($0).takeUnretainedValue() }?.answer = answer
        }
        mosquitto_disconnect_callback_set(handle) { _, ear, _ in
            ear.map { Unmanaged<Ear>.fromOpaque($0).takeUnretainedValue() }?.isLost = true
        }
        mosquitto_publish_callback_set(handle) { _, ear, id in
            ear.map { Unmanaged<Ear>.fromOpaque($0).takeUnretainedValue() }?.acknowledged.insert(id)
        }
    }

    deinit { mosquitto_destroy(handle) }

    /// A connection that the broker has accepted. Its last will is `offline` at `will`, retained.
    static func connected(_ access: MQTTAccess, will: String) -> Result<MQTTLine, MQTTTrouble> {
        guard let line = MQTTLine(clientID: access.clientID) else { return .failure(MQTTTrouble(words: "libmosquitto can't be used.")) }
        if let trouble = line.connect(access, will: will) { return .failure(trouble) }
        guard line.publish([.init(topic: will, payload: "online", isRetained: true)]) == nil else {
            return .failure(MQTTTrouble(words: "The broker does not take what is published."))
        }
        return .success(line)
    }

    private func connect(_ access: MQTTAccess, will: String) -> MQTTTrouble? {
        let place = "\(access.host):\(access.port)"
        let offline = Array("offline".utf8)
        var code = mosquitto_will_set(handle, will, Int32(offline.count), offline, 1, true)
        if let login = access.login, code == MOSQ_ERR_SUCCESS.code {
            code = mosquitto_username_pw_set(handle, login.username, login.password)
        }
        if access.isSecure, code == MOSQ_ERR_SUCCESS.code {
            code = mosquitto_tls_set(handle, access.caFile, access.caFile == nil ? "/etc/ssl/certs" : nil, nil, nil, nil)
        }
        guard code == MOSQ_ERR_SUCCESS.code else { return MQTTTrouble(words: "\(place): \(Self.words(code))") }
        code = mosquitto_connect(handle, access.host, Int32(access.port), Self.keepAlive)
        guard code == MOSQ_ERR_SUCCESS.code else { return MQTTTrouble(words: "No connection to \(place): \(Self.words(code))") }
        guard turn(for: Self.connectSeconds, until: { self.ear.answer != nil }), let answer = ear.answer else {
            return MQTTTrouble(words: "\(place) has not answered the connection.")
        }
        guard answer == 0 else {
            let words = mosquitto_connack_string(answer).map { String(cString: $0) } ?? "refused"
            return MQTTTrouble(words: "\(place): \(words)", isFinal: answer == 4 || answer == 5)
        }
        return nil
    }

    /// Publishes, and waits until the broker has acknowledged all. What was wrong, or nil.
    func publish(_ publications: [MQTTMessages.Publication]) -> String? {
        var pending: Set<Int32> = []
        ear.acknowledged = []
        for publication in publications {
            let payload = Array(publication.payload.utf8)
            var id: Int32 = 0
            let code = mosquitto_publish(handle, &id, publication.topic, Int32(payload.count), payload, 1, publication.isRetained)
            guard code == MOSQ_ERR_SUCCESS.code else { return "\(publication.topic) can't be published: \(Self.words(code))" }
            pending.insert(id)
        }
        guard turn(for: Self.publishSeconds, until: { pending.isSubset(of: self.ear.acknowledged) }) else {
            return ear.isLost ? "The broker has closed the connection." : "The broker has not acknowledged it."
        }
        return nil
    }

    /// Handles what has come, and waits for `wait` milliseconds for more. False if the connection is lost.
    func turn(wait: Int32) -> Bool { mosquitto_loop(handle, wait, 1) == MOSQ_ERR_SUCCESS.code && !ear.isLost }

    func sayGoodbye(_ availabilityTopic: String) {
        _ = publish([.init(topic: availabilityTopic, payload: "offline", isRetained: true)])
        mosquitto_disconnect(handle)
    }

    private func turn(for seconds: Double, until isDone: () -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while !isDone() {
            guard ContinuousClock.now < end, turn(wait: 20) else { return isDone() }
        }
        return true
    }

    private static func words(_ code: Int32) -> String {
        if code == MOSQ_ERR_ERRNO.code { return String(cString: strerror(errno)) }
        return mosquitto_strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}

extension mosq_err_t {
    fileprivate var code: Int32 { rawValue }
}
