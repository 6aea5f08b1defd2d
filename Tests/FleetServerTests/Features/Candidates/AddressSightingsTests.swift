import FoundationEssentials
import Testing

@testable import FleetServer

struct AddressSightingsTests {
    private let start = Date(timeIntervalSince1970: 1_700_000_000)
    private let here = "10.0.0.1"

    private func at(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }

    private func current(_ sightings: AddressSightings, _ seconds: Double) -> Set<AddressSightings.Conflict> {
        var copy = sightings
        return copy.current(at(seconds))
    }

    private let both = AddressSightings.Conflict(address: "10.0.0.1", cards: ["mac A", "mac B"])

    @Test func twoAnnouncementsInOneSearchAreAConflictAtOnce() {
        var sightings = AddressSightings()
        sightings.saw("mac A", at: here, on: at(0), isAnnounced: true, search: 7)
        sightings.saw("mac B", at: here, on: at(20), isAnnounced: true, search: 7)
        #expect(current(sightings, 20).isEmpty)
        #expect(current(sightings, 24) == [both])
    }

    @Test func whoIsAskedAfterTheAnnouncementHasAnnouncedItself() {
        var sightings = AddressSightings()
        sightings.saw("mac A", at: here, on: at(0), isAnnounced: true, search: 7)
        sightings.saw("mac A", at: here, on: at(1), search: 7)
        sightings.saw("mac B", at: here, on: at(2), isAnnounced: true, search: 7)
        #expect(current(sightings, 10) == [both])
    }

    @Test func announcementsOfDifferentSearchesAreASwap() {
        var sightings = AddressSightings()
        sightings.saw("mac A", at: here, on: at(0), isAnnounced: true, search: 7)
        sightings.saw("mac B", at: here, on: at(60), isAnnounced: true, search: 8)
        #expect(current(sightings, 70).isEmpty)
    }

    @Test func alternatingAnswersAreAConflict() {
        var sightings = AddressSightings()
        sightings.saw("mac A", at: here, on: at(0))
        sightings.saw("mac B", at: here, on: at(10))
        #expect(current(sightings, 20).isEmpty)
        sightings.saw("mac A", at: here, on: at(30))
        #expect(current(sightings, 40) == [both])
    }

    @Test func aReplacedCardThatIsToldTwiceIsNoConflict() {
        var sightings = AddressSightings()
        sightings.saw("mac A", at: here, on: at(0))
        sightings.saw("mac B", at: here, on: at(10))
        sightings.saw("mac A", at: here, on: at(0))
        sightings.saw("mac B", at: here, on: at(20))
        #expect(current(sightings, 30).isEmpty)
    }

    @Test func cardsThatExchangeTheirAddressesDoNotConflict() {
        var sightings = AddressSightings()
        sightings.saw("mac A", at: here, on: at(0), isAnnounced: true, search: 1)
        sightings.saw("mac B", at: "10.0.0.2", on: at(0), isAnnounced: true, search: 1)
        sightings.saw("mac B", at: here, on: at(60), isAnnounced: true, search: 2)
        sightings.saw("mac A", at: "10.0.0.2", on: at(61), isAnnounced: true, search: 2)
        #expect(current(sightings, 70).isEmpty)
    }

    @Test func itEndsWhenOneIsSeenElsewhere() {
        var sightings = AddressSightings()
        sightings.saw("mac A", at: here, on: at(0), isAnnounced: true, search: 7)
        sightings.saw("mac B", at: here, on: at(0), isAnnounced: true, search: 7)
        #expect(current(sightings, 10) == [both])
        sightings.saw("mac B", at: "10.0.0.2", on: at(20))
        #expect(current(sightings, 21).isEmpty)
    }

    @Test func itEndsWhenOneStaysAwayForTenMinutes() {
        var sightings = AddressSightings()
        sightings.saw("mac A", at: here, on: at(0), isAnnounced: true, search: 7)
        sightings.saw("mac B", at: here, on: at(0), isAnnounced: true, search: 7)
        sightings.saw("mac A", at: here, on: at(590))
        #expect(current(sightings, 599) == [both])
        #expect(current(sightings, 601).isEmpty)
    }

    @Test func remembersAsMuchAsItMay() {
        var sightings = AddressSightings()
        for number in 0..<(AddressSightings.maximumAddresses + 10) { sightings.saw("mac \(number)", at: "10.\(number)", on: at(0)) }
        sightings.saw("mac A", at: here, on: at(1), isAnnounced: true, search: 1)
        sightings.saw("mac B", at: here, on: at(1), isAnnounced: true, search: 1)
        #expect(current(sightings, 10) == [both])
    }

    @Test func aClockThatIsSetBackHidesNothing() {
        var sightings = AddressSightings()
        sightings.saw("mac A", at: here, on: at(100_000))
        _ = sightings.current(at(100_000))
        _ = sightings.current(at(0))
        sightings.saw("mac A", at: here, on: at(1), isAnnounced: true, search: 7)
        sightings.saw("mac B", at: here, on: at(2), isAnnounced: true, search: 7)
        #expect(current(sightings, 10) == [both])
    }
}
