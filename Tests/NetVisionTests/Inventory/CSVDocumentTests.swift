import Testing

@testable import NetVision

struct CSVDocumentTests {
    @Test func readsWhatRFC4180Says() throws {
        let document = try CSVDocument("a,b,c\r\n1,\"two, \"\"2\"\"\",\r\n\"x\r\ny\",,z\r\n")
        #expect(document.header == ["a", "b", "c"])
        #expect(
            document.records == [
                CSVDocument.Record(line: 2, fields: ["1", "two, \"2\"", ""]), CSVDocument.Record(line: 3, fields: ["x\r\ny", "", "z"]),
            ])
    }

    @Test func readsWhatSpreadsheetsWrite() throws {
        let document = try CSVDocument("\u{FEFF}Address;Name\n10.0.0.1;Zürich\n\n10.0.0.2;Köln, Süd")
        #expect(document.header == ["address", "name"])
        #expect(document.records.map(\.line) == [2, 4])
        #expect(document.records.map { $0.fields[1] } == ["Zürich", "Köln, Süd"])
    }

    @Test(arguments: [
        ("a,b\n1,\"open", 2, "a quote is opened and not closed"),
        ("a\n1\n\"x\"y\n", 3, "text follows a closing quote: double the quotes within a quoted field"),
        ("", 1, "the file is empty: the first line names the columns"),
    ]) func namesTheLineThatIsWrong(text: String, line: Int, reason: String) {
        #expect(throws: CardFileError(line: line, reason: reason)) { try CSVDocument(text) }
    }

    @Test(arguments: ["plain", "a,b", "a;b", "say \"x\"", "two\nlines", " padded ", "", "CR\r\nLF"]) func readsBackWhatItWrites(
        text: String
    ) throws {
        let document = try CSVDocument("a,b\r\n\(CSVDocument.field(text)),x\r\n")
        #expect(document.records.first?.fields == [text, "x"])
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+41 44", "'+41 44"), ("-x", "'-x"), ("@sum", "'@sum"), (" =1", "' =1"), ("'=1", "''=1"), ("''-", "'''-"),
        ("'quoted'", "'quoted'"), ("'", "'"), ("", ""), ("a=b", "a=b"), ("10.0.0.1", "10.0.0.1"),
    ]) func noTextIsAFormula(text: String, written: String) {
        #expect(CSVDocument.harmless(text) == written)
        #expect(CSVDocument.original(written) == text)
    }

    @Test func noPrefixAndNoChangedByteTraps() {
        let sample = Array("\u{FEFF}address,name\r\n10.0.0.1,\"a \"\"b\"\"\nc\"\r\n;,\"\"\r\n".utf8)
        for length in 0...sample.count { _ = try? CardFile(csv: String(decoding: sample[..<length], as: UTF8.self)) }
        for place in sample.indices {
            for byte in [UInt8(0), 10, 13, 34, 44, 59, 128, 255] {
                var changed = sample
                changed[place] = byte
                _ = try? CardFile(csv: String(decoding: changed, as: UTF8.self))
            }
        }
    }
}
