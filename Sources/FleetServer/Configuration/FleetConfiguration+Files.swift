import FoundationEssentials
import NetVision

extension FleetConfiguration {
    /// The search that the server makes by itself; nil when no ranges are configured.
    var standingSearch: DiscoveryOrder? {
        get throws {
            guard !discoverRanges.isEmpty else { return nil }
            do {
                return try DiscoveryOrder(methods: nil, ranges: discoverRanges, accept: true, access: nil)
            } catch let problem as Problem {
                throw ConfigurationProblem(
                    key: "discover", value: discoverRanges.joined(separator: ", "), expected: "a list of ranges. \(problem.detail)")
            }
        }
    }
}

extension FleetConfiguration {
    /// Checks what a start would find out later: the ranges, and the files of keys and users.
    func checkFiles() async throws {
        _ = try standingSearch
        _ = try trustKeyFiles.map(FirmwarePublicKey.init(file:))
        var traps = traps
        try await traps.loadUsers()
        _ = try syslog.tlsContext()
        _ = try await remoteWrite?.authorization()
    }

    var hasDashboard: Bool { FileManager.default.fileExists(atPath: "\(webDirectory)/index.html") }
}

extension FirmwarePublicKey {
    /// Reads a key file that `nvexplorer firmware keygen` has written.
    init(file path: String) throws {
        guard let data = FileManager.default.contents(atPath: path),
            let key = FirmwarePublicKey(text: String(decoding: data, as: UTF8.self))
        else { throw ConfigurationProblem(key: "trustKeys", value: path, expected: "the path of a readable .pub key file") }
        self = key
    }
}
