package import FoundationEssentials
package import PowerDevice

/// What happens when: a sequence of occurrences in simulated seconds from the moment it is started.
///
///     {"events": [
///         {"at": 10, "mains": {"present": false}},
///         {"at": 60, "load": {"percent": 90}, "ambient": {"celsius": 31}},
///         {"at": 90, "points": {"A012": 1, "S019": null}},
///         {"at": 120, "mains": {"present": true, "voltage": 231}, "mode": "eco"}
///     ]}
///
/// In `points`, null lets a forced point follow the physics again.
package struct Scenario: Sendable, Equatable {
    package struct Event: Sendable, Equatable {
        /// Seconds from the start of the scenario.
        package let at: Double
        package let occurrences: [Occurrence]
    }

    /// In the order of their times.
    package let events: [Event]

    /// Reads a document; throws where it is not one, or asks for what a device of `map` can't do.
    package init(json: Data, map: DeviceMap) throws(SimulationError) {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: json)
        } catch {
            throw .malformedScenario(Self.reason(error))
        }
        try self.init(document, map: map)
    }

    init(_ document: Document, map: DeviceMap) throws(SimulationError) {
        var events: [Event] = []
        for (index, entry) in document.events.enumerated() {
            guard Self.times.contains(entry.at) else { throw .outOfRange(field: "at", value: entry.at, allowed: Self.times) }
            let occurrences = entry.occurrences
            guard !occurrences.isEmpty else { throw .emptyEvent(index: index) }
            for occurrence in occurrences { try occurrence.validate(map) }
            events.append(Event(at: entry.at, occurrences: occurrences))
        }
        // Stable: what is listed first at one moment happens first.
        self.events = events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// Up to a year.
    private static let times = 0.0...31_536_000.0

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "it is no JSON document." }
        let (context, key): (DecodingError.Context, (any CodingKey)?) =
            switch error {
            case .keyNotFound(let key, let context): (context, key)
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context): (context, nil)
            @unknown default: (DecodingError.Context(codingPath: [], debugDescription: "it is no scenario."), nil)
            }
        let path = (context.codingPath + [key].compactMap { $0 }).map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
    }
}

extension Scenario {
    /// The document as it is written.
    struct Document: Decodable, Sendable {
        let events: [Entry]
    }

    struct Entry: Decodable, Sendable {
        let at: Double
        let mains: MainsChange?
        let load: LoadChange?
        let ambient: AmbientChange?
        let mode: UPSPhysics.Mode?
        let points: [String: Int?]?

        var occurrences: [Occurrence] {
            let fixed = [mains?.occurrence, load?.occurrence, ambient?.occurrence, mode.map(Occurrence.mode)].compactMap { $0 }
            let forced = (points ?? [:]).sorted { $0.key < $1.key }
            return fixed + forced.map { Occurrence.point(PointCode($0.key), $0.value) }
        }
    }
}

/// `{"present": false, "voltage": 231, "frequency": 50}`: V line to neutral, Hz; what is missing stays as it is.
struct MainsChange: Decodable, Sendable {
    let present: Bool?
    let voltage: Double?
    let frequency: Double?

    var occurrence: Occurrence { .mains(isPresent: present, voltage: voltage, frequency: frequency) }
}

/// `{"percent": 80}`
struct LoadChange: Decodable, Sendable {
    let percent: Double

    var occurrence: Occurrence { .load(percent) }
}

/// `{"celsius": 31}`
struct AmbientChange: Decodable, Sendable {
    let celsius: Double

    var occurrence: Occurrence { .ambient(celsius) }
}
