import ArgumentParser

/// Hours of the week as they are typed: `22:00-06:00`, `mon-fri 18:00-06:00`, `sat,sun 00:00-24:00`.
struct HoursText: Sendable, Equatable {
    /// Empty: all.
    let days: [String]
    let from: String
    let to: String

    private static let week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    init(parsing text: String) throws {
        let words = text.split(separator: " ")
        guard let hours = words.last?.split(separator: "-", omittingEmptySubsequences: false).map(String.init), hours.count == 2,
            hours.allSatisfy(Self.isTime), let days = words.count == 2 ? Self.days(words[0]) : [], words.count <= 2
        else { throw ValidationError("Write hours as 22:00-06:00, or with days, as \"mon-fri 18:00-06:00\".") }
        self.days = days
        (from, to) = (hours[0], hours[1])
    }

    func value(zone: String?) -> APIValue {
        var members: [String: APIValue] = ["from": .text(from), "to": .text(to)]
        if !days.isEmpty { members["days"] = APIValue(days) }
        members["zone"] = zone.map(APIValue.text)
        return .object(members)
    }

    private static func isTime(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { $0.utf8.count == 2 ? Int($0) : nil }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], 0...24 ~= hour, 0...59 ~= minute else { return false }
        return hour < 24 || minute == 0
    }

    private static func days(_ text: Substring) -> [String]? {
        var days: [String] = []
        for part in text.lowercased().split(separator: ",") {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { name in
                name.count >= 3 ? week.firstIndex { $0.hasPrefix(name) } : nil
            }
            guard 1...2 ~= ends.count, let first = ends[0], let last = ends[ends.count - 1] else { return nil }
            days += (0...(last - first + 7) % 7).map { week[(first + $0) % 7] }
        }
        return days.isEmpty ? nil : days
    }
}
