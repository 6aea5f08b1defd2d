/// What somebody standing in front of the card could do to it.
extension ControlledCard {
    package struct OperationHandler: Sendable {
        package let reset: @Sendable (ResetKind) async throws -> Void
        /// Sets the card's clock, in seconds since 1970 UTC.
        package let setTime: @Sendable (Int64) async throws -> Void

        package init(
            reset: @escaping @Sendable (ResetKind) async throws -> Void, setTime: @escaping @Sendable (Int64) async throws -> Void
        ) {
            self.reset = reset
            self.setTime = setTime
        }
    }

    package enum ResetKind: String, Sendable, CaseIterable {
        /// The card starts again.
        case restart
        /// The first password holds again, and there are no users.
        case accounts
        /// Every setting has its default again.
        case factory
    }
}
