import FoundationEssentials

/// The channels that are in use, with the connections that they keep. One whose settings change is made anew.
actor ChannelPool {
    typealias Maker = @Sendable (ChannelRecord) throws -> any NotificationChannel

    private let store: ChannelStore
    private let make: Maker
    private var open: [Int64: (record: ChannelRecord, channel: any NotificationChannel)] = [:]

    init(store: ChannelStore, make: @escaping Maker) {
        self.store = store
        self.make = make
    }

    /// Nil if there is no such channel in use.
    ///
    /// One that can't be made any more, such as one whose file of certificates is gone, fails with each message, and is tried again with the next.
    func channel(_ id: Int64) async throws -> (kind: ChannelKind, channel: any NotificationChannel)? {
        guard let record = try await store.channel(id), record.isEnabled else {
            await open.removeValue(forKey: id)?.channel.close()
            return nil
        }
        if let known = open[id], known.record == record { return (record.kind, known.channel) }
        let channel: any NotificationChannel
        do {
            channel = try make(record)
        } catch {
            await open.removeValue(forKey: id)?.channel.close()
            return (record.kind, UnusableChannel(reason: (error as? Problem)?.detail ?? "\(error)"))
        }
        let former = open.updateValue((record, channel), forKey: id)
        await former?.channel.close()
        return (record.kind, channel)
    }

    func closeAll() async {
        let all = open
        open = [:]
        for (_, channel) in all.values { await channel.close() }
    }
}

/// Stands for a channel that can't be made, so that its messages tell why they wait.
private struct UnusableChannel: NotificationChannel {
    let reason: String

    func send(_ message: NotificationMessage) async -> DeliveryOutcome { .failed("The channel can't be used: \(reason)") }
}
