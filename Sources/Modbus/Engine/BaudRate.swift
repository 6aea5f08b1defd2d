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
}
