import Testing

@testable import SNMP

struct SubtreeWalkTests {
    private let root: OID = "1.3.6.1.4"

    private func rows(_ range: ClosedRange<UInt32>) -> [VariableBinding] {
        range.map { VariableBinding(root.appending($0), .integer(Int32($0))) }
    }

    private func response(_ bindings: [VariableBinding]) -> PDU { PDU(.response, bindings: bindings) }

    @Test func asksByGetNextInVersion1() {
        var walk = SubtreeWalk(root: root, version: .v1)
        #expect(walk.nextRequest == PDU(.getNext, names: [root]))
        #expect(walk.received(response(rows(1...1))) == .more)
        #expect(walk.nextRequest == PDU(.getNext, names: [root.appending(1)]))
        #expect(walk.received(PDU(.response, errorStatus: .noSuchName, errorIndex: 1)) == .finished(.complete))
        #expect(walk.bindings == rows(1...1))
    }

    @Test func stopsWhereTheSubtreeEnds() {
        var walk = SubtreeWalk(root: root, version: .v2c)
        #expect(walk.nextRequest == .getBulk([root], maxRepetitions: 10))
        #expect(walk.received(response(rows(1...3) + [VariableBinding("1.3.6.1.5.1", .null)])) == .finished(.complete))
        #expect(walk.bindings == rows(1...3))
    }

    @Test func stopsAtTheEndOfTheView() {
        var walk = SubtreeWalk(root: root, version: .v2c)
        let end = VariableBinding(root.appending(2), .endOfMibView)
        #expect(walk.received(response(rows(1...2) + [end, end])) == .finished(.complete))
        #expect(walk.bindings == rows(1...2))
    }

    @Test func stopsALoopWithWhatItGot() {
        var walk = SubtreeWalk(root: root, version: .v1)
        #expect(walk.received(response(rows(5...5))) == .more)
        let end = SubtreeWalk.End.nonIncreasing(after: root.appending(5), got: root.appending(5))
        #expect(walk.received(response(rows(5...5))) == .finished(end))
        #expect(walk.bindings == rows(5...5))
    }

    @Test func stopsAStepBackInsideAResponse() {
        var walk = SubtreeWalk(root: root, version: .v2c)
        let end = SubtreeWalk.End.nonIncreasing(after: root.appending(3), got: root.appending(1))
        #expect(walk.received(response(rows(1...3) + rows(1...3))) == .finished(end))
        #expect(walk.bindings == rows(1...3))
    }

    @Test func stopsAtTheRowLimit() {
        var walk = SubtreeWalk(root: root, version: .v2c, rowLimit: 4)
        #expect(walk.received(response(rows(1...10))) == .finished(.rowLimit))
        #expect(walk.bindings == rows(1...4))
    }

    @Test func growsLittleByLittleUpToTheMaximum() {
        var walk = SubtreeWalk(root: root, version: .v2c, bulkSize: BulkSize(maximum: 15))
        var last: UInt32 = 0
        let sizes = (0..<4).map { _ in
            let size = walk.nextRequest.maxRepetitions
            #expect(walk.received(response(rows(last + 1...last + UInt32(size)))) == .more)
            last += UInt32(size)
            return size
        }
        #expect(sizes == [10, 13, 15, 15])
    }

    @Test func asksAgainWithHalfAfterATimeoutAndNeverGrowsBack() {
        var walk = SubtreeWalk(root: root, version: .v2c)
        #expect(walk.received(response(rows(1...10))) == .more)
        #expect(walk.nextRequest.maxRepetitions == 13)
        #expect(walk.timedOut() == .more)
        #expect(walk.nextRequest == .getBulk([root.appending(10)], maxRepetitions: 6))
        #expect(walk.received(response(rows(11...16))) == .more)
        #expect(walk.received(response(rows(17...25))) == .more)
        #expect(walk.received(response(rows(26...37))) == .more)
        #expect(walk.nextRequest.maxRepetitions == 12)
    }

    @Test func halvesWhenTheResponseWouldBeTooBig() {
        var walk = SubtreeWalk(root: root, version: .v2c)
        let tooBig = PDU(.response, errorStatus: .tooBig)
        let sizes = (0..<3).map { _ in
            #expect(walk.received(tooBig) == .more)
            return walk.nextRequest.maxRepetitions
        }
        #expect(sizes == [5, 2, 1])
        #expect(walk.received(tooBig) == .more)
        #expect(walk.nextRequest == PDU(.getNext, names: [root]))
        #expect(walk.received(tooBig) == .finished(.errorStatus(.tooBig, index: 0)))
    }

    @Test func givesASilentAgentOneSmallRequestMore() {
        var walk = SubtreeWalk(root: root, version: .v2c)
        #expect(walk.timedOut() == .more)
        #expect(walk.nextRequest == PDU(.getNext, names: [root]))
        #expect(walk.timedOut() == .finished(.noResponse))
        var version1 = SubtreeWalk(root: root, version: .v1)
        #expect(version1.timedOut() == .finished(.noResponse))
    }

    @Test func goesOnByGetNextWhereGetBulkIsRefusedOrHangs() {
        for failure in [PDU(.response, errorStatus: .genErr), nil] {
            var walk = SubtreeWalk(root: root, version: .v2c)
            let goesOn = if let failure { walk.received(failure) == .more } else { walk.timedOut() == .more }
            #expect(goesOn)
            #expect(walk.nextRequest == PDU(.getNext, names: [root]))
            #expect(walk.received(response(rows(1...1))) == .more)
            #expect(walk.nextRequest == PDU(.getNext, names: [root.appending(1)]))
            #expect(walk.bulkSize.isNext)
        }
    }

    @Test func doesNotAskForeverAfterEmptyResponses() {
        var walk = SubtreeWalk(root: root, version: .v2c)
        var steps = 0
        while walk.received(response([])) == .more, steps < 100 { steps += 1 }
        #expect(steps == 4)
    }

    @Test func reportsTheAgentsError() {
        var walk = SubtreeWalk(root: root, version: .v1)
        #expect(walk.received(PDU(.response, errorStatus: .genErr, errorIndex: 1)) == .finished(.errorStatus(.genErr, index: 1)))
    }
}
