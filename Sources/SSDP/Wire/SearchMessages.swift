/// M-SEARCH: asks devices to tell where they are (UPnP Device Architecture 2.0, 1.3.2 and 1.3.3).
package struct SearchRequest: Equatable, Sendable {
    /// One answer for each device, and none for its services.
    package static let rootDevices = "upnp:rootdevice"
    /// An answer for each device and each of its services.
    package static let all = "ssdp:all"

    package var target: String
    /// The host and port that is asked.
    package var host: String
    /// Seconds within which devices answer at a time of their choice; only of a multicast.
    package var maximumWait: Int?

    package init(_ target: String = rootDevices, host: String, maximumWait: Int? = nil) {
        self.target = target
        self.host = host
        self.maximumWait = maximumWait
    }

    /// Nil if the message is no search.
    package init?(_ message: SSDPMessage) {
        guard message.kind == .search, message["MAN"] == "\"ssdp:discover\"", let target = message["ST"], let host = message["HOST"] else {
            return nil
        }
        self.init(target, host: host, maximumWait: message["MX"].flatMap { Int($0) })
    }

    package var message: SSDPMessage {
        var headers = [(name: "HOST", value: host), (name: "MAN", value: "\"ssdp:discover\"")]
        if let maximumWait { headers.append((name: "MX", value: "\(maximumWait)")) }
        headers.append((name: "ST", value: target))
        headers.append((name: "USER-AGENT", value: "Linux/6 UPnP/2.0 NVFleet/1.0"))
        return SSDPMessage(.search, headers: headers)
    }
}

/// The answer to a search (UPnP Device Architecture 2.0, 1.3.3).
package struct SearchResponse: Equatable, Sendable {
    package var target: String
    /// Unique service name: which device, and which part of it.
    package var uniqueName: String
    /// The URL of the device's description.
    package var location: String
    /// Operating system, UPnP version and product.
    package var server: String
    /// Seconds that it is valid.
    package var maximumAge: Int

    package init(target: String, uniqueName: String, location: String, server: String, maximumAge: Int = 1800) {
        self.target = target
        self.uniqueName = uniqueName
        self.location = location
        self.server = server
        self.maximumAge = maximumAge
    }

    /// Nil if the message is no answer to a search. Some responders answer by the announcement that they multicast otherwise (1.2.2).
    package init?(_ message: SSDPMessage) {
        guard message.kind == .response(status: 200) || message.kind == .notify && message["NTS"] != "ssdp:byebye",
            let name = message["USN"], !name.isEmpty
        else { return nil }
        let age = message["CACHE-CONTROL"]?.split(separator: "=").last.flatMap { Int($0.trimmingSpaces) }
        self.init(
            target: message["ST"] ?? message["NT"] ?? "", uniqueName: name, location: message["LOCATION"] ?? "",
            server: message["SERVER"] ?? "",
            maximumAge: age ?? 0)
    }

    package var message: SSDPMessage {
        SSDPMessage(
            .response(status: 200),
            headers: [
                (name: "CACHE-CONTROL", value: "max-age=\(maximumAge)"), (name: "EXT", value: ""), (name: "LOCATION", value: location),
                (name: "SERVER", value: server), (name: "ST", value: target), (name: "USN", value: uniqueName),
            ])
    }

    /// The device's part of the unique name: `uuid:…`.
    package var device: String { uniqueName.firstRange(of: "::").map { String(uniqueName[..<$0.lowerBound]) } ?? uniqueName }
}
