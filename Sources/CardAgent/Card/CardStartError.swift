import Glibc
import NIOCore

/// Why a card can't open a port, and what to do about it.
struct CardStartError: Error, CustomStringConvertible {
    let port: CardPort
    let number: Int
    let address: String
    let errno: Int32

    var description: String {
        let place = "\(port.transport) port \(number) (\(port.name)) of \(address)"
        return switch errno {
        case EINVAL where number > 65_535: "\(place) does not exist: choose a smaller port in settings.conf, or a smaller --port-offset."
        case EADDRINUSE: "\(place) is taken: stop the program that has it, or choose another --port-offset."
        case EADDRNOTAVAIL:
            "\(address) is no address of this machine: choose one that is, or give it to an interface first (ip address add …). "
                + "All of 127.0.0.0/8 is there without that."
        case EACCES, EPERM: "\(place) needs root: choose a --port-offset from 955 on, such as 10000."
        case EMFILE, ENFILE: "\(place) can't be opened: too many open files. Raise the limit (ulimit -n), or make the farm smaller."
        default: "\(place) can't be opened: \(IOError(errnoCode: errno, reason: "bind"))."
        }
    }
}
