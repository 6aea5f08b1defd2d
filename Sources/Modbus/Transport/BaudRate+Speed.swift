import Glibc

extension BaudRate {
    /// The rate as termios names it.
    var speed: speed_t {
        switch self {
        case .baud1200: speed_t(B1200)
        case .baud2400: speed_t(B2400)
        case .baud4800: speed_t(B4800)
        case .baud9600: speed_t(B9600)
        case .baud19200: speed_t(B19200)
        case .baud38400: speed_t(B38400)
        case .baud57600: speed_t(B57600)
        case .baud115200: speed_t(B115200)
        }
    }
}

extension SerialDevice {
    /// The rates that termios has names for, in bits per second.
    private static let rates: [(speed: speed_t, rate: Int)] = [
        (speed_t(B50), 50), (speed_t(B75), 75), (speed_t(B110), 110), (speed_t(B134), 134), (speed_t(B150), 150),
        (speed_t(B200), 200), (speed_t(B300), 300), (speed_t(B600), 600), (speed_t(B1200), 1200), (speed_t(B1800), 1800),
        (speed_t(B2400), 2400), (speed_t(B4800), 4800), (speed_t(B9600), 9600), (speed_t(B19200), 19200),
        (speed_t(B38400), 38400), (speed_t(B57600), 57600), (speed_t(B115200), 115_200), (speed_t(B230400), 230_400),
        (speed_t(B460800), 460_800), (speed_t(B500000), 500_000), (speed_t(B576000), 576_000), (speed_t(B921600), 921_600),
        (speed_t(B1000000), 1_000_000), (speed_t(B1152000), 1_152_000), (speed_t(B1500000), 1_500_000),
        (speed_t(B2000000), 2_000_000), (speed_t(B2500000), 2_500_000), (speed_t(B3000000), 3_000_000),
        (speed_t(B3500000), 3_500_000), (speed_t(B4000000), 4_000_000),
    ]

    /// The rate that a terminal is set to, in bits per second; nil when it is zero (hung up) or has no name.
    static func rate(of descriptor: CInt) -> Int? {
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { return nil }
        let speed = cfgetospeed(&settings)
        return rates.first { $0.speed == speed }?.rate
    }
}
