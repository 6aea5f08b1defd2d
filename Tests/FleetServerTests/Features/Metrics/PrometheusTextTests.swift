import Testing

@testable import FleetServer

struct PrometheusTextTests {
    @Test func escapesBackslashQuoteAndLineFeedInLabels() {
        var page = PrometheusText()
        page.counters("a_total", "Of \"b\\c\".\nMore.", [([("name", "Rack \"3\"\\\nÉ")], 7)])
        #expect(page.text == "# HELP a_total Of \"b\\\\c\".\\nMore.\n# TYPE a_total counter\na_total{name=\"Rack \\\"3\\\"\\\\\\nÉ\"} 7\n")
    }

    @Test func openMetricsNamesACountersFamilyWithoutTotal() {
        var page = PrometheusText(format: .openMetrics)
        page.counter("a_total", "Say \"a\".", 7)
        page.gauge("b", "B.", 0.5)
        #expect(page.text == "# HELP a Say \\\"a\\\".\n# TYPE a counter\na_total 7\n# HELP b B.\n# TYPE b gauge\nb 0.5\n")
    }

    @Test func histogramEndsWithAllThatWasSeen() {
        var histogram = MetricsRegistry.Histogram()
        histogram.observe(0.02)
        histogram.observe(20)
        var page = PrometheusText()
        page.histogram("h", "H.", histogram)
        #expect(page.text.contains("h_bucket{le=\"0.01\"} 0\nh_bucket{le=\"0.025\"} 1\n"))
        #expect(page.text.hasSuffix("h_bucket{le=\"10.0\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_sum 20.02\nh_count 2\n"))
    }

    @Test func openMetricsComesToWhoAsksForIt() {
        #expect(ExpositionFormat(accept: nil) == .prometheus)
        #expect(ExpositionFormat(accept: "text/html,*/*;q=0.8") == .prometheus)
        let scraper = "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;q=0.5"
        #expect(ExpositionFormat(accept: scraper) == .openMetrics)
    }
}
