import PowerDevice
import Testing

@testable import CardAgent

struct LogFieldTests {
    @Test func aHistoryHasTheFieldsOfTheManual() {
        #expect(LogField.ups.map(\.title).count == 12)
        #expect(LogField.upsExtended.count == 15)
        #expect(LogField.sts.count == 12)
        #expect(LogSchema.extendedHistory.columns.count == 45)
    }

    @Test func everyColumnHasItsOwnName() {
        for fields in [LogField.ups, LogField.upsExtended, LogField.sts, LogField.sensor] {
            #expect(Set(fields.map(\.column)).count == fields.count)
        }
    }

    @Test func columnsAreNamedAlikeWhateverTheDeviceHasForLines() {
        #expect(LogField.ups[0].column == "input.L1-N.voltage")
        #expect(LogField.ups[0].variables(inputLines: 1, outputLines: 1).map(\.rawValue) == ["input.voltage"])
        #expect(LogField.ups[0].variables(inputLines: 3, outputLines: 1).map(\.rawValue) == ["input.L1-N.voltage"])
        #expect(LogField.ups[1].variables(inputLines: 1, outputLines: 3).isEmpty)
    }

    @Test func theLoadOfTheWholeStandsForThatOfTheOnlyPhase() throws {
        let load = try #require(LogField.ups.first { $0.title == "Output load R" })
        #expect(load.variables(inputLines: 1, outputLines: 1).map(\.rawValue) == ["output.power.percent", "ups.load"])
        #expect(load.variables(inputLines: 1, outputLines: 3).map(\.rawValue) == ["output.L1.power.percent"])
    }

    @Test(arguments: [("MASTERYS BC+", 12), ("NETYS RT", 6)] as [(String, Int)])
    func aDevicesReadingsFillItsFields(_ family: String, _ least: Int) {
        var state = DeviceState(isCommunicating: true, inputLines: least == 12 ? 3 : 1, outputLines: least == 12 ? 3 : 1)
        for field in LogField.ups {
            if let variable = field.variables(inputLines: state.inputLines, outputLines: state.outputLines).first {
                state.readings[variable] = 1
            }
        }
        let found = LogField.ups.filter { field in
            field.variables(inputLines: state.inputLines, outputLines: state.outputLines).contains { state.readings[$0] != nil }
        }
        #expect(found.count == least, "\(family)")
    }
}
