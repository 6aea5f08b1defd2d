/// How far one method of a search is.
package struct MethodProgress: Sendable, Equatable, Codable {
    /// The addresses that it has asked in the round under way or the last one, and those that it will ask at least once.
    package var probed = 0
    package var total = 0
    /// The datagrams that it has sent, or connections that it has made.
    package var sent = 0
    /// Addresses that it has seen something at: cards or not.
    package var answered = 0
    package var isDone = false

    package init() {}
}
