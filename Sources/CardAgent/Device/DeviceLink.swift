import Modbus
import PowerDevice

/// The way to a UPS or an STS, and what is known of it from the start; what is nil is found out (manual ch. 7).
struct DeviceLink: Sendable {
    enum Route: Sendable {
        /// A serial line; its settings give the rate where the link does not.
        case serial(path: String, baudRate: BaudRate?)
        case tcp(host: String, port: Int)
        /// A device in this process.
        case direct(any RegisterBank)
    }

    let route: Route
    var map: DeviceMap?
    /// The registers by which it is controlled.
    var controls: ControlProfile?

    init(_ route: Route, map: DeviceMap? = nil, controls: ControlProfile? = nil) {
        self.route = route
        self.map = map
        self.controls = controls
    }

    /// The maps that the card knows, in the order in which it looks for them.
    static let maps = DeviceMap.all
}
