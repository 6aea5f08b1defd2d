import CCurl
import FoundationEssentials
import NIOPosix

/// Sends mail by SMTP, with the system's libcurl.
struct MailChannel: NotificationChannel {
    /// Seconds that an attempt may take, and that a connection may take of them.
    private static let timeout = 30
    private static let connectTimeout = 10
    /// 3: CURL_GLOBAL_ALL, a macro.
    private static let isReady = curl_global_init(3) == CURLE_OK

    let host: String
    let port: Int
    let security: ChannelSettings.Security
    let login: (username: String, password: String)?
    let from: String
    let to: [String]
    let caFile: String?

    func send(_ message: NotificationMessage) async -> DeliveryOutcome {
        let octets = MailMessage(from: from, to: to, message: message).octets
        do {
            // libcurl waits; the cooperative pool must not.
            return try await NIOThreadPool.singleton.runIfActive { transfer(octets) }
        } catch {
            return .failed("The server is stopping.")
        }
    }

    private func transfer(_ octets: [UInt8]) -> DeliveryOutcome {
        guard Self.isReady, let handle = curl_easy_init() else { return .failed("libcurl can't be used.") }
        defer { curl_easy_cleanup(handle) }
        var recipients: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(recipients) }
        for address in to { recipients = curl_slist_append(recipients, "<\(address)>") }
        let dialogue = MailDialogue(octets)
        return withExtendedLifetime(dialogue) {
            configure(handle, recipients, dialogue)
            let code = curl_easy_perform(handle)
            var status = 0
            ccurl_response_code(handle, &status)
            return Self.outcome(code, status: status, dialogue)
        }
    }

    private func configure(_ handle: UnsafeMutableRawPointer, _ recipients: UnsafeMutablePointer<curl_slist>?, _ dialogue: MailDialogue) {
        let place = host.contains(":") ? "[\(host)]" : host
        ccurl_set_text(handle, CURLOPT_URL, "\(security == .tls ? "smtps" : "smtp")://\(place):\(port)")
        if security == .startTLS { ccurl_set_number(handle, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
        if let caFile { ccurl_set_text(handle, CURLOPT_CAINFO, caFile) }
        if let login {
            ccurl_set_text(handle, CURLOPT_USERNAME, login.username)
            ccurl_set_text(handle, CURLOPT_PASSWORD, login.password)
        }
        ccurl_set_text(handle, CURLOPT_MAIL_FROM, "<\(from)>")
        ccurl_set_pointer(handle, CURLOPT_MAIL_RCPT, recipients)
        ccurl_allow_failed_recipients(handle)
        ccurl_set_number(handle, CURLOPT_UPLOAD, 1)
        ccurl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_set_number(handle, CURLOPT_TIMEOUT, Self.timeout)
        ccurl_set_number(handle, CURLOPT_CONNECTTIMEOUT, Self.connectTimeout)
        let context = Unmanaged.passUnretained(dialogue).toOpaque()
        ccurl_set_pointer(handle, CURLOPT_READDATA, context)
        ccurl_set_read(handle) { buffer, size, count, context in
            guard let buffer, let context else { return 0 }
            return Unmanaged<MailDialogue>.fromOpaque(context).takeUnretainedValue().read(
                into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
        }
        ccurl_set_number(handle, CURLOPT_VERBOSE, 1)
        ccurl_set_pointer(handle, CURLOPT_DEBUGDATA, context)
        ccurl_set_debug(handle) { _, kind, text, length, context in
            // Only what the server says: what we say has the password in it.
            guard kind == CURLINFO_HEADER_IN, let text, let context else { return 0 }
            Unmanaged<MailDialogue>.fromOpaque(context).takeUnretainedValue().heard(UnsafeRawBufferPointer(start: text, count: length))
            return 0
        }
    }

    private static func outcome(_ code: CURLcode, status: Int, _ dialogue: MailDialogue) -> DeliveryOutcome {
        if code == CURLE_OK {
            let refused = dialogue.refusals
            let answer = dialogue.lastReply ?? "The server has taken it."
            return .delivered(refused.isEmpty ? answer : "\(answer) (some recipients were refused: \(refused.joined(separator: "; ")))")
        }
        let words = curl_easy_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
        let answer = dialogue.refusals.last.map { "\($0) (\(words))" } ?? words
        return 500..<600 ~= status ? .refused(answer) : .failed(answer)
    }
}

/// What libcurl reads and hears during one transfer. It lives on the one thread that the transfer runs on.
private final class MailDialogue {
    private static let maximumReplies = 200

    private let octets: [UInt8]
    private var position = 0
    private var replies: [String] = []

    init(_ octets: [UInt8]) { self.octets = octets }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let piece = octets[position..<min(position + buffer.count, octets.count)]
        buffer.copyBytes(from: piece)
        position += piece.count
        return piece.count
    }

    func heard(_ text: UnsafeRawBufferPointer) {
        let line = String(decoding: text.prefix(500).prefix { $0 != 13 && $0 != 10 }, as: UTF8.self)
        if replies.count < Self.maximumReplies { replies.append(line) } else { replies[replies.count - 1] = line }
    }

    var lastReply: String? { replies.last { !$0.hasPrefix("221") } }
    var refusals: [String] { replies.filter { $0.hasPrefix("4") || $0.hasPrefix("5") } }
}
