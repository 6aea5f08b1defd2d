import PowerDevice
import Testing

@Suite struct AlarmExpressionTests {
    @Test(
        arguments: [
            ([], false), (["S002"], true), (["S002", "S006"], false), (["S006"], false),
        ] as [([PointCode], Bool)]) func onBypassIsBypassWithoutEco(set: [PointCode], expected: Bool)
    {
        let expression: AlarmExpression = "S002" & !"S006"
        #expect(expression.isTrue(Set(set).contains) == expected)
        #expect(expression.codes == ["S002", "S006"])
    }

    @Test func eitherNeedsOneAndNeverNothing() {
        let expression: AlarmExpression = "A027" | "A020" | "A021"
        #expect(expression.isTrue { $0 == "A021" })
        #expect(!expression.isTrue { _ in false })
        #expect(!AlarmExpression.never.isTrue { _ in true })
    }
}
