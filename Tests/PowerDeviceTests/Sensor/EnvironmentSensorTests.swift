import PowerDevice
import Testing

@Suite struct EnvironmentSensorTests {
    @Test func wordsAndReadingMatch() {
        let readings: [([UInt16], EnvironmentReading)] = [
            ([220, 352, 0, 0x0100, 5, 1], EnvironmentReading(temperature: 22, humidity: 35.2, inputs: [false, false])),
            ([0xFFCE, 1000, 3, 0x0100, 5, 1], EnvironmentReading(temperature: -5, humidity: 100, inputs: [true, true])),
            ([0, 0, 2, 0x0100, 5, 1], EnvironmentReading(temperature: 0, humidity: 0, inputs: [false, true])),
        ]
        for (words, reading) in readings {
            #expect(EnvironmentSensor.reading(of: words) == reading)
            #expect(EnvironmentSensor.words(of: reading) == words)
        }
    }

    @Test func firmwareIsTold() {
        #expect(EnvironmentSensor.identity(of: [0, 0, 0, 0x0100, 5, 1])?.firmware == "01.00.0005")
        #expect(EnvironmentSensor.identity(of: [0, 0, 0, 0x0213, 12345, 1])?.firmware == "02.13.12345")
        #expect(EnvironmentSensor.identity(of: [0, 0, 0, 1, 2]) == nil)
    }

    @Test func nonsenseIsNoReading() {
        #expect(EnvironmentSensor.reading(of: []) == nil && EnvironmentSensor.reading(of: [1, 2]) == nil)
        #expect(EnvironmentSensor.reading(of: [220, 0xFFFF, 0, 0, 0, 0]) == nil)
        let wild = EnvironmentReading(temperature: .nan, humidity: 1e9, inputs: [true, true, true])
        #expect(EnvironmentSensor.words(of: wild).prefix(3) == [0, 1000, 3])
        #expect(
            EnvironmentSensor.words(of: EnvironmentReading(temperature: -1e9, humidity: -1, inputs: []))[0] == UInt16(bitPattern: -32760))
    }
}
