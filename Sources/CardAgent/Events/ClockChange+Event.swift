extension ClockChange {
    /// What the card's event log says.
    ///
    /// - Parameter address: the card's own.
    func event(at address: String) -> CardEvent {
        switch cause {
        case .user: .timeChanged(at: address, by: .user)
        case .server: .timeChanged(at: address, by: .server)
        case .machine: .timeChanged(at: address, by: .rtc)
        }
    }
}
