import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import TFTP

/// Client against server over the loopback network.
@Suite(.timeLimit(.minutes(2)))
struct TFTPTransferTests {
    private let client = TFTPClient()
    /// Patient enough for a busy machine, quick enough for a test of what is lost.
    private let timing = TransferTiming(timeout: .milliseconds(300), patience: .seconds(20))

    private func file(_ size: Int) -> ByteBuffer {
        ByteBuffer(bytes: (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
    }

    @Test(arguments: [0, 1, 511, 512, 513, 200_000], [TransferOptions.none, .lan, TransferOptions(blockSize: 8192, windowSize: 64)])
    func deliversAFileUnchanged(size: Int, options: TransferOptions) async throws {
        let sent = file(size)
        let received = Mutex<ByteBuffer?>(nil)
        try await withServer { _, _ in
            .receive(limit: 1 << 20) { bytes in
                received.withLock { $0 = bytes }
                return nil
            }
        } body: { address in
            try await client.put(sent, to: TFTPRemoteFile("a.bin", at: address), options: options, timing: timing)
        }
        #expect(received.withLock { $0 } == sent)
    }

    @Test(arguments: [0, 512, 200_000], [TransferOptions.none, .lan, TransferOptions(blockSize: 65464, windowSize: 2)])
    func readsAFileUnchanged(size: Int, options: TransferOptions) async throws {
        let stored = file(size)
        try await withServer { _, _ in
            .send(stored)
        } body: { address in
            let read = try await client.get(TFTPRemoteFile("a", at: address), limit: 1 << 20, options: options, timing: timing)
            #expect(read == stored)
        }
    }

    @Test(arguments: [TransferOptions.none, .lan])
    func deliversThroughALossyNetwork(options: TransferOptions) async throws {
        let sent = file(60_000)
        let received = Mutex<ByteBuffer?>(nil)
        let datagrams = Mutex(0)
        // Every seventh datagram that reaches the server's sockets is lost.
        let faults = TFTPServer.Faults(drops: {
            datagrams.withLock {
                $0 += 1
                return $0.isMultiple(of: 7)
            }
        })
        try await withServer(faults: faults) { _, _ in
            .receive(limit: 1 << 20) { bytes in
                received.withLock { $0 = bytes }
                return nil
            }
        } body: { address in
            try await client.put(sent, to: TFTPRemoteFile("a.bin", at: address), options: options, timing: timing)
        }
        #expect(received.withLock { $0 } == sent)
    }

    @Test func aRefusedFileIsRefusedToItsSender() async throws {
        let refusal = TFTPErrorReply(.accessViolation, "the image is not signed")
        try await withServer { _, _ in
            .receive(limit: 1 << 20) { _ in refusal }
        } body: { address in
            await #expect(throws: TFTPError.refused(code: .accessViolation, message: "the image is not signed")) {
                try await client.put(file(5000), to: TFTPRemoteFile("a.bin", at: address), timing: timing)
            }
        }
    }

    @Test func aRefusedRequestSaysWhy() async throws {
        try await withServer { _, _ in
            .refuse(.accessViolation, message: "unlock the card first")
        } body: { address in
            await #expect(throws: TFTPError.refused(code: .accessViolation, message: "unlock the card first")) {
                try await client.put(file(10), to: TFTPRemoteFile("a.bin", at: address), timing: timing)
            }
        }
    }

    @Test func aFileAboveTheLimitIsRefused() async throws {
        try await withServer { _, _ in
            .receive(limit: 1000) { _ in nil }
        } body: { address in
            for options in [TransferOptions.none, .lan] {
                await #expect {
                    try await client.put(file(5000), to: TFTPRemoteFile("a.bin", at: address), options: options, timing: timing)
                } throws: { error in
                    guard case .refused(.diskFull, _) = error as? TFTPError else { return false }
                    return true
                }
            }
        }
    }

    @Test func aStalledTransferEndsByItsPatience() async throws {
        let faults = TFTPServer.Faults(stallAt: { 0.6 })
        // Patient enough for a busy machine: the transfer must get to where it stalls.
        let impatient = TransferTiming(timeout: .milliseconds(500), patience: .seconds(5))
        let progress = Mutex(0.0)
        try await withServer(faults: faults) { _, _ in
            .receive(limit: 1 << 20) { _ in nil }
        } body: { address in
            await #expect {
                try await client.put(file(100_000), to: TFTPRemoteFile("a.bin", at: address), timing: impatient) { fraction in
                    progress.withLock { $0 = fraction }
                }
            } throws: { error in
                guard case .timeout = error as? TFTPError else { return false }
                return true
            }
        }
        #expect((0.3...0.6).contains(progress.withLock { $0 }))
    }

    @Test func cancellingEndsThePut() async throws {
        let image = file(100_000)
        try await withServer(faults: TFTPServer.Faults(stallAt: { 0.5 })) { _, _ in
            .receive(limit: 1 << 20) { _ in nil }
        } body: { address in
            let (started, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))
            let put = Task { [client] in
                // Ended below, by the cancellation that this test is about.
                try await client.put(image, to: TFTPRemoteFile("a.bin", at: address)) { _ in continuation.yield() }
            }
            for await _ in started { break }
            put.cancel()
            await #expect(throws: CancellationError.self) { try await put.value }
        }
    }

    @Test func manyTransfersShareOneImage() async throws {
        let sent = file(100_000)
        let good = Mutex(0)
        try await withServer(maximumTransfers: 64) { _, _ in
            .receive(limit: 1 << 20) { bytes in
                if bytes == sent { good.withLock { $0 += 1 } }
                return nil
            }
        } body: { address in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await client.put(sent, to: TFTPRemoteFile("a.bin", at: address), timing: timing) }
                }
                try await group.waitForAll()
            }
        }
        #expect(good.withLock { $0 } == 50)
    }

    /// The last acknowledgement may have to be repeated for a while: the next transfer does not wait for that.
    @Test func aTransferThatIsOverKeepsNobodyOut() async throws {
        try await withServer(maximumTransfers: 1) { _, _ in
            .receive(limit: 1000) { _ in nil }
        } body: { address in
            for name in ["a", "b", "a"] { try await client.put(file(10), to: TFTPRemoteFile(name, at: address), timing: timing) }
        }
    }

    @Test func aServerTakesOnlySoManyTransfersAtOnce() async throws {
        let (release, continuation) = AsyncStream.makeStream(of: Void.self)
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        try await withServer(maximumTransfers: 1) { _, _ in
            .receive(limit: 1000) { _ in
                arrival.yield()
                for await _ in release { break }
                return nil
            }
        } body: { address in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await client.put(file(10), to: TFTPRemoteFile("a", at: address), timing: timing) }
                for await _ in arrived { break }
                await #expect(throws: TFTPError.refused(code: .undefined, message: "too many transfers at the moment")) {
                    try await client.put(file(10), to: TFTPRemoteFile("b", at: address), timing: timing)
                }
                continuation.finish()
                try await group.waitForAll()
            }
        }
    }

    @Test func aSlowDecisionIsBounded() async throws {
        try await withServer(decisionPatience: .milliseconds(200)) { _, _ in
            .receive(limit: 1000) { _ in
                try? await Task.sleep(for: .seconds(60))
                return nil
            }
        } body: { address in
            await #expect(throws: TFTPError.refused(code: .undefined, message: "the file could not be checked in time")) {
                try await client.put(file(10), to: TFTPRemoteFile("a", at: address), timing: timing)
            }
        }
    }

    @Test func nobodyAnsweringIsATimeout() async throws {
        let silent = try DatagramSocket.open(boundTo: SocketAddress(ipAddress: "127.0.0.1", port: 0))
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton).withBoundSocket(silent).get()
        let address = try #require(channel.localAddress)
        await #expect {
            try await client.put(
                file(10), to: TFTPRemoteFile("a", at: address),
                timing: TransferTiming(timeout: .milliseconds(50), patience: .milliseconds(300)))
        } throws: { error in
            guard case .timeout = error as? TFTPError else { return false }
            return true
        }
        try await channel.close()
    }

    @Test(arguments: [
        TransferOptions(blockSize: 7), TransferOptions(windowSize: 65536), TransferOptions(timeout: 0),
    ])
    func refusesOptionsOutOfRangeAtOnce(options: TransferOptions) async throws {
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: 9)
        await #expect(throws: TFTPError.invalidRequest) {
            try await client.put(file(1), to: TFTPRemoteFile("a", at: address), options: options)
        }
    }

    /// Runs a server on a free port for as long as `body` lasts.
    private func withServer(
        faults: TFTPServer.Faults = TFTPServer.Faults(), maximumTransfers: Int = 8, decisionPatience: Duration = .seconds(20),
        accept: @escaping TFTPServer.Accept, body: (SocketAddress) async throws -> Void
    ) async throws {
        let (bound, continuation) = AsyncStream.makeStream(of: SocketAddress.self)
        let configuration = TFTPServer.Configuration(
            address: try SocketAddress(ipAddress: "127.0.0.1", port: 0), timing: TransferTiming(timeout: .milliseconds(300)),
            maximumTransfers: maximumTransfers, decisionPatience: decisionPatience)
        let server = TFTPServer(
            configuration, faults: faults, logger: Logger(label: "test"), bound: { continuation.yield($0) }, accept: accept)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            for await address in bound {
                try await body(address)
                break
            }
            group.cancelAll()
        }
    }
}
