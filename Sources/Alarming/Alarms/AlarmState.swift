/// Where an alarm is in its life.
package enum AlarmState: String, Sendable, Codable, CaseIterable {
    /// Active, and nobody has said that they know.
    case raised
    /// Active, and somebody has said that they know.
    case acknowledged
    /// Over.
    case cleared
}
