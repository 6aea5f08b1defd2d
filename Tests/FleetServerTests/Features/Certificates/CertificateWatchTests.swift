import FoundationEssentials
import Synchronization
import Testing

@testable import FleetServer

struct CertificateWatchTests {
    private final class Bench: Sendable {
        let answers = Mutex<[String: CertificateReader.Finding]>([:])
        let places = Mutex<[CertificateWatch.Place]>([])
        let asked = Mutex<[String]>([])

        func watch() -> CertificateWatch {
            CertificateWatch(
                isAsked: { true }, places: { self.places.withLock { $0 } },
                read: { address in
                    self.asked.withLock { $0.append(address) }
                    return self.answers.withLock { $0[address] } ?? .silent
                })
        }
    }

    private static let end = Date(timeIntervalSince1970: 1_900_000_000)

    @Test func eachCardIsLookedAtOnceAnHourAndNotAllAtOnce() async {
        let bench = Bench()
        bench.places.withLock { $0 = (1...30).map { .init(card: Int64($0), address: "10.0.0.\($0)") } }
        bench.answers.withLock { $0["10.0.0.1"] = .expires(Self.end) }
        let watch = bench.watch()
        await watch.lookAtSome()
        #expect(bench.asked.withLock { $0.count } == CertificateWatch.pace)
        await watch.lookAtSome()
        await watch.lookAtSome()
        #expect(Set(bench.asked.withLock { $0 }).count == 30 && bench.asked.withLock { $0.count } == 30)
        #expect(watch.expiries == [1: Self.end])
    }

    @Test func anotherAddressIsAnotherLookAndAGoneCardIsForgotten() async {
        let bench = Bench()
        bench.places.withLock { $0 = [.init(card: 1, address: "10.0.0.1"), .init(card: 2, address: "10.0.0.2")] }
        bench.answers.withLock { $0 = ["10.0.0.1": .expires(Self.end), "10.0.0.2": .expires(Self.end)] }
        let watch = bench.watch()
        await watch.lookAtSome()
        #expect(watch.expiries.count == 2)
        bench.places.withLock { $0 = [.init(card: 1, address: "10.0.0.9")] }
        await watch.lookAtSome()
        #expect(watch.expiries.isEmpty && bench.asked.withLock { $0.last } == "10.0.0.9")
    }
}
