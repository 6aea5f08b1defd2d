import NIOCore
import Testing

@testable import TFTP

struct TransferOptionsTests {
    private let wishes = TransferOptions(blockSize: 1428, windowSize: 16, transferSize: true, timeout: 3)

    @Test func asksForEverythingWanted() {
        #expect(
            wishes.requested(size: 99) == [
                TFTPOption("blksize", 1428), TFTPOption("tsize", 99), TFTPOption("timeout", 3), TFTPOption("windowsize", 16),
            ])
        #expect(TransferOptions.none.requested(size: 99) == [])
    }

    @Test func takesSmallerValuesAndKeepsDefaultsForTheRest() throws {
        let agreed = try #require(wishes.agreed(acknowledged: [TFTPOption("blksize", 600)]))
        #expect(agreed.blockSize == 600)
        #expect(agreed.windowSize == 1)
        #expect(agreed.timeout == nil)
    }

    @Test(arguments: [
        TFTPOption("blksize", 1429), TFTPOption("blksize", 7), TFTPOption("blksize", "x"), TFTPOption("windowsize", 17),
        TFTPOption("windowsize", 0), TFTPOption("timeout", 4), TFTPOption("multicast", 1), TFTPOption("tsize", "99999999999999999999"),
    ])
    func refusesWhatWasNotAsked(option: TFTPOption) {
        #expect(wishes.agreed(acknowledged: [option]) == nil)
    }

    @Test func aServerGrantsUpToItsLimitsAndLeavesOutWhatItDoesNotKnow() {
        let request = TFTPRequest(
            .write, filename: "f",
            options: [
                TFTPOption("blksize", 65464), TFTPOption("windowsize", 65535), TFTPOption("tsize", 10), TFTPOption("timeout", 256),
                TFTPOption("rollover", 1),
            ])
        let (parameters, acknowledged) = OptionLimits(blockSize: 1468, windowSize: 32).answer(to: request, size: nil)
        #expect(acknowledged == [TFTPOption("blksize", 1468), TFTPOption("windowsize", 32), TFTPOption("tsize", 10)])
        #expect(parameters.blockSize == 1468)
        #expect(parameters.windowSize == 32)
        #expect(parameters.size == 10)
    }

    @Test func aServerTellsTheSizeOfWhatIsRead() {
        let request = TFTPRequest(.read, filename: "f", options: [TFTPOption("tsize", 0)])
        #expect(OptionLimits().answer(to: request, size: 4711).acknowledged == [TFTPOption("tsize", 4711)])
    }

    @Test func anOldServerKnowsNoOptions() {
        let request = TFTPRequest(.write, filename: "f", options: [TFTPOption("blksize", 1024)])
        let (parameters, acknowledged) = OptionLimits(isNegotiating: false).answer(to: request, size: nil)
        #expect(acknowledged == [])
        #expect(parameters == TransferParameters())
    }
}
