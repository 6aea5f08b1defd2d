import Testing

/// Something that costs seconds to start: made before a suite's first test, ended after its last, whatever happens in between.
protocol SharedBySuite: Sendable {
    /// Makes one, lends it to `body`, and ends it.
    static func lend(_ body: (Self) async throws -> Void) async throws
    /// Where the tests of the suite that runs find theirs.
    static var slot: TaskLocal<Self?> { get }
}

extension SharedBySuite {
    /// That of the suite that runs.
    static var shared: Self {
        get throws { try #require(slot.get(), "this suite has no trait .sharing(\(Self.self).self)") }
    }
}

/// `@Suite(.sharing(CardFarm.self))`
struct SharingTrait<Value: SharedBySuite>: SuiteTrait, TestScoping {
    func provideScope(for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void) async throws
    {
        try await Value.lend { value in try await Value.slot.withValue(value) { try await function() } }
    }
}

extension Trait {
    static func sharing<Value>(_ type: Value.Type) -> Self where Self == SharingTrait<Value> { SharingTrait() }
}
