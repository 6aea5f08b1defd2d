package import PowerDevice
package import SNMP

/// How cards of one kind are read: which objects and registers to ask, how each is counted, and what it means.
///
/// The built-in profiles are made of the MIBs' and register maps' tables; an owner's profile is a file (docs/profiles.md). A profile does not
/// change: another version of it is another object.
package final class CardProfile: Sendable {
    /// Where a profile comes from.
    package enum Origin: Sendable, Hashable {
        case builtIn
        /// The path of an owner's file.
        case file(String)
    }

    /// How often a point is asked.
    package enum PollClass: String, Sendable, Hashable, CaseIterable {
        /// Every few seconds: what a card's status follows from.
        case status
        /// About once a minute.
        case full
    }

    /// An object that tells something of a card's identity, with its instance.
    package struct IdentityRow: Sendable, Hashable {
        package enum Field: String, Sendable, Hashable, CaseIterable {
            case manufacturer, model, serial, firmware, agent, mac, name, contact, location
        }

        package let field: Field
        package let object: OID
    }

    package let name: String
    package let title: String
    package let origin: Origin
    /// The profile that this one adds to and corrects; its rows are among this one's.
    package let base: String?
    /// Which cards are read by this profile by themselves; nil: those that are set to it, and of a built-in profile those of its generation.
    package let match: ProfileMatch?
    /// What cards of this profile count as. It decides no scale: those stand at the points.
    package let generation: CardGeneration
    package let kind: DeviceKind
    /// Of two rows of one field the first that is answered counts.
    package let identity: [IdentityRow]
    /// The best first: for each quantity the first group that has a value is believed.
    package let groups: [ProfileGroup]
    /// How the device is read by Modbus TCP; nil: not at all.
    package let registers: RegisterProfile?
    /// The meaning of every object, made once.
    let meanings: ObjectMeanings

    init(
        name: String, title: String, origin: Origin = .builtIn, base: String? = nil, match: ProfileMatch? = nil, generation: CardGeneration,
        kind: DeviceKind, identity: [IdentityRow], groups: [ProfileGroup], registers: RegisterProfile? = nil
    ) {
        self.name = name
        self.title = title
        self.origin = origin
        self.base = base
        self.match = match
        self.generation = generation
        self.kind = kind
        self.identity = identity
        self.groups = groups
        self.registers = registers
        meanings = ObjectMeanings(groups)
    }

    package var isBuiltIn: Bool { origin == .builtIn }
}

/// Which cards a profile is for: all that is given must hold.
package struct ProfileMatch: Sendable, Equatable {
    /// sysObjectID is this object, or below it.
    package let objectID: OID?
    /// What sysDescr has somewhere in it.
    package let description: TextPattern?
    /// What upsIdentAgentSoftwareVersion has somewhere in it.
    package let agent: TextPattern?

    /// Whether a card is one of these. What it does not tell does not match.
    package func matches(objectID: OID?, description: String?, agent: String?) -> Bool {
        if let wanted = self.objectID, !(objectID.map { $0 == wanted || $0.isDescendant(of: wanted) } ?? false) { return false }
        if let pattern = self.description, !(description.map(pattern.isFound(in:)) ?? false) { return false }
        if let pattern = self.agent, !(agent.map(pattern.isFound(in:)) ?? false) { return false }
        return self.objectID != nil || self.description != nil || self.agent != nil
    }
}
