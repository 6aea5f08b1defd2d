/// How long a card takes for things.
struct CardTiming: Sendable {
    /// From one poll of the UPS to the next. A changed register is to be seen within 5 s.
    var pollInterval = Duration.seconds(2)
    /// From an order that closes the ports to their closing: whoever gave it gets his answer, and TFTP's last acknowledgement may be repeated.
    var closing = Duration.seconds(1)
    /// From one trap 1 to the next while the UPS is on battery.
    var trapReminder = Duration.seconds(60)
    /// How long the card is away when it restarts.
    var restart: Duration

    /// 3 to 5 s, each card always the same.
    init(card number: Int = 1) { restart = .milliseconds(3000 + number &* 373 % 2000) }
}
