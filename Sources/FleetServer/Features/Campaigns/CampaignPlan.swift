import FoundationEssentials

/// How a campaign goes about its cards: in which order, how many at a time, how long, and when it stops by itself.
struct CampaignPlan: Codable, Sendable, Equatable {
    /// Seconds that each step of a card may take.
    struct Deadlines: Codable, Sendable, Equatable {
        var transfer: Double = 600
        var restart: Double = 300
        var verify: Double = 120
    }

    /// The number of failed cards at which the campaign halts.
    enum HaltRule: Sendable, Equatable {
        case count(Int)
        /// Percent of all cards of the campaign.
        case percent(Double)
    }

    struct Halt: Codable, Sendable, Equatable {
        var failures: HaltRule
    }

    /// Cards of the first wave, which goes alone.
    var canary: Int = 0
    /// Sizes of the waves after it, as "25%" of all cards or "10" cards; the last wave takes the rest.
    var waves: [String] = []
    /// Cards worked on at a time.
    var concurrency: Int = 8
    var deadlines = Deadlines()
    var halt: Halt?

    /// The wave of each card, in their order: 0 is the canary's (or the first wave, where there is no canary).
    func waveNumbers(cards: Int) -> [Int] {
        var sizes: [Int] = []
        if canary > 0 { sizes.append(min(canary, cards)) }
        for wave in waves { sizes.append(Self.size(ofWave: wave, cards: cards) ?? 0) }
        var numbers: [Int] = []
        for (number, size) in sizes.enumerated() {
            numbers += Array(repeating: number, count: max(0, min(size, cards - numbers.count)))
        }
        let last = sizes.count
        numbers += Array(repeating: last, count: cards - numbers.count)
        return Self.withoutGaps(numbers)
    }

    /// Whether so many failures among so many cards stop the campaign.
    func halts(failures: Int, cards: Int) -> Bool {
        guard failures > 0, let rule = halt?.failures else { return false }
        switch rule {
        case .count(let limit): return failures >= limit
        case .percent(let limit): return Double(failures) * 100 >= limit * Double(cards)
        }
    }

    /// The number of cards that "25%" or "10" means; nil when it means nothing.
    static func size(ofWave text: String, cards: Int) -> Int? {
        if text.hasSuffix("%"), let percent = Double(text.dropLast()), percent > 0, percent <= 100 {
            return max(1, Int((percent * Double(cards) / 100).rounded(.up)))
        }
        guard let count = Int(text), count > 0 else { return nil }
        return count
    }

    private static func withoutGaps(_ numbers: [Int]) -> [Int] {
        var next = -1
        var last: Int?
        return numbers.map { number in
            if number != last { next += 1 }
            last = number
            return next
        }
    }
}

extension CampaignPlan.HaltRule: Codable {
    /// Either a number of cards, or a text like "2%".
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let count = try? container.decode(Int.self) {
            self = .count(count)
            return
        }
        let text = try container.decode(String.self)
        guard text.hasSuffix("%"), let percent = Double(text.dropLast()) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a number of cards, or a text like \"2%\"")
        }
        self = .percent(percent)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .count(let count): try container.encode(count)
        case .percent(let percent):
            let text = percent == percent.rounded() ? String(Int(percent)) : String(percent)
            try container.encode("\(text)%")
        }
    }
}
