import Synchronization
import Testing

@testable import SNMP

struct ResponderSetTests {
    /// Three objects 1.3.6.1.n that can be set, of which some can be made to fail, and one that can't.
    private final class Store: Sendable {
        let values = Mutex<[Int32]>([1, 2, 3])
        let commits = Mutex<[Int]>([])
        /// The objects that refuse a number.
        let refused: [Int: Int32]

        init(refusing refused: [Int: Int32] = [:]) { self.refused = refused }

        var tree: ObjectTree { ObjectTree((0..<3).map(object) + [ManagedObject("1.3.6.2.0", .integer(0))]) }

        private func object(_ index: Int) -> ManagedObject {
            let handler = WriteHandler(
                validate: { ($0.number ?? 0) > 100 ? .wrongValue : nil },
                commit: { value in
                    guard case .integer(let number) = value, self.refused[index] != number else { return false }
                    self.commits.withLock { $0.append(index) }
                    self.values.withLock { $0[index] = number }
                    return true
                })
            return ManagedObject(("1.3.6.1" as OID).appending(UInt32(index)), write: handler) {
                .integer(self.values.withLock { $0[index] })
            }
        }
    }

    private func set(
        _ store: Store, _ bindings: [VariableBinding], _ version: SNMPVersion = .v2c, right: AgentAccess.Right = .readWrite
    ) throws -> (ErrorStatus?, Int32?) {
        var asked = Asked(store.tree)
        asked.version = version
        asked.right = right
        let response = try #require(try asked(PDU(.set, bindings: bindings)))
        #expect(response.bindings == bindings)
        #expect(asked.statistics.inTotalSetVariables == (response.errorStatus == .noError ? UInt32(bindings.count) : 0))
        return (response.errorStatus, response.errorIndex)
    }

    private func binding(_ index: UInt32, _ number: Int32) -> VariableBinding {
        VariableBinding(("1.3.6.1" as OID).appending(index), .integer(number))
    }

    @Test(arguments: SNMPVersion.allCases)
    func setsAllValues(_ version: SNMPVersion) throws {
        let store = Store()
        #expect(try set(store, [binding(0, 10), binding(1, 20)], version) == (.noError, 0))
        #expect(store.values.withLock { $0 } == [10, 20, 3])
    }

    @Test(arguments: [
        (VariableBinding("1.3.6.1.1", .integer(101)), ErrorStatus.wrongValue, ErrorStatus.badValue),
        (VariableBinding("1.3.6.1.1", .text("x")), .wrongType, .badValue),
        (VariableBinding("1.3.6.1.1", .gauge32(5)), .wrongType, .badValue),
        (VariableBinding("1.3.6.1.1", .endOfMibView), .wrongType, .badValue),
        (VariableBinding("1.3.6.2.0", .integer(1)), .notWritable, .noSuchName),
        (VariableBinding("1.3.6.2", .integer(1)), .notWritable, .noSuchName),
        (VariableBinding("1.3.9", .integer(1)), .notWritable, .noSuchName),
        (VariableBinding("1.3.6.1.7", .integer(1)), .noCreation, .noSuchName),
        (VariableBinding("1.3.6.1", .integer(1)), .noCreation, .noSuchName),
    ])
    func setsNothingIfOneValueIsRefused(_ refused: VariableBinding, _ version2: ErrorStatus, _ version1: ErrorStatus) throws {
        let store = Store()
        #expect(try set(store, [binding(0, 10), refused]) == (version2, 2))
        #expect(try set(store, [binding(0, 10), refused], .v3) == (version2, 2))
        #expect(try set(store, [binding(0, 10), refused], .v1) == (version1, 2))
        #expect(store.commits.withLock { $0.isEmpty })
    }

    @Test func setsBackWhatItSetWhenACommitFails() throws {
        let store = Store(refusing: [2: 50])
        let bindings = [binding(0, 50), binding(1, 50), binding(2, 50)]
        #expect(try set(store, bindings) == (.commitFailed, 3))
        #expect(store.commits.withLock { $0 } == [0, 1, 1, 0])
        #expect(try set(store, bindings, .v1) == (.genErr, 3))
        #expect(store.values.withLock { $0 } == [1, 2, 3])
    }

    @Test func saysSoWhenItCouldNotSetBack() throws {
        let store = Store(refusing: [0: 1, 2: 50])
        let bindings = [binding(0, 50), binding(1, 50), binding(2, 50)]
        #expect(try set(store, bindings) == (.undoFailed, 0))
        #expect(store.values.withLock { $0 } == [50, 2, 3])
    }

    @Test func theLastValueOfAnObjectNamedTwiceStays() throws {
        let store = Store(refusing: [2: 50])
        #expect(try set(store, [binding(0, 10), binding(0, 11)]) == (.noError, 0))
        #expect(store.values.withLock { $0 } == [11, 2, 3])
        #expect(try set(store, [binding(0, 20), binding(0, 21), binding(2, 50)]) == (.commitFailed, 3))
        #expect(store.values.withLock { $0 } == [11, 2, 3])
    }

    @Test(arguments: [
        (SNMPVersion.v1, ErrorStatus.noSuchName, Int32(1)), (.v2c, .noAccess, 1), (.v3, .authorizationError, 0),
    ])
    func aReaderMayNotWrite(_ version: SNMPVersion, _ status: ErrorStatus, _ index: Int32) throws {
        let store = Store()
        #expect(try set(store, [binding(0, 10), binding(1, 10)], version, right: .readOnly) == (status, index))
        #expect(try set(store, [binding(7, 10)], version, right: .readOnly) == (status, index))
        #expect(store.values.withLock { $0 } == [1, 2, 3])
    }

    @Test func aSetOfNothingSucceeds() throws {
        #expect(try set(Store(), []) == (.noError, 0))
    }
}
