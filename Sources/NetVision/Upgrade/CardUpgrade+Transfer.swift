package import NIOCore
import SNMP
import TFTP

extension CardUpgrade {
    /// Writes the image to the card. `progress` gets the part that is through (0 … 1), on an event loop.
    ///
    /// Options are asked for (RFC 2347, 2348, 2349, 7440), and done without where the card knows none or stumbles over them.
    ///
    /// - Parameters:
    ///   - name: the file's name; a card takes for firmware what ends in `.bin`, so that is added where it is missing.
    ///   - seconds: after so long the transfer has failed, however it progresses.
    ///
    /// Throws `imageRefused` with the card's words, or `transferStalled`.
    package func transfer(
        image: ByteBuffer, name: String, seconds: Double = 3600, progress: (@Sendable (Double) -> Void)? = nil
    ) async throws {
        do {
            let remote = TFTPRemoteFile(
                name.lowercased().hasSuffix(".bin") ? name : name + ".bin",
                at: try SocketAddress(ipAddress: card.address, port: card.tftpPort))
            let timing = TransferTiming(longest: .milliseconds(Int64(seconds * 1000)))
            do {
                try await protocols.tftp.put(image, to: remote, options: .lan, timing: timing, progress: progress)
            } catch let error as TFTPError where Self.blamesOptions(error) {
                try await protocols.tftp.put(image, to: remote, options: .none, timing: timing, progress: progress)
            }
        } catch let error as TFTPError {
            throw Self.failure(error)
        } catch let error as IOError {
            throw UpgradeFailure.transferStalled("\(error)")
        }
    }

    /// Whether a transfer may do better without options. "Illegal operation" is what a server says that can't read them.
    static func blamesOptions(_ error: TFTPError) -> Bool {
        switch error {
        case .optionsUnacceptable: true
        case .refused(let code, _): code == .optionRefused || code == .illegalOperation
        case .timeout, .tooLarge, .protocolViolation, .aborted, .invalidRequest, .closed: false
        }
    }

    static func failure(_ error: TFTPError) -> UpgradeFailure {
        switch error {
        case .refused(let code, let message): .imageRefused(message.isEmpty ? "TFTP error \(code.rawValue)" : message)
        case .timeout, .tooLarge, .optionsUnacceptable, .protocolViolation, .aborted, .invalidRequest, .closed:
            .transferStalled("\(error)")
        }
    }
}
