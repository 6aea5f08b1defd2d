import Testing

@testable import SNMP

struct AvailableReadTests {
    private let names: [OID] = (1...5 as ClosedRange<UInt32>).map { ("1.3.6.1.4.1" as OID).appending($0, 0) }

    /// An agent of a version that has the objects with these numbers.
    private func answer(_ request: PDU, having present: Set<UInt32>, _ version: SNMPVersion) -> PDU {
        var objects: [ManagedObject] = []
        for (position, name) in names.enumerated() where present.contains(UInt32(position + 1)) {
            objects.append(ManagedObject(name, .integer(Int32(position + 1))))
        }
        var asked = Asked(ObjectTree(objects))
        asked.version = version
        guard let pdu = try? asked(request) else { return PDU(.response, errorStatus: .genErr) }
        return pdu
    }

    @Test(arguments: [SNMPVersion.v1, .v2c], [[], [1], [5], [2, 4], [1, 2, 3, 4, 5]] as [Set<UInt32>])
    func bringsWhatIsThereFromEitherVersion(_ version: SNMPVersion, _ present: Set<UInt32>) {
        for chunkSize in 1...6 {
            var read = AvailableRead(names, chunkSize: chunkSize)
            var requests = 0
            while let request = read.nextRequest, requests < 50 {
                requests += 1
                #expect(request.bindings.count <= chunkSize)
                _ = read.received(answer(request, having: present, version))
            }
            #expect(read.bindings.compactMap(\.value.number) == present.sorted().map(Int64.init))
        }
    }

    @Test func halvesWhenTheResponseWouldBeTooBig() {
        var read = AvailableRead(names, chunkSize: 10)
        #expect(read.received(PDU(.response, errorStatus: .tooBig)) == .more)
        #expect(read.nextRequest == PDU(.get, names: Array(names[..<2])))
        #expect(read.received(answer(PDU(.get, names: Array(names[..<2])), having: [1, 2], .v2c)) == .more)
        #expect(read.nextRequest == PDU(.get, names: Array(names[2...])))
    }

    @Test func failsWhenOneObjectAloneIsTooBig() {
        var read = AvailableRead(Array(names[..<1]), chunkSize: 10)
        #expect(read.received(PDU(.response, errorStatus: .tooBig)) == .failed(.tooBig, index: 0))
    }

    @Test(arguments: [-1, 0, 6, Int32.max])
    func looksForTheOffenderWhenTheIndexIsUseless(_ index: Int32) {
        var read = AvailableRead(names, chunkSize: 10)
        var requests = 0
        while read.nextRequest != nil, requests < 50 {
            requests += 1
            _ = read.received(PDU(.response, errorStatus: .noSuchName, errorIndex: index))
        }
        #expect(requests < 50)
        #expect(read.bindings.isEmpty)
    }

    @Test func ignoresWhatItDidNotAskFor() {
        var read = AvailableRead(Array(names[..<2]), chunkSize: 10)
        let foreign = [
            VariableBinding("1.3.9", .integer(1)), VariableBinding(names[1], .integer(2)), VariableBinding(names[2], .integer(3)),
        ]
        #expect(read.received(PDU(.response, bindings: foreign)) == .finished)
        #expect(read.bindings == [VariableBinding(names[1], .integer(2))])
    }

    @Test func needsNoRequestForNoNames() {
        #expect(AvailableRead([], chunkSize: 10).nextRequest == nil)
    }
}
