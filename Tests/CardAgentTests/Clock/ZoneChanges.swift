// Computed with the tz database 2025b: every change of the clocks from 2026 to 2028.

/// The instants, in seconds since 1970 UTC, at which a zone's offset changes, and the minutes before UTC before the first.
struct ZoneChanges: Sendable {
    let zone: Int
    let place: String
    let offset: Int
    let instants: [Int64]

    static let all: [ZoneChanges] = [
        ZoneChanges(
            zone: 5, place: "America/Anchorage", offset: -540,
            instants: [1772967600, 1793527200, 1805022000, 1825581600, 1836471600, 1857031200]),
        ZoneChanges(
            zone: 6, place: "America/Tijuana", offset: -480,
            instants: [1772964000, 1793523600, 1805018400, 1825578000, 1836468000, 1857027600]),
        ZoneChanges(
            zone: 9, place: "America/Denver", offset: -420,
            instants: [1772960400, 1793520000, 1805014800, 1825574400, 1836464400, 1857024000]),
        ZoneChanges(
            zone: 11, place: "America/Chicago", offset: -360,
            instants: [1772956800, 1793516400, 1805011200, 1825570800, 1836460800, 1857020400]),
        ZoneChanges(
            zone: 15, place: "America/New_York", offset: -300,
            instants: [1772953200, 1793512800, 1805007600, 1825567200, 1836457200, 1857016800]),
        ZoneChanges(
            zone: 16, place: "America/Indiana/Indianapolis", offset: -300,
            instants: [1772953200, 1793512800, 1805007600, 1825567200, 1836457200, 1857016800]),
        ZoneChanges(
            zone: 17, place: "America/Halifax", offset: -240,
            instants: [1772949600, 1793509200, 1805004000, 1825563600, 1836453600, 1857013200]),
        ZoneChanges(
            zone: 19, place: "America/Santiago", offset: -180,
            instants: [1775358000, 1788667200, 1806807600, 1820116800, 1838257200, 1851566400]),
        ZoneChanges(
            zone: 20, place: "America/St_Johns", offset: -210,
            instants: [1772947800, 1793507400, 1805002200, 1825561800, 1836451800, 1857011400]),
        ZoneChanges(
            zone: 25, place: "Atlantic/Azores", offset: -60,
            instants: [1774746000, 1792890000, 1806195600, 1824944400, 1837645200, 1856394000]),
        ZoneChanges(
            zone: 28, place: "Europe/London", offset: 0, instants: [1774746000, 1792890000, 1806195600, 1824944400, 1837645200, 1856394000]),
        ZoneChanges(
            zone: 29, place: "Europe/Vienna", offset: 60,
            instants: [1774746000, 1792890000, 1806195600, 1824944400, 1837645200, 1856394000]),
        ZoneChanges(
            zone: 30, place: "Europe/Prague", offset: 60,
            instants: [1774746000, 1792890000, 1806195600, 1824944400, 1837645200, 1856394000]),
        ZoneChanges(
            zone: 31, place: "Europe/Paris", offset: 60, instants: [1774746000, 1792890000, 1806195600, 1824944400, 1837645200, 1856394000]),
        ZoneChanges(
            zone: 32, place: "Europe/Zagreb", offset: 60,
            instants: [1774746000, 1792890000, 1806195600, 1824944400, 1837645200, 1856394000]),
        ZoneChanges(
            zone: 35, place: "Europe/Bucharest", offset: 120,
            instants: [1774746000, 1792890000, 1806195600, 1824944400, 1837645200, 1856394000]),
        ZoneChanges(
            zone: 36, place: "Africa/Cairo", offset: 120,
            instants: [1776981600, 1793307600, 1809036000, 1824757200, 1840485600, 1856206800]),
        ZoneChanges(
            zone: 38, place: "Europe/Vilnius", offset: 120,
            instants: [1774746000, 1792890000, 1806195600, 1824944400, 1837645200, 1856394000]),
        ZoneChanges(
            zone: 39, place: "Asia/Jerusalem", offset: 120,
            instants: [1774569600, 1792882800, 1806019200, 1824937200, 1837468800, 1856386800]),
        ZoneChanges(
            zone: 67, place: "Australia/Adelaide", offset: 630,
            instants: [1775320200, 1791045000, 1806769800, 1822494600, 1838219400, 1853944200]),
        ZoneChanges(
            zone: 70, place: "Australia/Canberra", offset: 660,
            instants: [1775318400, 1791043200, 1806768000, 1822492800, 1838217600, 1853942400]),
        ZoneChanges(
            zone: 72, place: "Australia/Hobart", offset: 660,
            instants: [1775318400, 1791043200, 1806768000, 1822492800, 1838217600, 1853942400]),
        ZoneChanges(
            zone: 75, place: "Pacific/Auckland", offset: 780,
            instants: [1775311200, 1790431200, 1806760800, 1821880800, 1838210400, 1853330400]),
    ]

    /// Zones that keep one offset.
    static let fixed: [(zone: Int, place: String, offset: Int)] = [
        (1, "Etc/GMT+12", -720),
        (3, "Pacific/Pago_Pago", -660),
        (4, "Pacific/Honolulu", -600),
        (7, "America/Phoenix", -420),
        (10, "America/Guatemala", -360),
        (12, "America/Mexico_City", -360),
        (13, "America/Regina", -360),
        (14, "America/Bogota", -300),
        (18, "America/Caracas", -240),
        (21, "America/Sao_Paulo", -180),
        (24, "Atlantic/South_Georgia", -120),
        (26, "Atlantic/Cape_Verde", -60),
        (27, "Africa/Monrovia", 0),
        (33, "Africa/Lagos", 60),
        (37, "Africa/Johannesburg", 120),
        (40, "Asia/Baghdad", 180),
        (41, "Asia/Riyadh", 180),
        (42, "Europe/Volgograd", 180),
        (43, "Africa/Nairobi", 180),
        (44, "Asia/Tehran", 210),
        (45, "Asia/Muscat", 240),
        (46, "Asia/Yerevan", 240),
        (47, "Asia/Kabul", 270),
        (48, "Asia/Yekaterinburg", 300),
        (49, "Asia/Tashkent", 300),
        (50, "Asia/Kolkata", 330),
        (51, "Asia/Kolkata", 330),
        (52, "Asia/Kathmandu", 345),
        (54, "Asia/Dhaka", 360),
        (56, "Asia/Yangon", 390),
        (57, "Asia/Bangkok", 420),
        (58, "Asia/Krasnoyarsk", 420),
        (59, "Asia/Shanghai", 480),
        (60, "Asia/Irkutsk", 480),
        (61, "Asia/Singapore", 480),
        (62, "Australia/Perth", 480),
        (63, "Asia/Taipei", 480),
        (64, "Asia/Tokyo", 540),
        (65, "Asia/Seoul", 540),
        (66, "Asia/Yakutsk", 540),
        (68, "Australia/Darwin", 570),
        (69, "Australia/Brisbane", 600),
        (71, "Pacific/Guam", 600),
        (73, "Asia/Vladivostok", 600),
        (74, "Asia/Magadan", 660),
        (76, "Pacific/Fiji", 720),
        (77, "Pacific/Tongatapu", 780),
    ]
}
