extension FleetSchema {
    /// What cards are read by.
    static let profiles: [Migration] = []
}
