/// How long a card takes for things.
struct CardTiming: Sendable {
    /// A second of the polling rate, and of all that the poll loop counts in seconds.
    var pollSecond = Duration.seconds(1)
    /// From one poll of the environment sensor to the next.
    var sensorInterval = Duration.seconds(2)
    /// From an order that closes the ports to their closing: whoever gave it gets his answer, and TFTP's last acknowledgement may be repeated.
    var closing = Duration.seconds(1)
    /// From one trap 1 to the next while the UPS is on battery.
    var trapReminder = Duration.seconds(60)
    /// How long the card is away when it restarts.
    var restart: Duration

    /// 3 to 5 s, each card always the same.
    init(card number: Int = 1) { restart = .milliseconds(3000 + number &* 373 % 2000) }
}
