package import NIOCore

/// The speeds of a serial line, in bits per second.
package enum BaudRate: Int, Sendable, CaseIterable {
    case baud1200 = 1200
    case baud2400 = 2400
    case baud4800 = 4800
    case baud9600 = 9600
    case baud19200 = 19200
    case baud38400 = 38400
    case baud57600 = 57600
    case baud115200 = 115_200

    /// The card's "additional serial time out" (manual §15.2): 20 ms at 57600 baud, 50 at 19200, 100 at 9600.
    ///
    /// For the rates between and below, which the manual does not list, in the same proportion to the time of a character.
    package var serialTimeout: TimeAmount {
        switch self {
        case .baud1200: .milliseconds(800)
        case .baud2400: .milliseconds(400)
        case .baud4800: .milliseconds(200)
        case .baud9600: .milliseconds(100)
        case .baud19200: .milliseconds(50)
        case .baud38400: .milliseconds(30)
        case .baud57600: .milliseconds(20)
        case .baud115200: .milliseconds(10)
        }
    }
}
