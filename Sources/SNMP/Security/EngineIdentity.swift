package import NIOCore

/// An engine of ours, as others see it: its name and its clock.
package struct EngineIdentity: Hashable, Sendable {
    package let id: EngineID
    package let clock: EngineClock

    package init(_ id: EngineID, clock: EngineClock) {
        self.id = id
        self.clock = clock
    }

    /// An engine for one run of a program that keeps nothing between runs: as its name is new each time, so may its count of boots be.
    ///
    /// - Parameters:
    ///   - enterprise: The number at IANA of whose devices it is for; 0 is reserved, and nobody's.
    ///   - random: Numbers that no other run has.
    package static func ephemeral(
        enterprise: UInt32 = 0, startedAt: NIODeadline, using random: inout some RandomNumberGenerator
    ) -> EngineIdentity {
        let octetsFormat: UInt8 = 5
        let maker = withUnsafeBytes(of: (enterprise | 0x8000_0000).bigEndian) { [UInt8]($0) }
        let name = withUnsafeBytes(of: random.next()) { [UInt8]($0) }
        guard let id = EngineID(octets: maker + [octetsFormat] + name) else { preconditionFailure("13 octets are an engine id") }
        return EngineIdentity(id, clock: EngineClock(boots: 1, startedAt: startedAt))
    }
}
