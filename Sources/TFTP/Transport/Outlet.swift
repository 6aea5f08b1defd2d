import Glibc
import NIOCore
import NIOPosix

/// The writing side of a socket (see `DatagramSocket`). Belongs to one event loop.
///
/// A run of equal packets leaves in one system call where the kernel can cut it (UDP_SEGMENT). What the kernel has no room for waits a
/// moment; what it refuses is lost, and the engines' timers see to it.
final class Outlet {
    /// DATA packets to be sent.
    struct Blocks {
        let file: ByteBuffer
        var range: Range<Int>
        let blockSize: Int
        let address: SocketAddress
    }

    private enum Outcome {
        case sent
        case full
        case refused
    }

    /// Nil once the channel is closed: the number may then be somebody else's file.
    private var descriptor: CInt?
    private let loop: any EventLoop
    private var scratch = ByteBuffer()
    private var waiting: CircularBuffer<Blocks> = []
    private var isCutting = System.supportsUDPSegmentationOffload

    /// Most runs that wait for the kernel; more are lost.
    private static let maximumWaiting = 1024
    /// UDP_MAX_SEGMENTS of Linux before 6.x.
    private static let maximumSegments = 64
    private static let maximumRun = 65000
    /// A packet that fits an Ethernet frame. Larger ones would be fragments, which the kernel does not cut.
    private static let unfragmentedSize = 1472
    private static let retryInterval = TimeAmount.milliseconds(1)

    init(descriptor: CInt, loop: any EventLoop) {
        self.descriptor = descriptor
        self.loop = loop
    }

    /// The channel is closed: nothing is sent from now on.
    func close() {
        descriptor = nil
        waiting.removeAll()
    }

    func send(_ packet: TFTPPacket, to address: SocketAddress) {
        scratch.clear()
        packet.encode(into: &scratch)
        _ = transmit(scratch.readableBytesView, to: address)
    }

    func send(_ blocks: Blocks) {
        guard waiting.isEmpty else { return wait(blocks) }
        if let rest = transmit(blocks) { wait(rest) }
    }

    private func wait(_ blocks: Blocks) {
        guard waiting.count < Self.maximumWaiting else { return }
        waiting.append(blocks)
        guard waiting.count == 1 else { return }
        loop.assumeIsolated().scheduleTask(in: Self.retryInterval) { self.retry() }
    }

    private func retry() {
        while let blocks = waiting.first {
            if let rest = transmit(blocks) {
                waiting[waiting.startIndex] = rest
                loop.assumeIsolated().scheduleTask(in: Self.retryInterval) { self.retry() }
                return
            }
            waiting.removeFirst()
        }
    }

    /// Sends blocks until the kernel has no room; returns those that are left.
    private func transmit(_ blocks: Blocks) -> Blocks? {
        let packetSize = blocks.blockSize + TFTPPacket.dataHeaderLength
        var rest = blocks
        while !rest.range.isEmpty {
            let count = min(rest.range.count, runLength(packetSize, to: blocks.address))
            let next = rest.range.lowerBound + count
            scratch.clear()
            TFTPPacket.encodeData(rest.range.lowerBound..<next, of: blocks.file, blockSize: blocks.blockSize, into: &scratch)
            switch transmit(scratch.readableBytesView, to: blocks.address, segment: count > 1 ? packetSize : nil) {
            case .full:
                return rest
            case .refused where count > 1:
                // A path on which the kernel does not cut: once more, packet by packet.
                isCutting = false
                continue
            case .sent, .refused:
                rest.range = next..<rest.range.upperBound
            }
        }
        return nil
    }

    /// Packets that one system call takes.
    private func runLength(_ packetSize: Int, to address: SocketAddress) -> Int {
        guard isCutting, packetSize <= Self.unfragmentedSize || HostKey(address)?.isLoopback == true else { return 1 }
        return max(1, min(Self.maximumSegments, Self.maximumRun / packetSize))
    }

    private func transmit(_ bytes: ByteBufferView, to address: SocketAddress, segment: Int? = nil) -> Outcome {
        guard let descriptor else { return .refused }
        let sent = address.withSockAddr { name, length in
            bytes.withUnsafeBytes { bytes in
                segment.map { Self.transmit(bytes, cutAt: $0, on: descriptor, to: name, length: length) }
                    ?? sendto(descriptor, bytes.baseAddress, bytes.count, 0, name, socklen_t(length))
            }
        }
        guard sent < 0 else { return .sent }
        return errno == EAGAIN || errno == ENOBUFS ? .full : .refused
    }

    /// sendmsg with a UDP_SEGMENT control message.
    private static func transmit(
        _ bytes: UnsafeRawBufferPointer, cutAt segment: Int, on descriptor: CInt, to name: UnsafePointer<sockaddr>, length: Int
    ) -> Int {
        var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
        var control = SegmentControl(segment: UInt16(truncatingIfNeeded: segment))
        return withUnsafeMutablePointer(to: &part) { part in
            withUnsafeMutablePointer(to: &control) { control in
                var message = msghdr()
                message.msg_name = UnsafeMutableRawPointer(mutating: name)
                message.msg_namelen = socklen_t(length)
                message.msg_iov = part
                message.msg_iovlen = 1
                message.msg_control = UnsafeMutableRawPointer(control)
                message.msg_controllen = MemoryLayout<SegmentControl>.size
                return sendmsg(descriptor, &message, 0)
            }
        }
    }
}

/// The control message that asks the kernel to cut a run into datagrams, as cmsg(3) lays it out on 64-bit Linux.
///
/// ```
/// +--------------+-----------+------------+---------+-------+
/// |  length (8)  | level (4) |  type (4)  | size (2)| 0 (6) |
/// |     18       | 17 (UDP)  | 103 (SEG.) |         |       |
/// +--------------+-----------+------------+---------+-------+
/// ```
private struct SegmentControl {
    let length: UInt64 = 18
    let level: Int32 = 17
    let type: Int32 = 103
    let segment: UInt16
    let padding: UInt16 = 0
    let furtherPadding: UInt32 = 0
}
