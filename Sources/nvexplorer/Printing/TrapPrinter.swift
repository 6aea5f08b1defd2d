import FoundationEssentials
import NIOCore
import SNMP
import ServiceLifecycle

/// Prints what a listener receives, and what it drops; ends after so many notifications, or with the listener.
struct TrapPrinter: Service {
    let listener: TrapListener
    let output: Output
    let limit: Int?

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await complain() }
            try await show()
            group.cancelAll()
        }
        Self.tell(listener.statistics, since: nil)
    }

    private func show() async throws {
        var shown = 0
        for await batch in listener.notifications.cancelOnGracefulShutdown() {
            for received in batch {
                try show(TrapReport(received, at: Date()))
                shown += 1
                if shown == limit { return }
            }
        }
    }

    private func show(_ report: TrapReport) throws {
        guard output.isJSON else { return report.lines.forEach(output.say) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Terminal.put(String(decoding: try encoder.encode(report), as: UTF8.self) + "\n", on: 1)
    }

    /// Says what is dropped, for otherwise a wrong community looks like silence.
    private func complain() async throws {
        var before = TrapStatistics()
        while !Task.isCancelled {
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
            let now = listener.statistics
            Self.tell(now, since: before)
            before = now
        }
    }

    /// - Parameter before: What has been told; nil for the sum at the end.
    private static func tell(_ now: TrapStatistics, since before: TrapStatistics?) {
        for (reason, count) in now.drops.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let old = before?.drops[reason] ?? 0
            if before != nil, count > old { Output.complain("\(count - old) dropped: \(reason.sentence)") }
        }
        if let before, now.overflowed > before.overflowed {
            Output.complain("\(now.overflowed - before.overflowed) lost: they came faster than they were fetched.")
        }
        guard before == nil else { return }
        let dropped = now.drops.values.reduce(now.overflowed, +)
        if now.received > 0 { Output.complain("\(now.delivered) received, \(dropped) dropped.") }
    }
}

extension NotificationDropReason {
    /// What it means to the person who waits for a trap.
    var sentence: String {
        switch self {
        case .malformed: "no SNMP message."
        case .unsupportedVersion: "an SNMP version that does not exist."
        case .notANotification: "an SNMP message, but neither a trap nor an inform."
        case .unknownCommunity: "another community than --community names."
        case .unknownUser: "an SNMPv3 user who is not in the file of --users."
        case .unsupportedSecurityLevel: "another security level than that of the user's passwords."
        case .wrongDigest: "wrong key: the authentication password or protocol differs."
        case .notInTimeWindow: "older than what the card has sent before: a replay, or a card that has lost its count of restarts."
        case .decryption: "can't be decrypted: the privacy password or protocol differs."
        case .unknownContext: "for another SNMPv3 context than the default one."
        case .rateLimited: "too many unknown SNMPv3 engines at once."
        case .queueFull: "faster than they are printed."
        }
    }
}
