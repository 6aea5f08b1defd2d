import Testing

@testable import SNMP

struct RecentlyUsedTests {
    @Test func theOneUnusedForLongestMakesRoom() {
        var table = RecentlyUsed<String, Int>(capacity: 3)
        for (number, key) in ["a", "b", "c"].enumerated() { table.insert(number, for: key) }
        #expect(table.use("a") { $0 } == 0)
        table.insert(3, for: "d")
        #expect(table.contains("a") && !table.contains("b") && table.contains("c") && table.contains("d"))
        table.insert(4, for: "e")
        #expect(!table.contains("c"))
        #expect(table.count == 3)
    }

    @Test func changesWhatItHolds() {
        var table = RecentlyUsed<String, Int>(capacity: 2)
        table.insert(1, for: "a")
        _ = table.use("a") { $0 += 1 }
        table.updateAll { $0 *= 10 }
        #expect(table.use("a") { $0 } == 20)
        #expect(table.use("x") { $0 } == nil)
    }

    @Test func agreesWithASlowTable() {
        var random = LinearCongruence(state: 3)
        var table = RecentlyUsed<UInt64, UInt64>(capacity: 8)
        var order: [UInt64] = []
        for _ in 0..<5000 {
            let key = random.next() >> 32 % 16
            if let position = order.firstIndex(of: key) {
                #expect(table.use(key) { $0 } == key * 3)
                order.append(order.remove(at: position))
            } else {
                table.insert(key * 3, for: key)
                order.append(key)
                if order.count > 8 { order.removeFirst() }
            }
            #expect(table.count == order.count)
        }
        #expect(order.allSatisfy(table.contains))
    }

    @Test func holdsOneAtLeast() {
        var table = RecentlyUsed<Int, Int>(capacity: 0)
        table.insert(1, for: 1)
        table.insert(2, for: 2)
        #expect(table.count == 1)
        #expect(table.use(2) { $0 } == 2)
    }
}
