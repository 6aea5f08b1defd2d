package import NIOCore

/// Finds the frames in what a serial line delivers.
///
/// The rules, in order:
/// 1. A frame is as long as its function code and byte count say (`RTUFrameLength`), and its CRC is right.
/// 2. Where rule 1 fails, one byte is dropped and the search goes on: garbage before a frame costs the garbage only.
/// 3. A silence of t3.5 ends a frame. So what ends there is looked for backwards too: frames behind garbage that promised
///    more bytes than came, and frames of unknown functions.
/// 4. A silence longer than the host's own delays (`RTUTiming.patience`) gives up what is unfinished.
package struct RTUFrameAssembler: Sendable {
    /// Requests and responses of one function differ in length, so it matters who listens.
    package enum Listener: Sendable {
        /// Hears requests.
        case server
        /// Hears responses.
        case client
    }

    package let timing: RTUTiming
    /// Bytes that belonged to no frame, since the start.
    package private(set) var discardedBytes = 0

    private let listener: Listener
    private var pending = ByteBuffer()
    private var lastByteAt: NIODeadline?
    /// True while `pending` starts where a frame may start: after silence, or after a frame.
    private var isAtBoundary = true

    package init(listener: Listener, timing: RTUTiming) {
        self.listener = listener
        self.timing = timing
    }

    /// When to call `silenceReached()` unless more bytes come; nil when nothing is unfinished.
    package var silenceDue: NIODeadline? {
        guard pending.readableBytes > 0, let lastByteAt else { return nil }
        return lastByteAt + timing.silence
    }

    /// Takes bytes that arrived at `now`; returns the frames they complete.
    package mutating func received(_ bytes: ByteBuffer, at now: NIODeadline) -> [RTUFrame] {
        var frames: [RTUFrame] = []
        if let lastByteAt, now - lastByteAt >= timing.silence {
            frames = silenceReached()
            if now - lastByteAt >= timing.patience { reset() }
        }
        lastByteAt = now
        pending.writeImmutableBuffer(bytes)
        while let frame = nextFrame() { frames.append(frame) }
        trim()
        return frames
    }

    /// The line has been silent for t3.5: returns the frames that end here, if any.
    package mutating func silenceReached() -> [RTUFrame] {
        let end = pending.writerIndex
        if isAtBoundary, unknownFunctionLeads, let frame = try? RTUFrame(decoding: pending) {
            discard(0, thenTake: pending.readableBytes)
            return [frame]
        }
        for start in pending.readerIndex..<end {
            if let frames = frames(from: start, to: end) {
                discard(start - pending.readerIndex, thenTake: end - start)
                return frames
            }
        }
        return []
    }

    /// Forgets what is unfinished.
    package mutating func reset() {
        discard(pending.readableBytes, thenTake: 0)
        isAtBoundary = true
    }

    private var unknownFunctionLeads: Bool {
        RTUFrameLength(of: pending, at: pending.readerIndex, heardBy: listener) == .unknown
    }

    /// Rules 1 and 2. Every turn of the loop drops a byte or returns.
    private mutating func nextFrame() -> RTUFrame? {
        while pending.readableBytes > 0 {
            switch RTUFrameLength(of: pending, at: pending.readerIndex, heardBy: listener) {
            case .undecided:
                return nil
            case .unknown where isAtBoundary:
                return nil
            case .unknown, .impossible:
                discard(1, thenTake: 0)
            case .exactly(let length):
                guard let candidate = pending.getSlice(at: pending.readerIndex, length: length) else { return nil }
                if let frame = try? RTUFrame(decoding: candidate) {
                    discard(0, thenTake: length)
                    return frame
                }
                discard(1, thenTake: 0)
            }
        }
        return nil
    }

    /// The frames that fill the bytes from `start` to `end` without a gap; nil when they don't.
    private func frames(from start: Int, to end: Int) -> [RTUFrame]? {
        var frames: [RTUFrame] = []
        var index = start
        while index < end {
            guard case .exactly(let length) = RTUFrameLength(of: pending, at: index, heardBy: listener), length <= end - index,
                let candidate = pending.getSlice(at: index, length: length), let frame = try? RTUFrame(decoding: candidate)
            else { return nil }
            frames.append(frame)
            index += length
        }
        return frames
    }

    private mutating func discard(_ garbage: Int, thenTake taken: Int) {
        pending.moveReaderIndex(forwardBy: garbage + taken)
        discardedBytes += garbage
        isAtBoundary = taken > 0
        if pending.readableBytes == 0 { pending.clear() }
    }

    /// No frame is longer than 256 bytes: what is older can't become one.
    private mutating func trim() {
        let excess = pending.readableBytes - RTUFrame.sizeLimits.upperBound
        if excess > 0 { discard(excess, thenTake: 0) }
        pending.discardReadBytes()
    }
}
