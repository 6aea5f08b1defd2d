/// What happens when: a state to begin with, and a sequence of occurrences in simulated seconds from the moment it is started.
///
///     # YAML; JSON is YAML too
///     initial:
///       load: {percent: 80}
///       battery: {charge: 100, health: 85}
///     events:
///       - {at: 10, mains: {present: false}}
///       - at: 60
///         load: {percent: 90}
///         points: {A012: 1, S019: null}
///       - {at: 120, mains: {present: true, voltage: 231}, mode: eco}
///
/// In `points`, null lets a forced point follow the physics again.
package struct Scenario: Sendable, Equatable {
    package struct Event: Sendable, Equatable {
        /// Seconds from the start of the scenario.
        package let at: Double
        package let occurrences: [Occurrence]
    }

    /// What is so from the start.
    package let initial: [Occurrence]
    /// In the order of their times.
    package let events: [Event]

    /// Reads a document; throws where it is not one, or asks for what a device of that layout can't do. The error says where, and what to
    /// write instead.
    package init(_ text: String, layout: SystemLayout) throws(SimulationError) {
        var reader = ScenarioReader(layout: layout)
        (initial, events) = try reader.read(text)
    }
}
