import Logging

extension Card {
    /// Does what the reset button does (manual ch. 10). A restart comes soon: whoever asked gets his answer first.
    ///
    /// - Returns: why it can't be done, or nil.
    @discardableResult
    func reset(_ kind: CardReset, by origin: ChangeOrigin) -> String? {
        do throws(SettingsRefusal) {
            switch kind {
            case .restart: break
            case .accounts: try settings.reset(.accounts, by: origin)
            case .factory: try settings.reset(.factory, by: origin)
            }
        } catch {
            logger.error("Reset left out", metadata: ["reset": "\(kind)", "reason": "\(error)"])
            return "\(error)"
        }
        if kind != .restart { accounts.reset() }
        if kind != .accounts { restart() }
        return nil
    }
}
