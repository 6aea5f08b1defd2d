import Glibc

/// A serial line without hardware: what one program writes to `path`, the owner of this value reads, and the other way round.
///
/// Holds the other program's end open too, so that the line stays up when that program closes it and comes back. Gone with the value,
/// its link included.
package struct PseudoTerminal: ~Copyable {
    /// The terminal's own name: `/dev/pts/7`.
    package let devicePath: String
    /// The link to it that was asked for.
    package let link: String?

    /// The owner's end.
    let device: SerialDevice
    /// The other program's end, only held open.
    private let peer: SerialDevice

    /// Drops what the other program has not read. To be called while this value lives.
    ///
    /// A driver does so when the last program leaves the line; here none is the last, because `peer` stays. Without it an answer
    /// that came too late for one program would be read by the next one as the answer to its first request.
    var dropUnread: @Sendable () -> Void {
        let descriptor = peer.descriptor
        return { tcflush(descriptor, TCIFLUSH) }
    }

    /// The rate that the other program has set, in bits per second. To be called while this value lives.
    ///
    /// Nil when it has hung up (rate zero) or set one that terminals don't name.
    var peerRate: @Sendable () -> Int? {
        let descriptor = peer.descriptor
        return { SerialDevice.rate(of: descriptor) }
    }

    /// Makes a terminal set to `baudRate`, and a symbolic link to it at `link`.
    ///
    /// A link that is there already is replaced: it is one that a killed program left. Anything else there is an error (`EEXIST`).
    package init(link: String? = nil, baudRate: BaudRate = .baud9600) throws(ModbusError) {
        var ownEnd: CInt = -1
        var peerEnd: CInt = -1
        guard openpty(&ownEnd, &peerEnd, nil, nil, nil) == 0 else { throw Self.unavailable(link) }
        let own = SerialDevice(owning: ownEnd)
        let other = SerialDevice(owning: peerEnd)
        let path = try Self.prepare(ownEnd, peerEnd, link: link, baudRate)
        if let link { try Self.place(link, to: path) }
        device = own
        peer = other
        devicePath = path
        self.link = link
    }

    deinit {
        // Only our own link: another program may have put its own there since.
        if let link, Self.target(of: link) == devicePath { unlink(link) }
    }

    /// Makes the terminal pass raw bytes, and keeps both ends from child processes; returns its name.
    private static func prepare(_ ownEnd: CInt, _ peerEnd: CInt, link: String?, _ baudRate: BaudRate) throws(ModbusError) -> String {
        var name = [CChar](repeating: 0, count: 128)
        guard fcntl(ownEnd, F_SETFD, FD_CLOEXEC) == 0, fcntl(peerEnd, F_SETFD, FD_CLOEXEC) == 0,
            SerialDevice.configure(peerEnd, baudRate: baudRate), ttyname_r(peerEnd, &name, name.count) == 0
        else { throw unavailable(link) }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func place(_ link: String, to target: String) throws(ModbusError) {
        if Self.target(of: link) != nil { unlink(link) }
        guard symlink(target, link) == 0 else { throw unavailable(link) }
    }

    /// Where a symbolic link points to; nil when `path` is none.
    private static func target(of path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink(path, &buffer, buffer.count)
        guard length > 0 else { return nil }
        return String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func unavailable(_ link: String?) -> ModbusError {
        .linkFailed(.deviceUnavailable(path: link ?? "/dev/ptmx", errno: errno))
    }
}
