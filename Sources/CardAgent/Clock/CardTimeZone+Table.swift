extension CardTimeZone {
    /// All zones, by their numbers (SOCOMECUPS-MIB 8.11, upsAgentNtpTimeZone). The offset is the one in the name, west up to number 26, also
    /// where a place has moved on since (Chihuahua, Greenland, Minsk, Novosibirsk, Sri Jayawardenepura; the ocean's Kwajalein is east of the
    /// line today): who chooses a number gets the hours that it names. Daylight saving is the one of these years (tz database 2025b).
    static let all: [CardTimeZone] = west + east

    private static let west: [CardTimeZone] = [
        CardTimeZone(1, "gmt1200dateLineWest", -720),
        CardTimeZone(2, "gmt1200kwajalein", -720),
        CardTimeZone(3, "gmt1100samoa", -660),
        CardTimeZone(4, "gmt1000hawaii", -600),
        CardTimeZone(5, "gmt0900alaska", -540, .northAmerica),
        CardTimeZone(6, "gmt0800tijuana", -480, .northAmerica),
        CardTimeZone(7, "gmt0700arizona", -420),
        CardTimeZone(8, "gmt0700chihuahua", -420),
        CardTimeZone(9, "gmt0700mountain", -420, .northAmerica),
        CardTimeZone(10, "gmt0600camerica", -360),
        CardTimeZone(11, "gmt0600ctime", -360, .northAmerica),
        CardTimeZone(12, "gmt0600guadalajara", -360),
        CardTimeZone(13, "gmt0600saskatchewan", -360),
        CardTimeZone(14, "gmt0500quito", -300),
        CardTimeZone(15, "gmt0500etime", -300, .northAmerica),
        CardTimeZone(16, "gmt0500indiana", -300, .northAmerica),
        CardTimeZone(17, "gmt0400atime", -240, .northAmerica),
        CardTimeZone(18, "gmt0400caracas", -240),
        CardTimeZone(19, "gmt0400santiago", -240, .chile),
        CardTimeZone(20, "gmt0330newfoundland", -210, .northAmerica),
        CardTimeZone(21, "gmt0300brasilia", -180),
        CardTimeZone(22, "gmt0300georgetown", -180),
        CardTimeZone(23, "gmt0300greenland", -180, .greenland),
        CardTimeZone(24, "gmt0200atlantic", -120),
        CardTimeZone(25, "gmt0100azores", -60, .azores),
        CardTimeZone(26, "gmt0100cvi", -60),
    ]

    private static let east: [CardTimeZone] = [
        CardTimeZone(27, "gmt0000monrovia", 0),
        CardTimeZone(28, "gmt0000london", 0, .westernEurope),
        CardTimeZone(29, "gmt0100vienna", 60, .centralEurope),
        CardTimeZone(30, "gmt0100prague", 60, .centralEurope),
        CardTimeZone(31, "gmt0100paris", 60, .centralEurope),
        CardTimeZone(32, "gmt0100zagreb", 60, .centralEurope),
        CardTimeZone(33, "gmt0100wcafrica", 60),
        CardTimeZone(34, "gmt0200minsk", 120),
        CardTimeZone(35, "gmt0200bucharest", 120, .easternEurope),
        CardTimeZone(36, "gmt0200cairo", 120, .egypt),
        CardTimeZone(37, "gmt0200pretoria", 120),
        CardTimeZone(38, "gmt0200vilnius", 120, .easternEurope),
        CardTimeZone(39, "gmt0200jerusalem", 120, .israel),
        CardTimeZone(40, "gmt0300maghdad", 180),
        CardTimeZone(41, "gmt0300riyadh", 180),
        CardTimeZone(42, "gmt0300volgograd", 180),
        CardTimeZone(43, "gmt0300nairobi", 180),
        CardTimeZone(44, "gmt0330tehran", 210),
        CardTimeZone(45, "gmt0400muscat", 240),
        CardTimeZone(46, "gmt0400yerevan", 240),
        CardTimeZone(47, "gmt0430kabul", 270),
        CardTimeZone(48, "gmt0500ekaterinburg", 300),
        CardTimeZone(49, "gmt0500tashkent", 300),
        CardTimeZone(50, "gmt0530calcutta", 330),
        CardTimeZone(51, "gmt0530mumbai", 330),
        CardTimeZone(52, "gmt0545kathmandu", 345),
        CardTimeZone(53, "gmt0600novosibirsk", 360),
        CardTimeZone(54, "gmt0600dhaka", 360),
        CardTimeZone(55, "gmt0600jayawardenepura", 360),
        CardTimeZone(56, "gmt0630rangoon", 390),
        CardTimeZone(57, "gmt0700bangkok", 420),
        CardTimeZone(58, "gmt0700krasnoyarsk", 420),
        CardTimeZone(59, "gmt0800beijing", 480),
        CardTimeZone(60, "gmt0800irkutsk", 480),
        CardTimeZone(61, "gmt0800singapore", 480),
        CardTimeZone(62, "gmt0800perth", 480),
        CardTimeZone(63, "gmt0800taipei", 480),
        CardTimeZone(64, "gmt0900tokyo", 540),
        CardTimeZone(65, "gmt0900seoul", 540),
        CardTimeZone(66, "gmt0900yakutsk", 540),
        CardTimeZone(67, "gmt0930adelaide", 570, .australia),
        CardTimeZone(68, "gmt0930darwin", 570),
        CardTimeZone(69, "gmt1000brisbane", 600),
        CardTimeZone(70, "gmt1000canberra", 600, .australia),
        CardTimeZone(71, "gmt1000guam", 600),
        CardTimeZone(72, "gmt1000hobart", 600, .australia),
        CardTimeZone(73, "gmt1000vladivostok", 600),
        CardTimeZone(74, "gmt1100magadan", 660),
        CardTimeZone(75, "gmt1200auckland", 720, .newZealand),
        CardTimeZone(76, "gmt1200fiji", 720),
        CardTimeZone(77, "gmt1300alofa", 780),
    ]
}

extension DaylightSavingRule {
    /// The United States and Canada.
    static let northAmerica = DaylightSavingRule(Change(3, 2, 0), Change(11, 1, 0))
    static let chile = DaylightSavingRule(Change(9, 1, 6, at: 24), Change(4, 1, 6, at: 24))
    // Europe's clocks change everywhere at 01:00 UTC.
    static let greenland = DaylightSavingRule(Change(3, 5, 0, at: -2), Change(10, 5, 0, at: -1))
    static let azores = DaylightSavingRule(Change(3, 5, 0, at: 0), Change(10, 5, 0, at: 1))
    static let westernEurope = DaylightSavingRule(Change(3, 5, 0, at: 1), Change(10, 5, 0, at: 2))
    static let centralEurope = DaylightSavingRule(Change(3, 5, 0, at: 2), Change(10, 5, 0, at: 3))
    static let easternEurope = DaylightSavingRule(Change(3, 5, 0, at: 3), Change(10, 5, 0, at: 4))
    static let egypt = DaylightSavingRule(Change(4, 5, 5, at: 0), Change(10, 5, 4, at: 24))
    static let israel = DaylightSavingRule(Change(3, 4, 4, at: 26), Change(10, 5, 0, at: 2))
    static let australia = DaylightSavingRule(Change(10, 1, 0, at: 2), Change(4, 1, 0, at: 3))
    static let newZealand = DaylightSavingRule(Change(9, 5, 0, at: 2), Change(4, 1, 0, at: 3))
}
