import NIOCore
import Synchronization
import Testing

@testable import SNMP

/// Objects of a group: what a request sets of them is one step.
struct SetTransactionTests {
    private static let root: OID = "1.3.6.1"

    /// Three numbers that must not be more than 100 together, and what happened to them.
    private final class Store: SetGroup {
        struct State {
            var values: [Int32] = [1, 2, 3]
            var steps: [String] = []
        }

        let state = Mutex(State())
        let fails: Bool

        init(fails: Bool = false) { self.fails = fails }

        func draft(for requester: Requester) -> any SetDraft { Draft(self, requester) }

        func note(_ step: String) { state.withLock { $0.steps.append(step) } }

        final class Draft: SetDraft {
            let store: Store
            let requester: Requester
            let old: [Int32]
            var new: [Int32]

            init(_ store: Store, _ requester: Requester) {
                self.store = store
                self.requester = requester
                old = store.state.withLock { $0.values }
                new = old
            }

            func take(_ value: SNMPValue, for key: Int) -> ErrorStatus? {
                guard case .integer(let number) = value, number >= 0 else { return .wrongValue }
                new[key] = number
                return nil
            }

            var refusal: SetRefusal? { new.reduce(0, +) > 100 ? SetRefusal(key: 2, .inconsistentValue) : nil }

            func commit() -> Bool {
                if store.fails { return false }
                store.note("\(new) by \(requester)")
                store.state.withLock { $0.values = new }
                return true
            }

            func undo() -> Bool {
                store.note("undo")
                store.state.withLock { $0.values = old }
                return true
            }
        }
    }

    /// The group's objects are 1.3.6.1.0 to 2; 9 is an object on its own, which takes no 50.
    private func tree(_ store: Store) -> ObjectTree {
        let alone = WriteHandler(commit: { value in
            store.note("alone")
            return value != .integer(50)
        })
        return ObjectTree(
            (0..<3).map { key in
                ManagedObject(Self.root.appending(UInt32(key)), write: WriteHandler(store, key: key)) {
                    .integer(store.state.withLock { $0.values[key] })
                }
            } + [ManagedObject(Self.root.appending(9), .integer(0), write: alone)])
    }

    private func set(_ store: Store, _ values: (UInt32, Int32)...) -> SetTransaction.Failure? {
        let requester = Requester(try? SocketAddress(ipAddress: "10.0.0.9", port: 5000))
        var transaction = SetTransaction(tree(store), by: requester)
        do throws(SetTransaction.Failure) {
            try transaction.prepare(values.map { VariableBinding(Self.root.appending($0.0), .integer($0.1)) })
            try transaction.commit()
            return nil
        } catch {
            return error
        }
    }

    @Test func allValuesOfAGroupAreKeptInOneStepByTheRequester() {
        let store = Store()
        #expect(set(store, (0, 10), (2, 30)) == nil)
        #expect(store.state.withLock { $0.steps } == ["[10, 2, 30] by 10.0.0.9"])
    }

    @Test func aValueThatCannotBeKeepsAllFromBeingSet() {
        let store = Store()
        #expect(set(store, (0, 10), (1, -1)) == .init(status: .wrongValue, index: 2))
        #expect(store.state.withLock { $0.steps.isEmpty })
    }

    @Test func whatDoesNotFitTogetherIsToldOfItsObject() {
        let store = Store()
        #expect(set(store, (1, 10), (2, 95), (9, 1)) == .init(status: .inconsistentValue, index: 2))
        // The object to blame is not in the request.
        #expect(set(store, (9, 1), (1, 99)) == .init(status: .inconsistentValue, index: 2))
        #expect(store.state.withLock { $0.steps.isEmpty })
    }

    @Test func theOrderOfTheValuesDoesNotMatter() {
        let store = Store()
        #expect(set(store, (0, 97)) == .init(status: .inconsistentValue, index: 1))
        #expect(set(store, (0, 97), (1, 0), (2, 0)) == nil)
        #expect(set(store, (2, 60), (0, 1)) == nil)
    }

    @Test func aGroupThatCannotBeKeptFailsBeforeAnythingElse() {
        let store = Store(fails: true)
        #expect(set(store, (9, 1), (0, 5)) == .init(status: .commitFailed, index: 2))
        #expect(store.state.withLock { $0.steps.isEmpty })
    }

    @Test func aGroupIsTakenBackWhereAnotherObjectFails() {
        let store = Store()
        #expect(set(store, (0, 5), (9, 50)) == .init(status: .commitFailed, index: 2))
        #expect(store.state.withLock { $0.steps } == ["[5, 2, 3] by 10.0.0.9", "alone", "undo"])
        #expect(store.state.withLock { $0.values } == [1, 2, 3])
    }

    @Test func theLastValueOfAnObjectNamedTwiceStays() {
        let store = Store()
        #expect(set(store, (0, 5), (0, 6)) == nil)
        #expect(store.state.withLock { $0.values[0] } == 6)
    }
}
