import NIOCore
import Testing

@testable import SSDP

struct DeviceDescriptionTests {
    static let document = """
        <?xml version="1.0" encoding="utf-8"?>
        <!-- <device> -->
        <root xmlns="urn:schemas-upnp-org:device-1-0" configId="a>b">
          <specVersion><major>1</major><minor>0</minor></specVersion>
          <device>
            <deviceType>urn:schemas-upnp-org:device:Basic:1</deviceType>
            <friendlyName>NET VISION &lt;Rack 1&gt; &#x41;&amp;&#66;</friendlyName>
            <manufacturer><![CDATA[SOCOMEC <UPS>]]></manufacturer>
            <modelName>NET VISION 8</modelName><modelNumber/>
            <serialNumber>00E0D8FFC190</serialNumber>
            <UDN>uuid:2f40</UDN>
            <deviceList><device><modelName>inner</modelName></device></deviceList>
          </device>
        </root>
        """

    @Test func readsTheRootDevice() throws {
        let description = try DeviceDescription(decoding: ByteBuffer(string: Self.document))
        #expect(description.friendlyName == "NET VISION <Rack 1> A&B")
        #expect(description.manufacturer == "SOCOMEC <UPS>")
        #expect(description.modelName == "NET VISION 8")
        #expect(description.modelNumber == nil)
        #expect(description.serialNumber == "00E0D8FFC190")
        #expect(description.uniqueName == "uuid:2f40")
    }

    @Test(arguments: [
        "", "<html></html>", "<root></root>", "<root><device></root>", "<root><device>", "<!DOCTYPE r [<!ENTITY a \"b\">]><root/>",
        String(repeating: "<a>", count: 40), "<root><device></device></root", "<root><device/",
    ])
    func refusesWhatIsNone(text: String) {
        #expect(throws: SSDPDecodingError.self) { try DeviceDescription(decoding: ByteBuffer(string: text)) }
    }

    @Test func refusesTooLongOnes() {
        #expect(throws: SSDPDecodingError(.tooLong)) {
            try DeviceDescription(decoding: ByteBuffer(repeating: 32, count: DeviceDescription.maximumLength + 1))
        }
    }

    @Test func textsAreCutOff() throws {
        let text = "<root><device><modelName>\(String(repeating: "x", count: 5000))</modelName></device></root>"
        let description = try DeviceDescription(decoding: ByteBuffer(string: text))
        #expect(description.modelName?.count == DeviceDescription.maximumTextLength)
    }

    @Test func everyPrefixAndMutationIsReadOrRefused() {
        let octets = Array(Self.document.utf8)
        for length in octets.indices { _ = try? DeviceDescription(decoding: ByteBuffer(bytes: octets[..<length])) }
        for place in octets.indices {
            for value: UInt8 in [0, 33, 34, 38, 47, 60, 62, 255] {
                var mutant = octets
                mutant[place] = value
                _ = try? DeviceDescription(decoding: ByteBuffer(bytes: mutant))
            }
        }
    }
}
