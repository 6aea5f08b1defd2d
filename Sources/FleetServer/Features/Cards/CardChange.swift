import FoundationEssentials
import NetVision

/// What `PATCH /cards/{id}` changes; what is absent stays.
struct CardChange: Decodable, Sendable {
    struct Credentials: Decodable, Sendable {
        let username: String?
        let password: String?
        let snmp: SNMPAccessFields?

        func applied(to credentials: CardCredentials) async throws -> CardCredentials {
            try await credentials.changed(username: username, password: password, snmp: snmp, in: CardChange.place)
        }
    }

    var name: String?
    var site: String?
    var tags: [String]?
    var credentials = Patched<Credentials>.kept
    var polling = Patched<PollIntervals>.kept
    var gateway = Patched<CardGatewayChange>.kept
    var `protocol`: CardProtocol?
    var profile = Patched<String>.kept

    /// Where the SNMP credentials are in the request.
    private static let place = "credentials.snmp"

    var changedFields: String {
        let given: [(String, Bool)] = [
            ("name", name != nil), ("site", site != nil), ("tags", tags != nil), ("credentials", credentials.isGiven),
            ("polling", polling.isGiven), ("gateway", gateway.isGiven), ("protocol", `protocol` != nil), ("profile", profile.isGiven),
        ]
        return given.filter(\.1).map(\.0).joined(separator: ", ")
    }

    func validate() throws {
        if let name, !(1...128).contains(name.count) { throw Problem.invalid("name", "A card's name has 1 to 128 characters.") }
        if let site, site.count > 128 { throw Problem.invalid("site", "A site's name has at most 128 characters.") }
        try CardTags.validate(tags ?? [])
        try polling.value?.validate(in: "polling")
        try gateway.value?.applied(to: nil).validate()
        if let profile = profile.value, !(1...64).contains(profile.count) {
            throw Problem.invalid("profile", "A profile's name has 1 to 64 characters.")
        }
        try credentials.value?.snmp?.check(in: Self.place)
    }

    /// Throws a `Problem` if the profile that is chosen is none of these.
    func validateProfile(in profiles: ProfileLibrary) throws(Problem) {
        guard let profile = profile.value, profiles.profile(named: profile) == nil else { return }
        let names = profiles.profiles.map(\.name).sorted().joined(separator: ", ")
        throw .invalid("profile", "There is no profile \(profile). There are \(names).")
    }

    /// What is to open the card then; nil if that stays as it is, or is a set's.
    func credentials(of card: Card, in cards: CardStore) async throws -> CardCredentials? {
        try await credentials.value?.applied(to: cards.credentialsToChange(card.id))
    }

    /// `opened` is what `credentials(of:in:)` gave.
    func apply(to card: Card, opened: CardCredentials? = nil, in cards: CardStore, now: Date) async throws {
        if gateway.isGiven { try await cards.reach(card.id, through: gateway.value?.applied(to: card.gateway)) }
        if let name { try await cards.rename(card.id, to: name) }
        if let site { try await cards.move(card.id, toSite: site.isEmpty ? nil : site, now: now) }
        if let tags { try await cards.tag(card.id, tags) }
        if let opened { try await cards.setCredentials(card.id, opened) }
        if case .cleared = credentials { try await cards.forgetCredentials(card.id) }
        if polling.isGiven { try await cards.pollBy(card.id, polling.value) }
        if let `protocol` { try await cards.readBy(card.id, `protocol`) }
        if profile.isGiven { try await cards.readBy(card.id, profile: profile.value) }
    }
}

/// The rules of tags.
enum CardTags {
    static let maximum = 50

    static func validate(_ tags: [String], in place: String = "tags") throws(Problem) {
        let areFine = tags.allSatisfy { (1...64).contains($0.count) && !$0.contains("\"") && !$0.contains("\\") }
        guard areFine, tags.count <= maximum else {
            throw .invalid(place, "Up to \(maximum) tags of 1 to 64 characters, without quotes and backslashes.")
        }
    }
}
