import NetVision

@testable import CardAgent

extension SettingsStore {
    /// A change that nobody in particular makes. False, and nothing has changed, if it can't be.
    func change(_ body: (inout CardSettings) -> Void) -> Bool {
        do throws(SettingsRefusal) {
            try change(by: ChangeOrigin(.card, by: "\(mac)")) { settings throws(SettingsProblem) in body(&settings) }
            return true
        } catch {
            return false
        }
    }
}
