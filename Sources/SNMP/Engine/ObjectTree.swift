/// The managed objects of an agent, ordered by name: a value that is built as often as what it shows changes.
///
/// Building costs one pass where the objects come in order, a sort where not. Looking up costs a binary search.
package struct ObjectTree: Sendable {
    private var objects: [ManagedObject]

    /// Of several objects with one name the last counts.
    package init(_ objects: [ManagedObject] = []) {
        self.objects = Self.ordered(objects)
    }

    /// Both trees in one, in one pass. Where they have objects with one name, those of `other` count.
    package func merging(_ other: ObjectTree) -> ObjectTree {
        var merged: [ManagedObject] = []
        merged.reserveCapacity(count + other.count)
        var index = 0
        for object in other.objects {
            while index < count, objects[index].name < object.name {
                merged.append(objects[index])
                index += 1
            }
            if index < count, objects[index].name == object.name { index += 1 }
            merged.append(object)
        }
        merged += objects[index...]
        var tree = ObjectTree()
        tree.objects = merged
        return tree
    }

    private static func ordered(_ objects: [ManagedObject]) -> [ManagedObject] {
        guard zip(objects, objects.dropFirst()).contains(where: { $0.name >= $1.name }) else { return objects }
        let sorted = objects.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }.map(\.element)
        return zip(sorted, sorted.dropFirst()).filter { $0.name != $1.name }.map(\.0) + sorted.suffix(1)
    }

    package var count: Int { objects.count }
    package var indices: Range<Int> { objects.indices }
    package subscript(index: Int) -> ManagedObject { objects[index] }

    /// The tree with `replacement`, whose names are all below `root`, in place of everything below `root`: table rows that come and go.
    package func replacing(below root: OID, with replacement: [ManagedObject]) -> ObjectTree {
        precondition(replacement.allSatisfy { $0.name.isDescendant(of: root) }, "an object outside of the replaced subtree")
        let start = firstIndex(after: root)
        let end = objects[start...].partitioningIndex { !$0.name.isDescendant(of: root) }
        var tree = self
        tree.objects.replaceSubrange(start..<end, with: Self.ordered(replacement))
        return tree
    }

    package func object(at name: OID) -> ManagedObject? {
        let index = firstIndex(notBefore: name)
        return index < objects.count && objects[index].name == name ? objects[index] : nil
    }

    /// The index of the first object whose name is greater; `count` if there is none.
    package func firstIndex(after name: OID) -> Int { objects.partitioningIndex { $0.name > name } }

    /// The same where the answer is likely to be `hint`: requests name objects in order.
    func firstIndex(after name: OID, near hint: Int) -> Int {
        guard hint > 0, hint <= objects.count, objects[hint - 1].name == name else { return firstIndex(after: name) }
        return hint
    }

    /// The index of the object with this name, which is likely to be `hint`.
    func index(of name: OID, near hint: Int) -> Int? {
        if hint < objects.count, objects[hint].name == name { return hint }
        let index = firstIndex(notBefore: name)
        return index < objects.count && objects[index].name == name ? index : nil
    }

    private func firstIndex(notBefore name: OID) -> Int { objects.partitioningIndex { !($0.name < name) } }

    /// What a v2c agent says of a name that has no object (RFC 3416 §4.2.1).
    ///
    /// The tree holds instances, not types. A type is taken to exist if the name is its bare name (`sysDescr`), or if the tree has another
    /// instance next to the name (`sysDescr.1`, another row of the column).
    package func exception(for name: OID) -> SNMPValue {
        let next = firstIndex(notBefore: name)
        if next < objects.count, objects[next].name == name.scalarInstance { return .noSuchInstance }
        let neighbours = objects[max(0, next - 1)..<min(next + 1, objects.count)]
        return neighbours.contains { $0.name.isSibling(of: name) } ? .noSuchInstance : .noSuchObject
    }
}

extension OID {
    /// The name's only instance, if it is a scalar.
    fileprivate var scalarInstance: OID? { count < Self.maximumArcs ? appending(0) : nil }
}

extension RandomAccessCollection where Index == Int {
    /// The first index whose element fulfils a predicate that is false up to it and true from it on.
    fileprivate func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
