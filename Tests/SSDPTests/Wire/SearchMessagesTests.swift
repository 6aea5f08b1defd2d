import NIOCore
import Testing

@testable import SSDP

struct SearchMessagesTests {
    /// As miniupnpd answers.
    static let response = """
        HTTP/1.1 200 OK\r
        CACHE-CONTROL: max-age=120\r
        ST: upnp:rootdevice\r
        USN: uuid:2f402f80-da50-11e1-9b23-00e0d8ffc190::upnp:rootdevice\r
        EXT:\r
        SERVER: Linux/2.6 UPnP/1.1 NetVision/8.40\r
        Location: http://10.9.0.5:49152/description.xml\r
        \r

        """

    @Test func searchGoesBothWays() throws {
        let search = SearchRequest(host: "239.255.255.250:1900", maximumWait: 1)
        let octets = search.message.encoded()
        #expect(
            String(buffer: octets).hasPrefix("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\n"))
        #expect(String(buffer: octets).hasSuffix("\r\n\r\n"))
        let message = try SSDPMessage(decoding: octets)
        #expect(SearchRequest(message) == search)
        #expect(SearchResponse(message) == nil)
    }

    @Test func responseGoesBothWays() throws {
        let response = try #require(SearchResponse(try SSDPMessage(decoding: ByteBuffer(string: Self.response))))
        #expect(response.location == "http://10.9.0.5:49152/description.xml")
        #expect(response.device == "uuid:2f402f80-da50-11e1-9b23-00e0d8ffc190")
        #expect(response.maximumAge == 120)
        let again = SearchResponse(try SSDPMessage(decoding: response.message.encoded()))
        #expect(again == response)
    }

    @Test func announcementIsAnAnswerToo() throws {
        let text = "NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNT: upnp:rootdevice\r\nNTS: ssdp:alive\r\nUSN: uuid:a\r\n\r\n"
        let response = try #require(SearchResponse(try SSDPMessage(decoding: ByteBuffer(string: text))))
        #expect(response.target == "upnp:rootdevice")
        let farewell = try SSDPMessage(decoding: ByteBuffer(string: text.replacing("alive", with: "byebye")))
        #expect(SearchResponse(farewell) == nil)
    }

    @Test(arguments: ["", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"])
    func refusesWhatIsNone(text: String) {
        #expect(throws: SSDPDecodingError.self) { try SSDPMessage(decoding: ByteBuffer(string: text)) }
    }

    @Test func refusesTooManyHeadersAndTooLongOnes() {
        let many = "HTTP/1.1 200 OK\r\n" + String(repeating: "A: b\r\n", count: 65) + "\r\n"
        #expect(throws: SSDPDecodingError.self) { try SSDPMessage(decoding: ByteBuffer(string: many)) }
        #expect(throws: SSDPDecodingError.self) { try SSDPMessage(decoding: ByteBuffer(repeating: 65, count: 5000)) }
    }

    @Test func everyPrefixAndMutationIsReadOrRefused() {
        let octets = Array(Self.response.utf8)
        for length in octets.indices { _ = (try? SSDPMessage(decoding: ByteBuffer(bytes: octets[..<length]))).flatMap(SearchResponse.init) }
        for place in octets.indices {
            for value: UInt8 in [0, 9, 10, 13, 32, 58, 255] {
                var mutant = octets
                mutant[place] = value
                _ = (try? SSDPMessage(decoding: ByteBuffer(bytes: mutant))).flatMap(SearchResponse.init)
            }
        }
    }

    @Test func aDeviceIsOneWhateverItsParts() throws {
        var table = DeviceTable()
        let root = SearchResponse(target: "upnp:rootdevice", uniqueName: "uuid:a::upnp:rootdevice", location: "", server: "")
        let service = SearchResponse(target: "urn:x", uniqueName: "uuid:a::urn:x", location: "", server: "")
        let news = [(root, 1), (service, 1), (root, 1), (root, 2)].map { table.isNew($0, from: $1) }
        #expect(news == [true, false, false, true])
        #expect(table.count == 2)
    }

    @Test(arguments: [
        ("http://10.0.0.1:80/d.xml", "/d.xml"), ("HTTP://10.0.0.1/a?b#c", "/a?b"), ("http://10.0.0.1", "/"),
    ])
    func ownAddressIsFetched(url: String, path: String) {
        #expect(DescriptionLocation(url, from: "10.0.0.1")?.path == path)
    }

    @Test(arguments: [
        "http://10.0.0.2/d.xml", "http://evil.example/d.xml", "https://10.0.0.1/d.xml", "http://10.0.0.1:0/", "http://10.0.0.1:99999/",
        "http://user@10.0.0.1/", "http://10.0.0.1@evil/", "http://10.0.0.1:80:80/", "file:///etc/passwd", "http://10.0.0.1/\r\nX: y", "",
    ])
    func nobodyElseIsAsked(url: String) { #expect(DescriptionLocation(url, from: "10.0.0.1") == nil) }
}
