import NetVision
import SNMP
import Testing

@Suite struct ReadPlanTests {
    private func plan(_ name: String) throws -> (card: CardIdentity, complete: ReadPlan, learnt: ReadPlan) {
        let fixture = try CardFixture.named(name)
        let card = try #require(CardIdentity(fixture.bindings))
        let complete = ReadPlan(for: card, probed: fixture.answers(to: ReadPlan.probe(card)))
        return (card, complete, complete.learnt(from: fixture.answers(to: complete.all)))
    }

    private let new: OID = "1.3.6.1.4.1.4555.1.1.7.1"
    private let old: OID = "1.3.6.1.4.1.4555.1.1.1.1"
    private let rfc: OID = "1.3.6.1.2.1.33.1"

    @Test func cardWithBothBranchesIsAskedInOne() throws {
        let (_, complete, learnt) = try plan("nv7.40_both-branches")
        #expect(complete.all.contains { $0.isDescendant(of: old) })
        let remaining = learnt.all.filter { $0.isDescendant(of: old) }
        // What the newer branch does not manage may come from either; the version string tells of a change.
        let unmanaged = [[2, 2, 0], [2, 6, 0], [3, 3, 1, 3, 1], [5, 3, 1, 3, 1], [1, 3, 0]] as [[UInt32]]
        #expect(remaining == unmanaged.map { old.appending($0) })
        #expect(!learnt.all.contains { $0.isDescendant(of: rfc) })
    }

    @Test func readingsOfAnotherBranchThanTheIdentityAreFound() throws {
        let (_, _, learnt) = try plan("nv7.20_modulys-gp")
        #expect(learnt.status.allSatisfy { $0.isDescendant(of: rfc) })
        #expect(learnt.all.count < 25)
        #expect(learnt.isLearnt)
    }

    @Test func onlyRowsOfExistingLinesAreAsked() throws {
        let (_, complete, _) = try plan("nv8.00_netys-rt")
        #expect(complete.all.contains(new.appending(3, 3, 1, 2, 1)))
        #expect(!complete.all.contains(new.appending(3, 3, 1, 2, 2)))
        let (_, three, _) = try plan("nv8.11_alarms")
        #expect(three.all.contains(new.appending(3, 3, 1, 2, 3)))
        #expect(!three.all.contains(new.appending(4, 4, 1, 2, 2)))
    }

    @Test func statusReadHasTheFlagsAndTheListValues() throws {
        let (_, _, learnt) = try plan("nv8.00_netys-rt")
        #expect(learnt.status.count { $0.isDescendant(of: new.appending(6, 3)) } == 62)
        for tail in [[2, 1, 0], [2, 3, 0], [2, 4, 0], [4, 1, 0], [4, 7, 0], [6, 1, 0]] as [[UInt32]] {
            #expect(learnt.status.contains(new.appending(tail)))
        }
        #expect(learnt.status.count < 80)
        #expect(learnt.alarmTables.isEmpty)
    }

    @Test func foreignCardsAlarmTableIsWalked() throws {
        let (_, _, learnt) = try plan("rfc1628_foreign_on-battery")
        #expect(learnt.alarmTables.map(\.descriptions) == [rfc.appending(6, 2, 1, 2)])
    }

    /// An agent may fail once, or its UPS be away when it is seen first.
    @Test func whatTheStatusFollowsFromIsAskedThoughItWasNotAnswered() throws {
        let fixture = try CardFixture.named("rfc1628_foreign_on-battery")
        let (_, complete, _) = try plan("rfc1628_foreign_on-battery")
        let heads = [[2, 1, 0], [4, 1, 0], [6, 1, 0]].map { rfc.appending($0) }
        let learnt = complete.learnt(from: fixture.answers(to: complete.all).filter { !heads.contains($0.name) })
        #expect(heads.allSatisfy { learnt.status.contains($0) && learnt.all.contains($0) })
        #expect(learnt.alarmTables == complete.alarmTables && !learnt.alarmTables.isEmpty)
    }

    @Test func ofTheAlarmFlagsThoseThatACardHasAreAsked() throws {
        let fixture = try CardFixture.named("nv5.01_on-battery")
        let (_, complete, learnt) = try plan("nv5.01_on-battery")
        let flags = old.appending(6, 3)
        #expect(complete.status.count { $0.isDescendant(of: flags) } == 87)
        #expect(learnt.status.count { $0.isDescendant(of: flags) } == 62)
        let silent = complete.learnt(from: fixture.answers(to: complete.all).filter { !$0.name.isDescendant(of: flags) })
        #expect(silent.status.count { $0.isDescendant(of: flags) } == 87, "not one was answered: they may be another time")
    }

    @Test func anotherVersionOrSilenceOutdatesThePlan() throws {
        let fixture = try CardFixture.named("nv8.00_netys-rt")
        let (_, _, learnt) = try plan("nv8.00_netys-rt")
        let answers = fixture.answers(to: learnt.all)
        #expect(!learnt.isOutdated(by: answers))
        #expect(!learnt.isOutdated(by: fixture.answers(to: learnt.status)))
        #expect(learnt.isOutdated(by: []))
        let agent = new.appending(1, 5, 0)
        #expect(learnt.isOutdated(by: answers.filter { $0.name != agent } + [VariableBinding(agent, .text("Net Vision 8 v8.40"))]))
    }
}
