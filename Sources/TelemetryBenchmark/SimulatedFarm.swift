import Foundation
import PowerDevice
import Telemetry

/// Polls of cards as UPSs answer them: levels with noise in tenths, counters, values that hardly change.
struct SimulatedFarm: Sendable {
    struct Metric: Sendable {
        let variable: Variable
        let level: Double
        /// How far values stray, in steps of the resolution.
        let noise: Int
        let resolution: Double
        /// Whether the status poll reads it too.
        let isStatus: Bool
    }

    static let metrics: [Metric] =
        [
            Metric(variable: .batteryCharge, level: 100, noise: 0, resolution: 1, isStatus: true),
            Metric(variable: .batteryRuntime, level: 1860, noise: 1, resolution: 60, isStatus: true),
            Metric(variable: .load, level: 42, noise: 2, resolution: 1, isStatus: true),
            Metric(variable: .batteryVoltage, level: 272.5, noise: 2, resolution: 0.1, isStatus: true),
            Metric(variable: .batteryTemperature, level: 24.5, noise: 1, resolution: 0.1, isStatus: false),
            Metric(variable: .batteryCurrent, level: 0.1, noise: 1, resolution: 0.1, isStatus: false),
            Metric(variable: .ambientTemperature, level: 23, noise: 1, resolution: 0.1, isStatus: false),
            Metric(variable: .inputFrequency, level: 50, noise: 1, resolution: 0.1, isStatus: false),
            Metric(variable: .bypassFrequency, level: 50, noise: 1, resolution: 0.1, isStatus: false),
            Metric(variable: .outputFrequency, level: 50, noise: 0, resolution: 0.1, isStatus: false),
            Metric(variable: .power, level: 4200, noise: 30, resolution: 10, isStatus: false),
            Metric(variable: .realpower, level: 3900, noise: 30, resolution: 10, isStatus: false),
        ]
        + (1...3).flatMap { line in
            [
                Metric(variable: Variable("input.L\(line)-N.voltage"), level: 231.4, noise: 12, resolution: 0.1, isStatus: true),
                Metric(variable: Variable("output.L\(line)-N.voltage"), level: 230.0, noise: 3, resolution: 0.1, isStatus: false),
                Metric(variable: Variable("input.bypass.L\(line)-N.voltage"), level: 231.6, noise: 12, resolution: 0.1, isStatus: false),
                Metric(variable: Variable("output.L\(line).current"), level: 6.1, noise: 4, resolution: 0.1, isStatus: false),
                Metric(variable: Variable("output.L\(line).power.percent"), level: 42, noise: 2, resolution: 1, isStatus: false),
                Metric(variable: Variable("input.L\(line).current"), level: 6.4, noise: 4, resolution: 0.1, isStatus: false),
            ]
        }

    let cards: Int
    let hours: Int
    /// Midnight, UTC.
    let start: Int64 = 1_700_006_400_000

    var sampleCount: Int {
        let status = Self.metrics.count { $0.isStatus }
        return cards * hours * (60 * Self.metrics.count + 300 * status)
    }

    /// What is due in a second of the farm: a tenth of the cards, late by some milliseconds as polls are.
    func samples(second: Int64) -> [Sample] {
        stride(from: Int(second % 10) + 1, through: cards, by: 10).map { card in
            let isFull = (second / 10 + Int64(card)) % 6 == 0
            let late = Int64(hash(UInt64(card), UInt64(second), 0) % 25)
            return Sample(card: Int64(card), at: start + second * 1000 + late, values: values(card, second, isFull: isFull))
        }
    }

    private func values(_ card: Int, _ second: Int64, isFull: Bool) -> [Variable: Double] {
        var values: [Variable: Double] = [:]
        for (index, metric) in Self.metrics.enumerated() where isFull || metric.isStatus {
            values[metric.variable] = value(index, UInt64(card), second)
        }
        return values
    }

    /// A slow wave of the day, noise, and the resolution of the card.
    private func value(_ index: Int, _ card: UInt64, _ second: Int64) -> Double {
        let metric = Self.metrics[index]
        let wave = sin(Double(second + Int64(card) * 1000) / 86_400 * 2 * .pi) * Double(metric.noise) * 3
        let span = UInt64(2 * metric.noise + 1)
        let noise = Double(hash(card, UInt64(second), UInt64(index)) % span) - Double(metric.noise)
        let steps = (metric.level / metric.resolution + wave + noise).rounded()
        return metric.resolution < 1 ? steps / (1 / metric.resolution).rounded() : steps * metric.resolution
    }

    /// Sum, least, greatest and count of an hour.
    func summary(metric index: Int, hour: Int64) -> [Double] {
        let values = (0..<60).map { value(index, 1, hour * 3600 + $0 * 60) }
        let sum = (values.reduce(0, +) * 10).rounded() / 10
        return [sum, values.min() ?? 0, values.max() ?? 0, 60]
    }

    /// As OpenMetrics text, sorted by series as `promtool tsdb create-blocks-from openmetrics` wants it.
    func export(to path: String) throws {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        for (index, metric) in Self.metrics.enumerated() {
            let name = "ups_" + metric.variable.rawValue.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
            try file.write(contentsOf: Data("# TYPE \(name) gauge\n".utf8))
            for card in 1...cards {
                var text = ""
                for second in stride(from: Int64(card % 10), to: Int64(hours) * 3600, by: 10) {
                    let isFull = (second / 10 + Int64(card)) % 6 == 0
                    guard isFull || metric.isStatus else { continue }
                    let at = start + second * 1000 + Int64(hash(UInt64(card), UInt64(second), 0) % 25)
                    text += "\(name){card=\"\(card)\"} \(value(index, UInt64(card), second)) \(Double(at) / 1000)\n"
                }
                try file.write(contentsOf: Data(text.utf8))
            }
        }
        try file.write(contentsOf: Data("# EOF\n".utf8))
        try file.close()
    }

    /// The same number for the same place in each run (SplitMix64's finish).
    private func hash(_ first: UInt64, _ second: UInt64, _ third: UInt64) -> UInt64 {
        var mixed = first &* 0x9E37_79B9_7F4A_7C15 ^ second &* 0xC2B2_AE3D_27D4_EB4F ^ third &* 0x1656_67B1_9E37_79F9
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
