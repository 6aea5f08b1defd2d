import Testing

// Suites of a lane run one after the other, the lanes side by side: their tests wait for others most of the time.

/// Suites with cards, most of them without a server.
@Suite(.serialized) enum CardLane {}

/// Suites with a FleetServer.
@Suite(.serialized) enum ServerLane {}

/// Suites with outages and storms, which take their time.
@Suite(.serialized) enum AlarmLane {}
