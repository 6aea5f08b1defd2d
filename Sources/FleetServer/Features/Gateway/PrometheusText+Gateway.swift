import Modbus

extension PrometheusText {
    /// The gateway's figures.
    mutating func add(_ gateway: GatewayService) {
        let tally = gateway.pool.tally
        gauge("nvfleet_gateway_ports", "Open ports of the Modbus gateway.", Double(gateway.openPortCount))
        gauge("nvfleet_gateway_clients", "Modbus clients that are connected.", Double(gateway.clientCount))
        counter("nvfleet_gateway_requests_total", "Modbus requests for cards, polls among them.", tally.requests)
        counter("nvfleet_gateway_cache_hits_total", "Modbus requests answered by what was read a moment before.", tally.cacheHits)
        counter("nvfleet_gateway_joined_total", "Modbus requests that shared another's question.", tally.joined)
        counter("nvfleet_gateway_exchanges_total", "Modbus questions to cards.", tally.exchanges)
        counter("nvfleet_gateway_failures_total", "Modbus requests that no card has answered.", tally.failures)
        counter("nvfleet_gateway_busy_total", "Modbus requests refused because their client had too many waiting.", tally.refused)
        counter("nvfleet_gateway_connections_total", "Modbus connections made to cards.", tally.connections)
    }
}
