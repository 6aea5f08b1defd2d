import Logging
import NIOCore
import NIOPosix
import NetVision
import SNMP
import Synchronization

/// The card as an engine of SNMPv3: its name, how often it has been switched on, and since when it is on (RFC 3411 §3.1.1, RFC 3414 §2.2).
final class CardEngine: Sendable {
    /// Socomec's number at IANA, and the card's MAC address.
    private let id: EngineID
    private let boots: EngineBoots
    private let running = Mutex<EngineClock?>(nil)

    private static let socomec: UInt32 = 4555

    init(mac: HardwareAddress, directory: String?) {
        id = .mac(enterprise: Self.socomec, mac.octets)
        boots = EngineBoots(directory: directory)
    }

    /// The engine in this run of the card. Its clock goes by the time since the system's start, which nobody sets.
    var identity: EngineIdentity {
        EngineIdentity(id, clock: running.withLock { $0 } ?? EngineClock(boots: boots.last, startedAt: .now()))
    }

    /// The card is switched on: when this returns the number of the boot will survive a power cut.
    ///
    /// Throws where it can't be written at the first time; later the card goes on without, for it is out of its owner's reach.
    func start(logger: Logger) async throws {
        var number: Int32
        do {
            number = try await NIOThreadPool.singleton.runIfActive { [boots] in try boots.next() }
        } catch {
            guard running.withLock({ $0 != nil }) else { throw error }
            logger.error("Boots of the SNMP engine not saved", metadata: ["error": "\(error)"])
            number = boots.last
        }
        if number == EngineTime.latchedBoots {
            logger.error("The SNMP engine has no number of boots left: v3 is refused until the file engine-boots is deleted")
        }
        running.withLock { $0 = EngineClock(boots: number, startedAt: .now()) }
    }
}
