import NetVision
import Testing

@testable import nvexplorer

@Suite struct UpgradeBoardTests {
    @Test func nothingChangesAfterTheEnd() {
        let board = UpgradeBoard([FoundCard(address: "10.0.0.1", identity: CardIdentity(generation: .netVision8, firmware: "8.00"))])
        board.change(0) { $0.progress = 0.5 }
        board.end(0, .failed, "It broke.")
        board.change(0) { $0.state = .transfer }
        board.end(0, .done, nil)
        board.change(7) { $0.state = .done }
        #expect(
            board.rows == [UpgradeRow(name: "10.0.0.1", address: "10.0.0.1", state: .failed, error: "It broke.", fromVersion: "8.00")])
    }
}
