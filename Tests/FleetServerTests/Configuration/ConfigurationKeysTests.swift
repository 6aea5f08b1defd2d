import Configuration
import FoundationEssentials
import Synchronization
import Testing

@testable import FleetServer

/// What a configuration file says is done, or refused by its name.
struct ConfigurationKeysTests {
    private func problem(_ text: String) -> String? {
        do {
            try ConfigurationKeys.check(text)
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func configuration(file text: String) async throws -> FleetConfiguration {
        let path = FileManager.default.temporaryDirectory.appending(path: "fleet-\(UUID()).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(filePath: path))
        var options = ConfigurationOptions()
        (options.config, options.data, options.listen, options.portOffset, options.discover, options.web) = (path, nil, nil, nil, [], nil)
        return try await options.load()
    }

    @Test func oneTextIsAListToo() async throws {
        let configuration = try await configuration(
            file: """
                discover: 10.1.0.0/16, 10.2.4.0/24
                trustKeys: /etc/nvfleet/a key.pub
                traps: {communities: s3cret}
                """)
        #expect(configuration.discoverRanges == ["10.1.0.0/16", "10.2.4.0/24"])
        #expect(configuration.trustKeyFiles == ["/etc/nvfleet/a key.pub"])
        #expect(configuration.traps.communities == ["s3cret"])
    }

    @Test func aFileThatIsMistypedStopsTheStart() async {
        await #expect(throws: (any Error).self) { try await configuration(file: "traps: {community: s3cret}") }
        await #expect(throws: (any Error).self) { try await configuration(file: "listen: [127.0.0.1:8080]") }
    }

    @Test func whatIsNoKeyIsNamed() {
        #expect(
            problem("traps: {comunities: [s3cret]}\nlisten: 127.0.0.1:1\nPoll:\n  statusSeconds: 3")
                == "there is no key traps.comunities. there is no key Poll.statusSeconds.")
        #expect(problem("listen: {host: a}") == "there is no key listen.host.")
        #expect(problem("poll: 10") == "there is no key poll.")
    }

    @Test func aListInPlaceOfAValueIsNamedWithoutTheValue() {
        #expect(problem("metrics:\n  token: [s3cret]") == "metrics.token must be one value, not a list.")
        #expect(problem("discover: [[10.1.0.0/16]]") == "discover must be a list of texts.")
    }

    @Test func whatIsMeantIsTaken() {
        #expect(problem("poll:\n  # statusSeconds: 3\nlisten: 127.0.0.1:1\nportOffset: 10\ndiscover:\ntrustKeys: []") == nil)
        #expect(problem("poll.statusSeconds: 3") == nil)
    }

    @Test(arguments: ["", "# nothing\n", "- listen", "listen", "listen: [", "a: 1\na: 2"]) func whatIsNoFileOfKeysIsRefused(text: String) {
        #expect(problem(text) != nil)
    }

    /// Takes down the keys that are asked for.
    private final class Reporter: AccessReporter {
        let asked = Mutex<[String: Set<ConfigType>]>([:])

        func report(_ event: AccessEvent) {
            asked.withLock { _ = $0[event.metadata.key.components.joined(separator: "."), default: []].insert(event.metadata.valueType) }
        }
    }

    @Test func allKeysThatAreReadAreKnown() throws {
        let reporter = Reporter()
        let values: [AbsoluteConfigKey: ConfigValue] = ["remoteWrite.url": "http://metrics.example/write"]
        _ = try FleetConfiguration(config: ConfigReader(provider: InMemoryProvider(values: values), accessReporter: reporter))
        let asked = reporter.asked.withLock { $0 }
        let lists = asked.filter { $0.value.contains(.stringArray) }.keys
        #expect(Set(lists) == ConfigurationKeys.lists)
        #expect(Set(asked.keys).subtracting(lists) == ConfigurationKeys.values)
    }
}
