import NIOCore

/// How long a serial frame is, as far as its first bytes tell: RTU frames carry no length of their own.
enum RTUFrameLength: Equatable {
    /// This many bytes, unit to CRC.
    case exactly(Int)
    /// The byte that decides has not arrived.
    case undecided
    /// A function whose lengths we don't know: only silence ends such a frame.
    case unknown
    /// No frame starts like this.
    case impossible

    /// What the bytes from `index` on promise, heard by a `listener`.
    init(of bytes: ByteBuffer, at index: Int, heardBy listener: RTUFrameAssembler.Listener) {
        guard let code = bytes.getInteger(at: index + 1, as: UInt8.self) else {
            self = .undecided
            return
        }
        switch listener {
        case .server: self = .request(code, bytes, index)
        case .client: self = .response(code, bytes, index)
        }
    }

    private static func request(_ code: UInt8, _ bytes: ByteBuffer, _ index: Int) -> RTUFrameLength {
        switch code {
        case 1...6: .exactly(8)
        case 15, 16: counted(bytes, at: index + 6, fixed: 9, limits: 1...246)
        case 0, 128...: .impossible
        default: .unknown
        }
    }

    private static func response(_ code: UInt8, _ bytes: ByteBuffer, _ index: Int) -> RTUFrameLength {
        switch code {
        case 1...4: counted(bytes, at: index + 2, fixed: 5, limits: 1...251)
        case 5, 6, 15, 16: .exactly(8)
        case 129...: .exactly(5)
        case 0, 128: .impossible
        default: .unknown
        }
    }

    /// A frame of `fixed` bytes and those that the byte count at `index` announces.
    private static func counted(_ bytes: ByteBuffer, at index: Int, fixed: Int, limits: ClosedRange<Int>) -> RTUFrameLength {
        guard let count = bytes.getInteger(at: index, as: UInt8.self).map(Int.init) else { return .undecided }
        return limits.contains(count) ? .exactly(fixed + count) : .impossible
    }
}
