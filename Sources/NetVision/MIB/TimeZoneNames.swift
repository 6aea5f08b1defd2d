import SNMP

/// The time zones of upsAgentNtpTimeZone, numbered from 1 on, by their names in the two branches.
enum TimeZoneNames {
    /// Of MIB 7.11 and 8.11.
    static let newer: ObjectSyntax = numbered(names)
    /// Of MIB 6.20, which left the minutes out.
    static let older: ObjectSyntax = numbered(names.enumerated().map { withoutMinutes[$0 + 1] ?? $1 })

    /// The last zone west of Greenwich; the names don't tell the side.
    private static let lastWestern = 26

    /// Minutes by which the standard time of the zone with a number is before UTC, as its name has it; nil if there is no such zone.
    static func offset(ofZone number: Int) -> Int? {
        guard names.indices.contains(number - 1), let digits = Int(names[number - 1].dropFirst(3).prefix(4)) else { return nil }
        let minutes = digits / 100 * 60 + digits % 100
        return number <= lastWestern ? -minutes : minutes
    }

    private static func numbered(_ names: [String]) -> ObjectSyntax {
        .enumeration(names.enumerated().map { ObjectSyntax.NamedNumber($1, Int32($0 + 1)) })
    }

    private static let names: [String] = [
        "gmt1200dateLineWest", "gmt1200kwajalein", "gmt1100samoa", "gmt1000hawaii", "gmt0900alaska", "gmt0800tijuana",
        "gmt0700arizona", "gmt0700chihuahua", "gmt0700mountain", "gmt0600camerica", "gmt0600ctime", "gmt0600guadalajara",
        "gmt0600saskatchewan", "gmt0500quito", "gmt0500etime", "gmt0500indiana", "gmt0400atime", "gmt0400caracas", "gmt0400santiago",
        "gmt0330newfoundland", "gmt0300brasilia", "gmt0300georgetown", "gmt0300greenland", "gmt0200atlantic", "gmt0100azores",
        "gmt0100cvi", "gmt0000monrovia", "gmt0000london", "gmt0100vienna", "gmt0100prague", "gmt0100paris", "gmt0100zagreb",
        "gmt0100wcafrica", "gmt0200minsk", "gmt0200bucharest", "gmt0200cairo", "gmt0200pretoria", "gmt0200vilnius",
        "gmt0200jerusalem", "gmt0300maghdad", "gmt0300riyadh", "gmt0300volgograd", "gmt0300nairobi", "gmt0330tehran",
        "gmt0400muscat", "gmt0400yerevan", "gmt0430kabul", "gmt0500ekaterinburg", "gmt0500tashkent", "gmt0530calcutta",
        "gmt0530mumbai", "gmt0545kathmandu", "gmt0600novosibirsk", "gmt0600dhaka", "gmt0600jayawardenepura", "gmt0630rangoon",
        "gmt0700bangkok", "gmt0700krasnoyarsk", "gmt0800beijing", "gmt0800irkutsk", "gmt0800singapore", "gmt0800perth",
        "gmt0800taipei", "gmt0900tokyo", "gmt0900seoul", "gmt0900yakutsk", "gmt0930adelaide", "gmt0930darwin", "gmt1000brisbane",
        "gmt1000canberra", "gmt1000guam", "gmt1000hobart", "gmt1000vladivostok", "gmt1100magadan", "gmt1200auckland", "gmt1200fiji",
        "gmt1300alofa",
    ]

    private static let withoutMinutes: [Int: String] = [
        20: "gmt0300newfoundland", 44: "gmt0300tehran", 47: "gmt0400kabul", 50: "gmt0500calcutta", 51: "gmt0500mumbai",
        52: "gmt0500kathmandu", 56: "gmt0600rangoon", 67: "gmt0900adelaide", 68: "gmt0900darwin",
    ]
}
