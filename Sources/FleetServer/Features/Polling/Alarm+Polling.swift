import PowerDevice

extension Alarm {
    /// Of cards that share their address with another one; no card knows it of itself.
    static let addressConflict = Alarm("addressConflict", "Two cards have the same address", .warning)
}
