import NetVision
import Testing

struct AddressRangeTests {
    @Test(arguments: [
        ("10.1.0.0/30", ["10.1.0.1", "10.1.0.2"]), ("10.1.0.7/31", ["10.1.0.6", "10.1.0.7"]), ("10.1.0.5", ["10.1.0.5"]),
        ("10.1.0.5/32", ["10.1.0.5"]), ("10.1.0.254-10.1.1.1", ["10.1.0.254", "10.1.0.255", "10.1.1.0", "10.1.1.1"]),
    ])
    func readsRanges(text: String, addresses: [String]) throws {
        let range = try #require(AddressRange(text))
        #expect(Array(range.addresses) == addresses)
        #expect(range.count == addresses.count)
    }

    @Test(arguments: [
        "", "/", "10.1.0.0/", "10.1.0.0/7", "10.1.0/24", "1.2.3.256", "1.2.3.4-", "-1.2.3.4", "1.2.3.4-5", "1.2.3.4.5", "٣.1.1.1",
    ])
    func refusesTextThatIsNoRange(text: String) {
        #expect(AddressRange(text) == nil)
    }
}
