import PowerDevice
import Testing

@testable import CardAgent

struct PendingRecordsTests {
    private func record(_ number: Int, card: Int = 1, _ kind: LogKind = .cardEvents) -> PendingRecords.Record {
        .init(
            key: LogKey(card: card, kind: kind),
            contents: .event(severity: .information, code: nil, text: "\(number)", instant: Int64(number)))
    }

    @Test func givesWhatHasComeInItsOrder() {
        var pending = PendingRecords(limit: 10)
        for number in 1...3 { pending.append(record(number)) }
        let batch = pending.takeAll()
        #expect(batch.records == [record(1), record(2), record(3)])
        #expect(pending.isEmpty)
    }

    @Test func losesTheOldestAndCountsThemForEachCard() {
        var pending = PendingRecords(limit: 3)
        for number in 1...2 { pending.append(record(number, card: 7)) }
        for number in 3...20 { pending.append(record(number, card: 8)) }
        #expect(pending.count == 3)
        #expect(pending.takeAll().records == [record(18, card: 8), record(19, card: 8), record(20, card: 8)])
        #expect(pending.takeLost() == [7: 2, 8: 15])
        #expect(pending.takeLost().isEmpty)
    }

    @Test func putsWhatCouldNotBeWrittenInFrontOfTheRest() {
        var pending = PendingRecords(limit: 3)
        for number in 1...3 { pending.append(record(number)) }
        let batch = pending.takeAll()
        pending.append(record(4))
        pending.putBack(batch)
        #expect(pending.takeAll().records == [record(2), record(3), record(4)])
        #expect(pending.takeLost() == [1: 1])
    }

    @Test func clearsWhatCameBeforeAndKeepsWhatComesAfter() {
        var pending = PendingRecords(limit: 10)
        pending.append(record(1))
        pending.append(record(2, .history))
        pending.clear(LogKey(card: 1, kind: .cardEvents))
        pending.append(record(3))
        let batch = pending.takeAll()
        #expect(batch.clears == [LogKey(card: 1, kind: .cardEvents)])
        #expect(batch.records == [record(2, .history), record(3)])
    }

    @Test func doesNotBringBackWhatHasBeenClearedMeanwhile() {
        var pending = PendingRecords(limit: 10)
        pending.append(record(1))
        let batch = pending.takeAll()
        pending.clear(LogKey(card: 1, kind: .cardEvents))
        pending.putBack(batch)
        let next = pending.takeAll()
        #expect(next.records.isEmpty)
        #expect(next.clears.count == 1)
    }
}
