import Glibc
import NIOCore
import NIOPosix

/// A serial line's file descriptor, set to raw bytes: eight data bits, no parity, one stop bit, no flow control.
///
/// A real port is used by one process only (`TIOCEXCL`), until it is closed, and both its outgoing modem lines are on: they feed the
/// interface of many a UPS. A pseudo-terminal has no modem lines, and would keep the exclusion when the one who asked for it has gone.
///
/// Closed with the value, unless a channel takes it over.
struct SerialDevice: ~Copyable {
    let descriptor: CInt

    /// Opens `path` without waiting for a carrier, and drops what arrived before.
    init(path: String, baudRate: BaudRate) throws(ModbusError) {
        let descriptor = Glibc.open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .linkFailed(.deviceUnavailable(path: path, errno: errno)) }
        guard Self.configure(descriptor, baudRate: baudRate) else {
            let reason = errno
            Glibc.close(descriptor)
            throw .linkFailed(.deviceUnavailable(path: path, errno: reason))
        }
        if !Self.isPseudoTerminal(descriptor) { Self.claim(descriptor) }
        self.descriptor = descriptor
    }

    /// Takes over an open descriptor.
    init(owning descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// Makes a channel of the device. The channel owns descriptors of its own: they share the device, not the number.
    ///
    /// It is not writable while a single byte waits for the line.
    func open<Output: Sendable>(
        on group: any EventLoopGroup, initializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Output>
    ) async throws -> Output {
        let input = try duplicate()
        let output: CInt
        do {
            output = try duplicate()
        } catch {
            Glibc.close(input)
            throw error
        }
        do {
            return try await NIOPipeBootstrap(group: group)
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 512))
                .channelOption(.writeBufferWaterMark, value: ChannelOptions.Types.WriteBufferWaterMark(low: 1, high: 1))
                .takingOwnershipOfDescriptors(input: input, output: output, channelInitializer: initializer)
        } catch {
            Glibc.close(input)
            Glibc.close(output)
            throw error
        }
    }

    private func duplicate() throws -> CInt {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw IOError(errnoCode: errno, reason: "fcntl(F_DUPFD_CLOEXEC)") }
        return copy
    }

    /// What a port that has no such line, or no way to be exclusive, refuses: it is as good without.
    private static func claim(_ descriptor: CInt) {
        _ = ioctl(descriptor, UInt(TIOCEXCL))
        var lines = TIOCM_DTR | TIOCM_RTS
        _ = ioctl(descriptor, UInt(TIOCMBIS), &lines)
    }

    /// Whether this is the end of a pseudo-terminal that programs open: Linux gives these the major numbers 136 to 143.
    static func isPseudoTerminal(_ descriptor: CInt) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        return (136...143).contains(status.st_rdev >> 8 & 0xFFF)
    }

    /// 8N1, raw, VMIN 1: with VMIN 0 an empty line would read as its end. False with `errno` set on failure, also when the port does not
    /// have the rate: setting several things at once succeeds when one of them does.
    static func configure(_ descriptor: CInt, baudRate: BaudRate) -> Bool {
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { return false }
        cfmakeraw(&settings)
        settings.c_cflag |= tcflag_t(CS8 | CLOCAL | CREAD)
        settings.c_cflag &= ~tcflag_t(PARENB | CSTOPB | HUPCL)
        settings.c_cflag &= ~tcflag_t(CRTSCTS)
        guard cfsetspeed(&settings, baudRate.speed) == 0, tcsetattr(descriptor, TCSANOW, &settings) == 0 else { return false }
        var actual = termios()
        guard tcgetattr(descriptor, &actual) == 0 else { return false }
        guard cfgetospeed(&actual) == baudRate.speed else {
            errno = EINVAL
            return false
        }
        return tcflush(descriptor, TCIOFLUSH) == 0
    }
}
