import CSnappy
import FoundationEssentials
import SwiftProtobuf
import Testing

@testable import FleetServer

struct RemoteWriteBatchTests {
    /// A sample of 1.5 a second after the beginning of 1970, and the end of the series a second later.
    private let series = Prometheus_TimeSeries(
        [Prometheus_Label("__name__", "up"), Prometheus_Label("card", "1")],
        [
            Prometheus_Sample(1.5, at: Date(timeIntervalSince1970: 1)),
            Prometheus_Sample(Prometheus_Sample.stale, at: Date(timeIntervalSince1970: 2)),
        ])

    private let bytes: [UInt8] =
        [0x0A, 0x37]
        + [0x0A, 0x0E, 0x0A, 0x08] + Array("__name__".utf8) + [0x12, 0x02] + Array("up".utf8)
        + [0x0A, 0x09, 0x0A, 0x04] + Array("card".utf8) + [0x12, 0x01, 0x31]
        + [0x12, 0x0C, 0x09, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0x10, 0xE8, 0x07]
        + [0x12, 0x0C, 0x09, 0x02, 0, 0, 0, 0, 0, 0xF0, 0x7F, 0x10, 0xD0, 0x0F]

    @Test func isAWriteRequestInASnappyBlock() throws {
        let batch = try #require(RemoteWriteService.batch([series]))
        #expect(batch.samples == 2)
        #expect(batch.oldest == Date(timeIntervalSince1970: 1))
        #expect(try uncompressed(batch.body) == bytes)
    }

    @Test func decodesTheKnownBytes() throws {
        let request = try Prometheus_WriteRequest(serializedBytes: bytes)
        #expect(request.timeseries.first?.labels.map(\.value) == ["up", "1"])
        #expect(request.timeseries.first?.samples.map(\.timestamp) == [1000, 2000])
        #expect(request.timeseries.first?.samples.last?.value.bitPattern == 0x7FF0_0000_0000_0002)
    }

    /// Three bytes, a literal of three: https://github.com/google/snappy/blob/main/format_description.txt
    @Test func snappyWritesABlockWithoutAFrame() {
        #expect(Snappy.compressed([0x61, 0x62, 0x63]) == [3, 8, 0x61, 0x62, 0x63])
        #expect(Snappy.compressed([]) == [0])
    }

    @Test func whatRepeatsIsSmall() throws {
        let text = Array(String(repeating: "nvfleet_battery_charge", count: 1000).utf8)
        let body = try #require(Snappy.compressed(text))
        #expect(body.count < text.count / 10)
        #expect(try uncompressed(body) == text)
    }
}

/// What a receiver makes of a body.
func uncompressed(_ block: [UInt8]) throws -> [UInt8] {
    let input = block.map { CChar(bitPattern: $0) }
    var length = 0
    try #require(snappy_uncompressed_length(input, input.count, &length) == SNAPPY_OK)
    var output = [CChar](repeating: 0, count: length)
    try #require(snappy_uncompress(input, input.count, &output, &length) == SNAPPY_OK)
    return output.prefix(length).map { UInt8(bitPattern: $0) }
}
