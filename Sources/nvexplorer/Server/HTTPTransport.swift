import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix

/// HTTP, as the API client uses it.
enum HTTPTransport {
    /// A list of 500 cards takes some 300 kB.
    private static let largestAnswer = 64 << 20
    /// An image goes up as slowly as the line is.
    private static let uploadSeconds: Int64 = 1800

    /// Lends a transport. Redirects are not followed: a token goes where the user sent it, and nowhere else.
    static func with<Result>(timeout seconds: Double, _ body: (@escaping FleetAPI.Transport) async throws -> Result) async throws -> Result
    {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .milliseconds(Int64(min(seconds, 10) * 1000))
        // A server that is not there is said to be not there at once.
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let result = try await body { try await perform($0, by: client, seconds: seconds) }
            try await client.shutdown()
            return result
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private static func perform(_ request: APIRequest, by client: HTTPClient, seconds: Double) async throws -> APIResponse {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
        if let body = request.body { outgoing.body = .bytes(body) }
        let isUpload = (request.body?.readableBytes ?? 0) > 1 << 16
        let timeout = isUpload ? TimeAmount.seconds(uploadSeconds) : .milliseconds(Int64(seconds * 1000))
        do {
            let response = try await client.execute(outgoing, timeout: timeout)
            return APIResponse(status: Int(response.status.code), body: try await response.body.collect(upTo: largestAnswer))
        } catch let error as CancellationError {
            throw error
        } catch {
            throw CommandFailure(
                .unreachable,
                "Can't reach \(origin(request.url)) (\(words(error))). Is FleetServer running there? "
                    + "Choose another server with --server, or work without one with --direct.", isGeneral: !isLate(error))
        }
    }

    /// The server says every 15 seconds that it is alive.
    private static let longestSilence = TimeAmount.seconds(45)
    private static let largestRefusal = 1 << 20

    /// Asks for an endless answer; ends with an error when the server falls silent.
    @Sendable static func listen(
        to request: APIRequest, _ take: (FleetAPI.StreamPiece) async throws -> Bool
    ) async throws -> APIResponse? {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        configuration.timeout.read = longestSilence
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let refusal = try await follow(request, by: client, take)
            try await client.shutdown()
            return refusal
        } catch {
            try? await client.shutdown()
            guard error is HTTPClientError || error is NIOConnectionError || error is IOError || error is ChannelError else { throw error }
            throw CommandFailure(.unreachable, "The stream of \(origin(request.url)) is broken (\(words(error))).")
        }
    }

    private static func follow(
        _ request: APIRequest, by client: HTTPClient, _ take: (FleetAPI.StreamPiece) async throws -> Bool
    ) async throws -> APIResponse? {
        var outgoing = HTTPClientRequest(url: request.url)
        for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
        let response = try await client.execute(outgoing, deadline: .distantFuture)
        guard response.status == .ok else {
            return APIResponse(status: Int(response.status.code), body: try await response.body.collect(upTo: largestRefusal))
        }
        guard try await take(.begun) else { return nil }
        for try await bytes in response.body {
            guard try await take(.bytes(bytes)) else { return nil }
        }
        return nil
    }

    /// Whether a server that is there has taken too long over one request.
    private static func isLate(_ error: any Error) -> Bool {
        (error as? HTTPClientError).map { [.deadlineExceeded, .readTimeout].contains($0) } ?? false
    }

    private static func origin(_ url: String) -> String { url.firstRange(of: "/api/v1/").map { String(url[..<$0.lowerBound]) } ?? url }

    private static func words(_ error: any Error) -> String {
        if let error = error as? NIOConnectionError {
            return error.connectionErrors.isEmpty ? "there is no host \(error.host)" : "connection refused"
        }
        if let error = error as? IOError { return LocalFile.reason(error.errnoCode).lowercased() }
        guard let error = error as? HTTPClientError else { return "\(error)" }
        return [.connectTimeout, .deadlineExceeded, .readTimeout].contains(error) ? "no answer in time" : error.description
    }
}
