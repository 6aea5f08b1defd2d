import Alarming
import NIOCore
import NetVision

extension FuzzTarget {
    private static let generations = CardGeneration.allCases.map(\.rawValue)

    static let rules = [
        FuzzTarget(name: "rules") { input in
            let document = RuleDocument(String(buffer: input), generations: generations)
            let again = RuleDocument(AlarmRule.yaml(document.rules), generations: generations)
            require(again.rules == document.rules && again.problems.isEmpty, "rules that were written do not read as the same")
        },
        FuzzTarget(name: "one rule") { input in
            let text = String(buffer: input)
            guard let rule = try? RuleDocument.rule(text, generations: generations) else { return }
            require((try? RuleDocument.rule(rule.json, generations: generations)) == rule, "a rule that was written is another one")
            _ = try? RuleDocument.changed(rule, by: text, generations: generations)
            guard case .threshold(let threshold) = rule.condition else { return }
            require(threshold.verdict(of: threshold.limit) != .met, "a limit is beyond itself")
        },
    ]
}
