import PowerDevice
import Testing

@testable import FleetServer

struct VariableSeriesTests {
    @Test(arguments: [
        ("battery.charge", "nvfleet_battery_charge", nil),
        ("input.voltage", "nvfleet_input_voltage", nil),
        ("input.L1-N.voltage", "nvfleet_input_voltage", "L1-N"),
        ("input.L3-L1.voltage", "nvfleet_input_voltage", "L3-L1"),
        ("output.L1.power.percent", "nvfleet_output_power_percent", "L1"),
        ("input.bypass.L2-N.voltage", "nvfleet_input_bypass_voltage", "L2-N"),
        ("input.1.L1-N.voltage", "nvfleet_input_1_voltage", "L1-N"),
        ("rack-12.température", "nvfleet_rack_12_temp_rature", nil),
    ])
    func namesAVariableForPrometheus(_ variable: String, _ family: String, _ phase: String?) throws {
        let series = try #require(VariableSeries(Variable(variable)))
        #expect(series.family == family)
        #expect(series.phase == phase)
    }

    @Test func helpTellsTheUnit() {
        #expect(VariableSeries(Variable("input.L1-N.voltage"))?.help == "input.voltage of the card's device, in volts.")
        #expect(VariableSeries(Variable("output.L1.powerfactor"))?.help == "output.powerfactor of the card's device.")
    }

    @Test(arguments: ["card.up", "cards", "snmp.oids.total", "poll.lateness.seconds", "probe.success", "remote_write.lag", "", "L1"])
    func leavesTheServersOwnNamesAlone(_ variable: String) {
        #expect(VariableSeries(Variable(variable)) == nil)
    }

    @Test func everyUnitHasWords() {
        for unit in Unit.allCases { #expect(!unit.words.isEmpty) }
    }
}

struct SeriesCatalogTests {
    @Test func ofTwoVariablesWithOneNameTheFirstHasTheSeries() {
        var catalog = SeriesCatalog()
        let first = catalog.number(of: Variable("rack.a-b.temperature"))
        let second = catalog.number(of: Variable("rack.a.b.temperature"))
        let again = catalog.number(of: Variable("rack.a-b.temperature"))
        #expect(first == 0)
        #expect(second == nil)
        #expect(again == 0)
        #expect(catalog.series.count == 1)
    }

    @Test func isBounded() {
        var catalog = SeriesCatalog()
        for number in 0..<SeriesCatalog.capacity + 10 { _ = catalog.number(of: Variable("made.up.v\(number)")) }
        let known = catalog.number(of: Variable("made.up.v0"))
        let late = catalog.number(of: Variable("another"))
        #expect(catalog.series.count == SeriesCatalog.capacity)
        #expect(known == 0)
        #expect(late == nil)
    }
}
