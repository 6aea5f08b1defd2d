import FoundationEssentials
import Logging
import NIOCore
import NIOPosix
import PowerDevice
import SNMP

/// Sends messages as SNMP notifications: alarms of the UPS-MIB (RFC 1628), with what the server knows beside them.
struct TrapChannel: NotificationChannel {
    private static let timeout = Duration.seconds(25)

    let host: String
    let port: Int
    let credentials: SNMPCredentials
    let isConfirmed: Bool
    /// Ourselves, the authority of our v3 traps.
    let engine: EngineIdentity
    let logger: Logger

    func send(_ message: NotificationMessage) async -> DeliveryOutcome {
        do {
            let far = try SocketAddress.makeAddressResolvingHost(host, port: port)
            let local = try SocketAddress(ipAddress: far.protocol == .inet6 ? "::" : "0.0.0.0", port: 0)
            let sender = NotificationSender(
                localAddress: local, engine: engine, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
            let receiver = NotificationReceiver(far, credentials: credentials, isConfirmed: isConfirmed, timeout: .seconds(2), retries: 3)
            sender.send(
                Self.notification(message, uptime: UInt32(truncatingIfNeeded: Int64(SteadyClock.process.seconds * 100))), to: receiver)
            return await withTaskGroup(of: DeliveryOutcome?.self) { tasks in
                tasks.addTask {
                    do { try await sender.run() } catch { return .failed("\(error)") }
                    return nil
                }
                tasks.addTask { await outcome(of: sender) }
                defer { tasks.cancelAll() }
                for await outcome in tasks {
                    if let outcome { return outcome }
                }
                return .failed("The server is stopping.")
            }
        } catch {
            return .failed("\(host):\(port): \(error)")
        }
    }

    private func outcome(of sender: NotificationSender) async -> DeliveryOutcome {
        let end = ContinuousClock.now + Self.timeout
        while ContinuousClock.now < end, !Task.isCancelled {
            let statistics = sender.statistics
            if statistics.acknowledged > 0 { return .delivered("\(host):\(port) has acknowledged the inform.") }
            if !isConfirmed, statistics.sent > 0 {
                return .delivered("Trap sent to \(host):\(port), which does not acknowledge it. Our engine id is 0x\(engineID).")
            }
            if let loss = statistics.losses.first(where: { $0.value > 0 })?.key {
                return loss == .refused
                    ? .refused("\(host):\(port) refuses the inform: it does not know the user, or not with this key.")
                    : .failed("\(host):\(port): \(Self.sentence(loss))")
            }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return .failed("\(host):\(port) has not acknowledged it.")
    }

    private var engineID: String {
        engine.id.octets.map { octet in
            let digits = String(octet, radix: 16)
            return digits.utf8.count == 1 ? "0\(digits)" : digits
        }.joined()
    }

    private static func sentence(_ loss: NotificationLoss) -> String {
        switch loss {
        case .unanswered: "no acknowledgement."
        case .unreachable: "there is no way there."
        case .tooLong: "the message is too long for a datagram."
        case .queueFull, .tooManyReceivers, .notInVersion1, .refused, .closed: "not sent (\(loss.rawValue))."
        }
    }

    // MARK: - The notification

    private static let upsTraps: OID = "1.3.6.1.2.1.33.2"
    private static let upsAlarmEntry: OID = "1.3.6.1.2.1.33.1.6.2.1"
    private static let upsWellKnownAlarms: OID = "1.3.6.1.2.1.33.1.6.3"
    /// 32473 is the enterprise number for documentation (RFC 5612).
    private static let message: OID = "1.3.6.1.4.1.32473.1.1"

    /// upsTrapAlarmEntryAdded or upsTrapAlarmEntryRemoved, with upsAlarmId, upsAlarmDescr, and the message's own variables.
    static func notification(_ message: NotificationMessage, uptime: UInt32) -> SNMPNotification {
        let number = UInt32(truncatingIfNeeded: message.alarm ?? message.incident ?? 1) & 0x7FFF_FFFF
        let known = RFC1628Alarms.all.firstIndex { $0.name == message.alarmName }
        let description = known.map { upsWellKnownAlarms.appending(UInt32($0 + 1)) } ?? .zeroDotZero
        let texts = [
            message.messageId, message.kind, message.severity.rawValue, message.title, message.text, message.site ?? "",
            message.cardName ?? "",
        ]
        var bindings = [
            VariableBinding(upsAlarmEntry.appending(1, number), .integer(Int32(number))),
            VariableBinding(upsAlarmEntry.appending(2, number), .objectIdentifier(description)),
        ]
        for (index, text) in texts.enumerated() {
            bindings.append(VariableBinding(Self.message.appending(UInt32(index + 1), 0), .octetString(Array(text.utf8.prefix(1000)))))
        }
        return SNMPNotification(upsTraps.appending(message.isEnd ? 4 : 3), uptime: uptime, bindings: bindings)
    }
}
