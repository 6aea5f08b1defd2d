package import SNMP

/// The MIB files of CardAgent: our own texts for the branches that it serves, from the tables by which it serves them.
///
/// Descriptors and numbers are the vendor's, because clients know them. Nobody has registered a number for our modules: each is identified
/// by the node of its branch. Conformance statements have names too, which no agent is ever asked for; they are below an arc where no card
/// has anything.
package enum NVFleetModules {
    /// Groups of a module's branch, by their arcs below it.
    private typealias Groups = [(tail: String, name: String)]

    private static let organization = "NVFleet"
    private static let contact = "Whoever runs the CardAgent that this comes from."
    private static let conformanceArc: UInt32 = 65535

    /// `NVFLEET-UPS-MIB`: NET VISION 7 and 8, 1.3.6.1.4.1.4555.1.1.7.
    package static let ups: InformationModule = {
        let module = MIBModule.netVision7
        let branch = CardObjectIDs.netVision7
        return InformationModule(
            name: "NVFLEET-UPS-MIB", organization: organization, contact: contact,
            description: """
                What CardAgent tells of a UPS in the branch of NET VISION 7 and 8 cards, so that clients of these cards understand it. \
                Names, numbers and enumerations are those of SOCOMECUPS-MIB 8.11; the texts are NVFleet's. Counted in tenths where \
                UNITS says so.
                """,
            revisions: [
                .init("202611230400Z", "With all of upsControl and upsAgent."),
                .init("202611230000Z", "With upsControl, upsDevicesTable and the inputs of the environment sensor."),
                .init("202611220000Z", "The first of this text."),
            ],
            root: .init("netvision7", branch),
            nodes: nodes(
                below: branch,
                [
                    ("1", "upsObjects"), ("1.1", "upsIdent"), ("1.2", "upsBattery"), ("1.3", "upsInput"), ("1.4", "upsOutput"),
                    ("1.5", "upsBypass"), ("1.6", "upsAlarm"), ("1.6.3", "upsWellKnownAlarms"), ("1.8", "upsConfig"), ("1.9", "upsAgent"),
                    ("1.10", "emdStatus"), ("2", "upsTraps"), ("1.7", "upsControl"),
                ]),
            tables: module.declarations.tables + ControlGroup.netVision7.tables + [ConfigGroup.newerDevices.table]
                + AgentGroup.netVision7.tables,
            objects: module.declarations.all + ControlGroup.netVision7.all + ConfigGroup.newerObjects + AgentGroup.netVision7.all
                + SensorGroup.all,
            notifications: TrapFamily.netVision7.declarations,
            conformance: .init("nvfleetUps", branch.appending(conformanceArc)))
    }()

    /// `NVFLEET-UPS5-MIB`: NET VISION 4 to 6, 1.3.6.1.4.1.4555.1.1.1, which a card that serves both keeps for older clients.
    package static let ups5: InformationModule = {
        let module = MIBModule.netVision6
        let branch = CardObjectIDs.netVision5
        return InformationModule(
            name: "NVFLEET-UPS5-MIB", organization: organization, contact: contact,
            description: """
                What CardAgent tells of a UPS in the branch of NET VISION 4 to 6 cards, for clients that know no other. The enumerations and \
                the numbers of the alarms differ from those of NVFLEET-UPS-MIB. Names, numbers and enumerations are those of \
                SOCOMECUPS-MIB 6.20; the texts are NVFleet's.
                """,
            revisions: [
                .init("202611230400Z", "With upsTest, upsConfig, upsAgent and all of upsControl."),
                .init("202611230000Z", "With upsControl."), .init("202611220000Z", "The first of this text."),
            ],
            root: .init("netvision", branch),
            nodes: nodes(
                below: branch,
                [
                    ("1", "upsObjects"), ("1.1", "upsIdent"), ("1.2", "upsBattery"), ("1.3", "upsInput"), ("1.4", "upsOutput"),
                    ("1.5", "upsBypass"), ("1.6", "upsAlarm"), ("1.6.3", "upsWellKnownAlarms"), ("1.11", "emdStatus"),
                    ("1.8", "upsControl"), ("1.7", "upsTest"), ("1.7.7", "upsWellKnownTests"), ("1.9", "upsConfig"), ("1.10", "upsAgent"),
                ]),
            tables: module.declarations.tables + ControlGroup.netVision6.tables + [ConfigGroup.olderDevices.table]
                + AgentGroup.netVision6.tables,
            objects: module.declarations.all + OlderTestGroup.all + ControlGroup.netVision6.all + ConfigGroup.olderObjects
                + AgentGroup.netVision6.all,
            notifications: [],
            conformance: .init("nvfleetUps5", branch.appending(conformanceArc)))
    }()

    /// `NVFLEET-STS-MIB`: static transfer systems, 1.3.6.1.4.1.4555.1.1.10.
    package static let sts: InformationModule = {
        let declarations = TransferModule.standard.declarations
        let branch = CardObjectIDs.transferSwitch
        return InformationModule(
            name: "NVFLEET-STS-MIB", organization: organization, contact: contact,
            description: """
                What CardAgent tells of a static transfer system in the branch of the vendor's cards, so that clients of these cards \
                understand it. Names, numbers and enumerations are those of the vendor's MIB for these devices; the texts are NVFleet's. \
                Counted in tenths or hundredths where UNITS says so.
                """,
            revisions: [.init("202611230000Z", "The first of this text.")],
            root: .init("connectsts", branch),
            nodes: nodes(
                below: branch,
                [
                    ("1", "stsObjects"), ("1.1", "stsIdent"), ("1.2", "stsSource1"), ("1.3", "stsSource2"), ("1.4", "stsSources"),
                    ("1.5", "stsOutput"), ("1.6", "stsAlarm"), ("1.6.1", "stsWellKnownAlarms"), ("1.7", "stsAgent"), ("2", "stsTraps"),
                ]),
            tables: declarations.tables, objects: declarations.all, notifications: TrapFamily.sts.declarations,
            conformance: .init("nvfleetSts", branch.appending(conformanceArc)))
    }()

    package static let all: [InformationModule] = [ups, ups5, sts]

    private static func nodes(below branch: OID, _ groups: Groups) -> [InformationModule.Node] {
        groups.map { InformationModule.Node($0.name, branch.appending(tail: $0.tail)) }
    }
}
