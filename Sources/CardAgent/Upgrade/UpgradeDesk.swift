import Logging
import NIOCore
import NetVision
import TFTP

/// Decides about what is asked of the card's TFTP server, for whoever has unlocked the card: firmware in, the settings document in and out,
/// the logs out.
///
///     WRQ  *.bin           firmware
///     WRQ  settings.conf   the settings document
///     RRQ  settings.conf   the settings document
///     RRQ  LOG.csv         a log, such as history.csv
struct UpgradeDesk: Sendable {
    static let settingsFile = "settings.conf"

    let firmware: CardFirmware
    let settings: SettingsStore
    let logs: CardLogs
    let logger: Logger
    let isUnlocked: @Sendable (_ host: String) -> Bool
    /// Called when an image has been installed.
    let installed: @Sendable () -> Void

    private enum File {
        case firmware
        case settings
        case log(LogKind)
    }

    func decide(on request: TFTPRequest, from peer: SocketAddress) async -> TFTPServer.Decision {
        let host = peer.ipAddress ?? "?"
        do throws(Refusal) {
            return try await decision(on: file(of: request), request.direction, from: host)
        } catch {
            logger.warning(
                "TFTP request refused",
                metadata: ["tftp.file": "\(request.filename)", "tftp.peer": "\(host)", "reason": "\(error.message)"])
            return .refuse(error.code, message: error.message)
        }
    }

    private struct Refusal: Error {
        let code: TFTPErrorCode
        let message: String

        init(_ code: TFTPErrorCode, _ message: String) {
            self.code = code
            self.message = message
        }
    }

    private func file(of request: TFTPRequest) throws(Refusal) -> File {
        let name = request.filename.lowercased()
        switch request.direction {
        case .write:
            if name.hasSuffix(".bin") { return .firmware }
            guard name == Self.settingsFile else {
                throw Refusal(.accessViolation, "only firmware images (*.bin) and \(Self.settingsFile) are taken")
            }
            return .settings
        case .read:
            if name == Self.settingsFile { return .settings }
            guard let kind = LogKind.allCases.first(where: { name == "\($0.rawValue).csv" }) else {
                let files = ([Self.settingsFile] + LogKind.allCases.map { "\($0.rawValue).csv" }).joined(separator: ", ")
                throw Refusal(.fileNotFound, "there is no such file to read here; there are \(files)")
            }
            return .log(kind)
        }
    }

    private func decision(
        on file: File, _ direction: TFTPRequest.Direction, from host: String
    ) async throws(Refusal) -> TFTPServer.Decision {
        guard settings.settings.isNetworkUpgradeEnabled else { throw Refusal(.accessViolation, "Network Upgrade is disabled") }
        guard isUnlocked(host) else { throw Refusal(.accessViolation, "the card is locked: unlock it by the LAN protocol first") }
        switch file {
        case .firmware: return firmwareUpload
        case .settings where direction == .write: return settingsUpload(from: host)
        case .settings: return .send(ByteBuffer(string: settings.document()))
        case .log(let kind):
            do {
                return .send(ByteBuffer(string: try await logs.csv(kind)))
            } catch {
                logger.error("Log not read", metadata: ["log": "\(kind.rawValue)", "error": "\(error)"])
                throw Refusal(.undefined, "the log can't be read")
            }
        }
    }

    private var firmwareUpload: TFTPServer.Decision {
        .receive(limit: FirmwareImage.maximumLength) { [firmware, installed] file in
            if let reason = await firmware.install(file) { return TFTPErrorReply(.undefined, reason) }
            installed()
            return nil
        }
    }

    private func settingsUpload(from host: String) -> TFTPServer.Decision {
        .receive(limit: SettingsDocument.maximumLength) { [settings, logger] file in
            do throws(SettingsRefusal) {
                let reading = try settings.upload(document: file.readableBytesView, by: ChangeOrigin(.explorer, by: host))
                for note in reading.notes { logger.notice("Settings document", metadata: ["note": "\(note)", "tftp.peer": "\(host)"]) }
                return reading.bad.isEmpty ? nil : TFTPErrorReply(.undefined, Self.summary(of: reading.bad))
            } catch {
                return TFTPErrorReply(.undefined, "no setting has been changed: \(error)")
            }
        }
    }

    /// What a packet has room for.
    private static let longestSummary = 500

    /// `2 error(s), the other lines count. Line 4: port must be 1 to 65535, not 0; line 9: …`
    static func summary(of bad: [SettingsDocument.BadLine]) -> String {
        var text = "\(bad.count) error(s), the other lines count."
        for (index, line) in bad.enumerated() {
            let part = (index == 0 ? " Line " : "; line ") + "\(line.number): \(line.reason)"
            guard text.utf8.count + part.utf8.count <= longestSummary - 3 else { return text + " …" }
            text += part
        }
        return text
    }
}
