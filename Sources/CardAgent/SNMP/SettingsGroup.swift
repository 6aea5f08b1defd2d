import NetVision
import SNMP

/// The settings behind a card's objects: what one request sets of them is one change of the settings, by the host that has sent it.
final class SettingsGroup: SetGroup {
    private let store: SettingsStore
    /// Wakes the poll loop, which goes by the settings.
    private let polls: Doorbell

    init(_ store: SettingsStore, polls: Doorbell) {
        self.store = store
        self.polls = polls
    }

    /// The objects as they are with these settings.
    func objects(_ parts: Set<SettingObject.Part>, showing settings: CardSettings) -> [ManagedObject] {
        SettingObject.all.enumerated().compactMap { key, row in
            guard parts.contains(row.part) else { return nil }
            let isWritable = row.object.type.access == .readWrite
            return ManagedObject(
                row.object.type, named: row.object.name, row.object.shown(settings.values),
                write: isWritable ? WriteHandler(self, key: key) : nil)
        }
    }

    func draft(for requester: Requester) -> any SetDraft { SettingsDraft(store, polls, by: ChangeOrigin(.snmp, by: "\(requester)")) }
}

/// What one request sets.
private final class SettingsDraft: SetDraft {
    private let store: SettingsStore
    private let polls: Doorbell
    private let origin: ChangeOrigin
    private let old: SettingsValues
    private var new: SettingsValues
    /// The objects that have set something, by what they have set.
    private var objects: [SettingKey: Int] = [:]

    init(_ store: SettingsStore, _ polls: Doorbell, by origin: ChangeOrigin) {
        self.store = store
        self.polls = polls
        self.origin = origin
        old = store.settings.values
        new = old
    }

    func take(_ value: SNMPValue, for key: Int) -> ErrorStatus? {
        let object = SettingObject.all[key].object
        switch object.coding.setting(of: value, current: new[object.setting]) {
        case .failure(let refusal): return refusal.status
        case .success(let setting):
            do throws(SettingsProblem) {
                try new.set(setting, for: object.setting)
            } catch {
                return .wrongValue
            }
            objects[object.setting] = key
            return nil
        }
    }

    /// What does not fit together is inconsistent. A port or an address that can't be had is a resource that somebody else has.
    var refusal: SetRefusal? {
        if let violation = SettingsRules.violations(of: new, since: old).first {
            return SetRefusal(key: blamed(violation.keys), .inconsistentValue)
        }
        let now = store.settings
        guard store.admit?(now, changed(now, to: new)) != nil else { return nil }
        return SetRefusal(key: blamed([SettingKey(known: "identity.address")]), .resourceUnavailable)
    }

    private func blamed(_ keys: [SettingKey]) -> Int { keys.lazy.compactMap { self.objects[$0] }.first ?? objects.values.min() ?? 0 }

    func commit() -> Bool { keep(new) }

    func undo() -> Bool { keep(old) }

    /// Only what the request has set: somebody else may have changed something else meanwhile.
    private func keep(_ values: SettingsValues) -> Bool {
        do throws(SettingsRefusal) {
            try store.change(by: origin) { settings throws(SettingsProblem) in settings = changed(settings, to: values) }
            polls.ring()
            return true
        } catch {
            return false
        }
    }

    private func changed(_ settings: CardSettings, to values: SettingsValues) -> CardSettings {
        var changed = settings
        for key in objects.keys { changed.values[key] = values[key] }
        return changed
    }
}
