import Testing

@testable import CardAgent

@Suite struct PasswordAgeTests {
    private static let ages: [(changedAt: Int64, now: Int64, days: Int)] = [
        (0, 0, 90), (0, 86_399, 90), (0, 86_400, 89), (0, 7_775_999, 1), (0, 7_776_000, 0), (0, .max, 0), (100, 0, 90), (.min, .max, 0),
        (.max, .min, 90),
    ]

    @Test(arguments: ages)
    func tellsTheDaysLeft(changedAt: Int64, now: Int64, days: Int) {
        let age = PasswordAge(changedAt: changedAt, now: now, validityDays: 90)
        #expect(age.remainingDays == days && age.isExpired == (days == 0))
    }
}
