import NIOCore
import NetVision
import SNMP
import TFTP

/// Makes the actions of a campaign on a card from the protocols' clients.
struct CardUpgrader: Sendable {
    let snmp: SNMPClient
    let lan: LANClient
    let tftp: TFTPClient
    let portOffset: Int

    /// The actions on `card`, with its secrets.
    @Sendable func actions(_ card: Card, _ credentials: CardCredentials, imageName: String) -> UpgradeActions {
        let upgrade: CardUpgrade
        do {
            upgrade = try self.upgrade(card, credentials, imageName: imageName)
        } catch {
            return .impossible(error)
        }
        return UpgradeActions(
            inspect: { try await upgrade.inspect() }, unlock: { try await upgrade.unlock() },
            transfer: { image, progress in try await upgrade.transfer(image: image, name: imageName, progress: progress) },
            awaitRestart: { before, fromVersion, expected, seconds in
                try await upgrade.awaitRestart(before: before, fromVersion: fromVersion, expected: expected, seconds: seconds)
            },
            verify: { expected, before, seconds in
                try await upgrade.verify(expected: expected, before: before, seconds: seconds)
            })
    }

    private func upgrade(_ card: Card, _ credentials: CardCredentials, imageName: String) throws -> CardUpgrade {
        let mac = card.mac.flatMap { HardwareAddress($0) }
        return CardUpgrade(
            .init(
                identity: card.identity, target: try SNMPTarget(card: card, access: credentials.snmp, portOffset: portOffset),
                address: card.address, tftpPort: 69 + portOffset, password: credentials.password ?? mac?.firstPassword ?? ""),
            by: .init(snmp: snmp, lan: lan, tftp: tftp))
    }
}

extension UpgradeActions {
    /// A card that can't even be addressed.
    static func impossible(_ error: some Error) -> UpgradeActions {
        UpgradeActions(
            inspect: { throw error }, unlock: { throw error }, transfer: { _, _ in throw error },
            awaitRestart: { _, _, _, _ in throw error }, verify: { _, _, _ in throw error })
    }
}
