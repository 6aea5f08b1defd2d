import Testing

@testable import NetVision

struct FirmwareVersionTests {
    @Test func ordersByNumbersNotByText() throws {
        let texts = ["6.30", "8.5", "8.40", "8.41", "8.41.1", "10.0"]
        let versions = try texts.map { try #require(FirmwareVersion($0)) }
        #expect(versions.sorted() == versions)
        #expect(versions.map(\.description) == texts)
        for (earlier, later) in zip(versions, versions.dropFirst()) {
            #expect(earlier < later)
            #expect(!(later < earlier))
        }
    }

    @Test func trailingZerosDoNotCount() {
        #expect(FirmwareVersion("8.41") == FirmwareVersion("8.41.0"))
        #expect(FirmwareVersion("8.41")?.hashValue == FirmwareVersion("8.41.0")?.hashValue)
    }

    @Test(arguments: ["", ".", "8.", ".8", "8..1", "8.a", "v8.40", "8.40 ", "1.2.3.4.5", "1234567", "-1", "8.+1"])
    func refusesWhatIsNoVersion(text: String) {
        #expect(FirmwareVersion(text) == nil)
    }
}
