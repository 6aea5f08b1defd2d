import AsyncHTTPClient
import Crypto
import FoundationEssentials
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Posts a message to an HTTP address. Redirects are not followed: a message goes where an administrator said, and nowhere else.
struct WebhookChannel: NotificationChannel {
    static let timeout = TimeAmount.seconds(30)
    /// Of an answer that is read for its words.
    private static let largestAnswer = 16 << 10
    private static let shownAnswer = 500

    let url: String
    let template: MessageTemplate
    let headers: [(String, String)]
    let signingKey: String?
    let authorization: String?
    let now: @Sendable () -> Date
    private let client: HTTPClient

    init(
        url: String, template: MessageTemplate, headers: [(String, String)], signingKey: String?, authorization: String?, caFile: String?,
        now: @escaping @Sendable () -> Date
    ) {
        self.url = url
        self.template = template
        self.headers = headers
        self.signingKey = signingKey
        self.authorization = authorization
        self.now = now
        var tls = TLSConfiguration.makeClientConfiguration()
        if let caFile { tls.trustRoots = .file(caFile) }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func send(_ message: NotificationMessage) async -> DeliveryOutcome {
        let body = template.body(message)
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers = [
            "Content-Type": "application/json", "User-Agent": "NVFleet/\(FleetServer.version)", "Idempotency-Key": message.messageId,
            "X-NVFleet-Message-Id": message.messageId,
        ]
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let authorization { request.headers.replaceOrAdd(name: "Authorization", value: authorization) }
        if let signingKey {
            let time = Int64(now().timeIntervalSince1970)
            request.headers.replaceOrAdd(name: "X-NVFleet-Signature", value: Self.signature(of: body, key: signingKey, at: time))
        }
        request.body = .bytes(body)
        do {
            let response = try await client.execute(request, timeout: Self.timeout)
            let words = try? await response.body.collect(upTo: Self.largestAnswer)
            return Self.outcome(Int(response.status.code), response.status.reasonPhrase, words.map { String(buffer: $0) } ?? "")
        } catch {
            return .failed(Self.sentence(error))
        }
    }

    func close() async { try? await client.shutdown() }

    /// `t=TIME,v1=HEX`: HMAC-SHA-256 over the time, a full stop and the body, so that an old message can't be played again unseen.
    static func signature(of body: [UInt8], key: String, at time: Int64) -> String {
        var authentication = HMAC<SHA256>(key: SymmetricKey(data: Array(key.utf8)))
        authentication.update(data: Array("\(time).".utf8))
        authentication.update(data: body)
        let hex = authentication.finalize().map { octet in
            let digits = String(octet, radix: 16)
            return digits.utf8.count == 1 ? "0\(digits)" : digits
        }
        return "t=\(time),v1=\(hex.joined())"
    }

    static func outcome(_ status: Int, _ reason: String, _ words: String) -> DeliveryOutcome {
        let shown = words.prefix(shownAnswer)
        let answer = shown.isEmpty ? "HTTP \(status) \(reason)" : "HTTP \(status) \(reason): \(shown)"
        return switch status {
        case 200..<300: .delivered(answer)
        case 408, 425, 429: .failed(answer)
        case 300..<400: .refused("\(answer) (redirects are not followed: give the address that it leads to)")
        case 400..<500: .refused(answer)
        default: .failed(answer)
        }
    }

    private static func words(_ error: any Error) -> String {
        (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
    }

    private static func sentence(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where error == .deadlineExceeded: "No answer within 30 s."
        case let error as HTTPClientError where error == .connectTimeout: "No connection within 10 s."
        case let error as HTTPClientError: "No answer: \(error.shortDescription)"
        case let error as NIOConnectionError:
            "No connection to \(error.host):\(error.port): \(error.connectionErrors.first.map { words($0.error) } ?? "no address")"
        default: "No answer: \(words(error))"
        }
    }
}
