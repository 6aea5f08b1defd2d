extension FleetSchema {
    /// Where Modbus clients reach cards.
    static let gateway: [Migration] = []
}
