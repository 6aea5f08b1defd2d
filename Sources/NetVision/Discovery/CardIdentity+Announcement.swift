extension CardIdentity {
    /// Who a CardAgent is by its own announcement.
    package init(_ announcement: Announcement) {
        func known(_ text: String) -> String? { text.isEmpty ? nil : text }
        self.init(
            generation: .cardAgent, firmware: known(announcement.firmware), model: known(announcement.model),
            serial: known(announcement.serial), mac: announcement.card.description, name: known(announcement.systemName),
            location: known(announcement.location))
    }
}
