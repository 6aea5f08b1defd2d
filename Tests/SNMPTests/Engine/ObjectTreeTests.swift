import Testing

@testable import SNMP

struct ObjectTreeTests {
    private let column: OID = "1.3.6.1.4.1.4555.1"

    private func names(_ tree: ObjectTree) -> [OID] { tree.indices.map { tree[$0].name } }

    @Test func ordersItsObjects() {
        let tree = ObjectTree([3, 1, 128, 2].map { ManagedObject(column.appending($0), .null) })
        #expect(names(tree) == [1, 2, 3, 128].map { column.appending($0) })
    }

    @Test func keepsTheLastOfEqualNames() {
        let tree = ObjectTree([1, 2, 3].map { ManagedObject(column, .integer($0)) })
        #expect(tree.count == 1)
        #expect(tree.object(at: column)?.value == .integer(3))
    }

    @Test func findsAnObjectAndItsSuccessor() {
        let tree = ObjectTree([1, 5].map { ManagedObject(column.appending($0), .integer(Int32($0))) })
        #expect(tree.object(at: column.appending(5))?.value == .integer(5))
        #expect(tree.object(at: column.appending(2)) == nil)
        #expect(tree.firstIndex(after: "0.0") == 0)
        #expect(tree.firstIndex(after: column.appending(1)) == 1)
        #expect(tree.firstIndex(after: column.appending(2)) == 1)
        #expect(tree.firstIndex(after: column.appending(5)) == 2)
        #expect(ObjectTree().firstIndex(after: "0.0") == 0)
    }

    @Test func replacesTheRowsOfATable() {
        let tree = ObjectTree(["1.3.1", "1.3.5.1", "1.3.5.2", "1.3.6"].map { ManagedObject($0, .null) })
        let grown = tree.replacing(below: "1.3.5", with: [ManagedObject("1.3.5.9", .null), ManagedObject("1.3.5.3", .null)])
        #expect(names(grown) == ["1.3.1", "1.3.5.3", "1.3.5.9", "1.3.6"])
        #expect(names(grown.replacing(below: "1.3.5", with: [])) == ["1.3.1", "1.3.6"])
        #expect(names(tree).count == 4)
    }

    @Test func mergesAnotherTreeWhoseObjectsGoFirst() {
        let tree = ObjectTree([1, 3, 5].map { ManagedObject(column.appending($0), .integer(0)) })
        let other = ObjectTree([0, 3, 4, 9].map { ManagedObject(column.appending($0), .integer(1)) })
        let merged = tree.merging(other)
        #expect(names(merged) == [0, 1, 3, 4, 5, 9].map { column.appending($0) })
        #expect(merged.indices.map { merged[$0].value } == [1, 0, 1, 1, 0, 1].map { .integer($0) })
        #expect(names(tree.merging(ObjectTree())) == names(tree))
        #expect(names(ObjectTree().merging(tree)) == names(tree))
    }

    @Test func tellsAMissingInstanceFromAMissingObject() {
        let tree = ObjectTree(["1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.2.2.1.1.1", "1.3.6.1.2.1.2.2.1.1.3"].map { ManagedObject($0, .null) })
        #expect(tree.exception(for: "1.3.6.1.2.1.1.1") == .noSuchInstance)
        #expect(tree.exception(for: "1.3.6.1.2.1.1.1.1") == .noSuchInstance)
        #expect(tree.exception(for: "1.3.6.1.2.1.2.2.1.1.2") == .noSuchInstance)
        #expect(tree.exception(for: "1.3.6.1.2.1.2.2.1.1.9") == .noSuchInstance)
        #expect(tree.exception(for: "1.3.6.1.2.1.2.2.1.2.1") == .noSuchObject)
        #expect(tree.exception(for: "1.3.6.1.2.1.1") == .noSuchObject)
        #expect(ObjectTree().exception(for: "1.3") == .noSuchObject)
    }
}
