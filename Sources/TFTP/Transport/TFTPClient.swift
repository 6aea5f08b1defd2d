package import NIOCore
import NIOPosix
import Synchronization

/// A file on a TFTP server.
package struct TFTPRemoteFile: Sendable {
    /// The server's address and port (69, plus an offset where the fleet has one).
    package let address: SocketAddress
    package let name: String

    package init(_ name: String, at address: SocketAddress) {
        self.name = name
        self.address = address
    }
}

/// Writes files to TFTP servers, and reads them, many at once.
///
/// Transfers share sockets (see `LanePool`) and the file's bytes. There is nothing to start or to close: sockets live as long as transfers do.
/// Cancelling the task ends the transfer with an ERROR packet to the peer.
package final class TFTPClient: Sendable {
    private let lanes: LanePool
    private let nextID = Atomic<UInt64>(0)

    package init(eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton) {
        lanes = LanePool(group: eventLoopGroup)
    }

    /// Writes a file. `progress` is called on an event loop, in steps of one percent, with the acknowledged part (0 … 1).
    ///
    /// Throws `TFTPError`, `CancellationError`, or `IOError` where no socket can be had.
    package func put(
        _ file: ByteBuffer, to remote: TFTPRemoteFile, options: TransferOptions = .lan, timing: TransferTiming = TransferTiming(),
        progress: (@Sendable (Double) -> Void)? = nil
    ) async throws {
        _ = try await perform(
            ClientTransfer.Order(kind: .put(file), file: remote, options: options, timing: timing, progress: progress))
    }

    /// Reads a file of at most `limit` bytes. `progress` is only called where the server tells the size.
    ///
    /// Throws as `put` does.
    package func get(
        _ remote: TFTPRemoteFile, limit: Int, options: TransferOptions = .lan, timing: TransferTiming = TransferTiming(),
        progress: (@Sendable (Double) -> Void)? = nil
    ) async throws -> ByteBuffer {
        try await perform(
            ClientTransfer.Order(kind: .get(limit: limit), file: remote, options: options, timing: timing, progress: progress))
    }

    private func perform(_ order: ClientTransfer.Order) async throws -> ByteBuffer {
        guard let key = HostKey(order.file.address), order.isValid else { throw TFTPError.invalidRequest }
        try Task.checkCancellation()
        let lane = try lanes.reserve(key, kind: order.laneKind)
        defer { lanes.release(lane) }
        let id = nextID.wrappingAdd(1, ordering: .relaxed).newValue
        let promise = lane.handler.eventLoop.makePromise(of: ByteBuffer.self)
        return try await withTaskCancellationHandler {
            lane.handler.whenSuccess { $0.value.start(id, order, key: key, promise: promise) }
            lane.handler.whenFailure { promise.fail($0) }
            // A cancellation from before the start would otherwise find nothing to cancel.
            if Task.isCancelled { lane.cancel(id, key: key) }
            return try await promise.futureResult.get()
        } onCancel: {
            lane.cancel(id, key: key)
        }
    }
}

extension LanePool.Lane {
    fileprivate func cancel(_ id: UInt64, key: HostKey) {
        handler.whenSuccess { $0.value.cancel(id, key: key) }
    }
}

extension ClientTransfer.Order {
    /// Only a read brings whole blocks in; a write brings acknowledgements, which fit any socket.
    fileprivate var laneKind: LanePool.Kind {
        guard case .get = kind else { return LanePool.Kind(family: file.address.protocol, blockSize: 0) }
        return LanePool.Kind(family: file.address.protocol, blockSize: options.blockSize ?? 0)
    }

    /// True when the request fits its packet, and the options are in their ranges.
    fileprivate var isValid: Bool {
        let request = TFTPRequest(.write, filename: file.name, options: options.requested(size: Int(UInt32.max)))
        return options.isValid && !file.name.isEmpty && !file.name.utf8.contains(0)
            && TFTPPacket.request(request).encoded().readableBytes <= TFTPRequest.maximumLength
    }
}
