import SNMP

/// The trap receivers table, a section a row.
///
///     [trap-receiver-1]
///     address = 10.0.0.9:10162
///     community = sealed:…
///     type = netvision
///     version = v2c
///     inform = disabled
///     filter = severity warning
///
/// The address of an empty row is empty. A community may be given as it is, too; the card seals it when it next writes the document. Of a v3
/// receiver it is the name of a user.
extension SettingsDocument {
    static let trapReceivers: [Entry] = (0..<TrapReceiver.count).flatMap { row in
        let section = "trap-receiver-\(row + 1)"
        return [
            receiver(section, "address", row) {
                $0.address?.description ?? ""
            } write: { receiver, text in
                guard !text.isEmpty else { return receiver.address = nil }
                guard let address = TrapAddress(text) else { return nil }
                receiver.address = address
                return ()
            },
            community(section, row),
            word(section, "type", row, \.kind, { $0.word }, { TrapReceiver.Kind(word: $0) }),
            word(section, "version", row, \.version, { $0.word }, { SNMPVersion(word: $0) }),
            flag(section, "inform", \.trapReceivers[row].isConfirmed),
            word(section, "filter", row, \.filter, { $0.words }, { TrapFilter(words: $0) }),
        ]
    }

    private static func receiver(
        _ section: String, _ key: String, _ row: Int, read: @escaping @Sendable (TrapReceiver) -> String,
        write: @escaping @Sendable (inout TrapReceiver, String) -> Void?
    ) -> Entry {
        Entry(section: section, key: key) { settings, _ in
            read(settings.trapReceivers[row])
        } write: { settings, value, _ in
            write(&settings.trapReceivers[row], value)
        }
    }

    private static func word<Value>(
        _ section: String, _ key: String, _ row: Int, _ path: any WritableKeyPath<TrapReceiver, Value> & Sendable,
        _ word: @escaping @Sendable (Value) -> String, _ value: @escaping @Sendable (String) -> Value?
    ) -> Entry {
        receiver(section, key, row) {
            word($0[keyPath: path])
        } write: { receiver, text in
            guard let value = value(text) else { return nil }
            receiver[keyPath: path] = value
            return ()
        }
    }

    private static func community(_ section: String, _ row: Int) -> Entry {
        Entry(section: section, key: "community") { settings, vault in
            vault.sealed(Array(settings.trapReceivers[row].community.utf8), for: section)
        } write: { settings, value, vault in
            var community = value
            if value.hasPrefix(SecretVault.prefix) {
                guard let octets = vault.opened(value, for: section), let text = String(validating: octets, as: UTF8.self) else {
                    return nil
                }
                community = text
            }
            guard community.utf8.count <= TrapReceiver.longestCommunity else { return nil }
            settings.trapReceivers[row].community = community
            return ()
        }
    }
}
