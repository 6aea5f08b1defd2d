import Logging
import NIOCore
import NetVision
import TFTP

/// Decides about what is asked of the card's TFTP server: firmware from whoever has unlocked the card, and nothing else.
struct UpgradeDesk: Sendable {
    let firmware: CardFirmware
    let settings: SettingsStore
    let logger: Logger
    let isUnlocked: @Sendable (_ host: String) -> Bool
    /// Called when an image has been installed.
    let installed: @Sendable () -> Void

    func decide(on request: TFTPRequest, from peer: SocketAddress) -> TFTPServer.Decision {
        if let (code, reason) = refusal(of: request, from: peer) {
            logger.warning(
                "TFTP request refused",
                metadata: ["tftp.file": "\(request.filename)", "tftp.peer": "\(peer.ipAddress ?? "?")", "reason": "\(reason)"])
            return .refuse(code, message: reason)
        }
        return .receive(limit: FirmwareImage.maximumLength) { [firmware, installed] file in
            if let reason = await firmware.install(file) { return TFTPErrorReply(.undefined, reason) }
            installed()
            return nil
        }
    }

    private func refusal(of request: TFTPRequest, from peer: SocketAddress) -> (TFTPErrorCode, String)? {
        guard request.direction == .write else { return (.fileNotFound, "there is no file to read here") }
        guard request.filename.lowercased().hasSuffix(".bin") else {
            return (.accessViolation, "only firmware images (*.bin) are taken")
        }
        guard settings.settings.isNetworkUpgradeEnabled else { return (.accessViolation, "Network Upgrade is disabled") }
        guard let host = peer.ipAddress, isUnlocked(host) else {
            return (.accessViolation, "the card is locked: unlock it by the LAN protocol first")
        }
        return nil
    }
}
