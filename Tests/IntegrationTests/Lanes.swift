import Testing

/// Suites with cards only. One after the other: they share two cores with the server's suites.
@Suite(.serialized) enum CardLane {}

/// Suites with a FleetServer. One after the other.
@Suite(.serialized) enum ServerLane {}
