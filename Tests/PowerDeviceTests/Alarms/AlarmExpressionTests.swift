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

    private func value(_ expression: AlarmExpression, _ bits: [PointCode: Bool]) -> Bool? { expression.value { bits[$0] } }

    @Test func whatIsKnownMayDecide() {
        #expect(value("A" & "B", ["A": false]) == false && value("A" & "B", ["B": false]) == false)
        #expect(value("A" | "B", ["A": true]) == true && value("A" | "B", ["B": true]) == true)
        #expect(value("A" & "B", ["A": true]) == nil && value("A" | "B", ["B": false]) == nil)
        #expect(value("A", [:]) == nil && value(!"A", [:]) == nil && value(!"A", ["A": false]) == true)
        #expect(value(.never, [:]) == false && value(!AlarmExpression.never & "A", ["A": true]) == true)
    }

    @Test func isTheTruthWhereAllIsKnown() {
        let expressions: [AlarmExpression] = ["A" & !"B", "A" | "B" & "C", !("A" | "B") & !"C", .never | "C"]
        for number in 0..<8 {
            let bits: [PointCode: Bool] = ["A": number & 1 != 0, "B": number & 2 != 0, "C": number & 4 != 0]
            for expression in expressions { #expect(value(expression, bits) == expression.isTrue { bits[$0] == true }) }
        }
    }
}
